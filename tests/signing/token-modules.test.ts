import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toFailure } from '../../main/kit/errors.ts';
import { forkTokenProcess } from '../../main/signing/token-channel.ts';
import { TokenClient } from '../../main/signing/token-client.ts';
import { checkTokenModule, libraryArchitecture } from '../../main/signing/token-module-check.ts';
import { findTokenModules } from '../../main/signing/token-modules.ts';

function fileWith(bytes: Uint8Array, name = 'trình điều khiển.dll'): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'so-truong-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** The first bytes of a Windows library for the given machine (PE header at 0x80). */
function windowsLibrary(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(machine, 0x84);
  return bytes;
}

function linuxLibrary(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('\x7fELF', 0, 'latin1');
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

test.each([
  ['Windows 32 bit', windowsLibrary(0x14c), 'ia32'],
  ['Windows 64 bit', windowsLibrary(0x8664), 'x64'],
  ['Windows ARM', windowsLibrary(0xaa64), 'arm64'],
  ['Linux 64 bit', linuxLibrary(62), 'x64'],
  ['Linux 32 bit', linuxLibrary(3), 'ia32'],
  ['a text file', Buffer.from('Đây không phải thư viện'), undefined],
  ['a cut-off Windows file', windowsLibrary(0x8664).subarray(0, 100), undefined],
])('%s is recognised', (_, bytes, architecture) => {
  expect(libraryArchitecture(fileWith(bytes))).toBe(architecture);
});

test('a 32-bit driver is refused by name before it is loaded', () => {
  const file = fileWith(windowsLibrary(0x14c));
  let thrown: unknown;
  try {
    checkTokenModule(file, 'x64');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'token.moduleBitness', params: { found: 'ia32', needed: 'x64' }, batchCanContinue: false });
  expect(toFailure(thrown).what).toBe('trình điều khiển.dll dành cho máy ia32, còn chương trình cần loại x64.');
});

test.each([
  ['a missing file', () => '/không/có/libp11.so', 'token.moduleMissing'],
  ['a text file', () => fileWith(Buffer.from('chữ')), 'token.moduleInvalid'],
  ['a library for another processor', () => fileWith(linuxLibrary(process.arch === 'ia32' ? 62 : 3), 'driver.so'), 'token.moduleBitness'],
  ['a sound library without PKCS#11', () => '/usr/lib/x86_64-linux-gnu/libz.so.1', 'token.moduleInvalid'],
])('the token process refuses %s with one named error', async (_, file, code) => {
  const client = new TokenClient(() => forkTokenProcess());
  onTestFinished(() => client.close());
  await expect(client.list(file())).rejects.toMatchObject({ code, batchCanContinue: false });
});

test('on Windows, drivers are found by the names that authorities use, each named once', () => {
  const present = new Map([
    [String.raw`C:\Windows\System32\viettel-ca_v6.dll`, 'x64'],
    [String.raw`C:\Windows\System32\bit4xpki.dll`, 'ia32'],
    [String.raw`C:\Program Files\Bkav Corporation\BkavCA Token Manager\BkavCA.dll`, 'x64'],
  ]);
  const found = findTokenModules({
    platform: 'win32',
    environment: { SYSTEMROOT: String.raw`C:\Windows`, ProgramFiles: String.raw`C:\Program Files` },
    architecture: 'x64',
    exists: (file) => present.has(file),
    architectureOf: (file) => present.get(file),
  });
  expect(found.map(({ name, loadable }) => ({ name, loadable }))).toEqual([
    { name: 'Viettel-CA', loadable: true },
    { name: 'BKAV-CA', loadable: true },
    { name: 'Ban Cơ yếu / Bit4id', loadable: false },
  ]);
});

test('on this computer, SoftHSM is found', () => {
  expect(findTokenModules()).toContainEqual({ name: 'SoftHSM', file: '/usr/lib/softhsm/libsofthsm2.so', loadable: true });
});

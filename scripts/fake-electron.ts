import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The mark that precedes the fuses in an Electron executable, then version 1 of their list, its length, and each fuse as off. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;
const fuseWire = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, fuseCount]), Buffer.alloc(fuseCount, '0')]);

interface Resedit {
  NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): { setExtraData(data: ArrayBuffer): void; generate(): ArrayBuffer } };
  NtExecutableResource: { from(executable: object): { outputResource(executable: object): void; entries: object[] } };
  Resource: { VersionInfo: { createEmpty(): { lang: number; setStringValues(language: { lang: number; codepage: number }, values: Record<string, string>): void; outputToResourceEntries(entries: object[]): void } } };
}

/**
 * Lays out an Electron distribution that has everything the packager touches and nothing that runs: an executable with fuses (on Windows
 * a real PE with its version resource), its version, licences and languages.
 */
export function makeFakeElectron(folder: string, platform: 'linux' | 'win32', version: string): void {
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  for (const language of ['vi', 'en-US', 'fr', 'zh-CN']) writeFileSync(path.join(folder, 'locales', `${language}.pak`), language);
  writeFileSync(path.join(folder, 'version'), version);
  writeFileSync(path.join(folder, 'LICENSE'), 'Electron licence');
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), 'Chromium licences');
  if (platform === 'win32') {
    writeFileSync(path.join(folder, 'electron.exe'), fakeWindowsExecutable());
    return;
  }
  const executable = path.join(folder, 'electron');
  writeFileSync(executable, Buffer.concat([Buffer.from('\u007fELF', 'latin1'), Buffer.alloc(60), fuseWire]));
  chmodSync(executable, 0o755);
}

function fakeWindowsExecutable(): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = createRequire(import.meta.resolve('app-builder-lib'))('resedit') as Resedit;
  const executable = NtExecutable.createEmpty(false, false);
  const resource = NtExecutableResource.from(executable);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = 1033;
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileVersion: '0' });
  info.outputToResourceEntries(resource.entries);
  resource.outputResource(executable);
  executable.setExtraData(Uint8Array.from(fuseWire).buffer);
  return Buffer.from(executable.generate());
}

/** The first bytes of a native module for x64 Windows, enough for whoever asks a file what it is. */
export function fakeWindowsModule(): Buffer {
  const file = Buffer.alloc(0x100);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(0x80, 0x3c);
  file.write('PE\0\0', 0x80, 'latin1');
  file.writeUInt16LE(0x8664, 0x84);
  return file;
}

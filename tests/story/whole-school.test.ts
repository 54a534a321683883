import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSigningWorld, PIN, type SigningWorld } from '../fake/tokens.ts';
import { serving, soTruong } from './command-line.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'Trường mẫu '));
const data = path.join(folder, 'dữ liệu');
const key = { SO_TRUONG_KEY: 'a1'.repeat(32) };
let world: SigningWorld;

beforeAll(async () => {
  world = await buildSigningWorld();
});

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One school, carried from its Excel files to a signed transcript and an acknowledged package; each test goes on where the one before stopped. */
describe('a whole school at the command line', () => {
  const out = path.join(folder, 'học bạ');
  const signedFolder = path.join(folder, 'đã ký');
  let signedFiles: string[] = [];

  test('a demo school is built from import files and prints its accounts', async () => {
    const { exit, json } = await soTruong(['demo', '--data', data, '--pupils', '120', '--seed', '7', '--locked', '--json'], key);
    expect(exit).toBe(0);
    expect(json).toMatchObject({ year: '2025-2026', pupils: 120 });
    expect(json['classes']).toContain('9A');
    expect((json['accounts'] as { role: string }[]).map(account => account.role)).toEqual(expect.arrayContaining(['principal', 'secretary', 'sealClerk', 'teacher']));
    expect(readFileSync(path.join(data, 'so-truong.db')).subarray(0, 15).toString()).not.toBe('SQLite format 3');
    // Everything that signing lays on the papers: the seal, the principal's hand, and one for each class.
    const images = ['principal.png', 'seal.png', ...(json['classes'] as string[]).map(name => `homeroom-${name}.png`)];
    expect(readdirSync(path.join(data, 'images')).toSorted()).toEqual(images.toSorted());
  });

  test('importing the same files again changes nothing', async () => {
    const files = readdirSync(path.join(data, 'import'));
    const pupils = files.find(name => name.includes('HocSinh')) ?? '';
    const { exit, json } = await soTruong(['import', 'pupils', path.join(data, 'import', pupils), '--data', data, '--json'], key);
    expect({ exit, created: json['created'], updated: json['updated'], unchanged: json['unchanged'] }).toEqual({ exit: 0, created: 0, updated: 0, unchanged: 120 });
  });

  test('a locked sheet takes no marks from a file', async () => {
    const marks = readdirSync(path.join(data, 'import')).find(name => name.includes('9A')) ?? '';
    const { exit, json } = await soTruong(['import', 'marks', path.join(data, 'import', marks), '--data', data, '--json'], key);
    expect(exit).toBe(1);
    expect((json['errors'] as { code: string }[]).every(error => error.code === 'imports.sheetLocked')).toBe(true);
  });

  test('the year ends with nobody incomplete', async () => {
    const { exit, json } = await soTruong(['year-end', '--year', '2025-2026', '--data', data, '--json'], key);
    expect({ exit, pupils: json['pupils'], incomplete: json['incomplete'] }).toEqual({ exit: 0, pupils: 120, incomplete: 0 });
    const sum = ['promoted', 'reassess', 'summerTraining', 'repeat'].reduce((total, name) => total + (json[name] as number), 0);
    expect(sum).toBe(120);
  });

  test('transcripts are printed with their empty signature fields', async () => {
    const { exit, json } = await soTruong(['transcripts', 'prepare', '--class', '9A', '--out', out, '--data', data, '--json'], key);
    expect(exit).toBe(0);
    const files = json['files'] as { file: string; sha256: string; pages: number }[];
    expect(files.length).toBeGreaterThan(20);
    for (const { file } of files.slice(0, 3)) execFileSync('qpdf', ['--check', file]);
    expect((await soTruong(['verify', files[0]?.file ?? '', '--json'])).json['files']).toMatchObject([{ status: 'unsigned' }]);
    const again = await soTruong(['transcripts', 'prepare', '--class', '9A', '--out', out, '--data', data, '--json'], key);
    expect(again.json['files']).toEqual(files.map(file => ({ ...file, outcome: 'kept' })));
  });

  test('the principal cannot sign before the homeroom teacher', async () => {
    const { exit, json } = await sign('principal');
    expect(exit).toBe(1);
    expect(json).toMatchObject({ error: { code: 'signing.notWaiting' } });
  });

  test('a wrong PIN is told as such and signs nothing', async () => {
    const { exit, json } = await sign('homeroom', { SO_TRUONG_PIN: '000000' });
    expect(exit).toBe(1);
    expect(json).toMatchObject({ error: { code: 'token.pinIncorrect' } });
  });

  test('teacher, principal and seal sign the class, each with a token of its own', async () => {
    let count = 0;
    for (const role of ['homeroom', 'principal', 'seal'] as const) {
      const { exit, json, stderr } = await sign(role);
      expect({ exit, failed: json['failed'], waiting: json['timestampWaiting'] }, stderr).toEqual({ exit: 0, failed: [], waiting: 0 });
      count ||= json['signed'] as number;
      expect(json['signed']).toBe(count);
      signedFiles = (json['files'] as { file: string }[]).map(paper => paper.file);
    }
    expect((await sign('seal')).json).toMatchObject({ error: { code: 'signing.notWaiting' } });
  });

  test('our verifier, pdfsig, openssl and qpdf agree; a flipped byte is refused', async () => {
    const file = signedFiles[0] ?? '';
    const { exit, json } = await soTruong(['verify', file, '--trust', world.pki.rootFile, '--json']);
    expect(exit).toBe(0);
    const [report] = json['files'] as { status: string; signatures: { role: string; status: string; timeTrusted: boolean }[] }[];
    expect(report?.status).toBe('valid');
    expect(report?.signatures.map(found => [found.role, found.status, found.timeTrusted])).toEqual([['homeroom', 'valid', true], ['principal', 'valid', true], ['seal', 'valid', true]]);
    execFileSync('qpdf', ['--check', file]);
    expect(execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).match(/Signature Validation: Signature is Valid/g)).toHaveLength(3);
    const flipped = path.join(folder, 'flipped.pdf');
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 4)] = (bytes[Math.floor(bytes.length / 4)] ?? 0) ^ 1;
    writeFileSync(flipped, bytes);
    const refused = await soTruong(['verify', flipped, '--trust', world.pki.rootFile, '--json']);
    expect(refused.exit).toBe(1);
    expect((refused.json['files'] as { status: string }[])[0]?.status).toBe('invalid');
  });

  test('the package reaches the district server, which answers a signed receipt', async () => {
    const keys = path.join(folder, 'khoá huyện');
    const database = path.join(folder, 'máy chủ');
    const authority = path.join(folder, 'authority.json');
    const request = path.join(folder, 'request.json');
    expect((await soTruong(['package', 'push', '--server', 'http://127.0.0.1:9', '--data', data, '--json'], key)).json).toMatchObject({ error: { code: 'enrolment.none' } });
    const made = await soTruong(['district', 'keys', '--keys', keys, '--out', authority, '--json']);
    const asked = await soTruong(['enrol', 'request', '--out', request, '--data', data, '--json'], key);
    const enrolled = await soTruong(['district', 'enrol', request, '--db', database, '--json']);
    expect(enrolled.json['fingerprint']).toBe(asked.json['fingerprint']);
    const accepted = await soTruong(['enrol', 'accept', authority, '--yes', '--data', data, '--json'], key);
    expect(accepted.json['fingerprint']).toBe(made.json['fingerprint']);
    const district = await serving(['district', 'serve', '--db', database, '--port', '0', '--keys', keys]);
    try {
      const pushed = await soTruong(['package', 'push', '--server', district.url, '--data', data, '--json'], key);
      expect({ exit: pushed.exit, json: pushed.json }, pushed.stderr).toMatchObject({ exit: 0, json: { sent: 1, acknowledged: 1, waiting: 0, sequence: 1 } });
      const again = await soTruong(['package', 'push', '--server', district.url, '--data', data, '--json'], key);
      expect(again.json).toMatchObject({ sent: 0, acknowledged: 1, waiting: 0 });
    } finally {
      await district.stop();
    }
    const body = path.join(folder, 'body.tar.zst');
    const [file = ''] = readdirSync(path.join(data, 'packages'));
    execFileSync('unzip', ['-o', '-q', path.join(data, 'packages', file), '-d', folder]);
    execFileSync('age', ['-d', '-i', path.join(keys, 'age-identity.txt'), '-o', body, path.join(folder, 'body.age')]);
    execFileSync('zstd', ['-q', '-d', '-f', body, '-o', path.join(folder, 'body.tar')]);
    const listed = execFileSync('tar', ['-tf', path.join(folder, 'body.tar')], { encoding: 'utf8' }).trim().split('\n');
    expect(listed[0]).toBe('journal.ndjson');
    expect(listed.filter(name => name.startsWith('files/'))).toHaveLength(signedFiles.length);
  });

  test('everything checks, and a byte changed in a filed paper is found', async () => {
    expect((await soTruong(['check', '--data', data, '--json'], key)).json).toMatchObject({ ok: true, problems: [] });
    const sha256 = createHash('sha256').update(readFileSync(signedFiles[0] ?? '')).digest('hex');
    const filed = path.join(data, 'files', sha256.slice(0, 2), `${sha256}.pdf`);
    const bytes = readFileSync(filed);
    writeFileSync(filed, Buffer.concat([bytes, Buffer.from(' ')]));
    const { exit, json } = await soTruong(['check', '--data', data, '--json'], key);
    expect({ exit, ok: json['ok'], problems: json['problems'] }).toMatchObject({ exit: 1, ok: false, problems: [{ area: 'files' }] });
  });

  async function sign(role: 'homeroom' | 'principal' | 'seal', env: NodeJS.ProcessEnv = {}) {
    return soTruong(['sign', '--class', '9A', '--role', role, '--module', world.module, '--cert', world.certificates[role].sha256, '--tsa', world.servers.tsaUrl,
      '--out', signedFolder, '--data', data, '--json'], { ...key, ...world.env, SO_TRUONG_PIN: PIN, ...env });
  }
});

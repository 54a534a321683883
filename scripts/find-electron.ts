import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Milliseconds a download of Electron's binary (about 120 MB) may take before the browser is used instead. */
const downloadLimit = 5 * 60_000;
/** Milliseconds without an answer after which the download counts as refused. */
const refusalLimit = 15_000;

/** Electron's executable: `ELECTRON_BIN`, the one npm has unpacked, or one downloaded now; else why there is none. */
export async function findElectron(root: string): Promise<{ executable: string } | { why: string }> {
  const given = process.env['ELECTRON_BIN'];
  if (given !== undefined && given !== '') return existsSync(given) ? { executable: given } : { why: `ELECTRON_BIN=${given} không có` };
  const folder = path.join(root, 'node_modules', 'electron');
  if (!existsSync(folder)) return { why: 'chưa cài gói electron (npm ci)' };
  const unpacked = unpackedElectron(folder);
  if (unpacked !== null) return { executable: unpacked };
  const fault = await download(folder);
  const downloaded = unpackedElectron(folder);
  return downloaded === null ? { why: fault ?? 'không tải được' } : { executable: downloaded };
}

/** Where electron's own install script has put the binary, or null. */
function unpackedElectron(folder: string): string | null {
  const note = path.join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const executable = path.join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

/** Runs electron's own install script. Resolves to why it failed, in one line, or null. */
async function download(folder: string): Promise<string | null> {
  const host = 'https://github.com';
  // Asked first, because the install script tries again for minutes where a school's firewall drops the line.
  const isReachable = await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(refusalLimit) }).then(() => true, () => false);
  if (!isReachable) return `mạng không cho tải từ ${new URL(host).host}`;
  return new Promise(resolve => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    const tooLate = setTimeout(() => { child.kill(); }, downloadLimit);
    child.on('exit', code => {
      clearTimeout(tooLate);
      resolve(code === 0 ? null : (output.split('\n').find(line => /error/i.test(line)) ?? 'tải không xong').trim());
    });
  });
}

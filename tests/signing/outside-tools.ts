import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The Debian package that brings each outside judge. */
const PACKAGE: Record<string, string> = {
  qpdf: 'qpdf',
  pdfsig: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils',
  mutool: 'mupdf-tools',
  openssl: 'openssl',
  gcc: 'gcc',
  'softhsm2-util': 'softhsm2',
};

export interface ToolAnswer {
  status: number;
  output: string;
}

/** Runs an outside program to its end. A missing one fails the test with the name of its Debian package. */
export function runTool(tool: string, args: string[], env: Record<string, string> = {}): Promise<ToolAnswer> {
  return new Promise((resolve, reject) => {
    execFile(tool, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') reject(new Error(`${tool} is missing: apt-get install ${PACKAGE[tool] ?? tool} (${error.message})`));
      else resolve({ status: typeof error?.code === 'number' ? error.code : 0, output: `${stdout}${stderr}` });
    });
  });
}

/** Calls `use` with a path that holds `bytes`, and removes it afterwards. The name has Vietnamese letters and a space on purpose. */
export async function withTempFile<T>(bytes: Uint8Array, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'so-truong-'));
  const file = path.join(folder, 'học bạ số.pdf');
  writeFileSync(file, bytes);
  try {
    return await use(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

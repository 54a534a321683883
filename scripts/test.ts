import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';

/** `npm test`: tools, types, lint, then every test; the closing line counts all of them. Nothing is skipped: what cannot run fails. */
const root = path.resolve(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules', '.bin');
const results = mkdtempSync(path.join(os.tmpdir(), 'so-truong-test-'));

const tools: Record<string, string> = {
  chromium: 'chromium', 'softhsm2-util': 'softhsm2', pdfsig: 'poppler-utils', pdftoppm: 'poppler-utils', qpdf: 'qpdf', openssl: 'openssl', age: 'age', zstd: 'zstd',
  unzip: 'unzip', zip: 'zip', mutool: 'mupdf-tools', gcc: 'gcc', psql: 'postgresql-client',
};

function missingPackages(): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = (tool: string) => folders.some(folder => existsSync(path.join(folder, tool)) || existsSync(path.join(folder, `${tool}.exe`)));
  return [...new Set(Object.entries(tools).filter(([tool]) => !found(tool)).map(([, name]) => name))];
}

async function prepareTools(): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const setup = path.join(root, 'scripts', 'setup-debian.sh');
  let install = process.env['CI'] === 'true';
  if (!install && process.stdin.isTTY) {
    const asked = createInterface({ input: process.stdin, output: process.stdout });
    install = /^(c|y|co|có|yes)?$/i.test((await asked.question(`Thiếu: ${missing.join(', ')}. Cài bằng scripts/setup-debian.sh? [C/k] `)).trim());
    asked.close();
  }
  if (install) spawnSync('bash', [setup], { stdio: 'inherit' });
  const still = missingPackages();
  if (still.length > 0) {
    console.error(`Thiếu gói Debian / missing Debian packages: ${still.join(' ')}\nChạy / run: bash scripts/setup-debian.sh`);
    process.exit(1);
  }
}

function step(name: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const started = performance.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', command), ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` } });
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${Math.round((performance.now() - started) / 1000)} s`);
  return status === 0;
}

interface Counts {
  passed: number;
  failed: number;
}

function unitCounts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numTotalTests: number };
  return { passed: numPassedTests, failed: Math.max(numFailedTests, numTotalTests - numPassedTests) };
}

function windowCounts(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
  if (stats.flaky > 0) console.log(`${stats.flaky} lần đầu không qua, chạy lại thì qua / passed only when run again`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped };
}

await prepareTools();
const unitFile = path.join(results, 'unit.json');
const windowFile = path.join(results, 'window.json');
const checks = [
  step('kiểu / types', 'typescript/bin/tsc', ['-p', '.']),
  step('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', 'main', 'preload', 'renderer', 'db', 'district', 'resources', 'tests', 'scripts']),
  step('tests', 'vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitFile}`]),
  step('cửa sổ / window', '@playwright/test/cli.js', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: windowFile }),
];
const unit = unitCounts(unitFile);
const windows = windowCounts(windowFile);
const staticFailures = checks.slice(0, 2).filter(ok => !ok).length;
rmSync(results, { recursive: true, force: true });
const failed = unit.failed + windows.failed + staticFailures;
console.log(`\n${unit.passed + windows.passed} passed, ${failed} failed`);
process.exit(failed === 0 && checks.every(Boolean) ? 0 : 1);

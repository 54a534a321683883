import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtProgram } from '../electron/launch-shell.ts';
import { buildScriptedShell, isScriptedShellBuilt } from '../electron/scripted/scripted-shell.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const place = path.join(root, 'test-results', 'demo-school');

/** The demo school every test copies, and the accounts its builder printed. */
export const demoFolder = path.join(place, 'data');
export const accountsFile = path.join(place, 'accounts.json');

const pupils = '90'; // two or three classes: lists scroll, and the build takes seconds

/**
 * Builds the window and the program into `out/`, and one demo school for all tests. `SO_TRUONG_E2E_KEEP=1` takes both as they are, for
 * writing a spec.
 */
export default async function globalSetup(): Promise<void> {
  const isKept = process.env['SO_TRUONG_E2E_KEEP'] === '1' && existsSync(accountsFile) && existsSync(builtProgram) && isScriptedShellBuilt();
  if (isKept) return;
  await buildScriptedShell();
  run('scripts/build.ts');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const output = run('main/entry/cli.ts', 'demo', '--data', demoFolder, '--pupils', pupils, '--json');
  const { accounts } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { accounts: unknown[] };
  writeFileSync(accountsFile, JSON.stringify(accounts, null, 2));
}

function run(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });
}

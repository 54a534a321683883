import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
vi.setConfig({ testTimeout: 240_000 }); // a whole compilation, on a machine that does much else

/**
 * Compiles the program's Electron side in a mirror of the checkout where `electron` is the surface the double models. A member that the
 * program uses and the double lacks is then a compile error, on a line no test may ever run.
 */
const shellSources = [...globSync('main/electron/*.ts', { cwd: root }), 'main/entry/app.ts', 'main/entry/desktop-shell.ts', 'main/entry/self-check.ts', 'preload/index.ts'];
let mirror = '';

beforeAll(() => {
  mirror = mkdtempSync(path.join(os.tmpdir(), 'electron-surface-'));
  for (const folder of ['node_modules', 'resources', 'db']) symlinkSync(path.join(root, folder), path.join(mirror, folder), 'dir');
  for (const folder of ['main', 'preload']) cpSync(path.join(root, folder), path.join(mirror, folder), { recursive: true });
  mkdirSync(path.join(mirror, 'tests', 'electron'), { recursive: true });
  cpSync(path.join(root, 'tests/electron/electron-surface.ts'), path.join(mirror, 'tests/electron/electron-surface.ts'));
  cpSync(path.join(root, 'tsconfig.json'), path.join(mirror, 'tsconfig.base.json'));
  for (const file of shellSources) overSurface(file, text => text);
  writeFileSync(path.join(mirror, 'tsconfig.json'), JSON.stringify({ extends: './tsconfig.base.json', compilerOptions: { preserveSymlinks: true }, include: [], files: [...shellSources, 'db/native.d.ts'] }));
});

afterAll(() => { rmSync(mirror, { recursive: true, force: true }); });

function overSurface(file: string, change: (text: string) => string): void {
  const surface = path.relative(path.dirname(path.join(mirror, file)), path.join(mirror, 'tests/electron/electron-surface.ts'));
  const text = change(readFileSync(path.join(root, file), 'utf8'));
  writeFileSync(path.join(mirror, file), text.replaceAll(/ from 'electron';/g, ` from '${surface.startsWith('.') ? surface : `./${surface}`}';`));
}

/** The compiler's complaints about the shell's own files. */
function complaints(): string[] {
  try {
    execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', mirror, '--pretty', 'false'], { cwd: mirror, encoding: 'utf8' });
    return [];
  } catch (fault) {
    const { stdout } = fault as { stdout: string };
    return stdout.split('\n').filter(line => shellSources.some(file => line.startsWith(`${file}(`)));
  }
}

test('the program uses nothing of Electron that the double does not model', () => {
  expect(complaints()).toEqual([]);
});

test('a member the double lacks is found, on a line that never ran', () => {
  overSurface('main/electron/main-window.ts', text => text.replace('window.focus();', 'window.focus();\n  if (window.isKiosk()) window.setKiosk(false);'));
  overSurface('main/electron/app-menu.ts', text => text.replace('import { Menu, app,', 'import { Menu, Tray, app,'));
  const found = complaints().join('\n');
  overSurface('main/electron/main-window.ts', text => text);
  overSurface('main/electron/app-menu.ts', text => text);
  expect(found).toContain("main-window.ts");
  expect(found).toContain("Property 'isKiosk' does not exist");
  expect(found).toContain("app-menu.ts");
  expect(found).toContain("'Tray'");
});

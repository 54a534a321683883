import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from './errors.ts';

/**
 * The place on disk of a shipped file, e.g. `resourcePath('templates', 'list', 'page.typ')`. The same call works
 * from the TypeScript checkout, from the bundle in `out/`, and installed beside Electron's `app.asar`.
 * Fonts live in their npm package in the checkout and in `fonts/` (same sub-folders) once installed.
 * It does not check that the file itself exists. Throws `print.resourceMissing` where the whole folder is not found.
 */
export function resourcePath(...parts: string[]): string {
  const root = resourceRoot();
  if (parts[0] === 'fonts' && !existsSync(join(root, 'fonts'))) return join(fontPackage(), ...parts.slice(1));
  return join(root, ...parts);
}

let knownRoot: string | undefined;

function resourceRoot(): string {
  knownRoot ??= findRoot();
  return knownRoot;
}

function findRoot(): string {
  // Electron sets this in its main process only; a worker thread finds the same folder by climbing out of app.asar.
  const installed = (process as { resourcesPath?: string }).resourcesPath;
  if (installed !== undefined && existsSync(join(installed, 'templates'))) return installed;
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    // Electron makes files inside the archive visible to Node, but native code (Typst, drivers) cannot open them.
    if (!folder.includes('.asar')) {
      if (existsSync(join(folder, 'resources', 'templates'))) return join(folder, 'resources');
      if (existsSync(join(folder, 'templates'))) return folder;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new AppError('print.resourceMissing', { params: { folder: dirname(fileURLToPath(import.meta.url)) }, batchCanContinue: false });
    folder = parent;
  }
}

function fontPackage(): string {
  return dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
}

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { resourcePath } from '../../main/kit/resources.ts';
import { temporaryFolder } from './print-fixture.ts';

const root = resolve(import.meta.dirname, '../..');

/** Bundles the printer as the program is bundled: entries flat in one folder, native modules left outside. */
async function bundleTo(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: { printer: join(root, 'main/kit/print/typst-printer.ts'), resources: join(root, 'main/kit/resources.ts'), 'print-worker': join(root, 'main/kit/print/print-worker.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
        external: ['@myriaddreamin/typst-ts-node-compiler', /^node:/u],
      },
    },
  });
}

function runNode(script: string): string {
  const file = join(temporaryFolder(), 'run.mjs');
  writeFileSync(file, script);
  return execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: root });
}

it('the bundled printer finds its worker, templates and fonts, and lets the process end', async () => {
  // Inside the checkout, as out/main is: the bundle asks the packages in node_modules for native code and fonts.
  const outDir = join(root, 'node_modules', '.cache', `print-bundle-${process.pid}`);
  onTestFinished(() => { rmSync(outDir, { recursive: true, force: true }); });
  await bundleTo(outDir);
  const answer = runNode(`
    import { createPrinter } from ${JSON.stringify(pathToFileURL(join(outDir, 'printer.js')).href)};
    import { readFileSync } from 'node:fs';
    const data = JSON.parse(readFileSync(${JSON.stringify(resourcePath('templates', 'list', 'sample.json'))}, 'utf8'));
    const { pages, pdf } = await createPrinter().print({ template: 'list', data, timestamp: new Date(0) });
    console.log(pages, Buffer.from(pdf).subarray(0, 5).toString());
  `);
  expect(answer.trim()).toBe('2 %PDF-');
});

it('an installed program takes templates and fonts from beside app.asar, whether Electron names that folder or not', async () => {
  const installed = join(temporaryFolder(), 'Sổ Trường', 'resources');
  mkdirSync(installed, { recursive: true });
  cpSync(resourcePath('templates'), join(installed, 'templates'), { recursive: true });
  mkdirSync(join(installed, 'fonts'));
  const bundle = join(installed, 'app.asar', 'out', 'main');
  await bundleTo(bundle);
  // What Electron shows inside the archive must not be taken: native code cannot open it.
  cpSync(resourcePath('templates', 'list'), join(installed, 'app.asar', 'resources', 'templates', 'list'), { recursive: true });
  const ask = (setup: string): string[] => JSON.parse(runNode(`
    ${setup}
    const { resourcePath } = await import(${JSON.stringify(pathToFileURL(join(bundle, 'resources.js')).href)});
    console.log(JSON.stringify([resourcePath('templates', 'list'), resourcePath('fonts', '400Regular', 'Tinos_400Regular.ttf')]));
  `)) as string[];
  const expected = [join(installed, 'templates', 'list'), join(installed, 'fonts', '400Regular', 'Tinos_400Regular.ttf')];
  expect(ask('')).toEqual(expected);
  expect(ask(`process.resourcesPath = ${JSON.stringify(installed)};`)).toEqual(expected);
});

import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Modules that stay in node_modules: they carry native code and find it by their own place.
 * electron-builder.yml packs exactly these; scripts/dist-check.ts compares the two lists.
 */
export const externalModules = [
  'better-sqlite3-multiple-ciphers',
  '@node-rs/argon2',
  'pkcs11js',
  '@myriaddreamin/typst-ts-node-compiler',
];

/** Only of the authority's server and of development; a bundle that reaches them has gone wrong. */
const foreignModules = ['@electric-sql/pglite', 'pg', 'react', 'react-dom', 'playwright-core'];

/**
 * Put in place of a module that ours drag in and never use: exceljs' streaming reader needs `unzipper`, whose `buffers` names no licence.
 */
const emptied = ['unzipper'];

export interface NodeBuild {
  /** Where `main/` and `preload/` go. */
  outFolder?: string;
  /** Source files to take instead of others (paths from the root), so that a test can put a scripted program behind the real shell. */
  replace?: Record<string, string>;
}

/**
 * Bundles everything that runs under Node: `out/main/*.js` (the desktop program, the core worker, the token process and every
 * `*-worker.ts`, with their shared parts beside them) and `out/preload/index.cjs`. The entries lie flat in one folder because they find
 * each other by their own place. The sandbox loads no ES modules, so the preload script is CommonJS and alone.
 */
export async function buildNode({ outFolder = path.join(root, 'out'), replace = {} }: NodeBuild = {}): Promise<void> {
  const workers = globSync('main/**/*-worker.ts', { cwd: root });
  const entries = ['main/entry/app.ts', 'main/entry/core.ts', 'main/entry/token.ts', ...workers];
  const byName = Object.fromEntries(entries.map(entry => [path.basename(entry, '.ts'), path.join(root, entry)]));
  if (Object.keys(byName).length !== entries.length) throw new Error(`two entries would be bundled under one name: ${entries.join(', ')}`);
  rmSync(path.join(outFolder, 'main'), { recursive: true, force: true });
  await bundle(path.join(outFolder, 'main'), byName, { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' }, replace);
  rmSync(path.join(outFolder, 'preload'), { recursive: true, force: true });
  await bundle(path.join(outFolder, 'preload'), { index: path.join(root, 'preload/index.ts') }, { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false }, replace);
}

async function bundle(outDir: string, input: Record<string, string>, output: Rolldown.OutputOptions, replace: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    plugins: [replaceSources(replace), refuseForeignModules(), emptyUnusedModules()],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false, // a stack trace from a school must be readable
      sourcemap: false,
      rolldownOptions: { input, output, external: ['electron', ...externalModules, /^node:/] },
    },
  });
}

function replaceSources(replace: Record<string, string>): Plugin {
  const wanted = new Map(Object.entries(replace).map(([from, to]) => [path.join(root, from), path.resolve(root, to)]));
  return {
    name: 'replace-sources',
    enforce: 'pre', // before Vite has resolved everything itself
    async resolveId(source, importer, options) {
      if (wanted.size === 0 || importer === undefined) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const substitute = found === null ? undefined : wanted.get(found.id);
      return substitute === undefined || substitute === importer ? null : substitute;
    },
  };
}

function emptyUnusedModules(): Plugin {
  return {
    name: 'empty-unused-modules',
    enforce: 'pre',
    resolveId: source => (emptied.includes(source) ? `\0emptied:${source}` : null),
    load: id => (id.startsWith('\0emptied:') ? 'module.exports = {};' : null),
  };
}

function refuseForeignModules(): Plugin {
  return {
    name: 'refuse-foreign-modules',
    enforce: 'pre',
    resolveId(source, importer) {
      if (foreignModules.some(name => source === name || source.startsWith(`${name}/`))) throw new Error(`${importer ?? '?'} brings ${source} into the school's program`);
      return null;
    },
  };
}

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `node scripts/third-party-notices.ts [--check]`: writes THIRD-PARTY-NOTICES.md from the packages the program is made of, with their own
 * licence texts; `--check` only says whether it is up to date. Fails on a licence that would bind the program (GPL, AGPL, …) or is unknown.
 */
const root = path.resolve(import.meta.dirname, '..');
const noticesFile = path.join(root, 'THIRD-PARTY-NOTICES.md');

/** Licences (SPDX) under which a part may go into a program that is given away under Apache-2.0. */
const allowed = new Set([
  'MIT', 'MIT/X11', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib', 'Unlicense', 'CC0-1.0', 'CC-BY-4.0', 'BlueOak-1.0.0', 'Python-2.0', 'OFL-1.1',
]);

/**
 * Installed with a package we use, but in none of our bundles: `buffers` names no licence and serves only the streaming reader of exceljs.
 * scripts/dist-check.ts proves that it stays out.
 */
export const leftOut = ['buffers'];

export interface Package {
  name: string;
  version: string;
  /** SPDX expression. */
  licence: string;
  author: string;
  text: string;
}

interface Manifest {
  name: string;
  version: string;
  license?: string | { type: string };
  licenses?: { type: string }[];
  author?: string | { name?: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  os?: string[];
}

/** Every package reached from the production dependencies of `folder`, once per name and version, by name. */
export function productionPackages(folder: string): Package[] {
  const found = new Map<string, Package>();
  const visit = (from: string, manifest: Manifest): void => {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      if (leftOut.includes(name)) continue;
      const place = locate(from, name);
      if (place === null) {
        if (manifest.dependencies?.[name] !== undefined && manifest.optionalDependencies?.[name] === undefined) throw new Error(`${name}, needed by ${manifest.name}, is not installed`);
        continue;
      }
      const own = readManifest(place);
      const id = `${own.name}@${own.version}`;
      // The same code built for one system each is told of once, by the package that chooses among them.
      if (found.has(id) || own.os !== undefined) continue;
      found.set(id, { name: own.name, version: own.version, licence: licenceOf(own), author: typeof own.author === 'string' ? own.author : (own.author?.name ?? ''), text: licenceText(place) });
      visit(place, own);
    }
  };
  visit(folder, readManifest(folder));
  return [...found.values()].toSorted((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1));
}

/** Whether an SPDX expression leaves a choice that is allowed: every part of an AND, one part of an OR. */
export function isAllowed(expression: string): boolean {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/ OR /i.test(plain)) return plain.split(/ OR /i).some(isAllowed);
  if (/ AND /i.test(plain)) return plain.split(/ AND /i).every(isAllowed);
  return allowed.has(plain);
}

/** The notices as text: a table of the packages, then each licence text once with those it covers. */
export function notices(packages: Package[]): string {
  const texts = Map.groupBy(packages.filter(({ text }) => text !== ''), ({ text }) => text);
  const rows = packages.map(({ name, version, licence, author }) => `| ${name} | ${version} | ${licence} | ${author.replaceAll('|', '/').replaceAll(/\s*<[^>]*>/g, '')} |`);
  const chapters = [...texts].map(([text, covered]) => `## ${covered.map(({ name, version }) => `${name} ${version}`).join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``);
  return [
    '# Third-party notices',
    'Sổ Trường is made with the following packages, each under its own licence. Electron and Chromium bring their notices in',
    'LICENSE.electron.txt and LICENSES.chromium.html beside the program. Where a licence offers a choice, the permissive one is taken.',
    'Written by `npm run notices`.',
    '',
    '| Package | Version | Licence | Author |',
    '|---|---|---|---|',
    ...rows,
    '',
    chapters.join('\n\n'),
    '',
  ].join('\n');
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folder Node would take `name` from inside `from`, or null. */
function locate(from: string, name: string): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(place, 'package.json'))) return place;
    if (path.dirname(folder) === folder) return null;
  }
}

function licenceOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'UNKNOWN';
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter(name => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|json)$/i.test(name)).toSorted();
  return files.map(name => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').replaceAll('```', "'''").trim()).join('\n\n');
}

if (process.argv[1] === import.meta.filename) {
  const packages = productionPackages(root);
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  const text = notices(packages);
  const isCurrent = existsSync(noticesFile) && readFileSync(noticesFile, 'utf8') === text;
  if (refused.length > 0) {
    console.error(`Licences that may not go into the program:\n${refused.map(({ name, version, licence }) => `  ${name} ${version}: ${licence}`).join('\n')}`);
    process.exitCode = 1;
  } else if (process.argv.includes('--check')) {
    console.log(isCurrent ? `THIRD-PARTY-NOTICES.md is up to date: ${packages.length} packages` : 'THIRD-PARTY-NOTICES.md is out of date: run "npm run notices"');
    process.exitCode = isCurrent ? 0 : 1;
  } else {
    writeFileSync(noticesFile, text);
    console.log(`THIRD-PARTY-NOTICES.md: ${packages.length} packages, ${Math.round(text.length / 1024)} kB`);
  }
}

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fakeWindowsModule, makeFakeElectron } from './fake-electron.ts';
import { externalModules } from './build-node.ts';
import { leftOut } from './third-party-notices.ts';

/**
 * `npm run dist:check`: proves offline that what electron-builder.yml packs is complete and nothing more. Checks the configuration against
 * its schema, packs for Linux and Windows x64 around a fake Electron, looks at every file, and runs the self-check of the packed Linux
 * program over the test double. The installers themselves (NSIS, deb, AppImage) are built by CI.
 */
const root = path.resolve(import.meta.dirname, '..');
const work = mkdtempSync(path.join(os.tmpdir(), 'so-truong-dist-'));
const problems: string[] = [];

interface Target {
  name: 'linux' | 'win';
  platform: 'linux' | 'win32';
  unpacked: string;
  executable: string;
  natives: string[];
}

const targets: Target[] = [
  {
    name: 'linux', platform: 'linux', unpacked: 'linux-unpacked', executable: 'so-truong',
    natives: [
      'better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node', 'pkcs11js/build/Release/pkcs11.node', '@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node',
      '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu/typst-ts-node-compiler.linux-x64-gnu.node',
    ],
  },
  {
    name: 'win', platform: 'win32', unpacked: 'win-unpacked', executable: 'so-truong.exe',
    natives: [
      'better-sqlite3-multiple-ciphers/prebuilds/win32-x64.node', 'pkcs11js/build/Release/pkcs11.node', '@node-rs/argon2-win32-x64-msvc/argon2.win32-x64-msvc.node',
      '@myriaddreamin/typst-ts-node-compiler-win32-x64-msvc/typst-ts-node-compiler.win32-x64-msvc.node',
    ],
  },
];

function check(what: string, isRight: boolean, detail = ''): void {
  console.log(`  ${isRight ? '✓' : '✗'} ${what}${isRight || detail === '' ? '' : `: ${detail}`}`);
  if (!isRight) problems.push(`${what}${detail === '' ? '' : `: ${detail}`}`);
}

async function timed(title: string, act: () => Promise<void> | void): Promise<void> {
  const started = performance.now();
  console.log(title);
  await act();
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

interface BuilderParts {
  load: (text: string) => object;
  validateConfiguration: (configuration: object, logger: object) => Promise<void>;
}

/** electron-builder checks its configuration only while building; its own check is called here before. */
function builderParts(): BuilderParts {
  const builder = createRequire(import.meta.resolve('app-builder-lib'));
  const { load } = builder('js-yaml') as Pick<BuilderParts, 'load'>;
  const { validateConfiguration } = builder('./util/config/config') as Pick<BuilderParts, 'validateConfiguration'>;
  return { load, validateConfiguration };
}

async function checkSchema(): Promise<void> {
  const { load, validateConfiguration } = builderParts();
  const logger = { isEnabled: false, add: () => undefined };
  const faultOf = (configuration: object) => validateConfiguration(configuration, logger).then(() => '', (fault: Error) => fault.message.slice(0, 300));
  const configuration = load(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
  const fault = await faultOf(configuration);
  check('the configuration fits its schema', fault === '', fault);
  check('names the home page a deb package wants', (configuration as { extraMetadata?: { homepage?: string } }).extraMetadata?.homepage?.startsWith('https:') === true);
  check('the schema refuses a misspelt option', await faultOf({ ...configuration, nsis: { oneclick: true } }) !== '');
}

/** Every module the bundles ask for by name must be one that is packed. */
function checkBundles(): void {
  const asked = new Set<string>();
  const bundled = new Set<string>();
  for (const file of globSync('out/{main,preload}/*.{js,cjs}', { cwd: root })) {
    const text = readFileSync(path.join(root, file), 'utf8');
    // The bundler writes each import on a line of its own; words in comments and strings look otherwise.
    for (const [, name] of text.matchAll(/(?:^import [^;\n]*?from |^import |\b__require\(|\bawait import\(|^const \w+ = require\()"([^".][^"]*)"/gm)) if (name !== undefined) asked.add(name);
    for (const [, name] of text.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)) if (name !== undefined) bundled.add(name);
  }
  const builtIn = createRequire(import.meta.url)('node:module') as { isBuiltin(name: string): boolean };
  const strangers = [...asked].filter(name => !builtIn.isBuiltin(name) && name !== 'electron' && !externalModules.some(external => name === external || name.startsWith(`${external}/`)));
  check('the bundles ask for every module that is packed', externalModules.every(name => asked.has(name)), [...asked].join(', '));
  check('the bundles ask for nothing that is not packed', strangers.length === 0, strangers.join(', '));
  check('the bundles name what they hold', ['kysely', 'exceljs', 'zod'].every(name => bundled.has(name)), [...bundled].join(', '));
  check('the bundles hold nothing without a licence', leftOut.every(name => !bundled.has(name)), leftOut.join(', '));
}

/**
 * The project to pack: the checkout itself for its own platform. For Windows a small copy with the same configuration and bundles, where
 * empty native modules stand in for those that only `npm ci` on Windows installs.
 */
function projectFor(target: Target): string {
  if (target.platform === process.platform) return root;
  const project = path.join(work, `project-${target.name}`);
  mkdirSync(project);
  for (const part of ['electron-builder.yml', 'out', 'resources', 'LICENSE', 'THIRD-PARTY-NOTICES.md']) cpSync(path.join(root, part), path.join(project, part), { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string>; devDependencies: object };
  const standIns = target.natives.filter(file => !externalModules.some(name => file.startsWith(`${name}/`)));
  const standInNames = standIns.map(file => path.posix.dirname(file));
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ ...manifest, devDependencies: {}, scripts: {}, dependencies: Object.fromEntries([...externalModules, ...standInNames].map(name => [name, '*'])) }));
  for (const name of [...externalModules, '@expo-google-fonts/tinos']) cpSync(path.join(root, 'node_modules', name), path.join(project, 'node_modules', name), { recursive: true, filter: source => !/[/\\](deps|src|obj\.target)$/.test(source) });
  for (const [at, name] of standInNames.entries()) {
    const place = path.join(project, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name, version: '0.0.0', os: ['win32'], cpu: ['x64'] }));
    writeFileSync(path.join(project, 'node_modules', standIns[at] ?? ''), fakeWindowsModule());
  }
  writeFileSync(path.join(project, 'node_modules/pkcs11js/build/Release/pkcs11.node'), fakeWindowsModule());
  return project;
}

function pack(target: Target): string {
  const electron = path.join(work, `electron-${target.name}`);
  const version = (JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string }).version;
  makeFakeElectron(electron, target.platform, version);
  const out = path.join(work, `dist-${target.name}`);
  const args = [
    path.join(root, 'node_modules/electron-builder/cli.js'), `--${target.name}`, '--x64', '--dir', `-c.electronDist=${electron}`, `-c.electronVersion=${version}`, `-c.directories.output=${out}`,
    ...(target.platform === process.platform ? [] : ['-c.win.signAndEditExecutable=false']),
  ];
  execFileSync(process.execPath, args, { cwd: projectFor(target), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } });
  return path.join(out, target.unpacked);
}

/** Which system and processor a native module is for, by its first bytes. */
function architectureOf(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, 4) === '\u007fELF') return bytes.readUInt16LE(18) === 62 ? 'linux x64' : 'linux other';
  if (bytes.toString('latin1', 0, 2) === 'MZ') return bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4) === 0x8664 ? 'win32 x64' : 'win32 other';
  return 'unknown';
}

/** Whether a file of the archive is a bundle, the manifest, or part of a native module (or of the package that holds it for one system). */
function belongs(file: string): boolean {
  if (/^(package\.json|out(\/.*)?|node_modules(\/@[^/]+)?)$/.test(file)) return true;
  return externalModules.some(name => file === `node_modules/${name}` || file.startsWith(`node_modules/${name}/`) || file.startsWith(`node_modules/${name}-`));
}

function checkContents(target: Target, place: string): void {
  const resources = path.join(place, 'resources');
  const archive = path.join(resources, 'app.asar');
  const files = listPackage(archive, { isPack: false }).map(file => file.replaceAll('\\', '/').replace(/^\//, ''));
  for (const needed of ['package.json', 'out/main/app.js', 'out/main/core.js', 'out/main/token.js', 'out/main/print-worker.js', 'out/main/demo-worker.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
    check(`holds ${needed}`, files.includes(needed));
  }
  const strangers = files.filter(file => !belongs(file));
  check('holds nothing else', strangers.length === 0, strangers.slice(0, 5).join(', '));
  const sources = files.filter(file => /\.(ts|tsx|map|c|cc|cpp|h|gyp|md)$|(^|\/)(tests?|src|deps)\//.test(file));
  check('holds no sources, maps or tests', sources.length === 0, sources.slice(0, 5).join(', '));
  const natives = files.filter(file => file.endsWith('.node')).map(file => file.replace('node_modules/', '')).toSorted();
  check('holds the native modules of its system and no others', JSON.stringify(natives) === JSON.stringify(target.natives.toSorted()), natives.join(', '));
  const unpacked = target.natives.map(file => path.join(resources, 'app.asar.unpacked', 'node_modules', file));
  check('native modules lie outside the archive, for this processor', unpacked.every(file => existsSync(file) && architectureOf(file) === `${target.platform} x64`));
  checkResources(resources);
  if (target.name === 'linux') checkFeed(resources);
  else check('its executable names the archive it may load', readFileSync(path.join(place, target.executable)).includes('"alg":"SHA256"'));
  check('brings Electron\'s and Chromium\'s licences', existsSync(path.join(place, 'LICENSE.electron.txt')) && existsSync(path.join(place, 'LICENSES.chromium.html')));
  const languages = readdirSync(path.join(place, 'locales'));
  check('brings Vietnamese and English only', languages.includes('vi.pak') && languages.includes('en-US.pak') && !languages.includes('fr.pak'), languages.join(', '));
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function checkResources(resources: string): void {
  const templates = readdirSync(path.join(root, 'resources', 'templates'));
  check('brings every template', templates.every(name => existsSync(path.join(resources, 'templates', name))));
  check('brings the four fonts', globSync('fonts/*/*.ttf', { cwd: resources }).length === 4);
  check('brings its licence', textOf(path.join(resources, 'LICENSE.txt')).includes('Apache License'));
  const notices = textOf(path.join(resources, 'THIRD-PARTY-NOTICES.txt'));
  check('names the licences of its parts', externalModules.every(name => notices.includes(`| ${name} |`)));
}

/** Written for Linux packages here; for Windows only the installer's own build writes it, from the same setting. */
function checkFeed(resources: string): void {
  const feed = textOf(path.join(resources, 'app-update.yml'));
  check('its update feed is a plain folder over https', /^provider: generic$/m.test(feed) && /^url: https:/m.test(feed));
}

async function checkFuses(executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable);
  const wanted: [FuseV1Options, boolean][] = [
    [FuseV1Options.RunAsNode, false], [FuseV1Options.EnableCookieEncryption, true], [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
    [FuseV1Options.EnableNodeCliInspectArguments, false], [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true], [FuseV1Options.OnlyLoadAppFromAsar, true],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
  ];
  for (const [fuse, isOn] of wanted) check(`fuse ${FuseV1Options[fuse]} is ${isOn ? 'on' : 'off'}`, wire[fuse] === (isOn ? FuseState.ENABLE : FuseState.DISABLE));
}

/** Takes the packed program apart as Electron would see it and runs its self-check over the double: nothing it needs was left behind. */
function runPacked(place: string): void {
  const installed = path.join(work, 'Cài đặt thử');
  const resources = path.join(installed, 'resources');
  cpSync(path.join(place, 'resources'), resources, { recursive: true });
  extractAll(path.join(resources, 'app.asar'), path.join(resources, 'app'));
  rmSync(path.join(resources, 'app.asar'));
  const report = path.join(work, 'self-check.json');
  const register = new URL('../tests/electron/double-register.ts', import.meta.url).href;
  try {
    execFileSync(process.execPath, ['--import', register, path.join(resources, 'app/out/main/app.js'), '--data', path.join(work, 'data'), `--self-check=${report}`], {
      cwd: installed, timeout: 60_000, env: { ...process.env, ELECTRON_DOUBLE_RESOURCES: resources, ELECTRON_DOUBLE_PACKAGED: '1' }, stdio: ['ignore', 'inherit', 'inherit'],
    });
  } catch {
    // The report says which part failed.
  }
  const { checks } = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as { checks: { part: string; ok: boolean; detail: string }[] }) : { checks: [] };
  check('its self-check ran', checks.length === 5);
  for (const { part, ok, detail } of checks) check(`${part} works as packed`, ok, detail);
}

try {
  await timed('Build', () => { execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' }); });
  await timed('Configuration', checkSchema);
  await timed('Bundles', checkBundles);
  await timed('Licences', () => {
    let said = '';
    try {
      said = execFileSync(process.execPath, ['scripts/third-party-notices.ts', '--check'], { cwd: root, encoding: 'utf8' });
    } catch (fault) {
      const { stdout, stderr } = fault as { stdout: string; stderr: string };
      said = stdout || stderr;
    }
    check('THIRD-PARTY-NOTICES.md is up to date', said.includes('is up to date'), said.trim());
  });
  for (const target of targets) {
    await timed(`Package for ${target.name} x64`, async () => {
      const place = pack(target);
      checkContents(target, place);
      await checkFuses(path.join(place, target.executable));
      if (target.platform === process.platform) runPacked(place);
    });
  }
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
console.log(problems.length === 0 ? '\nThe packages are complete.' : `\n${problems.length} problems:\n${problems.map(problem => `  ${problem}`).join('\n')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

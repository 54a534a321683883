import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder, keyFromEnvironment } from '../main/entry/data-folder.ts';
import { startHost } from '../main/entry/host-server.ts';
import { startProgram } from '../main/entry/start-program.ts';
import { forkTokenProcess } from '../main/signing/token-channel.ts';
import { findBrowser, hasScreen } from './find-browser.ts';
import { findElectron } from './find-electron.ts';

/**
 * `npm start [-- --data DIR] [--browser] [--no-open]`: builds what is missing, makes a demo school where there is no data, and opens the
 * program: in Electron; where its binary cannot be had, in a browser's own window; without one (`--no-open`, no screen) by the address.
 */
const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { data: { type: 'string' }, pupils: { type: 'string', default: '240' }, browser: { type: 'boolean' }, 'no-open': { type: 'boolean' } } });
const folder = dataFolder(values.data ?? path.join(root, '.data', 'truong-mau'));
const system = { platform: process.platform, env: process.env, exists: existsSync };
const mayOpen = values['no-open'] !== true && hasScreen(system);

buildIfStale();
makeDemoIfEmpty();
if (!mayOpen || values.browser === true || !await openInElectron()) await openOnLoopback();

/** Runs one of the project's own scripts; ends with it when it fails. */
function run(script: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

function buildIfStale(): void {
  const outputs = ['out/main/app.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map(file => path.join(root, file));
  const isBuilt = outputs.every(file => existsSync(file));
  const builtAt = isBuilt ? Math.min(...outputs.map(file => statSync(file).mtimeMs)) : 0;
  const sources = globSync(['{main,preload,db,renderer}/**/*.*', 'resources/**/*.{json,ts}', 'scripts/build*.ts', 'package.json'], { cwd: root });
  if (sources.every(file => statSync(path.join(root, file)).mtimeMs <= builtAt)) return;
  console.log('Đang dựng chương trình…');
  run('scripts/build.ts');
}

function makeDemoIfEmpty(): void {
  if (existsSync(folder.database)) return;
  console.log(`Chưa có dữ liệu trong ${folder.root}: đang dựng một trường mẫu…`);
  run('main/entry/cli.ts', 'demo', '--data', folder.root, '--pupils', values.pupils, '--leave', '9A');
}

/** Resolves to false when Electron cannot be had or does not start here; the reason has been told in one line. */
async function openInElectron(): Promise<boolean> {
  const found = await findElectron(root);
  if ('why' in found) {
    console.log(`Electron không chạy được ở đây (${found.why}); mở bằng trình duyệt.`);
    return false;
  }
  const started = performance.now();
  const code = await exitOf(spawn(found.executable, [root, '--data', folder.root], { stdio: 'inherit' }));
  const isRefused = code !== 0 && performance.now() - started < 5_000; // a missing library, a sandbox the system forbids
  if (isRefused) console.log(`Electron dừng ngay khi mở (mã ${code ?? 'không rõ'}); mở bằng trình duyệt.`);
  return !isRefused;
}

/** Serves the same window on this PC only, until its browser window is closed or the program is stopped. */
async function openOnLoopback(): Promise<void> {
  const program = await startProgram({ dataFolder: folder.root, key: keyFromEnvironment(folder), shell: 'host', openTokenChannel: () => forkTokenProcess() });
  const host = await startHost({ program, rendererFolder: path.join(root, 'out', 'renderer') });
  const stopped = new Promise<void>(resolve => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { resolve(); }); });
  const browser = mayOpen ? openBrowserWindow(host.url) : null;
  console.log(browser === null ? `Mở địa chỉ này trong trình duyệt của máy này:\n${host.url}\nNhấn Ctrl+C để dừng.` : `Đang mở cửa sổ; nếu không thấy, mở địa chỉ:\n${host.url}`);
  await (browser === null ? stopped : Promise.race([exitOf(browser), stopped]));
  await host.close();
  await program.close();
}

function openBrowserWindow(url: string): ChildProcess | null {
  const browser = findBrowser(system);
  const isRoot = process.getuid?.() === 0; // Chromium refuses to run as root
  if (browser === null || isRoot) return null;
  const profile = path.join(folder.root, 'browser');
  return spawn(browser, [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--window-size=1366,728'], { stdio: 'ignore' });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => {
    child.on('exit', resolve);
    child.on('error', () => { resolve(-1); });
  });
}

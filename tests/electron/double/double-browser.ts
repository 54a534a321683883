import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CdpClient, type CdpSession } from './cdp-client.ts';
import { downloadFolder } from './double-place.ts';

/** The Chromium behind the double: Debian's package, the same major version as the Electron in package.json. */
const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

let client: CdpClient | undefined;
let child: ChildProcess | undefined;

export function browserSession(): CdpSession {
  if (client === undefined) throw new Error('electron double: nothing to show before the app is ready');
  return client.browser;
}

/** Starts Chromium on a profile that lasts as long as the data folder, as Electron's does. Resolves to its DevTools address. */
export async function startBrowser(profile: string): Promise<{ endpoint: string; pid: number }> {
  mkdirSync(profile, { recursive: true });
  rmSync(path.join(profile, 'SingletonLock'), { force: true }); // of a double that was killed; the app's own lock is asked first
  child = spawn(executable, [
    '--headless=new', '--no-startup-window', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check',
    '--disable-gpu', '--disable-dev-shm-usage', '--disable-popup-blocking', '--disable-background-networking', '--disable-component-update', '--lang=vi', '--force-color-profile=srgb',
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let output = '';
    child?.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child?.on('error', () => { reject(new Error(`${executable} is missing: install the Debian package "chromium", or set CHROMIUM`)); });
    child?.on('exit', code => { reject(new Error(`Chromium ended with ${code}: ${output}`)); });
  });
  client = await CdpClient.connect(endpoint);
  await takeDownloads();
  return { endpoint, pid: child.pid ?? 0 };
}

/** Leads downloads to the double. A second DevTools client (the test's) takes them away when it connects, so this is called again then. */
export async function takeDownloads(): Promise<void> {
  await browserSession().send('Browser.setDownloadBehavior', { behavior: 'allowAndName', downloadPath: downloadFolder(), eventsEnabled: true });
}

/** A new empty page, attached. */
export async function openPage(size: { width: number; height: number }): Promise<{ page: CdpSession; targetId: string }> {
  const { targetId } = await browserSession().send<{ targetId: string }>('Target.createTarget', { url: 'about:blank', newWindow: true, ...size });
  const { sessionId } = await browserSession().send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  return { page: (client as CdpClient).session(sessionId), targetId };
}

export function stopBrowser(): void {
  child?.kill('SIGKILL');
}

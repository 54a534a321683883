import path from 'node:path';

export interface System {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  exists: (file: string) => boolean;
}

/** Names of browsers that know `--app=URL`, the most usual first. */
const linuxNames = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser'];
const windowsFiles = ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe', 'CocCoc\\Browser\\Application\\browser.exe'];
const macFiles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser of this PC that can show one page as a window of its own, or null. */
export function findBrowser({ platform, env, exists }: System): string | null {
  return candidates(platform, env).find(exists) ?? null;
}

function candidates(platform: NodeJS.Platform, env: System['env']): string[] {
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(folder => folder !== undefined);
    return windowsFiles.flatMap(file => folders.map(folder => path.win32.join(folder, file)));
  }
  if (platform === 'darwin') return macFiles;
  const folders = (env['PATH'] ?? '').split(':').filter(folder => folder !== '');
  return linuxNames.flatMap(name => folders.map(folder => path.posix.join(folder, name)));
}

/** Whether there is a screen to open a window on. */
export function hasScreen({ platform, env }: Omit<System, 'exists'>): boolean {
  return platform === 'win32' || platform === 'darwin' || (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { ElectronSurface } from '../electron-surface.ts';
import { DoubleEmitter } from './double-emitter.ts';

/** The account whose keystore this is; another name plays another PC. `none` plays a desktop without a keystore. */
const account = process.env['ELECTRON_DOUBLE_KEYSTORE'] ?? 'this user on this PC';
const sealingKey = createHash('sha256').update(`electron double keystore of ${account}`).digest();

export const safeStorage: ElectronSurface['safeStorage'] = {
  isAsyncEncryptionAvailable: () => Promise.resolve(account !== 'none'),
  getSelectedStorageBackend: () => (account === 'none' ? 'basic_text' : 'gnome_libsecret'),
  encryptStringAsync: plainText => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([Buffer.from('v10'), nonce, cipher.getAuthTag(), sealed]));
  },
  decryptStringAsync: async encrypted => {
    const fault = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';
    if (encrypted.subarray(0, 3).toString() !== 'v10') throw new Error(fault);
    const cipher = createDecipheriv('aes-256-gcm', sealingKey, encrypted.subarray(3, 15));
    cipher.setAuthTag(encrypted.subarray(15, 31));
    try {
      return { result: Buffer.concat([cipher.update(encrypted.subarray(31)), cipher.final()]).toString('utf8'), shouldReEncrypt: false };
    } catch {
      throw new Error(fault);
    }
  },
};

/** What was handed to the operating system, for tests. */
export const handedOver: { openExternal: string[]; openPath: string[] } = { openExternal: [], openPath: [] };

export const shell: ElectronSurface['shell'] = {
  openExternal: url => {
    handedOver.openExternal.push(url);
    return Promise.resolve();
  },
  openPath: place => {
    handedOver.openPath.push(place);
    return Promise.resolve('');
  },
};

/** One screen of the usual office PC, with a task bar of 40 pixels; `ELECTRON_DOUBLE_SCREEN=1920x1080` plays another. */
const [width = 1366, height = 768] = (process.env['ELECTRON_DOUBLE_SCREEN'] ?? '').split('x').filter(part => part !== '').map(Number);
const display = { id: 1, scaleFactor: 1, bounds: { x: 0, y: 0, width, height }, workArea: { x: 0, y: 0, width, height: height - 40 } } as Electron.Display;

export const screen: ElectronSurface['screen'] = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

class PowerMonitorDouble extends DoubleEmitter {
  /** Seconds; a test sets it to play an office at lunch. */
  idleSeconds = 0;

  constructor() {
    super('PowerMonitor', ['shutdown']);
  }

  getSystemIdleTime(): number {
    return this.idleSeconds;
  }
}

export const powerMonitor = new PowerMonitorDouble();

const blockers = new Set<number>();
let blockerCount = 0;
export const powerSaveBlocker: ElectronSurface['powerSaveBlocker'] = {
  start: () => {
    blockerCount += 1;
    blockers.add(blockerCount);
    return blockerCount;
  },
  stop: id => blockers.delete(id),
  isStarted: id => blockers.has(id),
};

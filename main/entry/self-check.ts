import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BrowserWindow, app, session } from 'electron';
import { serveBundle } from '../electron/bundle-protocol.ts';
import { openTokenUtility } from '../electron/token-utility.ts';
import { bundleOrigin, closeSession } from '../electron/window-security.ts';
import { resourcePath } from '../kit/resources.ts';
import type { TokenReply } from '../signing/token-protocol.ts';
import { dataFolder } from './data-folder.ts';
import { startProgram } from './start-program.ts';

/** One installed part that was tried. */
export interface PartCheck {
  part: 'database' | 'core' | 'print' | 'token' | 'window';
  ok: boolean;
  detail: string;
}

const limit = 60_000; // milliseconds a part may take on a slow PC

/**
 * Tries every part that an installer can get wrong (native modules, workers, templates, fonts, the packed window) on data of its own in
 * a temporary folder, and writes what it found to `reportFile` as JSON. Resolves to whether all of it works. For whoever installs the
 * program: a PC without a Visual C++ runtime or with a blocking virus scanner shows here, with the name of the part.
 */
export async function runSelfCheck(reportFile: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-check-'));
  const key = randomBytes(32);
  const checks: PartCheck[] = [];
  const tryPart = async (part: PartCheck['part'], work: () => Promise<string>): Promise<void> => {
    try {
      checks.push({ part, ok: true, detail: await within(work()) });
    } catch (fault) {
      checks.push({ part, ok: false, detail: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
    }
  };
  await tryPart('database', () => checkDatabase(folder, key));
  await tryPart('core', () => checkCore(folder, key));
  await tryPart('print', checkPrint);
  await tryPart('token', checkToken);
  await tryPart('window', checkWindow);
  writeFileSync(reportFile, `${JSON.stringify({ version: app.getVersion(), checks }, null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return checks.every(check => check.ok);
}

async function checkDatabase(folder: string, key: Buffer): Promise<string> {
  const { openDatabase } = await import('../../db/open.ts');
  const database = openDatabase(dataFolder(folder).database, { raw: key }, { device: 'check', create: true });
  const version = database.sqliteVersion();
  database.close();
  return `SQLite ${version}`;
}

async function checkCore(folder: string, key: Buffer): Promise<string> {
  const program = await startProgram({ dataFolder: folder, key: { raw: key }, shell: 'electron', openTokenChannel: openTokenUtility });
  try {
    const { result } = await program.call('system.info', {}, { origin: 'window', sessionToken: null });
    if (!result.ok) throw new Error(result.error.what);
    // Checking a password loads the hashing module, whoever is named.
    const signIn = await program.call('accounts.signIn', { user: 'self-check', password: 'self-check' }, { origin: 'window', sessionToken: null });
    if (signIn.result.ok) throw new Error('an unknown user was let in');
    return JSON.stringify(result.value);
  } finally {
    await program.close();
  }
}

async function checkPrint(): Promise<string> {
  const { createPrinter } = await import('../kit/print/typst-printer.ts');
  const printer = createPrinter();
  try {
    const template = 'transcript-thcs-tt22';
    const data: unknown = JSON.parse(readFileSync(resourcePath('templates', template, 'sample.json'), 'utf8'));
    const { pages, pdf } = await printer.print({ template, data, timestamp: new Date(0) });
    return `${pages} pages, ${pdf.length} bytes`;
  } finally {
    await printer.close();
  }
}

/** A driver that does not exist must come back as a named failure: the process lives and its native part loads. */
async function checkToken(): Promise<string> {
  const channel = openTokenUtility();
  try {
    const reply = await new Promise<TokenReply>((resolve, reject) => {
      channel.onMessage(resolve);
      channel.onExit(code => { reject(new Error(`the token process ended with ${code}`)); });
      channel.post({ id: 1, act: 'list', input: { module: path.join(os.tmpdir(), 'no-such-driver.dll') } });
    });
    if (reply.ok) throw new Error('a driver that does not exist was opened');
    if (!reply.failure.code.startsWith('token.module')) throw new Error(`${reply.failure.code} ${JSON.stringify(reply.failure.params)}`);
    return reply.failure.code;
  } finally {
    channel.kill();
  }
}

async function checkWindow(): Promise<string> {
  closeSession(session.defaultSession);
  serveBundle(session.defaultSession, path.resolve(import.meta.dirname, '..', 'renderer'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { preload: path.resolve(import.meta.dirname, '..', 'preload', 'index.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    await window.loadURL(`${bundleOrigin}index.html`);
    const bridge: unknown = await window.webContents.executeJavaScript('typeof window.bridge?.call');
    if (bridge !== 'function') throw new Error('the window has no bridge');
    return window.webContents.getTitle();
  } finally {
    window.destroy();
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<never>((_resolve, reject) => { setTimeout(() => { reject(new Error(`no answer within ${limit / 1000} s`)); }, limit).unref(); })]);
}

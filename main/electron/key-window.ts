import path from 'node:path';
import { BrowserWindow, dialog, session } from 'electron';
import { text } from '../../resources/language/language.ts';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { askedKeyPage, keyPagePolicy, shownKeyPage } from './key-page.ts';
import { printPage } from './page-print.ts';
import { fromRecoveryKey, proofLength, toRecoveryKey } from './recovery-key.ts';
import { saveFolder } from './save-downloads.ts';
import type { SettingsFile } from './shell-settings.ts';
import { showFailure } from './shell-dialogs.ts';
import { keysOrigin } from './window-security.ts';

/** What a press of a button in the key window sends. */
interface Pressed {
  act: string;
  typed: string;
}

/** The next page to show, or an answer that closes the window. */
type Reply<Answer> = { page: string } | { answer: Answer };

/** Shows the recovery key; resolves to whether the user proved, by its last letters, that it was written down, rather than just closing. */
export function showRecoveryKey(key: Buffer, isNew: boolean, settings: SettingsFile, parent: BrowserWindow | null): Promise<boolean> {
  const recoveryKey = toRecoveryKey(key);
  const proof = recoveryKey.slice(-proofLength);
  let savedTo: string | null = null;
  return runKeyWindow<boolean>(parent, shownKeyPage(recoveryKey, { isNew, proofIsWrong: false, savedTo }), false, async ({ act, typed }, window) => {
    if (act === 'done' && typed.trim().toUpperCase() === proof) return { answer: true };
    if (act === 'print') await printPage(window.webContents, window);
    if (act === 'save') savedTo = await saveKey(recoveryKey, settings, window) ?? savedTo;
    return { page: shownKeyPage(recoveryKey, { isNew, proofIsWrong: act === 'done', savedTo }) };
  });
}

/** Asks for the recovery key until one is typed that `isRight`; null when the user gives up. */
export function askRecoveryKey(isRight: (key: Buffer) => boolean): Promise<Buffer | null> {
  return runKeyWindow<Buffer | null>(null, askedKeyPage(null), null, ({ act, typed }) => {
    if (act === 'cancel') return { answer: null };
    const key = fromRecoveryKey(typed);
    if (key === null) return { page: askedKeyPage('unreadable') };
    return isRight(key) ? { answer: key } : { page: askedKeyPage('otherKey') };
  });
}

/**
 * A small window without script, preload or network whose form posts to `app://keys/`, answered here. A session of its own, in memory,
 * so that nothing of it reaches the disk.
 */
function runKeyWindow<Answer>(
  parent: BrowserWindow | null,
  firstPage: string,
  whenClosed: Answer,
  press: (pressed: Pressed, window: BrowserWindow) => Promise<Reply<Answer>> | Reply<Answer>,
): Promise<Answer> {
  return new Promise(resolve => {
    const own = session.fromPartition('keys', { cache: false });
    const window = new BrowserWindow({
      width: 640,
      height: 460,
      useContentSize: true,
      resizable: false,
      minimizable: false,
      maximizable: false,
      ...(parent === null ? {} : { parent, modal: true }),
      title: text('app.name'),
      webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, devTools: false, spellcheck: false },
    });
    window.setContentProtection(true); // not in a screenshot, not in a shared screen
    window.removeMenu();
    let page = firstPage;
    own.protocol.handle('app', async request => {
      if (!request.url.startsWith(keysOrigin)) return new Response(null, { status: 403 });
      if (request.method === 'POST') {
        const form = new URLSearchParams(await request.text());
        const reply = await press({ act: form.get('act') ?? '', typed: form.get('typed') ?? '' }, window);
        if ('answer' in reply) {
          finish(reply.answer);
          return new Response(null, { status: 204 });
        }
        page = reply.page;
      }
      return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': keyPagePolicy, 'cache-control': 'no-store' } });
    });
    const finish = (answer: Answer): void => {
      resolve(answer); // before the window goes: its closing would answer for a user who gave up
      window.destroy();
    };
    window.on('closed', () => {
      own.protocol.unhandle('app');
      resolve(whenClosed);
    });
    void window.loadURL(keysOrigin);
  });
}

async function saveKey(recoveryKey: string, settings: SettingsFile, window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: text('shell.key.shown.save'),
    defaultPath: path.join(saveFolder(settings), `${text('shell.key.fileName')}.txt`),
    filters: [{ name: text('shell.save.kinds.text'), extensions: ['txt'] }],
  });
  if (canceled || filePath === '') return null;
  try {
    writeFileAtomic(filePath, Buffer.from(`${text('shell.key.fileHeading')}\r\n\r\n${recoveryKey}\r\n`, 'utf8'));
    return filePath;
  } catch (fault) {
    await showFailure(fault, window);
    return null;
  }
}

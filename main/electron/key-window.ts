import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { text } from '../../resources/language/language.ts';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { printPage } from './page-print.ts';
import { fromRecoveryKey, proofLength, toRecoveryKey } from './recovery-key.ts';
import { saveFolder } from './save-downloads.ts';
import type { SettingsFile } from './shell-settings.ts';
import { showFailure } from './shell-dialogs.ts';
import { askedKeyPage, shownKeyPage } from './small-pages.ts';
import { SmallWindow } from './small-window.ts';

/** Shows the recovery key; resolves to whether the user proved, by its last letters, that it was written down, rather than just closing. */
export async function showRecoveryKey(key: Buffer, isNew: boolean, settings: SettingsFile, parent: BrowserWindow | null): Promise<boolean> {
  const recoveryKey = toRecoveryKey(key);
  const small = new SmallWindow(parent);
  let savedTo: string | null = null;
  let proofIsWrong = false;
  for (;;) {
    const pressed = await small.ask(shownKeyPage(recoveryKey, { isNew, proofIsWrong, savedTo }));
    if (pressed === null) return false;
    const { act, typed } = pressed;
    if (act === 'done' && typed.trim().toUpperCase() === recoveryKey.slice(-proofLength)) {
      small.close();
      return true;
    }
    proofIsWrong = act === 'done';
    if (act === 'print') await printPage(small.window.webContents, small.window);
    if (act === 'save') savedTo = await saveKey(recoveryKey, settings, small.window) ?? savedTo;
  }
}

/** Asks for the recovery key until one is typed that `isRight`; null when the user gives up. */
export async function askRecoveryKey(isRight: (key: Buffer) => boolean): Promise<Buffer | null> {
  const small = new SmallWindow(null);
  let fault: 'unreadable' | 'otherKey' | null = null;
  for (;;) {
    const pressed = await small.ask(askedKeyPage(fault));
    const key = pressed?.act === 'done' ? fromRecoveryKey(pressed.typed) : null;
    const isDone = pressed?.act !== 'done' || (key !== null && isRight(key));
    if (isDone) {
      small.close();
      return key;
    }
    fault = key === null ? 'unreadable' : 'otherKey';
  }
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

import path from 'node:path';
import { dialog, type BrowserWindow, type WebContents } from 'electron';
import { text } from '../../resources/language/language.ts';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { rememberSaveFolder, safeFileName, saveFolder } from './save-downloads.ts';
import type { SettingsFile } from './shell-settings.ts';
import { showFailure } from './shell-dialogs.ts';

/** Reasons Chromium gives when the user himself closed the print dialog. */
const closedByUser = ['Print job canceled', 'cancelled', 'canceled', ''];

/** Prints a page through the system's own print dialog. Says why when the printer refused; resolves to whether it was printed. */
export async function printPage(contents: WebContents, window: BrowserWindow): Promise<boolean> {
  const [printed, reason] = await new Promise<[boolean, string]>(resolve => {
    contents.print({ silent: false, printBackground: true }, (success, failureReason) => { resolve([success, failureReason]); });
  });
  if (!printed && !closedByUser.includes(reason)) {
    await dialog.showMessageBox(window, {
      type: 'warning',
      message: text('shell.print.failed.heading'),
      detail: text('shell.print.failed.remedy', { reason }),
    });
  }
  return printed;
}

/**
 * Saves the page on screen as a PDF of its own, for ad-hoc lists. Registers and transcripts are not made this way: they come from their
 * templates. Resolves to the file, or null when the user closed the dialog or it could not be written (he was told).
 */
export async function savePageAsPdf(window: BrowserWindow, settings: SettingsFile): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: text('shell.save.title'),
    defaultPath: path.join(saveFolder(settings), `${safeFileName(window.getTitle())}.pdf`),
    filters: [{ name: text('shell.save.kinds.pdf'), extensions: ['pdf'] }],
  });
  if (canceled || filePath === '') return null;
  try {
    writeFileAtomic(filePath, await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true }));
  } catch (fault) {
    await showFailure(fault, window);
    return null;
  }
  rememberSaveFolder(settings, filePath);
  return filePath;
}

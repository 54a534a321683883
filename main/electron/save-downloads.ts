import path from 'node:path';
import { app, dialog, type BrowserWindow, type DownloadItem, type FileFilter, type Session } from 'electron';
import { text } from '../../resources/language/language.ts';
import type { SettingsFile } from './shell-settings.ts';

/** Kinds of files the program hands out, by extension; the words are `shell.save.kinds.<extension>`. */
const kinds = ['pdf', 'xlsx', 'csv', 'zip', 'json', 'xml'] as const;

/**
 * The window saves a file as a browser does, by a link to bytes it holds (`blob:`). Here the user is asked where to, starting from the
 * folder used last time. Anything that is not such a blob is refused: the program downloads nothing from elsewhere.
 */
export function saveDownloads(session: Session, settings: SettingsFile, window: () => BrowserWindow | null): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions({
      title: text('shell.save.title'),
      defaultPath: path.join(saveFolder(settings), safeFileName(item.getFilename())),
      filters: filtersFor(item.getFilename()),
    });
    item.once('done', (_event, state) => { finish(item, state, settings, window()); });
  });
}

function finish(item: DownloadItem, state: 'completed' | 'cancelled' | 'interrupted', settings: SettingsFile, window: BrowserWindow | null): void {
  if (state === 'completed') rememberSaveFolder(settings, item.getSavePath());
  if (state !== 'interrupted') return;
  const options = {
    type: 'error',
    message: text('shell.save.failed.heading'),
    detail: text('shell.save.failed.remedy', { file: path.basename(item.getSavePath()) }),
  } as const;
  void (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
}

/** The folder of the last saved file, or the user's documents. */
export function saveFolder(settings: SettingsFile): string {
  return settings.current.saveFolder ?? app.getPath('documents');
}

export function rememberSaveFolder(settings: SettingsFile, file: string): void {
  const folder = path.dirname(file);
  if (file !== '' && folder !== settings.current.saveFolder) settings.update({ saveFolder: folder });
}

/** Takes out what Windows forbids in a file name, and what could lead out of the folder. Vietnamese letters and spaces stay. */
export function safeFileName(name: string): string {
  const cleaned = Array.from(name.normalize('NFC'), letter => (letter < ' ' || '<>:"/\\|?*'.includes(letter) ? '-' : letter)).join('');
  const trimmed = cleaned.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(trimmed);
  if (trimmed === '') return 'tep';
  return reserved ? `_${trimmed}` : trimmed;
}

/** The file's own kind first, then any file. */
export function filtersFor(fileName: string): FileFilter[] {
  const extension = path.extname(fileName).slice(1).toLowerCase();
  const kind = kinds.find(known => known === extension);
  const every = { name: text('shell.save.kinds.any'), extensions: ['*'] };
  if (kind !== undefined) return [{ name: text(`shell.save.kinds.${kind}`), extensions: [kind] }, every];
  return extension === '' ? [every] : [{ name: extension.toUpperCase(), extensions: [extension] }, every];
}

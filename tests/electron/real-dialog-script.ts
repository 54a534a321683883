import type * as Electron from 'electron';
import type { ShownDialog } from './double/double-dialog.ts';

/** Where the script keeps its state in Electron's main process. */
export interface DialogScriptHolder {
  dialogScript: { answers: string[]; shown: ShownDialog[]; outside: string[] };
}

/**
 * Gives the real Electron what the double has built in: dialogs answered from a list, links noted instead of opened. Runs in Electron's
 * main process as source text, so it may use nothing outside itself.
 */
export function installDialogScript({ dialog, session, shell }: typeof Electron, answers: string[]): void {
  const script: DialogScriptHolder['dialogScript'] = { answers: [...answers], shown: [], outside: [] };
  Object.assign(globalThis, { dialogScript: script });
  const note = (kind: ShownDialog['kind'], options: Partial<Electron.MessageBoxOptions & Electron.SaveDialogOptions>): string | undefined => {
    const { message = '', detail = '', buttons = [], title = '', defaultPath = '' } = options;
    script.shown.push({ kind, message, detail, buttons, title, defaultPath });
    return script.answers.shift();
  };
  const button = (options: Electron.MessageBoxOptions): number => {
    const answer = note('message', options);
    return answer === undefined ? (options.cancelId ?? 0) : (options.buttons ?? []).indexOf(answer);
  };
  dialog.showMessageBox = (...given: unknown[]) => Promise.resolve({ response: button(given.at(-1) as Electron.MessageBoxOptions), checkboxChecked: false });
  dialog.showMessageBoxSync = (...given: unknown[]) => button(given.at(-1) as Electron.MessageBoxOptions);
  dialog.showSaveDialog = (...given: unknown[]) => {
    const filePath = note('save', given.at(-1) as Electron.SaveDialogOptions) ?? '';
    return Promise.resolve({ canceled: filePath === '', filePath });
  };
  shell.openExternal = url => {
    script.outside.push(url);
    return Promise.resolve();
  };
  session.defaultSession.on('will-download', (_event, item) => {
    const place = note('save', item.getSaveDialogOptions());
    if (place === undefined) item.cancel();
    else item.setSavePath(place);
  });
}

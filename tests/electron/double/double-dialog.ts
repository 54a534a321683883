import type { Dialog } from '../electron-surface.ts';

/** One dialog that was shown, as tests read it back. */
export interface ShownDialog {
  kind: 'message' | 'save';
  message: string;
  detail: string;
  buttons: string[];
  title: string;
  defaultPath: string;
}

/** Answers for the coming dialogs: a button's words, or a path; in the order given. Without one, the user closes the dialog. */
export const coming: string[] = [];
export const shown: ShownDialog[] = [];

/** An answer that never comes by itself, so that a test can look at the dialog while it stands open. */
const standing: ((answer: string) => void)[] = [];
export const leaveOpen = '…';

export function answerStanding(answer: string): void {
  standing.shift()?.(answer);
}

async function nextAnswer(): Promise<string | undefined> {
  const answer = coming.shift();
  if (answer !== leaveOpen) return answer;
  return new Promise(resolve => { standing.push(resolve); });
}

function note(kind: ShownDialog['kind'], options: Partial<Electron.MessageBoxOptions & Electron.SaveDialogOptions>): void {
  const { message = '', detail = '', buttons = [], title = '', defaultPath = '' } = options;
  shown.push({ kind, message, detail, buttons, title, defaultPath });
}

function buttonOf(answer: string | undefined, options: Electron.MessageBoxOptions): number {
  if (answer === undefined) return options.cancelId ?? 0;
  const index = (options.buttons ?? []).indexOf(answer);
  if (index < 0) throw new Error(`electron double: the dialog "${options.message}" has no button "${answer}", only ${(options.buttons ?? []).join(', ')}`);
  return index;
}

async function showMessageBox(...given: unknown[]): Promise<Electron.MessageBoxReturnValue> {
  const options = given.at(-1) as Electron.MessageBoxOptions;
  note('message', options);
  return { response: buttonOf(await nextAnswer(), options), checkboxChecked: false };
}

function showMessageBoxSync(...given: unknown[]): number {
  const options = given.at(-1) as Electron.MessageBoxOptions;
  note('message', options);
  return buttonOf(coming.shift(), options);
}

/** The path the user chose, or '' when he closed the dialog. */
export async function askSaveDialog(options: Electron.SaveDialogOptions): Promise<string> {
  note('save', options);
  return (await nextAnswer()) ?? '';
}

async function showSaveDialog(...given: unknown[]): Promise<Electron.SaveDialogReturnValue> {
  const filePath = await askSaveDialog(given.at(-1) as Electron.SaveDialogOptions);
  return { canceled: filePath === '', filePath };
}

export const dialog: Dialog = { showMessageBox, showMessageBoxSync, showSaveDialog };

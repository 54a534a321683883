import { app, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { JobView } from '../../preload/contract/common.ts';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { toFailure } from '../kit/errors.ts';

/** A question whose answers have names; `cancel` is what closing the dialog means. */
interface Question<Answer extends string> {
  type: 'error' | 'warning' | 'question' | 'info';
  message: string;
  detail: string;
  answers: Record<Answer, string>;
  preset: NoInfer<Answer>;
  cancel: NoInfer<Answer>;
}

function prepare<Answer extends string>(question: Question<Answer>): { options: MessageBoxOptions; answerOf: (response: number) => Answer } {
  const names = Object.keys(question.answers) as Answer[];
  const options: MessageBoxOptions = {
    type: question.type,
    title: text('app.name'),
    message: question.message,
    detail: question.detail,
    buttons: names.map(name => question.answers[name]),
    defaultId: names.indexOf(question.preset),
    cancelId: names.indexOf(question.cancel),
    noLink: true,
  };
  return { options, answerOf: response => names[response] ?? question.cancel };
}

async function ask<Answer extends string>(question: Question<Answer>, window: BrowserWindow | null): Promise<Answer> {
  const { options, answerOf } = prepare(question);
  const { response } = window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
  return answerOf(response);
}

/** The three texts of a fault: ready-made when it comes from the core, else from the catalogue. */
export function failureOf(fault: unknown): Failure {
  if (fault instanceof Error && 'failure' in fault) return fault.failure as Failure;
  return toFailure(fault);
}

/** Tells of a fault in the words of the catalogue: what happened, what to do. */
export async function showFailure(fault: unknown, window: BrowserWindow | null): Promise<void> {
  const { heading, what, remedy } = failureOf(fault);
  await ask({ type: 'error', message: heading, detail: `${what}\n\n${remedy}`, answers: { ok: text('shell.answers.ok') }, preset: 'ok', cancel: 'ok' }, window);
}

/** The data could not be opened. The recovery key is offered where the stored key is at fault. */
export async function askCannotStart(fault: unknown, keyMayHelp: boolean): Promise<'retry' | 'recoveryKey' | 'quit'> {
  const { heading, what, remedy } = failureOf(fault);
  const retry = text('shell.answers.retry');
  const quit = text('shell.answers.quit');
  const question = { type: 'error', message: heading, detail: `${what}\n\n${remedy}`, cancel: 'quit' } as const;
  if (!keyMayHelp) return ask({ ...question, answers: { retry, quit }, preset: 'retry' }, null);
  return ask({ ...question, answers: { recoveryKey: text('shell.answers.recoveryKey'), retry, quit }, preset: 'recoveryKey' }, null);
}

/** The page died (out of memory, a driver of the display). Saved marks are safe: each was written as it was left. */
export function askWindowGone(window: BrowserWindow, reason: string): Promise<'reopen' | 'quit'> {
  return ask({
    type: 'error',
    message: text('shell.windowGone.heading'),
    detail: text('shell.windowGone.remedy', { reason }),
    answers: { reopen: text('shell.answers.reopen'), quit: text('shell.answers.quit') },
    preset: 'reopen',
    cancel: 'reopen',
  }, window);
}

export function askUnresponsive(window: BrowserWindow): Promise<'wait' | 'reopen'> {
  return ask({
    type: 'warning',
    message: text('shell.unresponsive.heading'),
    detail: text('shell.unresponsive.remedy'),
    answers: { wait: text('shell.answers.wait'), reopen: text('shell.answers.reopen') },
    preset: 'wait',
    cancel: 'wait',
  }, window);
}

/** The program itself met a fault nobody foresaw. */
export function askProgramFault(window: BrowserWindow | null, detail: string, logFile: string): Promise<'restart' | 'quit'> {
  return ask({
    type: 'error',
    message: text('shell.programFault.heading'),
    detail: text('shell.programFault.remedy', { detail, logFile }),
    answers: { restart: text('shell.answers.restart'), quit: text('shell.answers.quit') },
    preset: 'restart',
    cancel: 'restart',
  }, window);
}

/** Work is under way while the user closes the program. */
export function askWhileWorking(window: BrowserWindow | null, jobs: JobView[]): Promise<'wait' | 'stop' | 'stay'> {
  const lines = jobs.map(job => text('shell.quitting.job', { title: job.title, done: job.done, total: job.total }));
  return ask({
    type: 'question',
    message: text('shell.quitting.heading'),
    detail: [...lines, '', text('shell.quitting.remedy')].join('\n'),
    answers: { wait: text('shell.answers.finishThenQuit'), stop: text('shell.answers.stopAndQuit'), stay: text('shell.answers.stay') },
    preset: 'wait',
    cancel: 'stay',
  }, window);
}

/** The page asks not to be left (a half-typed form). Asked at once, because the closing window waits for the answer. */
export function askLeaveUnsaved(window: BrowserWindow): 'leave' | 'stay' {
  const { options, answerOf } = prepare({
    type: 'question',
    message: text('shell.unsaved.heading'),
    detail: text('shell.unsaved.remedy'),
    answers: { stay: text('shell.answers.stay'), leave: text('shell.answers.leave') },
    preset: 'stay',
    cancel: 'stay',
  });
  return answerOf(dialog.showMessageBoxSync(window, options));
}

export function askDownloadUpdate(window: BrowserWindow | null, version: string): Promise<'download' | 'later'> {
  return ask({
    type: 'question',
    message: text('shell.update.found.heading', { version }),
    detail: text('shell.update.found.remedy', { current: app.getVersion() }),
    answers: { download: text('shell.answers.download'), later: text('shell.answers.later') },
    preset: 'download',
    cancel: 'later',
  }, window);
}

export function askInstallUpdate(window: BrowserWindow | null, version: string): Promise<'now' | 'whenClosing'> {
  return ask({
    type: 'question',
    message: text('shell.update.ready.heading', { version }),
    detail: text('shell.update.ready.remedy'),
    answers: { now: text('shell.answers.installNow'), whenClosing: text('shell.answers.whenClosing') },
    preset: 'now',
    cancel: 'whenClosing',
  }, window);
}

export function tellNoUpdate(window: BrowserWindow | null): Promise<void> {
  return tell(text('shell.update.none.heading'), text('shell.update.none.remedy', { version: app.getVersion() }), window);
}

/** The recovery key is for those who answer for the school's data. */
export function tellKeyRefused(window: BrowserWindow): Promise<void> {
  return tell(text('shell.key.refused.heading'), text('shell.key.refused.remedy'), window);
}

export function showAbout(window: BrowserWindow, dataFolder: string): Promise<void> {
  const facts = { dataFolder, electron: process.versions['electron'] ?? '', node: process.versions.node };
  return tell(`${text('app.name')} ${app.getVersion()}`, text('shell.about', facts), window);
}

async function tell(message: string, detail: string, window: BrowserWindow | null): Promise<void> {
  await ask({ type: 'info', message, detail, answers: { ok: text('shell.answers.ok') }, preset: 'ok', cancel: 'ok' }, window);
}

import type { SheetState } from '../../../preload/contract/grades.ts';
import { text } from '../../../resources/language/language.ts';
import { findClassByName } from '../../school/school-class-store.ts';
import { currentYear } from '../../school/school-store.ts';
import { sheetsOfClass } from '../../grades/grades-store.ts';
import { stateAt } from '../../grades/mark-locks.ts';
import { AppError } from '../../kit/errors.ts';
import { oneOf, readOptions, required, UsageError, wholeNumber } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

const DAYS_OPEN = 3;

/** `grades lock|unlock --class 9A --subject TOAN --term 1 [--year 2025-2026] [--reason …] [--until 2026-05-30 | 2026-05-30T17:00]` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, {
    class: { type: 'string' }, subject: { type: 'string' }, term: { type: 'string' }, year: { type: 'string' }, reason: { type: 'string' }, until: { type: 'string' },
  }, { min: 1, max: 1 });
  const act = oneOf(positionals[0], 'grades', ['lock', 'unlock']);
  const className = required(values.class, '--class');
  const subject = required(values.subject, '--subject').toUpperCase();
  const term = wholeNumber(required(values.term, '--term'), '--term', 1, 1, 4);
  const reason = act === 'unlock' ? required(values.reason, '--reason') : values.reason;
  const until = values.until === undefined ? null : timeOf(values.until);
  return withCore({ data: values.data, as: values.as }, (core, session) => {
    const year = values.year ?? currentYear(core.database.read).year;
    const found = findClassByName(core.database.read, year, className);
    if (!found) throw new AppError('classes.unknown');
    const sheet = sheetsOfClass(core.database.read, found.id).find(one => one.subject === subject && one.term === term);
    if (!sheet) throw new AppError('grades.unknownSheet');
    // Locking what is locked is done already; a script may say it twice.
    const isDone = act === 'lock' && stateAt(sheet, core.services.clock().toISOString()) === 'locked';
    const { state } = isDone ? { state: 'locked' } : valueOf<{ state: SheetState }>(core.door.call('gradebook.step', {
      sheetId: sheet.id, to: act === 'lock' ? 'locked' : 'reopened', ...(reason === undefined ? {} : { reason }),
      ...(act === 'unlock' ? { until: until ?? new Date(core.services.clock().getTime() + DAYS_OPEN * 86_400_000).toISOString() } : {}),
    }, session));
    const name = `${className} ${subject} ${term}`;
    io.line(`${name}: ${text(`gradebook.state.${state}`)}`);
    return Promise.resolve({ exit: 0, json: { sheet: name, sheetId: sheet.id, state } });
  });
}

/** A day ends at its last minute; times are those of Việt Nam. */
function timeOf(words: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(words) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time ?? '23:59'}:00+07:00`);
  if (Number.isNaN(at)) throw new UsageError(text('cli.badChoice', { name: '--until', value: words, choices: '2026-05-30, 2026-05-30T17:00' }));
  return new Date(at).toISOString();
}

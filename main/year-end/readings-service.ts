import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ReadingPreview, ReadingView, ruleReadings } from '../../preload/contract/rule-readings.ts';
import { ReadingKey } from '../../preload/contract/rule-readings.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { READING_VALUES, readingsIn } from '../grades/rule-readings.ts';
import { AppError } from '../kit/errors.ts';
import { classesOf } from '../school/school-class-store.ts';
import { choiceIn, READINGS_SETTING, readingHistory, type ReadingChoice, type ReadingHistory } from '../school/rule-choices.ts';
import { schoolYear, writeSetting } from '../school/school-store.ts';
import { resultLine } from './result-words.ts';
import { assessClass, differs, resultValues, type AssessedPupil, type ResultValues } from './year-results.ts';

type Readings = typeof ruleReadings;
const EXAMPLES = 20;

export function readings({ db, session }: ReadContext, { year }: CheckedInputOf<Readings['readings']>): { readings: ReadingView[]; mayChange: boolean } {
  const history = readingHistory(db);
  const current = readingsIn(history, year);
  return {
    readings: ReadingKey.options.map(key => {
      const chosen = choiceIn(history, key, year);
      return {
        key, value: current[key], values: READING_VALUES[key], chosen: chosen ? { from: chosen.from, by: chosen.by, role: chosen.role, at: chosen.at, reason: chosen.reason } : null,
        others: (history[key] ?? []).filter(one => one !== chosen).toReversed().map(({ value, from, by, at, reason }) => ({ value, from, by, at, reason })),
      };
    }),
    mayChange: mayCall(session.role, 'yearEnd.approve'),
  };
}

/** How many results of the year would be others. Nothing is written. */
export function previewReading({ db }: ReadContext, { key, value, from }: CheckedInputOf<Readings['previewReading']>): ReadingPreview {
  const history = readingHistory(db);
  const now = readingsIn(history, from);
  const then = readingsIn(withChoice(history, key, { value: checked(key, value), from, by: '', role: '', at: '9999', reason: '' }), from);
  const examples: ReadingPreview['examples'] = [];
  let pupils = 0;
  let changed = 0;
  for (const found of classesOf(db, from)) {
    const after = new Map(assessClass(db, found.id, then).map(pupil => [pupil.facts.member.enrolment_id, pupil]));
    for (const pupil of assessClass(db, found.id, now)) {
      pupils += 1;
      const enrolmentId = pupil.facts.member.enrolment_id;
      const other = after.get(enrolmentId);
      if (!other || !differs(withoutFlags(pupil), withoutFlags(other))) continue;
      changed += 1;
      if (examples.length < EXAMPLES) {
        examples.push({ enrolmentId, name: pupil.facts.member.name, className: found.name, before: exampleLine(key, pupil), after: exampleLine(key, other) });
      }
    }
  }
  return { pupils, changed, examples };
}

/** The result in words; where half days are in question, with the sessions that count. */
function exampleLine(key: ReadingKey, { facts: { absences }, assessment }: AssessedPupil): string {
  const line = resultLine(assessment);
  return key === 'halfDay' ? `${line} · ${text('yearEnd.reading.absences', { count: absences.excused + absences.unexcused })}` : line;
}

const withoutFlags = (pupil: AssessedPupil): ResultValues => ({ ...resultValues(pupil), flags: '' });

/** @throws AppError `yearEnd.noSuchChoice`, `grades.yearClosed` */
export function saveReading(ctx: WriteContext, { key, value, from, reason }: CheckedInputOf<Readings['saveReading']>): { changed: boolean } {
  const { db, session, stamp } = ctx;
  if (schoolYear(db, from).state === 'closed') throw new AppError('grades.yearClosed');
  const history = readingHistory(db);
  const known = choiceIn(history, key, from);
  if (known?.from === from && known.value === value) return { changed: false };
  writeSetting(db, stamp, READINGS_SETTING, withChoice(history, key, { value: checked(key, value), from, by: session.name, role: session.role ?? 'principal', at: stamp.at, reason }));
  ctx.changed('yearEnd');
  if (key === 'halfDay') ctx.changed('attendance');
  return { changed: true };
}

function checked(key: ReadingKey, value: string): string {
  const values: readonly string[] = READING_VALUES[key];
  if (!values.includes(value)) throw new AppError('yearEnd.noSuchChoice', { field: 'value' });
  return value;
}

/** Earlier choices stay: they are the history, and hold for the years before. */
function withChoice(history: ReadingHistory, key: ReadingKey, choice: ReadingChoice): ReadingHistory {
  return { ...history, [key]: [...(history[key] ?? []), choice] };
}

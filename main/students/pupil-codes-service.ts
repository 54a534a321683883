import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { PupilCodeView } from '../../preload/contract/pupil-records.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { PupilCodeTable } from '../../db/schema/people.ts';
import type { JobContext, ReadContext, WriteContext } from '../call/context.ts';
import { inParts } from '../call/job-parts.ts';
import { AppError } from '../kit/errors.ts';
import { writeSetting } from '../school/school-store.ts';
import { sightOfPerson } from './pupil-access.ts';
import { codesOf, givePupilCode, giveRegisterNumbers, giveTemporaryCode, REGISTER_SETTING, registerSetting as settingOf } from './pupil-codes.ts';
import { findPerson } from './students-store.ts';

type Students = typeof students;

const TYPED = { path: 'typed', reason: null } as const;

export function codes({ db, session }: ReadContext, { personId }: CheckedInputOf<Students['codes']>): OutputOf<Students['codes']> {
  const isWide = sightOfPerson(db, session, personId) !== 'class';
  return { codes: codeViews(codesOf(db, personId), isWide) };
}

/** The ministry's code stands on class lists; the others are for those who keep the record. */
export function codeViews(rows: readonly PupilCodeTable[], isWide: boolean): PupilCodeView[] {
  return rows.filter(row => isWide || row.kind === 'moet')
    .map(({ kind, code, valid_from: validFrom, valid_to: validTo }) => ({ kind, code, validFrom, validTo }));
}

export function giveCode(ctx: WriteContext, { personId, kind, code }: CheckedInputOf<Students['giveCode']>): null {
  if (findPerson(ctx.db, personId)?.cancelled !== 0) throw new AppError('students.unknown');
  givePupilCode(ctx, personId, kind, code);
  ctx.changed('students', personId);
  return null;
}

/** In the order asked for. @throws AppError `students.unknown` */
function placesOf(db: ReadHandle, enrolmentIds: readonly string[]) {
  const find = new Map(db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['enrolment.id', 'enrolment.person_id', 'enrolment.year', 'school_class.grade'])
    .where('enrolment.id', 'in', [...enrolmentIds]).where('enrolment.cancelled', '=', 0)).map(row => [row.id, row]));
  return enrolmentIds.map(id => {
    const place = find.get(id);
    if (!place) throw new AppError('students.unknown');
    return place;
  });
}

/** An unknown pupil leaves everybody without; then some pupils at a time. */
export async function giveTemporaryCodes(ctx: JobContext, { enrolmentIds }: CheckedInputOf<Students['giveTemporaryCodes']>): Promise<OutputOf<Students['giveTemporaryCodes']>> {
  const given = await inParts(ctx, TYPED, placesOf(ctx.db, enrolmentIds), (write, part) => part.flatMap(place => {
    const person = findPerson(write.db, place.person_id);
    const code = person && giveTemporaryCode(write, person, place.year.slice(0, 4));
    if (!code) return [];
    write.changed('students', place.person_id);
    return [{ personId: place.person_id, code }];
  }));
  return { given };
}

/** An unknown pupil leaves everybody without; then some pupils at a time, so that others may ask for numbers meanwhile: the series has no gap all the same. */
export async function register(ctx: JobContext, { enrolmentIds }: CheckedInputOf<Students['register']>): Promise<OutputOf<Students['register']>> {
  const given = await inParts(ctx, TYPED, placesOf(ctx.db, enrolmentIds), (write, part) => {
    const numbers = giveRegisterNumbers(write, part.map(place => ({ personId: place.person_id, grade: place.grade })));
    write.changed('students', ...numbers.keys());
    return [...numbers].map(([personId, code]) => ({ personId, code }));
  });
  return { given };
}

export function registerSetting({ db }: ReadContext): OutputOf<Students['registerSetting']> {
  const isBegun = db.get(sql.selectFrom('register_entry').select('id').limit(1)) !== undefined;
  return { ...settingOf(db), isBegun };
}

/** @throws AppError `students.registerBegun` for other books than those that hold numbers already */
export function saveRegisterSetting(ctx: WriteContext, input: CheckedInputOf<Students['saveRegisterSetting']>): null {
  const now = registerSetting(ctx);
  if (now.isBegun && (now.perLevel !== input.perLevel || now.startsAt !== input.startsAt)) throw new AppError('students.registerBegun');
  writeSetting(ctx.db, ctx.stamp, REGISTER_SETTING, input);
  ctx.changed('students');
  return null;
}

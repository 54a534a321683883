import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PupilCodeKind, PupilCodeTable } from '../../db/schema/people.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import type { WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { readSetting } from '../school/school-store.ts';

/** How the school keeps its register of pupils. `digits` is the width numbers are written in. */
export interface RegisterSetting {
  perLevel: boolean;
  digits: number;
  /** The first number of a book that holds none yet, for a school that goes on from a book of paper. */
  startsAt: number;
}
export const REGISTER_SETTING = 'pupils.register';

export function registerSetting(db: ReadHandle): RegisterSetting {
  return { perLevel: false, digits: 5, startsAt: 1, ...readSetting<Partial<RegisterSetting>>(db, REGISTER_SETTING) };
}

/** The book in which a pupil of this grade stands. */
export function registerBook(db: ReadHandle, grade: number): string {
  return registerSetting(db).perLevel ? levelOfGrade(grade) : '';
}

export function codesOf(db: ReadHandle, personId: string): PupilCodeTable[] {
  return db.all(sql.selectFrom('pupil_code').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0)
    .orderBy('valid_from', 'desc').orderBy('id', 'desc'));
}

/**
 * Gives a pupil a code. The one he had of that kind ends and stays in his history; a code of the ministry also ends his temporary one.
 * @throws AppError `students.codeTaken`, `students.registerFixed` when he has a register number already
 */
export function givePupilCode(ctx: WriteContext, personId: string, kind: PupilCodeKind, code: string, book = ''): string {
  const { db, stamp } = ctx;
  const today = vietnamDay(stamp.at);
  const holder = db.get(sql.selectFrom('pupil_code').select('person_id').where('kind', '=', kind).where('book', '=', book)
    .where('code', '=', code).where('cancelled', '=', 0));
  if (holder) throw new AppError('students.codeTaken', { params: { code }, field: 'code' });
  const inUse = codesOf(db, personId).filter(row => row.valid_to === null);
  if (kind === 'register' && inUse.some(row => row.kind === 'register' && row.book === book)) throw new AppError('students.registerFixed');
  for (const old of inUse) {
    const ends = (old.kind === kind && old.book === book) || (kind === 'moet' && old.kind === 'temporary');
    if (ends) updateRecord(db, stamp, 'pupil_code', old.id, old.version, { valid_to: today });
  }
  return insertRecord(db, stamp, 'pupil_code', { person_id: personId, kind, book, code, valid_from: today, valid_to: null });
}

/**
 * Numbers pupils in the register (sổ đăng bộ), in the given order, going on from the last number of each pupil's book. A number that a list
 * already gave to somebody (an imported register) is taken over as his, so that the series has neither a gap nor a double. One transaction:
 * a refusal for one pupil uses no number at all.
 * @returns the new numbers, by person
 */
export function giveRegisterNumbers(ctx: WriteContext, pupils: readonly { personId: string; grade: number }[]): Map<string, string> {
  const { db, stamp } = ctx;
  const { digits, startsAt } = registerSetting(db);
  const given = new Map<string, string>();
  const books = new Map<string, { next: number; listed: Map<number, string> }>();
  const bookOf = (book: string) => {
    const known = books.get(book);
    if (known) return known;
    const last = db.get(sql.selectFrom('register_entry').select(({ fn }) => fn.max('number').as('number')).where('book', '=', book))?.number ?? null;
    const listed = new Map(db.all(sql.selectFrom('pupil_code').leftJoin('register_entry', 'register_entry.code_id', 'pupil_code.id')
      .select(['pupil_code.id', 'pupil_code.code']).where('pupil_code.kind', '=', 'register').where('pupil_code.book', '=', book)
      .where('pupil_code.cancelled', '=', 0).where('register_entry.id', 'is', null))
      .flatMap(row => (/^\d{1,9}$/.test(row.code) ? [[Number(row.code), row.id] as const] : [])));
    const highest = [...listed.keys()].reduce((most, number) => Math.max(most, number), 0);
    const made = { next: last === null ? Math.max(highest + 1, startsAt) : last + 1, listed };
    books.set(book, made);
    return made;
  };
  for (const { personId, grade } of pupils) {
    const book = registerBook(db, grade);
    if (given.has(personId) || codesOf(db, personId).some(row => row.kind === 'register' && row.book === book && row.valid_to === null)) continue;
    const series = bookOf(book);
    for (let held = series.listed.get(series.next); held !== undefined; held = series.listed.get(series.next)) {
      insertRecord(db, stamp, 'register_entry', { book, number: series.next, code_id: held });
      series.next += 1;
    }
    const code = String(series.next).padStart(digits, '0');
    const codeId = givePupilCode(ctx, personId, 'register', code, book);
    insertRecord(db, stamp, 'register_entry', { book, number: series.next, code_id: codeId });
    series.next += 1;
    given.set(personId, code);
  }
  return given;
}

/**
 * A code of the school's own until the ministry issues one. The pupil is known by his personal id meanwhile, so he must have one that nobody
 * else has; the code does not show it.
 * @throws AppError `students.noPersonalId`, `students.personalIdTaken`
 */
export function giveTemporaryCode(ctx: WriteContext, person: { id: string; personal_id: string; name: string }, startYear: string): string | null {
  const { db } = ctx;
  if (codesOf(db, person.id).some(row => row.valid_to === null && (row.kind === 'moet' || row.kind === 'temporary'))) return null;
  if (person.personal_id === '') throw new AppError('students.noPersonalId', { params: { name: person.name }, field: 'personalId' });
  const other = db.get(sql.selectFrom('person').select('name')
    .where('personal_id', '=', person.personal_id).where('id', '<>', person.id).where('cancelled', '=', 0));
  if (other) throw new AppError('students.personalIdTaken', { params: { name: person.name, other: other.name } });
  const prefix = `TAM${startYear}`;
  const last = db.get(sql.selectFrom('pupil_code').select(({ fn }) => fn.max('code').as('code'))
    .where('kind', '=', 'temporary').where('code', 'like', `${prefix}%`))?.code;
  const code = `${prefix}${String(Number(last?.slice(prefix.length) ?? 0) + 1).padStart(4, '0')}`;
  givePupilCode(ctx, person.id, 'temporary', code);
  return code;
}

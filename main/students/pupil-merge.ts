import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { pupilFields, type PupilField } from '../../preload/contract/pupil-fields.ts';
import type { MergePreview } from '../../preload/contract/pupil-records.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord, type RecordTableName } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { codesOf } from './pupil-codes.ts';
import { cardsOf } from './pupil-duplicates-service.ts';
import { maskedValue } from './pupil-fields.ts';
import { isWorkedOn, journalEnd, openMergeOf, rowsOfPerson, versionOf } from './pupil-merge-store.ts';
import { emptyRow, readPupilRecord, writePupilRecord } from './pupil-record-store.ts';

type Students = typeof students;

interface Comparison {
  conflicts: PupilField[];
  takenOver: PupilField[];
  refusal: string | null;
}

const isBlank = (value: string | undefined) => value === undefined || value === '' || value === 'unknown';

function compare(db: ReadHandle, keptId: string, goneId: string): Comparison {
  if (keptId === goneId) throw new AppError('students.unknown');
  const kept = readPupilRecord(db, keptId, null).values;
  const gone = readPupilRecord(db, goneId, null).values;
  const held = pupilFields.filter(field => field.of !== 'year' && !isBlank(gone[field.key]) && gone[field.key] !== kept[field.key]);
  return {
    conflicts: held.filter(field => !isBlank(kept[field.key])), takenOver: held.filter(field => isBlank(kept[field.key])), refusal: refusalOf(db, keptId, goneId),
  };
}

function enrolmentsOf(db: ReadHandle, personId: string) {
  return db.all(sql.selectFrom('enrolment').select(['id', 'version', 'year']).where('person_id', '=', personId).where('cancelled', '=', 0).orderBy('year'));
}

/** A year in which both have marks cannot be put together by a program; staff are not pupils. */
function refusalOf(db: ReadHandle, keptId: string, goneId: string): string | null {
  if (db.get(sql.selectFrom('staff').select('id').where('person_id', 'in', [keptId, goneId]).where('cancelled', '=', 0))) return text('students.merge.staff');
  const kept = new Map(enrolmentsOf(db, keptId).map(row => [row.year, row.id]));
  const clash = enrolmentsOf(db, goneId).find(row => {
    const other = kept.get(row.year);
    return other !== undefined && isWorkedOn(db, other) && isWorkedOn(db, row.id);
  });
  return clash ? text('students.merge.bothMarked', { year: clash.year }) : null;
}

export function mergePreview({ db }: ReadContext, { keptId, goneId }: CheckedInputOf<Students['mergePreview']>): MergePreview {
  const { conflicts, takenOver, refusal } = compare(db, keptId, goneId);
  const cards = cardsOf(db, [keptId, goneId]);
  const [kept, gone] = [cards.get(keptId), cards.get(goneId)];
  if (!kept || !gone) throw new AppError('students.unknown');
  const values = { kept: readPupilRecord(db, keptId, null).values, gone: readPupilRecord(db, goneId, null).values };
  const shown = (field: PupilField, side: 'kept' | 'gone') => {
    const value = values[side][field.key] ?? '';
    return field.isSensitive === true ? maskedValue(field, value) : value;
  };
  return {
    kept, gone, refusal, takenOver: takenOver.map(field => field.key),
    conflicts: conflicts.map(field => ({ field: field.key, kept: shown(field, 'kept'), gone: shown(field, 'gone') })),
    moves: { enrolments: enrolmentsOf(db, goneId).length, documents: rowsOfPerson(db, goneId).length, codes: codesOf(db, goneId).length },
  };
}

/**
 * Makes two records one: the kept one gets the other's years, codes, papers and what it lacks; where both say something, a person has chosen.
 * The other stays in the database, cancelled, with its history.
 * @throws AppError `students.mergeRefused`, `students.mergeUndecided`
 */
export function merge(ctx: WriteContext, { keptId, goneId, choices }: CheckedInputOf<Students['merge']>): { mergeId: string } {
  const { db, stamp } = ctx;
  const { conflicts, takenOver, refusal } = compare(db, keptId, goneId);
  if (refusal !== null) throw new AppError('students.mergeRefused', { params: { why: refusal } });
  const undecided = conflicts.find(field => choices[field.key] === undefined);
  if (undecided) throw new AppError('students.mergeUndecided', { field: undecided.key });
  const first = journalEnd(db) + 1;
  const kept = readPupilRecord(db, keptId, null);
  const gone = readPupilRecord(db, goneId, null);
  const taken = [...takenOver, ...conflicts.filter(field => choices[field.key] === 'gone')];
  writePupilRecord(ctx, kept, taken.map(field => ({ field, value: gone.values[field.key] ?? '' })));
  takePhoto(ctx, keptId, gone.profile?.photo_sha256 ?? '');
  moveCodes(ctx, keptId, goneId);
  moveEnrolments(ctx, keptId, goneId);
  for (const { table, id, version } of rowsOfPerson(db, goneId)) updateRecord(db, stamp, table, id, version, { person_id: keptId } as never);
  cancelRecord(db, stamp, 'person', goneId, gone.person.version);
  const mergeId = insertRecord(db, stamp, 'pupil_merge', { kept_id: keptId, gone_id: goneId, first_seq: first, last_seq: journalEnd(db), state: 'merged' });
  ctx.changed('students', keptId, goneId);
  ctx.changed('classes');
  return { mergeId };
}

function takePhoto({ db, stamp }: WriteContext, keptId: string, photo: string): void {
  const { profile } = readPupilRecord(db, keptId, null);
  if (photo === '' || (profile?.photo_sha256 ?? '') !== '') return;
  if (profile) updateRecord(db, stamp, 'pupil_profile', profile.id, profile.version, { photo_sha256: photo });
  else insertRecord(db, stamp, 'pupil_profile', { ...emptyRow('profile'), person_id: keptId, photo_sha256: photo });
}

/** Both keep their codes; where both have one of a kind in use, the kept pupil's stays in use. */
function moveCodes({ db, stamp }: WriteContext, keptId: string, goneId: string): void {
  const inUse = new Set(codesOf(db, keptId).filter(row => row.valid_to === null).map(row => `${row.kind} ${row.book}`));
  for (const code of codesOf(db, goneId)) {
    const ends = code.valid_to === null && (inUse.has(`${code.kind} ${code.book}`) || (code.kind === 'temporary' && inUse.has('moet ')));
    updateRecord(db, stamp, 'pupil_code', code.id, code.version, { person_id: keptId, ...(ends ? { valid_to: vietnamDay(stamp.at) } : {}) });
  }
  const codes = codesOf(db, keptId).filter(row => row.valid_to === null);
  const temporary = codes.find(row => row.kind === 'temporary');
  if (temporary && codes.some(row => row.kind === 'moet')) {
    updateRecord(db, stamp, 'pupil_code', temporary.id, temporary.version, { valid_to: vietnamDay(stamp.at) });
  }
}

/** In a year both were entered, the place on which the school has worked stays. */
function moveEnrolments({ db, stamp }: WriteContext, keptId: string, goneId: string): void {
  const own = new Map(enrolmentsOf(db, keptId).map(row => [row.year, row]));
  for (const enrolment of enrolmentsOf(db, goneId)) {
    const other = own.get(enrolment.year);
    if (other && !isWorkedOn(db, enrolment.id)) {
      cancelRecord(db, stamp, 'enrolment', enrolment.id, enrolment.version);
      continue;
    }
    if (other) cancelRecord(db, stamp, 'enrolment', other.id, other.version);
    updateRecord(db, stamp, 'enrolment', enrolment.id, enrolment.version, { person_id: keptId });
  }
}

const bookkeeping: ReadonlySet<string> = new Set(['id', 'version', 'device', 'created_at', 'updated_at']);

/**
 * Takes a merge apart again, row by row from the journal.
 * @throws AppError `students.mergeHeld` when something it touched was changed since: undoing would lose that
 */
export function undoMerge(ctx: WriteContext, { mergeId }: CheckedInputOf<Students['undoMerge']>): null {
  const { db, stamp } = ctx;
  const found = db.get(sql.selectFrom('pupil_merge').selectAll().where('id', '=', mergeId).where('state', '=', 'merged'));
  if (!found) throw new AppError('students.unknown');
  if (openMergeOf(db, found.kept_id) !== mergeId) throw new AppError('students.mergeHeld');
  const rows = db.all(sql.selectFrom('journal').select(['tbl', 'row_id', 'version', 'before'])
    .where('seq', '>=', found.first_seq).where('seq', '<=', found.last_seq).orderBy('seq', 'desc'));
  const newest = new Map(rows.toReversed().map(row => [`${row.tbl}/${row.row_id}`, row]));
  for (const row of newest.values()) {
    if (versionOf(db, row.tbl as RecordTableName, row.row_id) !== row.version) throw new AppError('students.mergeHeld');
  }
  for (const row of rows) {
    const table = row.tbl as RecordTableName;
    const version = versionOf(db, table, row.row_id);
    if (row.before !== null) {
      const before = JSON.parse(row.before) as Record<string, unknown>;
      updateRecord(db, stamp, table, row.row_id, version, Object.fromEntries(Object.entries(before).filter(([column]) => !bookkeeping.has(column))) as never);
    } else if (table === 'pupil_profile') updateRecord(db, stamp, table, row.row_id, version, { ...emptyRow('profile'), photo_sha256: '' });
    else cancelRecord(db, stamp, table, row.row_id, version);
  }
  updateRecord(db, stamp, 'pupil_merge', found.id, found.version, { state: 'undone' });
  ctx.changed('students', found.kept_id, found.gone_id);
  ctx.changed('classes');
  return null;
}

export function merges({ db }: ReadContext): OutputOf<Students['merges']> {
  const rows = db.all(sql.selectFrom('pupil_merge')
    .innerJoin('person as kept', 'kept.id', 'pupil_merge.kept_id').innerJoin('person as gone', 'gone.id', 'pupil_merge.gone_id')
    .select(['pupil_merge.id', 'pupil_merge.kept_id', 'pupil_merge.created_at', 'pupil_merge.state', 'kept.name as kept_name', 'gone.name as gone_name'])
    .orderBy('pupil_merge.id', 'desc').limit(50));
  return { merges: rows.map(row => ({ mergeId: row.id, kept: row.kept_name, gone: row.gone_name, keptId: row.kept_id, at: row.created_at, state: row.state })) };
}


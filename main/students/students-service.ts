import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { countedFields, pupilFields, type PupilField, type PupilSight, type PupilValues, type PupilWarning } from '../../preload/contract/pupil-fields.ts';
import type { students, StudentListing, StudentView } from '../../preload/contract/students.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { insertRecord } from '../../db/records.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { maySee, sightOfPerson, sightsOf } from './pupil-access.ts';
import { checkPupil } from './pupil-checks.ts';
import { codesOf } from './pupil-codes.ts';
import { codeViews } from './pupil-codes-service.ts';
import { fieldOf, maskedValue, storedValue } from './pupil-fields.ts';
import { historicValue } from './pupil-history.ts';
import { openMergeOf } from './pupil-merge-store.ts';
import { readPupilRecord, writePupilRecord, type FieldValue, type PupilRecord } from './pupil-record-store.ts';
import { findStudent, listStudents, listStudentsWith, transcriptsOf, yearsOf } from './students-store.ts';

type Students = typeof students;

/** Rows of the year, narrowed; what the one who asks may not see is empty, what is sensitive is masked. */
export function list({ db, session }: ReadContext, input: CheckedInputOf<Students['list']>): StudentListing {
  const sight = sightsOf(db, session);
  const fields = (input.fields ?? []).map(fieldOf);
  if (fields.length === 0) return { rows: listStudents(db, input).map(row => (sight({ class_id: row.classId }) === 'class' ? withoutContacts(row) : row)) };
  return {
    rows: listStudentsWith(db, input, fields).map(({ row, values }) => {
      const seen = sight({ class_id: row.classId });
      return { ...(seen === 'class' ? withoutContacts(row) : row), values: shownValues(fields, values, seen) };
    }),
  };
}

function withoutContacts<Row extends StudentListing['rows'][number]>(row: Row): Row {
  return { ...row, personalId: '', phone: '', ethnicGroup: '' };
}

/** Values as they may be shown: hidden ones left out, sensitive ones masked. */
export function shownValues(fields: readonly PupilField[], values: PupilValues, sight: PupilSight): PupilValues {
  return Object.fromEntries(fields.filter(field => maySee(sight, field)).map(field => {
    const value = values[field.key] ?? '';
    return [field.key, field.isSensitive === true ? maskedValue(field, value) : value];
  }));
}

export function open({ db, session, services }: ReadContext, { enrolmentId }: CheckedInputOf<Students['open']>): StudentView {
  const row = findStudent(db, enrolmentId);
  if (!row) throw new AppError('students.unknown');
  const record = readPupilRecord(db, row.personId, enrolmentId);
  const sight = sightsOf(db, session)({ class_id: row.classId });
  const codes = codesOf(db, row.personId);
  const { values } = record;
  const visible = pupilFields.filter(field => maySee(sight, field));
  const seen = new Set(visible.map(field => field.key));
  const isWide = sight !== 'class';
  return {
    ...(isWide ? row : withoutContacts(row)), version: record.revision, year: record.enrolment?.year ?? '', mayEdit: mayCall(session.role, 'records.edit'),
    values: shownValues(visible, values, sight), masked: visible.filter(field => field.isSensitive === true && values[field.key] !== '').map(field => field.key),
    warnings: warningsOf(record, services.clock()).filter(warning => seen.has(warning.field)),
    missing: [...(codes.some(code => code.kind === 'moet' && code.valid_to === null) ? [] : ['code']),
      ...countedFields.filter(field => seen.has(field.key) && isMissing(values[field.key])).map(field => field.key)],
    codes: codeViews(codes, isWide),
    hasPhoto: isWide && (record.profile?.photo_sha256 ?? '') !== '', mergeId: sight === 'office' ? openMergeOf(db, row.personId) : null,
    results: isWide ? yearsOf(db, row.personId).map(year => ({
      year: year.year, className: year.class_name, learning: year.learning_year ?? year.overall, conduct: year.conduct_year,
      promotion: year.promotion, award: year.award,
    })) : [],
    transcripts: isWide ? transcriptsOf(db, row.personId).map(paper => ({
      transcriptId: paper.id, year: paper.year, state: paper.state, preparedAt: paper.created_at,
    })) : [],
  };
}

function isMissing(value: string | undefined): boolean {
  return value === undefined || value === '' || value === 'unknown';
}

export function warningsOf(record: Pick<PupilRecord, 'values' | 'enrolment'>, now: Date): PupilWarning[] {
  const { enrolment } = record;
  return checkPupil(record.values, {
    today: vietnamDay(now), place: enrolment && { grade: enrolment.grade, startYear: Number(enrolment.year.slice(0, 4)) },
  });
}

/** Typed changes as stored values. @throws AppError `students.unknownField`, `students.badValue` */
export function readChanges(changes: Readonly<Record<string, string>>): FieldValue[] {
  return Object.entries(changes).map(([key, typed]) => {
    const field = fieldOf(key);
    return { field, value: storedValue(field, typed) };
  });
}

export function check({ db, session, services }: ReadContext, { personId, enrolmentId, changes }: CheckedInputOf<Students['check']>): { warnings: PupilWarning[] } {
  const record = readPupilRecord(db, personId, enrolmentId ?? null);
  const sight = sightOfRecord(db, session, record);
  const drafted = Object.fromEntries(Object.entries(changes).map(([key, typed]) => [key, typed.normalize('NFC').trim()]));
  const warnings = warningsOf({ ...record, values: { ...record.values, ...drafted } }, services.clock());
  return { warnings: warnings.filter(warning => maySee(sight, fieldOf(warning.field))) };
}

/** @throws AppError `database.changedMeanwhile` when somebody saved the record after it was opened */
export function save(ctx: WriteContext, { personId, enrolmentId, expectedVersion, changes }: CheckedInputOf<Students['save']>): OutputOf<Students['save']> {
  const { db, services, changed } = ctx;
  const record = readPupilRecord(db, personId, enrolmentId ?? null);
  if (record.revision !== expectedVersion) throw new AppError('database.changedMeanwhile', { params: { table: 'person', id: personId } });
  writePupilRecord(ctx, record, readChanges(changes));
  changed('students', personId);
  const saved = readPupilRecord(db, personId, enrolmentId ?? null);
  return { version: saved.revision, warnings: warningsOf(saved, services.clock()) };
}

function sightOfRecord(db: ReadHandle, session: ReadContext['session'], record: PupilRecord): PupilSight {
  return record.enrolment ? sightsOf(db, session)(record.enrolment) : sightOfPerson(db, session, record.person.id);
}

/** Writes down that somebody looked at a sensitive field. */
export function logLook({ db, stamp, session }: WriteContext, personId: string, field: string): void {
  insertRecord(db, stamp, 'sensitive_look', { person_id: personId, field, actor: session.user });
}

const HISTORIC = /^history:(\d+):(before|after):(.+)$/;

/**
 * Shows a sensitive field in clear, also as it once was (`history:<seq>:before:<field>`).
 * @throws AppError `students.notYours` for somebody whose work does not need it
 */
export function unmask(ctx: WriteContext, { personId, enrolmentId, field: wanted }: CheckedInputOf<Students['unmask']>): OutputOf<Students['unmask']> {
  const { db, session } = ctx;
  const [, seq, side, historicKey] = HISTORIC.exec(wanted) ?? [];
  const field = fieldOf(historicKey ?? wanted);
  const record = readPupilRecord(db, personId, enrolmentId ?? null);
  if (!maySee(sightOfRecord(db, session, record), field)) throw new AppError('students.notYours');
  logLook(ctx, personId, field.key);
  const value = seq === undefined ? record.values[field.key] ?? '' : historicValue(db, personId, Number(seq), field, side === 'before' ? 'before' : 'after');
  return { value };
}

/** What a call about one person needs of the one who asks. @throws AppError `students.notYours` */
export function requireSight(ctx: ReadContext, personId: string): void {
  if (sightOfPerson(ctx.db, ctx.session, personId) === 'class') throw new AppError('students.notYours');
}

import { sql as raw } from 'kysely';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { GuardianTable, PersonTable } from '../../db/schema/people.ts';
import type { PupilProfileTable, PupilYearTable } from '../../db/schema/pupils.ts';
import { pupilFields, type PupilField, type PupilValues } from '../../preload/contract/pupil-fields.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { columnOf, nameColumns } from './pupil-fields.ts';

export const relations = ['father', 'mother', 'guardian'] as const;
export type Relation = (typeof relations)[number];

/** A pupil's record as it stands, from all its tables. */
export interface PupilRecord {
  person: PersonTable;
  profile: PupilProfileTable | undefined;
  /** The place in a class whose yearly facts are meant; null for the person alone. */
  enrolment: { id: string; class_id: string; year: string; grade: number } | null;
  year: PupilYearTable | undefined;
  family: Partial<Record<Relation, GuardianTable>>;
  /** By key of field. */
  values: PupilValues;
  /** Grows with every change of any of the tables: what a saver expects is compared with it. */
  revision: number;
}

/** Whose record, and in which class of which year. */
export interface PupilPlace {
  personId: string;
  /** Null for the person alone. */
  enrolmentId: string | null;
}

/** @throws AppError `students.unknown` for a person that is not there or was merged into another */
export function readPupilRecord(db: ReadHandle, personId: string, enrolmentId: string | null): PupilRecord {
  const [record] = readPupilRecords(db, [{ personId, enrolmentId }]);
  if (!record) throw new AppError('students.unknown');
  return record;
}

/** {@link readPupilRecord} for many, each table read once: in the order asked for. */
export function readPupilRecords(db: ReadHandle, places: readonly PupilPlace[]): PupilRecord[] {
  const people = JSON.stringify(places.map(({ personId }) => personId));
  const enrolled = JSON.stringify(places.flatMap(({ enrolmentId }) => enrolmentId ?? []));
  const persons = byKey(personRows(db, { ids: people }), row => row.id);
  const profiles = byKey(profileRows(db, { ids: people }), row => row.person_id);
  const enrolments = byKey(enrolmentRows(db, { ids: enrolled }), row => row.id);
  const years = byKey(yearRows(db, { ids: enrolled }), row => row.enrolment_id);
  const guardians = Map.groupBy(guardianRows(db, { ids: people }), row => row.person_id);
  return places.map(({ personId, enrolmentId }) => {
    const person = persons.get(personId);
    const enrolment = enrolmentId === null ? null : enrolments.get(enrolmentId);
    if (!person || enrolment === undefined || (enrolment !== null && enrolment.person_id !== personId)) throw new AppError('students.unknown');
    return recordOf(person, profiles.get(personId), enrolment, enrolmentId === null ? undefined : years.get(enrolmentId), guardians.get(personId) ?? []);
  });
}

function recordOf(
  person: PersonTable, profile: PupilProfileTable | undefined, enrolment: PupilRecord['enrolment'], year: PupilYearTable | undefined, guardians: readonly GuardianTable[],
): PupilRecord {
  const family: PupilRecord['family'] = Object.fromEntries(guardians.filter(row => row.cancelled === 0).map(row => [row.relation, row]));
  const revision = [person, profile, year, ...guardians].reduce((sum, row) => sum + (row?.version ?? 0), 0);
  const tables = { person, profile, year, ...family };
  const values = Object.fromEntries(pupilFields.map(field => [field.key, (tables[field.of] as Record<string, string> | undefined)?.[columnOf(field)] ?? '']));
  return { person, profile, enrolment, year, family, values, revision };
}

function byKey<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map(row => [key(row), row]));
}

/** The ids come as one JSON array, so that one statement serves any number of them. */
const among = (ids: string) => raw<string>`(select value from json_each(${ids}))`;
const personRows = prepare<{ ids: string }, PersonTable>(p => sql.selectFrom('person').selectAll().where('id', 'in', among(p('ids'))).where('cancelled', '=', 0));
const profileRows = prepare<{ ids: string }, PupilProfileTable>(p => sql.selectFrom('pupil_profile').selectAll().where('person_id', 'in', among(p('ids'))));
const yearRows = prepare<{ ids: string }, PupilYearTable>(p => sql.selectFrom('pupil_year').selectAll().where('enrolment_id', 'in', among(p('ids'))));
const guardianRows = prepare<{ ids: string }, GuardianTable>(p => sql.selectFrom('guardian').selectAll().where('person_id', 'in', among(p('ids'))));
const enrolmentRows = prepare<{ ids: string }, NonNullable<PupilRecord['enrolment']> & { person_id: string }>(p => sql.selectFrom('enrolment')
  .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
  .select(['enrolment.id', 'enrolment.person_id', 'enrolment.class_id', 'enrolment.year', 'school_class.grade'])
  .where('enrolment.id', 'in', among(p('ids'))).where('enrolment.cancelled', '=', 0));

export interface FieldValue {
  field: PupilField;
  /** As `storedValue` made it. */
  value: string;
}

/**
 * Writes what differs and answers how many fields that were. Rows of profile, year and family are made when they first hold something; a
 * parent of whom nothing is left is taken back.
 * @throws AppError `students.noClass` for a fact of the year without a class
 */
export function writePupilRecord({ db, stamp }: WriteContext, record: PupilRecord, changes: readonly FieldValue[]): number {
  const changed = changes.filter(({ field, value }) => record.values[field.key] !== value);
  const byTable = Map.groupBy(changed, ({ field }) => field.of);
  for (const [of, fields] of byTable) {
    const columns = Object.fromEntries(fields.map(({ field, value }) => [columnOf(field), value]));
    if (of === 'person') {
      const { name } = columns;
      updateRecord(db, stamp, 'person', record.person.id, record.person.version, { ...columns, ...(name === undefined ? {} : nameColumns(name)) });
    } else if (of === 'profile') {
      if (record.profile) updateRecord(db, stamp, 'pupil_profile', record.profile.id, record.profile.version, columns);
      else insertRecord(db, stamp, 'pupil_profile', { ...emptyRow('profile'), photo_sha256: '', ...columns, person_id: record.person.id });
    } else if (of === 'year') {
      if (!record.enrolment) throw new AppError('students.noClass', { field: fields[0]?.field.key ?? '' });
      if (record.year) updateRecord(db, stamp, 'pupil_year', record.year.id, record.year.version, columns);
      else insertRecord(db, stamp, 'pupil_year', { ...emptyRow('year'), ...columns, enrolment_id: record.enrolment.id });
    } else {
      const stored = record.family[of];
      if (!stored) insertRecord(db, stamp, 'guardian', { ...emptyGuardian, ...columns, person_id: record.person.id, relation: of });
      else if (isNothingLeft({ ...stored, ...columns })) cancelRecord(db, stamp, 'guardian', stored.id, stored.version);
      else updateRecord(db, stamp, 'guardian', stored.id, stored.version, columns);
    }
  }
  return changed.length;
}

const emptyGuardian = { name: '', kinship: '', birth_year: '', occupation: '', phone: '', personal_id: '', email: '' };

function isNothingLeft(row: Record<keyof typeof emptyGuardian, string>): boolean {
  return (Object.keys(emptyGuardian) as (keyof typeof emptyGuardian)[]).every(column => row[column] === '');
}

type EmptyRow<Of extends 'profile' | 'year'> = Omit<Of extends 'profile' ? PupilProfileTable : PupilYearTable, 'person_id' | 'enrolment_id' | 'photo_sha256'>;

/** Every column of a table that holds fields, not recorded. */
export function emptyRow<Of extends 'profile' | 'year'>(of: Of): EmptyRow<Of> {
  return Object.fromEntries(pupilFields.filter(field => field.of === of).map(field => [columnOf(field), ''])) as unknown as EmptyRow<Of>;
}

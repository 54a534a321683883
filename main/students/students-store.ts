import { sql as raw, type RawBuilder } from 'kysely';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { PersonTable } from '../../db/schema/people.ts';
import { countedFields, type PupilField, type PupilValues } from '../../preload/contract/pupil-fields.ts';
import type { StudentRow } from '../../preload/contract/students.ts';
import { foldForSearch, mask } from '../kit/names.ts';
import { columnOf } from './pupil-fields.ts';

export interface StudentListFilter {
  year: string;
  classId?: string | undefined;
  status?: string | undefined;
  /** Every word must occur in name, code or class; marks and case do not matter. */
  text?: string | undefined;
  limit?: number;
}

const tables: Record<PupilField['of'], string> = {
  person: 'person', profile: 'pupil_profile', year: 'pupil_year', father: 'father', mother: 'mother', guardian: 'guardian',
};

/** The value of a field in {@link selectStudents}; '' where there is no row to hold it. */
function valueOf(field: PupilField): RawBuilder<string> {
  return raw<string>`ifnull(${raw.ref(`${tables[field.of]}.${columnOf(field)}`)}, '')`;
}

/** How many of the counted fields are filled; the ministry's code counts as one. Summed by table: where there is no row, nothing of it is. */
const filled = raw<number>`(${raw.join([...Map.groupBy(countedFields, field => field.of)].map(([of, fields]) =>
  raw`ifnull(${raw.join(fields.map(field => raw`(${raw.ref(`${tables[of]}.${columnOf(field)}`)} <> ${raw.lit(field.type === 'sex' ? 'unknown' : '')})`), raw` + `)}, 0)`), raw` + `)}
  + (pupil_code.kind is 'moet'))`;

/** Everything a list row shows, one join, in class order. A pupil has one code in use at most: the ministry's, or until then a temporary one. */
function selectStudents(fields: readonly PupilField[] = []) {
  const relations = new Set([...fields, ...countedFields].map(field => field.of));
  let query = sql.selectFrom('enrolment')
    .innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('pupil_profile', 'pupil_profile.person_id', 'person.id')
    .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', 'in', ['moet', 'temporary'])
      .on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
    .where('enrolment.cancelled', '=', 0)
    .select([
      'enrolment.id as enrolment_id', 'enrolment.status', 'enrolment.roll', 'enrolment.class_id', 'person.id as person_id', 'person.name',
      'person.birth', 'person.sex', 'person.ethnic_group', 'person.personal_id', 'person.phone', 'school_class.name as class_name', 'pupil_code.code',
    ])
    .select(filled.as('filled'))
    .select(fields.map(field => valueOf(field).as(`field:${field.key}`)));
  for (const relation of ['father', 'mother', 'guardian'] as const) {
    if (!relations.has(relation)) continue;
    query = query.leftJoin(`guardian as ${relation}`, join => join.onRef(`${relation}.person_id`, '=', 'person.id')
      .on(`${relation}.relation`, '=', relation).on(`${relation}.cancelled`, '=', 0));
  }
  return relations.has('year') ? query.leftJoin('pupil_year', 'pupil_year.enrolment_id', 'enrolment.id') : query;
}

type StudentListRow = ReturnType<typeof listRows>[number];
const listRows = (db: ReadHandle, filter: StudentListFilter, fields: readonly PupilField[] = []) => {
  let query = selectStudents(fields).where('enrolment.year', '=', filter.year);
  if (filter.classId !== undefined) query = query.where('enrolment.class_id', '=', filter.classId);
  if (filter.status !== undefined && filter.status !== '') query = query.where('enrolment.status', '=', filter.status as 'studying');
  for (const word of wordsOf(filter.text)) {
    query = query.where(raw<boolean>`(instr(person.search_name, ${word}) > 0 or instr(lower(ifnull(pupil_code.code, '')), ${word}) > 0
      or lower(school_class.name) = ${word})`);
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return db.all(query.orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
};

function wordsOf(text: string | undefined): string[] {
  return foldForSearch(text ?? '').split(' ').filter(word => word !== '');
}

export function listStudents(db: ReadHandle, filter: StudentListFilter): StudentRow[] {
  return listRows(db, filter).map(studentRow);
}

/** The list with the values of further fields, in clear: the service masks them for who asks. */
export function listStudentsWith(db: ReadHandle, filter: StudentListFilter, fields: readonly PupilField[]): { row: StudentRow; values: PupilValues }[] {
  return listRows(db, filter, fields).map(found => {
    const columns = found as unknown as Record<string, string>;
    return { row: studentRow(found), values: Object.fromEntries(fields.map(field => [field.key, columns[`field:${field.key}`] ?? ''])) };
  });
}

export function findStudent(db: ReadHandle, enrolmentId: string): StudentRow | undefined {
  const row = db.get(selectStudents().where('enrolment.id', '=', enrolmentId));
  return row && studentRow(row);
}

function studentRow(row: StudentListRow): StudentRow {
  return {
    enrolmentId: row.enrolment_id, personId: row.person_id, code: row.code ?? '', name: row.name, birth: row.birth, sex: row.sex,
    ethnicGroup: row.ethnic_group, className: row.class_name, classId: row.class_id, status: row.status, personalId: mask(row.personal_id),
    phone: mask(row.phone), completeness: Math.floor((row.filled * 100) / (countedFields.length + 1)),
  };
}

/** How full each pupil's record is, in per cent: of a year, or of some classes of it. */
export function completenessOf(db: ReadHandle, year: string, classes: readonly string[] | null): number[] {
  let query = selectStudents().where('enrolment.year', '=', year).where('enrolment.status', 'in', ['studying', 'transferredIn']);
  if (classes !== null) query = query.where('enrolment.class_id', 'in', [...classes]);
  return db.all(query.clearSelect().select(filled.as('filled'))).map(row => Math.floor((row.filled * 100) / (countedFields.length + 1)));
}

/** Pupils of a year of whom every word begins a word of name, class or code; no more than `limit`. */
export function searchStudents(db: ReadHandle, year: string, text: string, limit: number) {
  let query = sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', 'in', ['moet', 'temporary'])
      .on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
    .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id as enrolment_id', 'person.name', 'school_class.name as class_name', 'pupil_code.code']);
  for (const word of wordsOf(text)) {
    query = query.where(raw<boolean>`instr(' ' || person.search_name || ' ' || lower(school_class.name) || ' ' || lower(ifnull(pupil_code.code, '')), ${` ${word}`}) > 0`);
  }
  return db.all(query.orderBy('person.sort_name').limit(limit));
}

const personById = prepare<{ id: string }, PersonTable>(p => sql.selectFrom('person').selectAll().where('id', '=', p('id')));

export function findPerson(db: ReadHandle, personId: string): PersonTable | undefined {
  return personById(db, { id: personId })[0];
}

/** One row per year the pupil has been here, newest first, with what the year ended in. */
export function yearsOf(db: ReadHandle, personId: string) {
  return db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
    .where('enrolment.person_id', '=', personId).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.year', 'school_class.name as class_name', 'year_result.learning_year', 'year_result.overall', 'year_result.conduct_year',
      'year_result.promotion', 'year_result.award'])
    .orderBy('enrolment.year', 'desc'));
}

export function transcriptsOf(db: ReadHandle, personId: string) {
  return db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id')
    .where('enrolment.person_id', '=', personId).where('transcript.cancelled', '=', 0)
    .select(['transcript.id', 'transcript.state', 'transcript.created_at', 'enrolment.year']).orderBy('transcript.created_at', 'desc'));
}

/** Journal rows of a person and of what hangs on him, oldest first. */
export function journalOfPerson(db: ReadHandle, personId: string) {
  const kinds = ['guardian', 'pupil_code', 'enrolment', 'pupil_profile', 'identity_paper', 'pupil_document', 'health_check'] as const;
  const ownRows = (kind: (typeof kinds)[number]) => sql.selectFrom(kind as 'guardian').select('id').where('person_id', '=', personId);
  const enrolments = ownRows('enrolment');
  const merges = sql.selectFrom('pupil_merge').select('id').where(({ or, eb }) => or([eb('kept_id', '=', personId), eb('gone_id', '=', personId)]));
  return db.all(sql.selectFrom('journal').select(['seq', 'at', 'actor', 'path', 'tbl', 'row_id', 'event', 'before', 'after', 'reason'])
    .where(({ or, and, eb }) => or([
      and([eb('tbl', '=', 'person'), eb('row_id', '=', personId)]),
      ...kinds.map(kind => and([eb('tbl', '=', kind), eb('row_id', 'in', ownRows(kind))])),
      and([eb('tbl', '=', 'pupil_year'), eb('row_id', 'in', sql.selectFrom('pupil_year').select('id').where('enrolment_id', 'in', enrolments))]),
      and([eb('tbl', '=', 'pupil_merge'), eb('row_id', 'in', merges)]),
    ])).orderBy('seq'));
}

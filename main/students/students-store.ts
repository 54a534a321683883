import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { inJournalIndex } from '../../db/journal.ts';
import type { GuardianTable, PersonTable } from '../../db/schema/people.ts';
import type { StudentRow } from '../../preload/contract/students.ts';
import { mask } from '../kit/names.ts';

export interface StudentListFilter {
  year: string;
  classId?: string | undefined;
  status?: string | undefined;
}

/** Everything a list row shows, one join, in class order. */
function selectStudents() {
  return sql.selectFrom('enrolment')
    .innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', '=', 'moet')
      .on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
    .where('enrolment.cancelled', '=', 0)
    .select([
      'enrolment.id as enrolment_id', 'enrolment.status', 'enrolment.roll', 'enrolment.class_id', 'person.id as person_id', 'person.name', 'person.search_name',
      'person.birth', 'person.sex', 'person.ethnic_group', 'person.personal_id', 'person.phone', 'person.birth_place', 'person.address',
      'person.commune', 'person.province', 'school_class.name as class_name', 'pupil_code.code',
    ])
    .select(({ selectFrom }) => selectFrom('guardian').whereRef('guardian.person_id', '=', 'person.id').where('guardian.cancelled', '=', 0)
      .select(({ fn }) => fn.countAll<number>().as('count')).as('guardians'));
}

type StudentListRow = ReturnType<typeof listRows>[number];
const listRows = (db: ReadHandle, filter: StudentListFilter) => {
  let query = selectStudents().where('enrolment.year', '=', filter.year);
  if (filter.classId !== undefined) query = query.where('enrolment.class_id', '=', filter.classId);
  if (filter.status !== undefined && filter.status !== '') query = query.where('enrolment.status', '=', filter.status as 'studying');
  return db.all(query.orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
};

export function listStudents(db: ReadHandle, filter: StudentListFilter): (StudentRow & { searchName: string })[] {
  return listRows(db, filter).map(row => ({ ...studentRow(row), searchName: row.search_name }));
}

export function findStudent(db: ReadHandle, enrolmentId: string): StudentRow | undefined {
  const row = db.get(selectStudents().where('enrolment.id', '=', enrolmentId));
  return row && studentRow(row);
}

function studentRow(row: StudentListRow): StudentRow {
  const expected = [row.code, row.birth, row.sex === 'unknown' ? '' : row.sex, row.ethnic_group, row.personal_id, row.birth_place, row.address, row.commune,
    row.province, row.phone, row.guardians === 0 ? '' : 'guardian'];
  const filled = expected.filter(value => value !== null && value !== '').length;
  return {
    enrolmentId: row.enrolment_id, personId: row.person_id, code: row.code ?? '', name: row.name, birth: row.birth, sex: row.sex,
    ethnicGroup: row.ethnic_group, className: row.class_name, classId: row.class_id, status: row.status, personalId: mask(row.personal_id),
    phone: mask(row.phone), completeness: Math.floor((filled * 100) / expected.length),
  };
}

const personById = prepare<{ id: string }, PersonTable>(p => sql.selectFrom('person').selectAll().where('id', '=', p('id')));

export function findPerson(db: ReadHandle, personId: string): PersonTable | undefined {
  return personById(db, { id: personId })[0];
}

export function guardiansOf(db: ReadHandle, personId: string): GuardianTable[] {
  return db.all(sql.selectFrom('guardian').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0));
}

/** One row per year the pupil has been here, newest first, with what the year ended in. */
export function yearsOf(db: ReadHandle, personId: string) {
  return db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
    .where('enrolment.person_id', '=', personId).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.year', 'school_class.name as class_name', 'year_result.learning_year', 'year_result.conduct_year',
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
  const guardians = sql.selectFrom('guardian').select('id').where('person_id', '=', personId);
  const codes = sql.selectFrom('pupil_code').select('id').where('person_id', '=', personId);
  const enrolments = sql.selectFrom('enrolment').select('id').where('person_id', '=', personId);
  return db.all(sql.selectFrom('journal').select(['seq', 'at', 'actor', 'path', 'tbl', 'event', 'before', 'after', 'reason'])
    .where(inJournalIndex).where(({ or, and, eb }) => or([
      and([eb('tbl', '=', 'person'), eb('row_id', '=', personId)]),
      and([eb('tbl', '=', 'guardian'), eb('row_id', 'in', guardians)]),
      and([eb('tbl', '=', 'pupil_code'), eb('row_id', 'in', codes)]),
      and([eb('tbl', '=', 'enrolment'), eb('row_id', 'in', enrolments)]),
    ])).orderBy('seq'));
}

import { sql as raw } from 'kysely';
import type { EnrolmentStatus, Sex } from '../../db/schema/people.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { ageIn, cameBy, entryOf, isMinority, statusOn, type Entry, type StatusStep } from './report-rules.ts';

/** What statistics ask of one pupil, as his records say it now, standing where he stood on the day asked for. */
export interface PupilFact {
  /** Of the enrolment. */
  id: string;
  name: string;
  birth: string;
  classId: string;
  className: string;
  grade: number;
  sex: Sex;
  ethnicGroup: string;
  isMinority: boolean;
  policyGroup: string;
  poorHousehold: string;
  disability: string;
  entry: Entry;
  age: number | null;
  status: EnrolmentStatus;
  statusSince: string;
  /** Came from another school this year, whether or not he is still here. */
  cameIn: boolean;
  leaveReason: string;
  commune: string;
  boarding: string;
  twoSessions: boolean;
  learning1: string;
  conduct1: string;
  learning: string;
  conduct: string;
  overall: string;
  promotionYear: string;
  promotion: string;
  award: string;
}

function statusSteps(db: ReadHandle, year: string): Map<string, StatusStep[]> {
  const rows = db.all(sql.selectFrom('pupil_status').innerJoin('enrolment', 'enrolment.id', 'pupil_status.enrolment_id')
    .leftJoin('movement', 'movement.id', 'pupil_status.movement_id').where('enrolment.year', '=', year).where('pupil_status.cancelled', '=', 0)
    .select(['pupil_status.enrolment_id', 'pupil_status.status', 'pupil_status.from_date as from', 'pupil_status.reason', 'movement.reason_code as code'])
    .orderBy('pupil_status.from_date').orderBy('pupil_status.id'));
  return Map.groupBy(rows.map(({ code, ...row }) => ({ ...row, reason: reasonWords(code ?? '', row.reason) })), row => row.enrolment_id);
}

function reasonWords(code: string, reason: string): string {
  const key = `movements.reason.${code}`;
  return code !== '' && hasText(key) ? text(key) : reason;
}

/** Everybody who had a place at the school in the year by `day`, in class order: one query for the pupils, one for what became of them. */
export function pupilFacts(db: ReadHandle, year: string, day: string): PupilFact[] {
  const steps = statusSteps(db, year);
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('pupil_year', 'pupil_year.enrolment_id', 'enrolment.id').leftJoin('year_result', 'year_result.enrolment_id', 'enrolment.id')
    .leftJoin('term_record', join => join.onRef('term_record.enrolment_id', '=', 'enrolment.id').on('term_record.term', '=', 1))
    .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0)
    .select([
      'enrolment.id', 'enrolment.status', 'enrolment.status_on', 'enrolment.is_repeating', 'enrolment.class_id', 'school_class.name as class_name', 'school_class.grade',
      'person.name', 'person.birth', 'person.sex', 'person.ethnic_group', 'person.policy_group', 'person.disability', 'person.commune',
      'pupil_year.poor_household', 'pupil_year.boarding', 'pupil_year.two_sessions', 'term_record.conduct as conduct1', 'year_result.learning1',
      'year_result.learning_year', 'year_result.learning_final', 'year_result.conduct_year', 'year_result.conduct_final', 'year_result.overall',
      'year_result.promotion_year', 'year_result.promotion', 'year_result.award',
    ]).orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
  return rows.flatMap((row): PupilFact[] => {
    const standing = statusOn(row, steps.get(row.id) ?? [], day);
    if (standing === null) return [];
    return [{
      id: row.id, name: row.name, birth: row.birth, classId: row.class_id, className: row.class_name, grade: row.grade, sex: row.sex,
      ethnicGroup: row.ethnic_group, isMinority: isMinority(row.ethnic_group), policyGroup: row.policy_group,
      poorHousehold: row.poor_household === 'poor' || row.poor_household === 'nearPoor' ? row.poor_household : '',
      disability: row.disability, entry: entryOf(row.grade, row.is_repeating === 1), age: ageIn(year, row.birth),
      status: standing.status, statusSince: standing.since, cameIn: cameBy(row, steps.get(row.id) ?? [], day), leaveReason: standing.reason, commune: row.commune,
      boarding: row.boarding === 'day' || row.boarding === 'full' ? row.boarding : '', twoSessions: row.two_sessions === '1',
      learning1: row.learning1 ?? '', conduct1: row.conduct1 ?? '', learning: row.learning_final ?? row.learning_year ?? '',
      conduct: row.conduct_final ?? row.conduct_year ?? '', overall: row.overall ?? '', promotionYear: row.promotion_year ?? '', promotion: row.promotion ?? '', award: row.award ?? '',
    }];
  });
}

export interface ClassFact {
  id: string;
  name: string;
  grade: number;
  homeroom: string;
}

export function classFacts(db: ReadHandle, year: string): ClassFact[] {
  return db.all(sql.selectFrom('school_class').leftJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0)
    .select(['school_class.id', 'school_class.name', 'school_class.grade']).select(({ fn, ref }) => fn.coalesce(ref('person.name'), raw.lit('')).as('homeroom'))
    .orderBy('school_class.grade').orderBy('school_class.name'));
}

export interface StaffFact {
  id: string;
  name: string;
  birth: string;
  sex: Sex;
  isMinority: boolean;
  position: string;
  qualification: string;
  status: string;
}

/** Staff who work here now: their records keep no day-by-day status. */
export function staffFacts(db: ReadHandle): StaffFact[] {
  return db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.cancelled', '=', 0)
    .select(['staff.id', 'person.name', 'person.birth', 'person.sex', 'person.ethnic_group', 'staff.position', 'staff.qualification', 'staff.status']).orderBy('person.sort_name'))
    .map(row => ({ id: row.id, name: row.name, birth: row.birth, sex: row.sex, isMinority: isMinority(row.ethnic_group), position: row.position, qualification: row.qualification, status: row.status }));
}

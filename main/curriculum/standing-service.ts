import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { curriculum, StandingRow } from '../../preload/contract/curriculum.ts';
import { sql } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { subjectByCode, TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage, text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { findClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { curriculumRows } from './curriculum-store.ts';
import { ALL_SUBJECTS, needsDecision, standingFault } from './standing-rules.ts';
import { findStanding, standingList, standingsOfPupil } from './standing-store.ts';

type Curriculum = typeof curriculum;

export function standingSubjectName(subject: string, grade: number, year: string): string {
  if (subject === ALL_SUBJECTS) return text('curriculum.allSubjects');
  return subject === TRAITS ? text('curriculum.traits') : subjectByCode(subject, grade, year)?.name[currentLanguage()] ?? subject;
}

export function standings({ db }: ReadContext, { year }: CheckedInputOf<Curriculum['standings']>): { rows: StandingRow[] } {
  return {
    rows: standingList(db, year).map(row => ({
      standingId: row.id, version: row.version, enrolmentId: row.enrolment_id, name: row.name, className: row.class_name, subject: row.subject,
      subjectName: standingSubjectName(row.subject, row.grade, year), standing: row.standing, term: row.term, reason: row.reason, paper: row.paper,
      from: row.from_date, to: row.to_date, needsDecision: needsDecision(row),
    })),
  };
}

/**
 * Says that a pupil's cells of a subject are not asked for, or asked for in another way. Marks already there stay and are not counted.
 * @throws AppError `curriculum.standingKnown` when one already covers the term, and those of {@link standingFault}
 */
export function addStanding(ctx: WriteContext, input: CheckedInputOf<Curriculum['addStanding']>): { standingId: string } {
  const { db, stamp } = ctx;
  const enrolment = db.get(sql.selectFrom('enrolment').selectAll().where('id', '=', input.enrolmentId).where('cancelled', '=', 0));
  const found = enrolment && findClass(db, enrolment.class_id);
  if (!enrolment || !found) throw new AppError('students.unknown');
  if (schoolYear(db, found.year).state === 'closed') throw new AppError('grades.yearClosed');
  const { ruleSet, article } = ruleSetOf(found.grade, found.year);
  const row = curriculumRows(db, found.year, found.grade).find(candidate => candidate.subject === input.subject);
  const params = { subject: standingSubjectName(input.subject, found.grade, found.year), grade: found.grade, article };
  const isOfSheets = input.subject === ALL_SUBJECTS || (input.subject === TRAITS && input.standing === 'plan');
  if (!row && !isOfSheets) throw new AppError('curriculum.notTaught', { params, field: 'subject' });
  const fault = standingFault(ruleSet, row?.choice ?? null, input);
  if (fault !== null) throw new AppError(fault, { params, field: 'standing' });
  if (input.to !== null && input.to < input.from) throw new AppError('curriculum.datesReversed', { field: 'to' });
  const overlaps = standingsOfPupil(db, enrolment.id)
    .some(known => known.subject === input.subject && (known.term === 0 || input.term === 0 || known.term === input.term));
  if (overlaps) throw new AppError('curriculum.standingKnown', { params, field: 'subject' });
  const standingId = insertRecord(db, stamp, 'subject_standing', {
    enrolment_id: enrolment.id, subject: input.subject, standing: input.standing, term: input.term, reason: input.reason, paper: input.paper,
    from_date: input.from, to_date: input.to,
  });
  tell(ctx, enrolment.class_id);
  return { standingId };
}

/** Takes a standing back: the subject is asked for again. */
export function cancelStanding(ctx: WriteContext, { standingId, version }: CheckedInputOf<Curriculum['cancelStanding']>): { cancelled: true } {
  const standing = findStanding(ctx.db, standingId);
  const enrolment = standing && ctx.db.get(sql.selectFrom('enrolment').selectAll().where('id', '=', standing.enrolment_id));
  if (!standing || standing.cancelled === 1 || !enrolment) throw new AppError('curriculum.standingUnknown');
  if (schoolYear(ctx.db, enrolment.year).state === 'closed') throw new AppError('grades.yearClosed');
  cancelRecord(ctx.db, ctx.stamp, 'subject_standing', standingId, version);
  tell(ctx, enrolment.class_id);
  return { cancelled: true };
}

/** Sheets, boards and results of the class are no longer what they were. */
function tell(ctx: WriteContext, classId: string): void {
  ctx.changed('curriculum', classId);
  ctx.changed('grades');
  ctx.changed('yearEnd', classId);
}

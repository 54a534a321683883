import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import type { SummerPupil, SummerSubject, SummerTraining, SummerValue, SummerView } from '../../preload/contract/year-end-steps.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import { sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { teaches } from '../grades/grades-store.ts';
import { AppError } from '../kit/errors.ts';
import { ownClasses } from '../school/own-classes.ts';
import { classesOf } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { summerPupils, conductLevels, needsReassessment, needsTraining, type SummerFacts } from './summer-pupils.ts';
import { changedSince } from './year-end-approval.ts';
import { approvalsOfClass, approvalsOfYear, findReassessment, findTraining, resultsOfClass } from './year-end-store.ts';
import { assessClass, resultValues, saveResult, type ResultValues } from './year-results.ts';

type YearEnd = typeof yearEnd;

/** Everybody who waits for the summer or came through it, to a teacher those of his own classes: the year's values beside the new ones. */
export function summer({ db, session }: ReadContext, { year, classId }: CheckedInputOf<YearEnd['summer']>): SummerView {
  const approvals = approvalsOfYear(db, year);
  const isOpen = schoolYear(db, year).state === 'open';
  const own = ownClasses(db, session);
  const facts = summerPupils(db, { year, classId }).filter(pupil => own?.has(pupil.classId) ?? true);
  const rows = facts.map(pupil => summerRow(pupil, isOpen && !approvals.get(pupil.classId)?.final && isOwn(session, pupil)));
  const waits = (among: (pupil: SummerFacts) => boolean) => facts.filter(pupil => pupil.result.promotion !== 'promoted' && pupil.result.promotion !== 'repeat' && among(pupil)).length;
  return {
    rows,
    waiting: {
      reassess: waits(pupil => needsReassessment(pupil.result) && !trainingIsDue(pupil)),
      training: waits(trainingIsDue),
    },
    notApproved: classesOf(db, year).filter(found => (classId === undefined || found.id === classId) && (found.pupils ?? 0) > 0 && !approvals.get(found.id)?.year).map(found => found.name),
  };
}

function trainingIsDue({ result, training }: SummerFacts): boolean {
  return needsTraining(result) && (training?.level ?? null) === null;
}

/** The office and the homeroom teacher; a subject teacher is let in per subject when he saves. */
function isOwn(session: Session, { homeroomStaffId }: SummerFacts): boolean {
  if (session.role === 'principal' || session.role === 'secretary') return true;
  return session.role === 'teacher' && session.staffId !== null && session.staffId === homeroomStaffId;
}

function summerRow(pupil: SummerFacts, mayEdit: boolean): SummerPupil {
  const { result } = pupil;
  return {
    enrolmentId: pupil.enrolmentId, name: pupil.name, code: pupil.code, className: pupil.className, classId: pupil.classId,
    learningYear: result.learning_year ?? result.overall_first, conductYear: result.conduct_year, learningFinal: result.learning_final ?? result.overall,
    conductFinal: result.conduct_final, promotionYear: result.promotion_year, promotion: result.promotion, subjects: pupil.subjects, training: pupil.training,
    over: pupil.over, levels: [...conductLevels(result.rule_set)], reassessmentWaits: reassessmentWaits(pupil), mayEdit,
  };
}

/** Both failed: training comes first, and only who passes it is assessed again (TT 22/2021 Đ12–14). */
function reassessmentWaits({ result, training }: SummerFacts): string | null {
  if (result.promotion_year !== 'summer-training-then-reassess') return null;
  const level = training?.level ?? null;
  if (level === null) return text('yearEnd.summer.trainingFirst');
  return isFailed(level) ? text('yearEnd.summer.trainingFailed') : null;
}

function isFailed(level: string): boolean {
  return level === 'CD' || level === 'Y';
}

/** Who may still be written to: his class approved for the year, not yet finally. @throws AppError */
function openPupil(ctx: WriteContext, enrolmentId: string): SummerFacts {
  const found = ctx.db.get(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['enrolment.year', 'enrolment.class_id', 'school_class.name']).where('enrolment.id', '=', enrolmentId).where('enrolment.cancelled', '=', 0));
  if (!found) throw new AppError('students.unknown');
  if (schoolYear(ctx.db, found.year).state === 'closed') throw new AppError('yearEnd.yearClosed');
  const approvals = approvalsOfClass(ctx.db, found.class_id);
  if (!approvals.year) throw new AppError('yearEnd.approveYearFirst', { params: { name: found.name } });
  if (approvals.final) throw new AppError('yearEnd.finallyApproved', { params: { name: found.name } });
  const pupil = summerPupils(ctx.db, { year: found.year, enrolmentId })[0];
  if (!pupil) throw new AppError('yearEnd.nothingInSummer');
  return pupil;
}

/** Writes one value assessed again and files what follows from it. Only what the regulation lets be assessed again is accepted. */
export function saveReassessment(ctx: WriteContext, input: CheckedInputOf<YearEnd['saveReassessment']>): { promotion: string; learningFinal: string | null } {
  const { db, session, stamp } = ctx;
  const pupil = openPupil(ctx, input.enrolmentId);
  const place = pupil.subjects.find(one => one.subject === input.subject && one.part === input.part);
  if (!place) throw new AppError('yearEnd.notEligible', { params: { name: pupil.name }, field: 'subject' });
  const isTeacher = session.role === 'teacher' && session.staffId !== null && teaches(db, session.staffId, pupil.classId, input.subject);
  if (!isOwn(session, pupil) && !isTeacher) throw new AppError('grades.notYourClass');
  const waits = reassessmentWaits(pupil);
  if (waits !== null && input.value.state !== 'empty') throw new AppError('yearEnd.trainingFirst', { params: { name: pupil.name, why: waits } });
  if (!fits(place, input.value)) throw new AppError('yearEnd.wrongValue', { params: { subject: place.name }, field: 'value' });
  if ((input.value.state === 'score' || input.value.state === 'level') && input.takenOn === '') throw new AppError('yearEnd.noDay', { field: 'takenOn' });
  const known = findReassessment(db, input.enrolmentId, input.subject, input.part);
  if (input.value.state === 'empty') {
    if (known) cancelRecord(db, stamp, 'reassessment', known.id, known.version);
  } else {
    const values = {
      tenths: input.value.state === 'score' ? input.value.tenths : null, level: input.value.state === 'level' ? input.value.level : null,
      taken_on: input.takenOn, paper: input.paper,
    };
    if (known) updateRecord(db, stamp, 'reassessment', known.id, known.version, values);
    else insertRecord(db, stamp, 'reassessment', { enrolment_id: input.enrolmentId, subject: input.subject, part: input.part, ...values });
  }
  const fresh = fileAgain(ctx, pupil);
  return { promotion: fresh.promotion, learningFinal: fresh.learning_final ?? fresh.overall };
}

function fits({ takes }: SummerSubject, value: SummerValue): boolean {
  if (value.state === 'empty' || value.state === 'absent') return true;
  if (value.state === 'score') return takes === 'tenths' || (takes === 'whole' && value.tenths % 10 === 0);
  return typeof takes !== 'string' && takes.includes(value.level);
}

/**
 * Writes the training of one pupil: the homeroom teacher the task and its days, the office the level the principal gave (TT 22/2021 Đ13).
 * A level above the lowest rests on the pupil's report and the teacher's proposal.
 */
export function saveTraining(ctx: WriteContext, input: CheckedInputOf<YearEnd['saveTraining']>): { promotion: string; conductFinal: string | null } {
  const { db, session, stamp } = ctx;
  const pupil = openPupil(ctx, input.enrolmentId);
  if (pupil.training === null) throw new AppError('yearEnd.noTraining', { params: { name: pupil.name } });
  if (!isOwn(session, pupil)) throw new AppError('grades.notYourClass');
  if (input.level !== pupil.training.level && session.role === 'teacher') throw new AppError('yearEnd.principalGivesLevel', { field: 'level' });
  checkTraining(input, conductLevels(pupil.result.rule_set));
  const values = {
    task: input.task, informed_on: input.informedOn, report_on: input.reportOn, proposed_on: input.proposedOn, level: input.level, decision_no: input.decisionNo,
  };
  const known = findTraining(db, input.enrolmentId);
  if (known) updateRecord(db, stamp, 'summer_training', known.id, known.version, values);
  else insertRecord(db, stamp, 'summer_training', { enrolment_id: input.enrolmentId, ...values });
  const fresh = fileAgain(ctx, pupil);
  return { promotion: fresh.promotion, conductFinal: fresh.conduct_final };
}

function checkTraining({ task, informedOn, reportOn, proposedOn, level }: Omit<SummerTraining, 'decisionNo'>, levels: readonly string[]): void {
  if (level !== null && !levels.includes(level)) throw new AppError('yearEnd.noSuchLevel', { field: 'level' });
  if (level !== null && task === '') throw new AppError('yearEnd.noTask', { field: 'task' });
  if (level !== null && !isFailed(level) && (reportOn === null || proposedOn === null)) throw new AppError('yearEnd.trainingNotReported', { field: 'reportOn' });
  const days = [informedOn, reportOn, proposedOn].filter(day => day !== null);
  if (days.some((day, index) => index > 0 && day < (days[index - 1] ?? ''))) throw new AppError('yearEnd.daysOutOfOrder', { field: 'reportOn' });
}

/** Ends the re-assessment with subjects still open, or opens it again; the result is then drawn from what there is. */
export function endReassessment(ctx: WriteContext, { enrolmentId, isOver, reason }: CheckedInputOf<YearEnd['endReassessment']>): { promotion: string } {
  const { db, session, stamp } = ctx;
  const pupil = openPupil(ctx, enrolmentId);
  if (!isOwn(session, pupil)) throw new AppError('grades.notYourClass');
  const isAmong = pupil.subjects.some(({ again }) => again.state !== 'empty') && pupil.subjects.some(({ again }) => again.state === 'empty');
  if (isOver && !isAmong) throw new AppError('yearEnd.nothingLeftOpen', { params: { name: pupil.name } });
  const matter = 'noMoreReassessment';
  const known = db.get(sql.selectFrom('year_decision').selectAll().where('enrolment_id', '=', enrolmentId).where('matter', '=', matter).where('cancelled', '=', 0));
  if (isOver && !known) {
    insertRecord(db, stamp, 'year_decision', { enrolment_id: enrolmentId, matter, value: 'yes', reason, decided_by: session.name, role: session.role ?? 'principal' });
  } else if (!isOver && known) cancelRecord(db, stamp, 'year_decision', known.id, known.version);
  return { promotion: fileAgain(ctx, pupil).promotion };
}

/** Files the pupil's result as the rules now give it; what was approved for the year stands. */
function fileAgain(ctx: WriteContext, pupil: SummerFacts): ResultValues {
  const assessed = assessClass(ctx.db, pupil.classId).find(({ facts }) => facts.member.enrolment_id === pupil.enrolmentId);
  if (!assessed) throw new AppError('students.unknown');
  const fresh = resultValues(assessed);
  const stored = resultsOfClass(ctx.db, pupil.classId).get(pupil.enrolmentId);
  if (changedSince('year', stored, fresh).length > 0) throw new AppError('yearEnd.differsFromApproved', { params: { name: pupil.className, count: 1 } });
  saveResult(ctx.db, ctx.stamp, stored, fresh);
  ctx.changed('yearEnd', pupil.classId);
  return fresh;
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { RollClass, RollOutcome, RollOverView, RollPreview, RollPupil } from '../../preload/contract/roll-over.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { AppError } from '../kit/errors.ts';
import { classesOf } from '../school/school-class-store.ts';
import { schoolYear, schoolYears } from '../school/school-store.ts';
import { applyRollOver } from './roll-over-apply.ts';
import { dayAYearLater, yearAfter } from '../school/year-steps.ts';
import { endsLevel, gradesOpenTo, proposedClasses, proposedPlace, type OldClass } from './roll-over-plan.ts';
import { rollOverView } from './roll-over-undo.ts';
import { approvalsOfYear, findRollOver, rollOversFrom } from './year-end-store.ts';

type YearEnd = typeof yearEnd;

/** A pupil at the end of the year, with what the final results say of him. */
export interface RollingPupil {
  enrolmentId: string;
  personId: string;
  name: string;
  classId: string;
  className: string;
  grade: number;
  outcome: RollOutcome;
  /** His class in the next year, where he already has one. */
  elsewhere: string | null;
}

export function oldClasses(db: ReadHandle, year: string): OldClass[] {
  return db.all(sql.selectFrom('school_class').leftJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .select(['school_class.id', 'school_class.name', 'school_class.grade', 'school_class.homeroom_staff_id as homeroomStaffId', 'person.name as homeroom'])
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0).orderBy('school_class.grade').orderBy('school_class.name'));
}

/** Everybody still in a class of `year`, in the order of the class lists. */
export function rollingPupils(db: ReadHandle, year: string, toYear: string): RollingPupil[] {
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .leftJoin('year_result', join => join.onRef('year_result.enrolment_id', '=', 'enrolment.id').on('year_result.cancelled', '=', 0))
    .leftJoin('enrolment as later', join => join.onRef('later.person_id', '=', 'enrolment.person_id').on('later.year', '=', toYear).on('later.cancelled', '=', 0))
    .leftJoin('school_class as later_class', 'later_class.id', 'later.class_id')
    .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .select(['enrolment.id', 'enrolment.person_id', 'enrolment.class_id', 'person.name', 'school_class.name as class_name', 'school_class.grade', 'year_result.promotion',
      'later_class.name as elsewhere'])
    .orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
  return rows.map(row => ({
    enrolmentId: row.id, personId: row.person_id, name: row.name, classId: row.class_id, className: row.class_name, grade: row.grade, elsewhere: row.elsewhere,
    outcome: row.elsewhere === null ? outcomeOf(row.promotion, row.grade) : 'elsewhere',
  }));
}

function outcomeOf(promotion: string | null, grade: number): RollOutcome {
  if (promotion === 'promoted') return endsLevel(grade) ? 'completed' : 'promoted';
  return promotion === 'repeat' ? 'repeat' : 'undecided';
}

/** Classes with pupils and without the final approval. */
export function unfinished(db: ReadHandle, year: string): string[] {
  const approvals = approvalsOfYear(db, year);
  return classesOf(db, year).filter(found => (found.pupils ?? 0) > 0 && !approvals.get(found.id)?.final).map(found => found.name);
}

/** Where everybody would go, everything open to be changed before it is done. */
export function rollPreview(ctx: ReadContext, { year }: CheckedInputOf<YearEnd['rollPreview']>): RollPreview {
  const { db } = ctx;
  const from = schoolYear(db, year);
  const toYear = yearAfter(year);
  const known = schoolYears(db).find(found => found.year === toYear);
  const pupils = rollingPupils(db, year, toYear);
  const existing = oldClasses(db, toYear).map(({ name, grade, homeroomStaffId, homeroom }) => ({ name, grade, homeroomStaffId, homeroom }));
  const repeatGrades = new Set(pupils.filter(({ outcome }) => outcome === 'repeat').map(({ grade }) => grade));
  const done = rollOversFrom(db, year).find(({ state }) => state === 'applied');
  return {
    fromYear: year, toYear, startsOn: known?.starts_on ?? dayAYearLater(from.starts_on), endsOn: known?.ends_on ?? dayAYearLater(from.ends_on),
    term2From: known?.term2_from ?? dayAYearLater(from.term2_from),
    classes: proposedClasses(oldClasses(db, year), repeatGrades, existing), pupils: pupils.map(rollPupil), gone: goneDuring(db, year),
    notFinal: unfinished(db, year), staff: teachingStaff(db), done: done ? rollOverView(ctx, done) : null,
  };
}

function rollPupil({ enrolmentId, name, className, grade, outcome, elsewhere }: RollingPupil): RollPupil {
  const place = elsewhere === null ? proposedPlace(outcome, className, grade) : { kind: 'class' as const, name: elsewhere };
  return { enrolmentId, name, className, grade, outcome, place };
}

function goneDuring(db: ReadHandle, year: string): number {
  return db.get(sql.selectFrom('enrolment').where('year', '=', year).where('cancelled', '=', 0).where('status', 'not in', ['studying', 'transferredIn'])
    .select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;
}

function teachingStaff(db: ReadHandle): RollPreview['staff'] {
  return db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.cancelled', '=', 0)
    .where('staff.status', 'in', ['working', 'leave']).select(['staff.id as staffId', 'person.name']).orderBy('person.sort_name'));
}

/** Everything in one transaction: the year, its classes with curriculum and sheets, every pupil's place; then the new year is the current one. */
export async function rollOver(ctx: JobContext, input: CheckedInputOf<YearEnd['rollOver']>): Promise<RollOverView> {
  const { db } = ctx;
  const toYear = yearAfter(input.year);
  if (schoolYear(db, input.year).state === 'closed') throw new AppError('yearEnd.yearClosed');
  if (rollOversFrom(db, input.year).some(({ state }) => state === 'applied')) throw new AppError('yearEnd.rolledOver');
  const notFinal = unfinished(db, input.year);
  if (notFinal.length > 0) throw new AppError('yearEnd.notFinal', { params: { classes: notFinal.join(', '), count: notFinal.length } });
  if (!(input.startsOn < input.term2From && input.term2From < input.endsOn)) throw new AppError('yearEnd.yearDays', { field: 'startsOn' });
  const pupils = rollingPupils(db, input.year, toYear);
  checkClasses(input.classes);
  const moves = checkMoves(pupils, input.moves, input.classes);
  ctx.progress(0, pupils.length, toYear);
  await new Promise(resolve => { setImmediate(resolve); });
  stopIfCancelled(ctx.signal);
  const id = ctx.write({ path: 'rule', reason: null }, write => applyRollOver(write, input, toYear, moves));
  ctx.progress(pupils.length, pupils.length, '');
  const row = findRollOver(ctx.db, id);
  if (!row) throw new AppError('yearEnd.noRollOver');
  return rollOverView(ctx, row);
}

function checkClasses(classes: readonly Pick<RollClass, 'name' | 'grade'>[]): void {
  const names = new Set<string>();
  classes.forEach(({ name }, index) => {
    if (names.has(name)) throw new AppError('yearEnd.classTwice', { params: { name }, field: `classes.${index}.name` });
    names.add(name);
  });
}

export interface Move {
  pupil: RollingPupil;
  /** Name of the class in the next year; null leaves the school. */
  to: string | null;
}

/** Every pupil exactly once, and into a grade his result opens to him. */
function checkMoves(pupils: readonly RollingPupil[], moves: CheckedInputOf<YearEnd['rollOver']>['moves'], classes: readonly Pick<RollClass, 'name' | 'grade'>[]): Move[] {
  const grades = new Map(classes.map(({ name, grade }) => [name, grade]));
  const wanted = new Map(moves.map(({ enrolmentId, to }, index) => [enrolmentId, { to, index }]));
  return pupils.filter(({ outcome }) => outcome !== 'elsewhere').map(pupil => {
    const move = wanted.get(pupil.enrolmentId);
    const params = { name: pupil.name, class: pupil.className };
    if (!move) throw new AppError('yearEnd.pupilUnplaced', { params });
    const { to, index } = move;
    if (to === null) return { pupil, to };
    const grade = grades.get(to);
    if (grade === undefined) throw new AppError('yearEnd.noSuchClass', { params: { ...params, to }, field: `moves.${index}.to` });
    if (!gradesOpenTo(pupil.outcome, pupil.grade).includes(grade)) throw new AppError('yearEnd.wrongGrade', { params: { ...params, to }, field: `moves.${index}.to` });
    return { pupil, to };
  });
}

import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { staff } from '../../preload/contract/staff.ts';
import type { StaffJob } from '../../preload/contract/staff-fields.ts';
import type { TeachingCell, TeachingClass, TeachingLoad, TeachingNorms, TeachingView } from '../../preload/contract/teaching.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { SchoolClassTable, AssignmentTable } from '../../db/schema/people.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { subjectOrder } from '../curriculum/curriculum-store.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { readSetting, schoolYear, schoolYears, writeSetting } from '../school/school-store.ts';
import { assignmentsOfYear, assignTeacher, taughtInYear } from './assignment-store.ts';
import { loadOf, proposedNorms, tenthsOf } from './load-rules.ts';
import { subjectList } from './staff-fields.ts';
import { isHere } from './staff-status.ts';
import { requireStaff } from './staff-store.ts';

type Staff = typeof staff;
const NORMS = 'staff.norms';

export function readNorms(db: ReadHandle): TeachingNorms {
  const stored = readSetting<Omit<TeachingNorms, 'isConfirmed'>>(db, NORMS);
  return stored ? { ...stored, isConfirmed: true } : { ...proposedNorms, isConfirmed: false };
}

export function saveNorms(ctx: WriteContext, { norms }: CheckedInputOf<Staff['saveNorms']>): OutputOf<Staff['saveNorms']> {
  writeSetting(ctx.db, ctx.stamp, NORMS, norms);
  ctx.changed('staff');
  return { saved: true };
}

export function classesOfYear(db: ReadHandle, year: string): SchoolClassTable[] {
  return db.all(sql.selectFrom('school_class').selectAll().where('year', '=', year).where('cancelled', '=', 0).orderBy('grade').orderBy('name'))
    .toSorted((left, right) => left.grade - right.grade || left.name.localeCompare(right.name, 'vi', { numeric: true }));
}

const holdsOn = (row: AssignmentTable, day: string) => row.from_date <= day && (row.to_date === null || row.to_date > day);

/** The whole table of a year on a day: today, or the first day of a year that has not begun. */
export function assignments({ db, session, services }: ReadContext, { year, day: asked }: CheckedInputOf<Staff['assignments']>): TeachingView {
  const { starts_on: startsOn, state } = schoolYear(db, year);
  const today = vietnamDay(services.clock());
  const day = asked ?? (today < startsOn ? startsOn : today);
  const isOffice = mayCall(session.role, 'records.edit');
  const classes = teachingClasses(db, year, day);
  const loads = teachingLoads(db, year, classes);
  const before = schoolYears(db).find(found => found.year < year)?.year ?? null;
  return {
    year, day, mayEdit: isOffice && state !== 'closed', subjects: subjectsOf(db, year, classes), classes,
    loads: isOffice ? loads : loads.filter(load => load.isWorking).map(load => ({ ...load, norm: null, state: 'unknown' as const })),
    missing: classes.reduce((sum, found) => sum + found.cells.filter(cell => cell.staffId === null).length, 0),
    norms: readNorms(db), copyFrom: before !== null && assignmentsOfYear(db, before).length > 0 ? before : null,
  };
}

export function teachingClasses(db: ReadHandle, year: string, day: string): TeachingClass[] {
  const taught = Map.groupBy(taughtInYear(db, year), row => row.class_id);
  const rows = Map.groupBy(assignmentsOfYear(db, year), row => `${row.class_id}/${row.subject}`);
  return classesOfYear(db, year).map(({ id, name, grade, homeroom_staff_id: homeroomStaffId }) => ({
    classId: id, name, grade, homeroomStaffId,
    cells: (taught.get(id) ?? []).map(({ subject, periods }): TeachingCell => {
      const all = rows.get(`${id}/${subject}`) ?? [];
      const now = all.find(row => holdsOn(row, day));
      return {
        subject, periods, staffId: now?.staff_id ?? null, from: now?.from_date ?? null,
        others: all.filter(row => row !== now).map(row => ({ staffId: row.staff_id, from: row.from_date, to: row.to_date })),
      };
    }),
  }));
}

/** Columns of the table, in the order of the curriculum of the lowest grade that has the subject. */
function subjectsOf(db: ReadHandle, year: string, classes: readonly TeachingClass[]): TeachingView['subjects'] {
  const order = subjectOrder(db, year);
  const grades = new Map<string, number>();
  for (const { grade, cells } of classes) for (const { subject } of cells) if (!grades.has(subject)) grades.set(subject, grade);
  return [...grades].toSorted(([left, leftGrade], [right, rightGrade]) => order({ grade: leftGrade, subject: left }) - order({ grade: rightGrade, subject: right }))
    .map(([subject, grade]) => {
      const known = subjectByCode(subject, grade, year);
      return { subject, name: known?.name[currentLanguage()] ?? subject, short: known?.short[currentLanguage()] ?? subject };
    });
}

export function teachingLoads(db: ReadHandle, year: string, classes: readonly TeachingClass[]): TeachingLoad[] {
  const norms = readNorms(db);
  const lessons = Map.groupBy(classes.flatMap(({ grade, cells }) => cells.map(({ staffId, periods }) => ({ staffId, periods, grade }))), one => one.staffId);
  const homerooms = Map.groupBy(classes, one => one.homeroomStaffId);
  const posts = Map.groupBy(db.all(sql.selectFrom('staff_post').selectAll().where('year', '=', year).where('cancelled', '=', 0).orderBy('id')), row => row.staff_id);
  const own = new Map(db.all(sql.selectFrom('staff_profile').select(['staff_id', 'weekly_norm']).where('cancelled', '=', 0)).map(row => [row.staff_id, tenthsOf(row.weekly_norm)]));
  return db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').selectAll('staff').select('person.name').where('staff.cancelled', '=', 0)
    .orderBy('person.sort_name')).flatMap((row): TeachingLoad[] => {
    const taught = lessons.get(row.id) ?? [];
    const rooms = homerooms.get(row.id) ?? [];
    const isWorking = isHere(row.status);
    if (!isWorking && taught.length === 0 && rooms.length === 0) return [];
    const held = (posts.get(row.id) ?? []).map(post => ({ postId: post.id, version: post.version, name: post.name, periods: post.periods }));
    const facts = { job: row.job as StaffJob | '', ownNorm: own.get(row.id) ?? null, lessons: taught, homeroomGrades: rooms.map(room => room.grade), posts: held };
    return [{
      staffId: row.id, name: row.name, position: row.position, subjects: subjectList(row.subjects), isWorking, homeroomOf: rooms.map(room => room.name), posts: held,
      ...loadOf(facts, norms),
    }];
  });
}

/** @throws AppError `staff.yearClosed` */
export function requireOpenYear(db: ReadHandle, year: string): { starts_on: string } {
  const found = schoolYear(db, year);
  if (found.state === 'closed') throw new AppError('staff.yearClosed', { params: { year } });
  return found;
}

/**
 * All or nothing.
 * @throws AppError `staff.unknownClass`, `staff.notTaught`, `staff.beforeYear`, `staff.yearClosed`, `staff.notHere` for somebody who has left
 */
export function assign(ctx: WriteContext, { changes, from }: CheckedInputOf<Staff['assign']>): OutputOf<Staff['assign']> {
  const { db } = ctx;
  const classes = new Map(db.all(sql.selectFrom('school_class').selectAll().where('cancelled', '=', 0)
    .where('id', 'in', [...new Set(changes.map(change => change.classId))])).map(row => [row.id, row]));
  const taught = new Map([...new Set([...classes.values()].map(row => row.year))].map(year => {
    const { starts_on: startsOn } = requireOpenYear(db, year);
    if (from < startsOn) throw new AppError('staff.beforeYear', { field: 'from', params: { day: startsOn.split('-').toReversed().join('/') } });
    return [year, new Set(taughtInYear(db, year).map(row => `${row.class_id}/${row.subject}`))] as const;
  }));
  let changed = 0;
  changes.forEach(({ classId, subject, staffId }, index) => {
    const found = classes.get(classId);
    if (!found) throw new AppError('staff.unknownClass', { field: `changes.${index}.classId` });
    if (staffId !== null && !isHere(requireStaff(db, staffId).status)) throw new AppError('staff.notHere', { field: `changes.${index}.staffId` });
    if (staffId !== null && taught.get(found.year)?.has(`${classId}/${subject}`) !== true) {
      throw new AppError('staff.notTaught', { field: `changes.${index}.subject`, params: { class: found.name, subject: subjectByCode(subject, found.grade, found.year)?.name.vi ?? subject } });
    }
    if (assignTeacher(ctx, classId, subject, staffId, from)) changed += 1;
  });
  tellTeaching(ctx);
  return { changed };
}

/** Who teaches is shown with the sheets, the classes and the roll. */
export function tellTeaching(ctx: WriteContext): void {
  for (const feature of ['staff', 'grades', 'classes', 'attendance'] as const) ctx.changed(feature);
}

export function addPost(ctx: WriteContext, { staffId, year, name, periods }: CheckedInputOf<Staff['addPost']>): OutputOf<Staff['addPost']> {
  requireStaff(ctx.db, staffId);
  requireOpenYear(ctx.db, year);
  ctx.changed('staff', staffId);
  return { postId: insertRecord(ctx.db, ctx.stamp, 'staff_post', { staff_id: staffId, year, name, periods }) };
}

export function cancelPost(ctx: WriteContext, { postId, version }: CheckedInputOf<Staff['cancelPost']>): OutputOf<Staff['cancelPost']> {
  const post = ctx.db.get(sql.selectFrom('staff_post').selectAll().where('id', '=', postId).where('cancelled', '=', 0));
  if (!post) throw new AppError('staff.unknownEntry');
  requireOpenYear(ctx.db, post.year);
  cancelRecord(ctx.db, ctx.stamp, 'staff_post', postId, version);
  ctx.changed('staff', post.staff_id);
  return { cancelled: true };
}

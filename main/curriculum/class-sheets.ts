import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { GradeSheetTable } from '../../db/schema/grades.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage, text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { waitingClasses } from '../school/school-class-store.ts';
import { goingColumns, isSamePlan, plannedSheets, type SheetPlan } from './curriculum-rules.ts';
import { classSubjects, clusterTermOf, curriculumRows, startCurriculum, storedSheets, usedColumns } from './curriculum-store.ts';

type ClassPlace = Pick<SchoolClassTable, 'id' | 'year' | 'grade' | 'name'>;

function planOf(ctx: WriteContext, place: ClassPlace): SheetPlan[] {
  return plannedSheets({
    year: place.year, grade: place.grade, rows: curriculumRows(ctx.db, place.year, place.grade), chosen: classSubjects(ctx.db, place.id),
    clusterTerm: clusterTermOf(ctx.db, place.year),
  });
}

const keyOf = ({ subject, term }: Pick<SheetPlan, 'subject' | 'term'>) => `${subject}/${term}`;

/**
 * Makes the sheets a class lacks: every subject of its grade's curriculum and of its own choice, in both terms or at the four points of a primary
 * year with the sheet of qualities and competences. Never changes or removes one; a class whose pupils wait to be placed gets none. Call it for every class that comes into being.
 */
export function ensureSheets(ctx: WriteContext, place: ClassPlace): number {
  if (waitingClasses(ctx.db, place.year).has(place.id)) return 0;
  startCurriculum(ctx, place.year, place.grade);
  const known = new Set(storedSheets(ctx.db, place.id).map(keyOf));
  const missing = planOf(ctx, place).filter(plan => !known.has(keyOf(plan)));
  for (const plan of missing) addSheet(ctx, place.id, plan);
  return missing.length;
}

function addSheet({ db, stamp }: WriteContext, classId: string, plan: SheetPlan): void {
  insertRecord(db, stamp, 'grade_sheet', { class_id: classId, ...plan, state: 'open', state_reason: null });
}

/** A class takes a subject that is not everybody's (a workbook brings its marks); its sheets are made. */
export function takeSubject(ctx: WriteContext, place: ClassPlace, subject: string): void {
  const rows = startCurriculum(ctx, place.year, place.grade);
  const row = rows.find(found => found.subject === subject);
  if (!row) throw new AppError('curriculum.notTaught', { params: { subject: nameOf(subject, place), grade: place.grade } });
  if (row.choice !== 'compulsory' && !classSubjects(ctx.db, place.id).some(found => found.subject === subject)) {
    insertRecord(ctx.db, ctx.stamp, 'class_subject', { class_id: place.id, subject, has_cluster: 0 });
  }
  ensureSheets(ctx, place);
  ctx.changed('curriculum', place.id);
}

/**
 * Brings the sheets of classes to what the curriculum now says and answers how many changed: missing ones are made, others get their new columns,
 * those of a subject that is gone are taken back.
 * @throws AppError `curriculum.marksWouldGo`, `curriculum.sheetLocked`: nothing is changed then
 */
export function fitSheets(ctx: WriteContext, places: readonly ClassPlace[]): number {
  let changed = 0;
  for (const place of places) {
    changed += ensureSheets(ctx, place);
    const plans = new Map(planOf(ctx, place).map(plan => [keyOf(plan), plan]));
    for (const sheet of storedSheets(ctx.db, place.id)) {
      const plan = plans.get(keyOf(sheet));
      if (plan && isSamePlan(sheet, plan)) continue;
      fitSheet(ctx, place, sheet, plan);
      changed += 1;
    }
    ctx.changed('classes', place.id);
  }
  if (changed > 0) ctx.changed('grades');
  return changed;
}

function fitSheet({ db, stamp }: WriteContext, place: ClassPlace, sheet: GradeSheetTable, plan: SheetPlan | undefined): void {
  const params = { class: place.name, subject: nameOf(sheet.subject, place), term: sheet.term };
  if (sheet.state !== 'open' && sheet.state !== 'reopened') throw new AppError('curriculum.sheetLocked', { params });
  const going = goingColumns(sheet, plan, usedColumns(db, sheet.id));
  if (going.length > 0) {
    throw new AppError('curriculum.marksWouldGo', { params: { ...params, columns: going.map(column => text(`grades.column.${column}`)).join(', ') } });
  }
  if (!plan) {
    cancelRecord(db, stamp, 'grade_sheet', sheet.id, sheet.version);
    return;
  }
  const { kind, ongoing, periodic, periods } = plan;
  updateRecord(db, stamp, 'grade_sheet', sheet.id, sheet.version, { kind, ongoing, periodic, periods });
}

function nameOf(subject: string, { grade, year }: Pick<ClassPlace, 'grade' | 'year'>): string {
  return subjectByCode(subject, grade, year)?.name[currentLanguage()] ?? subject;
}

import { sql, type ReadHandle } from '../../db/handle.ts';
import { updateRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { StandingKind } from '../../preload/contract/curriculum.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { takeSubject } from '../curriculum/class-sheets.ts';
import { leavesOut } from '../curriculum/standing-rules.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { markText, ongoingColumns, sameValue } from '../grades/grades-rules.ts';
import { recomputeRow, subjectName } from '../grades/grades-service.ts';
import { lockOfCell, lockOfSheet, locksOf } from '../grades/mark-locks.ts';
import { marksOfSheet, membersOf, saveMark, sheetsOfClass, valueOf, type SheetWithClass } from '../grades/grades-store.ts';
import { standingsOfSheet } from '../grades/sheet-standings.ts';
import { saveTermRecordUnchecked, termRecordsOfClass } from '../grades/term-records.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import type { ImportProblem as ProblemView } from '../../preload/contract/imports.ts';
import { noteTeacher } from '../staff/assignment-store.ts';
import { problemView, type ImportPlan, type PlanItem } from './import-plan.ts';
import { planIssuedSheets, type IssuedPlanOptions } from './plan-issued-marks.ts';
import { planPrimary } from './plan-primary.ts';
import type { ClassSummaryRecord, MarkRow, MarksReading, MarksSheetRecord, MarkValue as ReadValue } from './import-records.ts';

/** What a marks workbook does: filled cells that differ are written; an empty cell says nothing and never becomes 0. */
export function planMarks(db: ReadHandle, reading: MarksReading, options: IssuedPlanOptions): ImportPlan {
  const { year, now } = options;
  const issued = planIssuedSheets(db, reading.issued, options);
  const errors: ProblemView[] = [...issued.errors, ...reading.errors.map(problem => problemView(problem, 'error'))];
  const staffIds = new Map(db.all(sql.selectFrom('staff').select(['code', 'id']).where('cancelled', '=', 0)).map(row => [row.code, row.id]));
  const classes = new Map(db.all(sql.selectFrom('school_class').selectAll().where('year', '=', year).where('cancelled', '=', 0)).map(row => [row.name, row]));
  const items: PlanItem[] = [...issued.items];
  for (const sheet of reading.sheets) {
    const found = classOf(sheet, year, classes, errors);
    if (found) items.push(...planSheet(db, sheet, found, staffIds, errors, now));
  }
  for (const summary of reading.summaries) {
    const found = classOf(summary, year, classes, errors);
    if (found) items.push(...planSummary(db, summary, found, staffIds, errors));
  }
  const warnings = [...issued.warnings, ...reading.warnings.map(problem => problemView(problem, 'warning'))];
  for (const sheet of reading.primary) items.push(...planPrimary(db, sheet, year, now, { errors, warnings }));
  return { kind: 'marks', title: reading.title, rows: issued.rows + reading.rowCount, items, errors, warnings, conflicts: issued.conflicts };
}

function refuse(errors: ProblemView[], code: string, place: { sheet: string; row: number; column: string; value: string }, params: Record<string, string | number> = {}): void {
  const failure = toFailure(new AppError(code, { params: { ...params, value: place.value } }));
  errors.push({ ...place, code, message: failure.what, remedy: failure.remedy, severity: 'error' });
}

function classOf(sheet: MarksSheetRecord | ClassSummaryRecord, year: string, classes: ReadonlyMap<string, SchoolClassTable>, errors: ProblemView[]): SchoolClassTable | null {
  const place = { sheet: sheet.sheet, row: 1, column: text('imports.place.title'), value: `${sheet.className} ${sheet.schoolYear}` };
  const found = classes.get(sheet.className);
  if (sheet.schoolYear !== year) refuse(errors, 'imports.otherYear', place, { year });
  else if (!found) refuse(errors, 'imports.unknownClass', place, { year });
  else return found;
  return null;
}

function planSheet(db: ReadHandle, record: MarksSheetRecord, found: SchoolClassTable, staffIds: ReadonlyMap<string, string>, errors: ProblemView[], now: string): PlanItem[] {
  const stored = sheetsOfClass(db, found.id).find(sheet => sheet.subject === record.subjectCode && sheet.term === record.term);
  const title = `${found.name} · ${subjectName(record.subjectCode, found.grade)} · HK ${record.term}`;
  const place = { sheet: record.sheet, row: 1, column: text('imports.place.title'), value: title };
  const locks = stored === undefined ? null : locksOf(db, stored, now);
  const lock = locks === null ? null : lockOfSheet(locks);
  if (lock !== null) {
    refuse(errors, 'imports.sheetLocked', place, { lock });
    return [];
  }
  if (stored && stored.ongoing !== record.ongoingCount) {
    refuse(errors, 'imports.otherColumns', place, { expected: stored.ongoing, given: record.ongoingCount });
    return [];
  }
  const members = new Map(membersOf(db, found.id).map(member => [member.code ?? '', member]));
  const standings = stored ? standingsOfSheet(db, stored) : new Map<string, StandingKind>();
  const cells = new Map((stored ? marksOfSheet(db, stored.id) : []).map(cell => [`${cell.enrolment_id}/${cell.col}`, cell]));
  const items: PlanItem[] = [];
  if (!stored || record.teacherCode !== null) {
    items.push({ row: 1, sheet: record.sheet, title, outcome: 'unchanged', changes: [], isPreparation: true, write: ctx => { prepareSheet(ctx, record, found, staffIds); } });
  }
  for (const row of record.rows) {
    const member = members.get(row.pupilCode);
    if (!member) {
      refuse(errors, 'imports.notInClass', { sheet: record.sheet, row: row.row, column: text('imports.place.code'), value: row.pupilCode }, { name: row.fullName, class: found.name });
      continue;
    }
    const standing = standings.get(member.enrolment_id);
    if (standing !== undefined && leavesOut(standing) && cellsOf(row).length > 0) {
      refuse(errors, 'grades.leftOut', { sheet: record.sheet, row: row.row, column: text('imports.place.code'), value: row.pupilCode }, { standing: text(`curriculum.standing.${standing}.sentence`) });
      continue;
    }
    const wanted = cellsOf(row).flatMap(([column, value]) => {
      const before = valueOf(cells.get(`${member.enrolment_id}/${column}`));
      return sameValue(before, value) ? [] : [{ column, before, value }];
    });
    for (const { column, value } of wanted) {
      const lockedBy = locks === null ? null : lockOfCell(locks, member.enrolment_id, column);
      if (lockedBy !== null) refuse(errors, 'imports.cellLocked', { sheet: record.sheet, row: row.row, column: text(`grades.column.${column}`), value: markText(value) ?? '' }, { name: member.name, lock: lockedBy });
    }
    const changes: FieldChange[] = wanted.map(({ column, before, value }) => ({ field: text(`grades.column.${column}`), before: markText(before), after: markText(value) }));
    items.push({
      row: row.row, sheet: record.sheet, title: `${member.name} · ${title}`, changes,
      outcome: wanted.length === 0 ? 'unchanged' : wanted.every(({ before }) => before.state === 'empty') ? 'created' : 'updated',
      write: ctx => {
        if (wanted.length === 0) return;
        const sheet = requireSheetOf(ctx.db, found.id, record);
        for (const { column, value } of wanted) saveMark(ctx.db, ctx.stamp, sheet.id, member.enrolment_id, column, value);
        recomputeRow(ctx.db, sheet, member.enrolment_id);
        ctx.changed('grades', sheet.id);
      },
    });
  }
  return items;
}

function requireSheetOf(db: ReadHandle, classId: string, record: MarksSheetRecord): SheetWithClass {
  const sheet = sheetsOfClass(db, classId).find(candidate => candidate.subject === record.subjectCode && candidate.term === record.term);
  if (!sheet) throw new AppError('grades.unknownSheet');
  return sheet;
}

/** Makes the sheets of a subject the class did not have yet (electives) and notes who teaches it. */
function prepareSheet(ctx: WriteContext, record: MarksSheetRecord, found: SchoolClassTable, staffIds: ReadonlyMap<string, string>): void {
  if (!sheetsOfClass(ctx.db, found.id).some(sheet => sheet.subject === record.subjectCode)) takeSubject(ctx, found, record.subjectCode);
  const staffId = record.teacherCode === null ? undefined : staffIds.get(record.teacherCode);
  if (staffId !== undefined) noteTeacher(ctx, found, record.subjectCode, staffId);
}

function cellsOf(row: MarkRow): [MarkColumn, MarkValue][] {
  const columns: [MarkColumn, ReadValue][] = [
    ...ongoingColumns({ ongoing: row.ongoing.length }).map((column, index): [MarkColumn, ReadValue] => [column, row.ongoing[index] ?? null]), ['gk', row.mid], ['ck', row.final],
  ];
  return columns.flatMap(([column, value]) => {
    if (value === null) return [];
    return [[column, typeof value === 'number' ? { state: 'score', tenths: value } : { state: 'level', level: value }] satisfies [MarkColumn, MarkValue]];
  });
}

/** Conduct, absences and comments of a class. The form gives the year's absences as one total: it stands with term 2. */
function planSummary(db: ReadHandle, record: ClassSummaryRecord, found: SchoolClassTable, staffIds: ReadonlyMap<string, string>, errors: ProblemView[]): PlanItem[] {
  const members = new Map(membersOf(db, found.id).map(member => [member.code ?? '', member]));
  const stored = new Map(termRecordsOfClass(db, found.id).map(row => [`${row.enrolment_id}/${row.term}`, row]));
  const homeroomId = record.homeroomCode === null ? undefined : staffIds.get(record.homeroomCode);
  const items: PlanItem[] = [];
  if (homeroomId !== undefined && homeroomId !== found.homeroom_staff_id) {
    items.push({
      row: 1, sheet: record.sheet, title: found.name, outcome: 'updated', changes: [{ field: text('imports.place.homeroom'), before: null, after: record.homeroomCode }],
      write: ctx => { updateRecord(ctx.db, ctx.stamp, 'school_class', found.id, found.version, { homeroom_staff_id: homeroomId }); ctx.changed('classes', found.id); },
    });
  }
  for (const row of record.rows) {
    const member = members.get(row.pupilCode);
    if (!member) {
      refuse(errors, 'imports.notInClass', { sheet: record.sheet, row: row.row, column: text('imports.place.code'), value: row.pupilCode }, { name: row.fullName, class: found.name });
      continue;
    }
    const first = stored.get(`${member.enrolment_id}/1`);
    const second = stored.get(`${member.enrolment_id}/2`);
    const excused = row.absentWithLeave === null ? null : Math.max(0, row.absentWithLeave - (first?.absent_excused ?? 0));
    const unexcused = row.absentWithoutLeave === null ? null : Math.max(0, row.absentWithoutLeave - (first?.absent_unexcused ?? 0));
    const changes: FieldChange[] = [
      change('yearEnd.field.conduct1', first?.conduct, row.conduct[0]), change('yearEnd.field.conduct2', second?.conduct, row.conduct[1]),
      change('imports.place.excused', second?.absent_excused, excused), change('imports.place.unexcused', second?.absent_unexcused, unexcused),
      change('imports.place.comment', second?.comment, row.homeroomComment),
    ].filter(found_ => found_ !== null);
    items.push({
      row: row.row, sheet: record.sheet, title: `${member.name} · ${found.name}`, changes,
      outcome: changes.length === 0 ? 'unchanged' : first || second ? 'updated' : 'created',
      write: ctx => {
        if (changes.length === 0) return;
        const enrolmentId = member.enrolment_id;
        if (row.conduct[0] !== null) saveTermRecordUnchecked(ctx, { enrolmentId, term: 1, conduct: row.conduct[0] });
        saveTermRecordUnchecked(ctx, {
          enrolmentId, term: 2, ...(row.conduct[1] === null ? {} : { conduct: row.conduct[1] }), ...(excused === null ? {} : { excused }),
          ...(unexcused === null ? {} : { unexcused }), ...(row.homeroomComment === null ? {} : { comment: row.homeroomComment }),
        });
        ctx.changed('grades', found.id);
      },
    });
  }
  return items;
}

function change(key: string, before: string | number | null | undefined, after: string | number | null): FieldChange | null {
  if (after === null || after === before || (before === undefined && (after === 0 || after === ''))) return null;
  return { field: text(key), before: before === null || before === undefined ? null : String(before), after: String(after) };
}

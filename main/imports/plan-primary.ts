import { sql, type ReadHandle } from '../../db/handle.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import type { ImportProblem as ProblemView } from '../../preload/contract/imports.ts';
import { columnLetters } from '../kit/excel/cell-address.ts';
import { subjectByCode, TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { takeSubject } from '../curriculum/class-sheets.ts';
import { leavesOut } from '../curriculum/standing-rules.ts';
import { columnOfTrait, columnTitle } from '../grades/column-words.ts';
import { competenceColumns, markText, qualityColumns, sameValue } from '../grades/grades-rules.ts';
import { subjectName, termName } from '../grades/grades-service.ts';
import { marksOfSheet, membersOf, saveMark, sheetsOfClass, valueOf, type ClassMember, type MarkCell, type SheetWithClass } from '../grades/grades-store.ts';
import { lockOfCell, locksOf, type SheetLocks } from '../grades/mark-locks.ts';
import { standingsOfSheet } from '../grades/sheet-standings.ts';
import { overallLevel27 } from '../grades/rules/tt27-2020.ts';
import type { OverallLevel27, PrimaryRecord, QualityLevel27, SubjectLevel27 } from '../grades/rules/assessment-types.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { noteTeacher } from '../staff/assignment-store.ts';
import type { PlanItem } from './import-plan.ts';
import type { PrimaryCell, PrimaryRow, PrimarySheetRecord } from './primary-reader.ts';

interface Sink {
  errors: ProblemView[];
  warnings: ProblemView[];
}

/** What the plan must know of one class; read once however many rows it has. */
interface ClassPlace {
  found: SchoolClassTable;
  members: ReadonlyMap<string, ClassMember>;
  sheets: ReadonlyMap<string, SheetWithClass>;
  cells: ReadonlyMap<string, MarkCell>;
  locks: ReadonlyMap<string, SheetLocks>;
  left: ReadonlySet<string>;
}

/** What a primary results form does: filled cells that differ are written, in the sheets of its point; an empty cell says nothing. */
export function planPrimary(db: ReadHandle, record: PrimarySheetRecord, year: string, now: string, sink: Sink): PlanItem[] {
  if (record.schoolYear !== null && record.schoolYear !== year) {
    refuse(sink.errors, 'imports.otherYear', { sheet: record.sheet, row: 1, column: text('imports.place.title'), value: record.schoolYear }, { year });
    return [];
  }
  const rows = db.all(sql.selectFrom('school_class').selectAll().where('year', '=', year).where('cancelled', '=', 0).where('grade', '<=', 5));
  const byName = new Map(rows.flatMap(row => [[row.code, row] as const, [row.name, row] as const]));
  const places = new Map<string, ClassPlace>();
  const placeOf = (found: SchoolClassTable): ClassPlace => {
    const known = places.get(found.id) ?? classPlace(db, found, record.point, now);
    places.set(found.id, known);
    return known;
  };
  const items: PlanItem[] = [];
  const prepared = new Set<string>();
  for (const row of record.rows) {
    const name = record.className ?? row.classCode;
    const at = { sheet: record.sheet, row: row.row, column: text('imports.place.code'), value: row.pupilCode };
    const found = byName.get(name);
    if (!found) {
      refuse(sink.errors, 'imports.unknownClass', { ...at, value: name }, { year });
      continue;
    }
    const place = placeOf(found);
    if (!prepared.has(found.id)) items.push(...preparations(record, place, db));
    prepared.add(found.id);
    const member = place.members.get(row.pupilCode);
    if (member) items.push(...planRow(record, row, place, member, sink));
    else refuse(sink.errors, 'imports.notInClass', at, { name: row.fullName, class: found.name });
  }
  return items;
}

function classPlace(db: ReadHandle, found: SchoolClassTable, point: number, now: string): ClassPlace {
  const sheets = sheetsOfClass(db, found.id).filter(sheet => sheet.term === point);
  return {
    found, members: new Map(membersOf(db, found.id).map(member => [member.code ?? '', member])), sheets: new Map(sheets.map(sheet => [sheet.subject, sheet])),
    cells: new Map(sheets.flatMap(sheet => marksOfSheet(db, sheet.id).map(cell => [`${sheet.id}/${cell.enrolment_id}/${cell.col}`, cell] as const))),
    locks: new Map(sheets.map(sheet => [sheet.id, locksOf(db, sheet, now)])),
    left: new Set(sheets.flatMap(sheet => [...standingsOfSheet(db, sheet)].flatMap(([enrolmentId, standing]) => (leavesOut(standing) ? [`${sheet.id}/${enrolmentId}`] : [])))),
  };
}

/** Optional subjects the class did not have get their sheets; who teaches what is noted where the form says it. */
function preparations(record: PrimarySheetRecord, { found, sheets }: ClassPlace, db: ReadHandle): PlanItem[] {
  const used = new Set(record.rows.flatMap(row => row.cells.flatMap(cell => cell.subject ?? [])));
  const missing = [...used].filter(code => !sheets.has(code) && subjectByCode(code, found.grade)?.choice === 'optional');
  const staffIds = new Map(db.all(sql.selectFrom('staff').select(['code', 'id']).where('cancelled', '=', 0)).map(row => [row.code, row.id]));
  if (missing.length === 0 && record.teachers.size === 0) return [];
  const write = (ctx: WriteContext): void => {
    for (const code of missing) takeSubject(ctx, found, code);
    for (const [subject, staffCode] of record.teachers) {
      const staffId = staffIds.get(staffCode);
      if (staffId !== undefined) noteTeacher(ctx, found, subject, staffId);
    }
  };
  return [{ row: 1, sheet: record.sheet, title: found.name, outcome: 'unchanged', changes: [], isPreparation: true, write }];
}

interface WantedCell {
  subject: string;
  column: MarkColumn;
  before: MarkValue;
  value: MarkValue;
}

function planRow(record: PrimarySheetRecord, row: PrimaryRow, place: ClassPlace, member: ClassMember, sink: Sink): PlanItem[] {
  const { found } = place;
  const wanted = row.cells.flatMap((cell): WantedCell[] => {
    const header = record.headers.get(cell.field);
    const at = { sheet: record.sheet, row: row.row, column: header ? `${header.header} (${columnLetters(header.column)})` : '', value: markText(cell.value) ?? '' };
    const subject = cell.subject ?? TRAITS;
    const column = columnOf(cell, found.grade);
    const fault = column === null ? 'imports.noTrait' : faultOf(place, member, subject, column);
    if (fault !== null || column === null) {
      refuse(sink.errors, fault ?? 'imports.noTrait', at, { subject: subjectName(subject, found.grade), class: found.name, name: member.name });
      return [];
    }
    const sheet = place.sheets.get(subject);
    const locks = sheet && place.locks.get(sheet.id);
    const before = valueOf(place.cells.get(`${sheet?.id ?? ''}/${member.enrolment_id}/${column}`));
    if (sameValue(before, cell.value)) return [];
    const lock = locks ? lockOfCell(locks, member.enrolment_id, column) : null;
    if (lock !== null) refuse(sink.errors, 'imports.cellLocked', at, { name: member.name, lock });
    return [{ subject, column, before, value: cell.value }];
  });
  warnOfOtherResult(record, row, found.grade, sink);
  return [{
    row: row.row, sheet: record.sheet, title: `${member.name} · ${found.name} · ${termName({ kind: 'primary', term: record.point })}`,
    outcome: wanted.length === 0 ? 'unchanged' : wanted.every(({ before }) => before.state === 'empty') ? 'created' : 'updated',
    changes: wanted.map(({ subject, column, before, value }) => ({
      field: subject === TRAITS ? columnTitle(column, found.grade) : `${subjectName(subject, found.grade)}, ${columnTitle(column, found.grade)}`, before: markText(before), after: markText(value),
    })),
    write: ctx => { writeCells(ctx, found.id, record.point, member.enrolment_id, wanted); },
  }];
}

function columnOf(cell: PrimaryCell, grade: number): MarkColumn | null {
  if (cell.trait !== null) return columnOfTrait(cell.trait, grade);
  return cell.isTest ? 'kt' : 'muc';
}

/** Why a cell has no place in the class's sheets, as an error code, or null. */
function faultOf(place: ClassPlace, member: ClassMember, subject: string, column: MarkColumn): string | null {
  const sheet = place.sheets.get(subject);
  if (!sheet) return subjectByCode(subject, place.found.grade)?.choice === 'optional' ? null : 'imports.notTaught';
  if (column === 'kt' && sheet.periodic === 0) return 'imports.noTestHere';
  return place.left.has(`${sheet.id}/${member.enrolment_id}`) ? 'imports.leftOut' : null;
}

function writeCells(ctx: WriteContext, classId: string, point: number, enrolmentId: string, wanted: readonly WantedCell[]): void {
  if (wanted.length === 0) return;
  const sheets = new Map(sheetsOfClass(ctx.db, classId).filter(sheet => sheet.term === point).map(sheet => [sheet.subject, sheet]));
  for (const { subject, column, value } of wanted) {
    const sheet = sheets.get(subject);
    if (!sheet) throw new AppError('grades.unknownSheet');
    saveMark(ctx.db, ctx.stamp, sheet.id, enrolmentId, column, value);
    ctx.changed('grades', sheet.id);
  }
}

/** The file's own "Xếp loại" beside what its levels and tests make by TT 27/2020 Đ9: a difference is told, the rules decide. */
function warnOfOtherResult(record: PrimarySheetRecord, row: PrimaryRow, grade: number, { warnings }: Sink): void {
  if (record.point !== 4 || row.overall === null) return;
  const level = levelOfRow(row, grade);
  if (level === null || level === row.overall) return;
  const place = { sheet: record.sheet, row: row.row, column: text('yearEnd.field.level'), value: text(`yearEnd.level.${row.overall}`) };
  const failure = toFailure(new AppError('imports.otherResult', { params: { given: text(`yearEnd.level.${row.overall}`), computed: text(`yearEnd.level.${level}`) } }));
  warnings.push({ ...place, code: 'imports.otherResult', message: failure.what, remedy: failure.remedy, severity: 'warning' });
}

function levelOfRow(row: PrimaryRow, grade: number): OverallLevel27 | null {
  const levelIn = (value: MarkValue | undefined) => (value?.state === 'level' ? value.level : null);
  const subjects = row.cells.filter(cell => cell.subject !== null && !cell.isTest);
  const traits = new Map(row.cells.flatMap(cell => (cell.trait === null ? [] : [[columnOfTrait(cell.trait, grade) ?? '', levelIn(cell.value) as QualityLevel27 | null] as const])));
  const record: PrimaryRecord = {
    subjects: subjects.map(({ subject, value }) => {
      const test = row.cells.find(cell => cell.subject === subject && cell.isTest)?.value;
      return { code: subject ?? '', level: levelIn(value) as SubjectLevel27 | null, endOfYearTest: test?.state === 'score' ? test.tenths / 10 : null };
    }),
    qualities: qualityColumns.map(column => traits.get(column) ?? null), competences: competenceColumns(grade).map(column => traits.get(column) ?? null),
  };
  return subjects.length === 0 ? null : overallLevel27(record);
}

function refuse(errors: ProblemView[], code: string, place: { sheet: string; row: number; column: string; value: string }, params: Record<string, string | number> = {}): void {
  const failure = toFailure(new AppError(code, { params: { ...params, value: place.value } }));
  errors.push({ ...place, code, message: failure.what, remedy: failure.remedy, severity: 'error' });
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { grades, MarkHistoryEntry, RecomputedRow, SheetRow, SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import { chainHash, GENESIS_HASH } from '../../db/journal.ts';
import type { ReadHandle, WriteHandle } from '../../db/handle.ts';
import type { SubjectAverageTable } from '../../db/schema/grades.ts';
import { subjectByCode, TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage, text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { findClass } from '../school/school-class-store.ts';
import { columnShort, columnTitle } from './column-words.ts';
import { cellFault, columnsOf, markText, noAverage, sameValue, termStanding, weightOf, withTerm, type RowMarks } from './grades-rules.ts';
import { subjectOrder } from '../curriculum/curriculum-store.ts';
import { leavesOut } from '../curriculum/standing-rules.ts';
import { columnGroup, lockOfCell, lockOfSheet, locksOf, stateAt } from './mark-locks.ts';
import {
  averageOf, averagesOfClass, findSheet, journalOfMark, marksOfRow, marksOfSheet, membersOf, saveAverage, saveMark, sheetsWithProgress, teaches, valueOf,
  type MarkCell, type SheetWithClass,
} from './grades-store.ts';
import { closedBy, standingsOfSheet } from './sheet-standings.ts';

type Grades = typeof grades;

export function subjectName(code: string, grade: number): string {
  if (code === TRAITS) return text('grades.traits');
  const subject = subjectByCode(code, grade);
  // A strand by itself: "Âm nhạc", where the form writes "Nghệ thuật (Âm nhạc)".
  return (subject?.strandOf === undefined ? subject?.name : subject.short)?.[currentLanguage()] ?? code;
}

/** "HK 1"; in primary school, which knows points of the year and not terms, "Giữa HK I", "Cuối năm". */
export function termName({ kind, term }: Pick<SheetWithClass, 'kind' | 'term'>): string {
  return kind === 'primary' || kind === 'traits' ? text(`grades.pointShort.${term}`) : text('grades.termShort', { term });
}

/** {@link termName} in full, for papers: "Học kì 1", "Giữa học kì I". */
export function longTermName({ kind, term }: Pick<SheetWithClass, 'kind' | 'term'>): string {
  return kind === 'primary' || kind === 'traits' ? text(`grades.point.${term}`) : text('grades.term', { term });
}

/** "Toán HK 1", "Toán Cuối năm". */
export function sheetTitle(sheet: Pick<SheetWithClass, 'kind' | 'term' | 'subject' | 'grade'>): string {
  return `${subjectName(sheet.subject, sheet.grade)} ${termName(sheet)}`;
}

export function listSheets({ db, services }: ReadContext, { year, classId }: CheckedInputOf<Grades['listSheets']>): { sheets: SheetSummary[] } {
  const now = services.clock().toISOString();
  const rows = sheetsWithProgress(db, year, classId);
  const order = subjectOrder(db, year);
  return {
    sheets: rows.map(row => ({ ...summary(row, row.teacher, now), filled: row.filled, expected: row.pupils * columnsOf(row).length }))
      .sort((a, b) => a.grade - b.grade || a.className.localeCompare(b.className, 'vi', { numeric: true })
        || order(a) - order(b) || a.subject.localeCompare(b.subject) || a.term - b.term),
  };
}

function summary(sheet: SheetWithClass, teacher: string | null, now: string): Omit<SheetSummary, 'filled' | 'expected'> {
  return {
    sheetId: sheet.id, classId: sheet.class_id, className: sheet.class_name, grade: sheet.grade, subject: sheet.subject,
    subjectName: subjectName(sheet.subject, sheet.grade), ruleSet: sheet.rule_set, kind: sheet.kind, term: sheet.term, teacher, state: stateAt(sheet, now),
    reopenedUntil: stateAt(sheet, now) === 'reopened' ? sheet.reopened_until : null,
  };
}

/** @throws AppError `grades.unknownSheet` */
export function requireSheet(db: ReadHandle, sheetId: string): SheetWithClass {
  const sheet = findSheet(db, sheetId);
  if (!sheet) throw new AppError('grades.unknownSheet');
  return sheet;
}

/** Why this person may not type into the sheet, whatever its locks, as an error code; null when he may. */
export function roleRefusal(db: ReadHandle, session: Session, sheet: SheetWithClass): string | null {
  if (sheet.year_state === 'closed') return 'grades.yearClosed';
  if (session.role === 'principal' || session.role === 'secretary') return null;
  if (session.role === 'teacher' && session.staffId !== null && writes(db, session.staffId, sheet)) return null;
  return 'grades.notYourSheet';
}

/** His subject; qualities and competences are entered by the homeroom teacher, who hears those who teach the class (TT 27/2020 Đ9 k1). */
function writes(db: ReadHandle, staffId: string, sheet: SheetWithClass): boolean {
  return sheet.kind === 'traits' ? findClass(db, sheet.class_id)?.homeroom_staff_id === staffId : teaches(db, staffId, sheet.class_id, sheet.subject);
}

/** {@link roleRefusal}, and `grades.sheetLocked` for a sheet that is neither open nor reopened. Locks of single columns are asked by cell. */
export function editRefusal(db: ReadHandle, session: Session, sheet: SheetWithClass): string | null {
  const isClosed = sheet.state !== 'open' && sheet.state !== 'reopened';
  return roleRefusal(db, session, sheet) ?? (isClosed ? 'grades.sheetLocked' : null);
}

export function openSheet({ db, session, services }: ReadContext, { sheetId }: CheckedInputOf<Grades['openSheet']>): SheetView {
  const sheet = requireSheet(db, sheetId);
  const marks = new Map<string, RowMarks>();
  const standing = standingsOfSheet(db, sheet);
  const members = membersOf(db, sheet.class_id);
  const here = new Set(members.map(member => member.enrolment_id));
  const isAsked = (enrolmentId: string) => { const held = standing.get(enrolmentId); return here.has(enrolmentId) && (held === undefined || !leavesOut(held)); };
  let filled = 0;
  for (const cell of marksOfSheet(db, sheetId)) {
    const row = marks.get(cell.enrolment_id) ?? {};
    const value = valueOf(cell);
    if (value.state !== 'empty' && isAsked(cell.enrolment_id)) filled += 1;
    row[cell.col] = value;
    marks.set(cell.enrolment_id, row);
  }
  const averages = new Map(averagesOfClass(db, sheet.class_id, sheet.subject).map(row => [row.enrolment_id, row]));
  const columns = columnsOf(sheet);
  const refusal = roleRefusal(db, session, sheet);
  const now = services.clock().toISOString();
  const locks = locksOf(db, sheet, now);
  const locked = columns.flatMap(column => {
    const words = locks.whole ?? locks.byGroup.get(columnGroup(column));
    return words === undefined ? [] : [[column, words] as const];
  });
  const readOnlyReason = refusal === null ? lockOfSheet(locks) : text(`errors.${refusal}.what`);
  const rows: SheetRow[] = members.map((member, index) => ({
    ...standings(sheet.term, member.enrolment_id, isAsked(member.enrolment_id) ? averages.get(member.enrolment_id) : undefined),
    order: index + 1, code: member.code ?? '', name: member.name, birth: member.birth, standing: standing.get(member.enrolment_id) ?? null,
    marks: marks.get(member.enrolment_id) ?? {},
  }));
  return {
    ...summary(sheet, null, now), year: sheet.year, filled, expected: members.filter(member => isAsked(member.enrolment_id)).length * columns.length,
    columns: columns.map(column => ({ column, title: columnTitle(column, sheet.grade), short: columnShort(column, sheet.grade), weight: weightOf(column) })),
    rows, mayEdit: readOnlyReason === null, readOnlyReason, lockedColumns: Object.fromEntries(locked),
    openedCells: locks.openings.map(({ enrolment_id: enrolmentId, col: column }) => ({ enrolmentId, column })),
    mayAskChange: refusal === null,
  };
}

function standings(term: SheetWithClass['term'], enrolmentId: string, average: SubjectAverageTable | undefined): RecomputedRow {
  const shown = average ?? noAverage(enrolmentId, '');
  return {
    enrolmentId, average: term === 1 ? shown.term1 : shown.term2, level: term === 1 ? shown.level1 : shown.level2,
    year: term === 1 ? null : shown.year, yearLevel: term === 1 ? null : shown.level_year,
  };
}

/**
 * Saves cells, all or nothing, and answers the recomputed rows.
 * @throws AppError `grades.sheetLocked`, `grades.yearClosed`, `grades.notYourSheet`, `grades.notInClass`, `grades.changedMeanwhile`
 *   (somebody saved another value since the writer looked), `grades.leftOut` (exempt, not taking the subject), and those of {@link cellFault}
 */
export function saveMarks(ctx: WriteContext, { sheetId, changes }: CheckedInputOf<Grades['saveMarks']>): { savedAt: string; rows: RecomputedRow[]; filled: number } {
  const { db, session, stamp } = ctx;
  const sheet = requireSheet(db, sheetId);
  const refusal = roleRefusal(db, session, sheet);
  if (refusal !== null) throw new AppError(refusal, { batchCanContinue: false });
  const locks = locksOf(db, sheet, stamp.at);
  const stored = new Map<string, RowMarks>();
  let filled = 0;
  changes.forEach(({ enrolmentId, column, before, after }, index) => {
    const row = stored.get(enrolmentId) ?? readRow(db, sheet, enrolmentId);
    stored.set(enrolmentId, row);
    const closed = closedBy(db, sheet, enrolmentId);
    if (closed !== null) throw new AppError('grades.leftOut', { params: { standing: text(`curriculum.standing.${closed}.sentence`) }, field: `changes.${index}` });
    const fault = cellFault(sheet, column, after);
    if (fault !== null) throw new AppError(fault, { field: `changes.${index}.after` });
    const lock = lockOfCell(locks, enrolmentId, column);
    if (lock !== null) throw new AppError('grades.sheetLocked', { params: { lock }, field: `changes.${index}`, batchCanContinue: false });
    const current = row[column] ?? { state: 'empty' };
    if (!sameValue(current, before)) {
      throw new AppError('grades.changedMeanwhile', { field: `changes.${index}`, params: { stored: markText(current) ?? '–', yours: markText(after) ?? '–' } });
    }
    if (sameValue(current, after)) return;
    saveMark(db, stamp, sheetId, enrolmentId, column, after);
    row[column] = after;
    filled += Number(after.state !== 'empty') - Number(current.state !== 'empty');
  });
  const rows = [...stored].map(([enrolmentId, marks]) => recomputeFrom(db, sheet, enrolmentId, marks));
  ctx.changed('grades', sheetId);
  return { savedAt: stamp.at, rows, filled };
}

function readRow(db: ReadHandle, sheet: SheetWithClass, enrolmentId: string): RowMarks {
  const cells = marksOfRow(db, sheet.id, enrolmentId);
  if (cells.length === 0 && !membersOf(db, sheet.class_id).some(member => member.enrolment_id === enrolmentId)) throw new AppError('grades.notInClass');
  return Object.fromEntries(cells.map(cell => [cell.col, valueOf(cell)]));
}

type SheetFacts = Pick<SheetWithClass, 'id' | 'kind' | 'rule_set' | 'ongoing' | 'periodic' | 'periods' | 'grade' | 'term' | 'subject'>;

/** Recomputes one pupil's line of the sheet's subject from the cells as they now stand. */
export function recomputeRow(tx: WriteHandle, sheet: SheetFacts, enrolmentId: string): RecomputedRow {
  const marks: RowMarks = {};
  for (const cell of marksOfRow(tx, sheet.id, enrolmentId)) marks[cell.col] = valueOf(cell);
  return recomputeFrom(tx, sheet, enrolmentId, marks);
}

function recomputeFrom(tx: WriteHandle, sheet: SheetFacts, enrolmentId: string, marks: RowMarks): RecomputedRow {
  const known = averageOf(tx, enrolmentId, sheet.subject) ?? noAverage(enrolmentId, sheet.subject);
  const standing = termStanding(sheet, marks);
  // Most marks typed on the way do not change the average: a row missing one mark stays without.
  const isSame = standing === ((sheet.term === 1 ? known.term1 ?? known.level1 : known.term2 ?? known.level2) ?? null);
  const fresh = isSame ? known : withTerm(known, sheet.term, standing);
  if (!isSame) saveAverage(tx, fresh);
  return standings(sheet.term, enrolmentId, fresh);
}

export function markHistory({ db }: ReadContext, { sheetId, enrolmentId, column }: CheckedInputOf<Grades['markHistory']>): { entries: MarkHistoryEntry[]; chainIntact: boolean } {
  const { steps, isWhole } = journalOfMark(db, sheetId, enrolmentId, column);
  const actors = actorNames(db);
  let chainIntact = isWhole;
  const entries = steps.map(({ row, previousHash }) => {
    const previous = row.seq === 1 ? GENESIS_HASH : previousHash;
    if (previous === undefined || chainHash(previous, row) !== row.hash) chainIntact = false;
    return {
      seq: row.seq, at: row.at, actor: row.actor, actorName: actors.name(row.actor), device: row.device, path: row.path as MarkHistoryEntry['path'], reason: row.reason,
      before: imageText(row.before), after: imageText(row.after),
    };
  });
  return { entries, chainIntact };
}

function imageText(image: string | null): string | null {
  if (image === null) return null;
  return markText(valueOf(JSON.parse(image) as MarkCell));
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { OpenReading, ReadingCell, ReadingView, readingCalls } from '../../preload/contract/gradebook-readings.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { SecondReadingTable } from '../../db/schema/gradebook-notes.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames, type ActorNames } from '../accounts/actor-names.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { cellFault, columnsOf, sameValue } from '../grades/grades-rules.ts';
import { editRefusal, requireSheet, saveMarks, subjectName } from '../grades/grades-service.ts';
import { marksOfSheet, membersOf, valueOf, type SheetWithClass } from '../grades/grades-store.ts';
import { lockOfSheet, locksOf } from '../grades/mark-locks.ts';
import { AppError } from '../kit/errors.ts';
import { columnsIn, findReading, readingCells, readingRows, valueIn, writersOf } from './second-reading-store.ts';

type Calls = typeof readingCalls;

/** Second readings of a sheet, newest first: by whom, when, how many differences. */
export function readingsOfSheet(db: ReadHandle, sheetId: string): ReadingView[] {
  const actors = actorNames(db);
  return readingRows(db, sheetId).map(row => viewOf(db, row, actors));
}

function viewOf(db: ReadHandle, row: SecondReadingTable, actors: ActorNames): ReadingView {
  const columns = columnsIn(row);
  return {
    readingId: row.id, sheetId: row.sheet_id, kind: row.kind, columns, columnTitles: columns.map(column => text(`grades.column.${column}`)), reader: row.reader,
    readerName: actors.name(row.reader), partner: row.partner, state: row.state, cells: row.cells, read: readingCells(db, row.id).length,
    differences: row.differences, startedAt: row.created_at, finishedAt: row.finished_at,
  };
}

/** Nothing could be put right in it. */
function isClosed(db: ReadHandle, sheet: SheetWithClass, now: string): boolean {
  return sheet.year_state === 'closed' || lockOfSheet(locksOf(db, sheet, now)) !== null;
}

export function readings({ db, session, services }: ReadContext, { sheetId }: CheckedInputOf<Calls['readings']>): { readings: ReadingView[]; mayStart: boolean } {
  const sheet = requireSheet(db, sheetId);
  const found = readingsOfSheet(db, sheetId);
  const isBusy = found.some(reading => reading.state === 'reading' || reading.state === 'settling');
  return { readings: found, mayStart: !isBusy && !isClosed(db, sheet, services.clock().toISOString()) && mayCall(session.role, 'grades.edit') };
}

/**
 * @throws AppError `gradebook.readingLocked`, `gradebook.readingOpen`, `grades.noSuchColumn`, `gradebook.nothingToRead` and, for a blind pass,
 *   `gradebook.readerIsWriter`: whoever wrote the marks would only repeat his own mistake
 */
export function startReading(ctx: WriteContext, input: CheckedInputOf<Calls['startReading']>): { readingId: string } {
  const { db, session, stamp } = ctx;
  const sheet = requireSheet(db, input.sheetId);
  if (isClosed(db, sheet, stamp.at)) throw new AppError('gradebook.readingLocked');
  if (readingRows(db, sheet.id).some(row => row.state === 'reading' || row.state === 'settling')) throw new AppError('gradebook.readingOpen');
  const columns = columnsOf(sheet).filter(column => input.columns.includes(column));
  if (columns.length < new Set(input.columns).size) throw new AppError('grades.noSuchColumn');
  const list = cellsToRead(db, sheet, columns);
  if (list.length === 0) throw new AppError('gradebook.nothingToRead');
  if (input.kind === 'blind') {
    const writers = writersOf(db, sheet.id);
    if (list.some(cell => writers.get(`${cell.enrolmentId}/${cell.column}`) === session.user)) throw new AppError('gradebook.readerIsWriter');
  }
  const readingId = insertRecord(db, stamp, 'second_reading', {
    sheet_id: sheet.id, kind: input.kind, columns: columns.join(','), reader: session.user, partner: input.partner, state: 'reading',
    cells: list.length, differences: 0, finished_at: null,
  });
  ctx.changed('gradebook', sheet.id);
  return { readingId };
}

/** Every cell of the columns for those in the class now: empty ones are read too, for a mark may have been overlooked. */
function cellsToRead(db: ReadHandle, sheet: SheetWithClass, columns: readonly MarkColumn[]) {
  const members = membersOf(db, sheet.class_id);
  return columns.flatMap(column => members.map((member, index) => ({ enrolmentId: member.enrolment_id, name: member.name, order: index + 1, column })));
}

/** A blind pass answers no mark of the book before it is compared; afterwards the differences only. */
export function openReading({ db, session }: ReadContext, { readingId }: CheckedInputOf<Calls['openReading']>): OpenReading {
  const reading = requireReading(db, readingId);
  const sheet = requireSheet(db, reading.sheet_id);
  const actors = actorNames(db);
  const cells = new Map(readingCells(db, readingId).map(cell => [`${cell.enrolment_id}/${cell.col}`, cell]));
  const isReading = reading.state === 'reading';
  const showsBook = !isReading || reading.kind === 'aloud';
  const book = bookOf(db, sheet.id);
  const writers = showsBook ? writersOf(db, sheet.id) : new Map<string, string>();
  const list: ReadingCell[] = cellsToRead(db, sheet, columnsIn(reading)).map(place => {
    const key = `${place.enrolmentId}/${place.column}`;
    const cell = cells.get(key);
    const first = isReading ? book.get(key) ?? empty : valueIn(cell?.first_value ?? null);
    const writer = writers.get(key);
    return {
      ...place, columnTitle: text(`grades.column.${place.column}`), first: showsBook ? first : null, firstBy: writer === undefined ? '' : actors.name(writer),
      second: valueIn(cell?.second_value ?? null), outcome: cell?.outcome ?? null, settledBy: cell?.settled_by == null ? null : actors.name(cell.settled_by),
    };
  });
  return {
    ...viewOf(db, reading, actors), className: sheet.class_name, subjectName: subjectName(sheet.subject, sheet.grade), sheetKind: sheet.kind, term: sheet.term,
    list: isReading ? list : list.filter(cell => cell.outcome !== null && cell.outcome !== 'same' && cell.outcome !== 'read'),
    mayRead: isReading && reading.reader === session.user, maySettle: reading.state === 'settling' && editRefusal(db, session, sheet) === null,
  };
}

const empty: MarkValue = { state: 'empty' };

function bookOf(db: ReadHandle, sheetId: string): Map<string, MarkValue> {
  return new Map(marksOfSheet(db, sheetId).map(cell => [`${cell.enrolment_id}/${cell.col}`, valueOf(cell)]));
}

function requireReading(db: ReadHandle, readingId: string): SecondReadingTable {
  const reading = findReading(db, readingId);
  if (!reading) throw new AppError('gradebook.unknownReading');
  return reading;
}

function requireOpen(db: ReadHandle, session: Session, readingId: string): SecondReadingTable {
  const reading = requireReading(db, readingId);
  if (reading.state !== 'reading') throw new AppError('gradebook.readingOver');
  if (reading.reader !== session.user) throw new AppError('gradebook.notYourReading');
  if (requireSheet(db, reading.sheet_id).year_state === 'closed') throw new AppError('grades.yearClosed');
  return reading;
}

export function readCell({ db, session, stamp }: WriteContext, input: CheckedInputOf<Calls['readCell']>): { read: number } {
  const reading = requireOpen(db, session, input.readingId);
  const sheet = requireSheet(db, reading.sheet_id);
  const fault = cellFault(sheet, input.column, input.value);
  if (fault !== null) throw new AppError(fault, { field: 'value' });
  if (!columnsIn(reading).includes(input.column)) throw new AppError('grades.noSuchColumn');
  if (!membersOf(db, sheet.class_id).some(member => member.enrolment_id === input.enrolmentId)) throw new AppError('grades.notInClass');
  const cells = readingCells(db, reading.id);
  const known = cells.find(cell => cell.enrolment_id === input.enrolmentId && cell.col === input.column);
  const second = JSON.stringify(input.value);
  if (!known) {
    insertRecord(db, stamp, 'second_reading_cell', {
      reading_id: reading.id, enrolment_id: input.enrolmentId, col: input.column, first_value: null, second_value: second, outcome: 'read', settled_by: null,
    });
  } else if (known.second_value !== second) updateRecord(db, stamp, 'second_reading_cell', known.id, known.version, { second_value: second });
  return { read: cells.length + Number(!known) };
}

/** @throws AppError `gradebook.cellsUnread` while cells are unread */
export function finishReading(ctx: WriteContext, { readingId }: CheckedInputOf<Calls['finishReading']>): { differences: number } {
  const { db, session, stamp } = ctx;
  const reading = requireOpen(db, session, readingId);
  const sheet = requireSheet(db, reading.sheet_id);
  const cells = readingCells(db, readingId);
  const read = new Set(cells.map(cell => `${cell.enrolment_id}/${cell.col}`));
  const unread = cellsToRead(db, sheet, columnsIn(reading)).filter(cell => !read.has(`${cell.enrolmentId}/${cell.column}`)).length;
  if (unread > 0) throw new AppError('gradebook.cellsUnread', { params: { count: unread } });
  const book = bookOf(db, sheet.id);
  let differences = 0;
  for (const cell of cells) {
    const first = book.get(`${cell.enrolment_id}/${cell.col}`) ?? empty;
    const isSame = sameMark(first, valueIn(cell.second_value) ?? empty);
    if (!isSame) differences += 1;
    updateRecord(db, stamp, 'second_reading_cell', cell.id, cell.version, { first_value: JSON.stringify(first), outcome: isSame ? 'same' : 'different' });
  }
  updateRecord(db, stamp, 'second_reading', reading.id, reading.version, {
    differences, cells: cells.length, ...(differences === 0 ? { state: 'done', finished_at: stamp.at } : { state: 'settling' }),
  });
  ctx.changed('gradebook', sheet.id);
  return { differences };
}

/** The paper shows a zero, not the rule behind it: 0 by rule equals a 0 (or CĐ) read from paper. */
function sameMark(first: MarkValue, second: MarkValue): boolean {
  if (first.state === 'zeroByRule') return (second.state === 'score' && second.tenths === 0) || (second.state === 'level' && second.level === 'CD') || second.state === 'zeroByRule';
  return sameValue(first, second);
}

/**
 * One difference decided. Taking the second value writes it like any other mark, with the reading as its reason.
 * @throws AppError as `grades.saveMarks`; `grades.changedMeanwhile` when the mark is no longer the one that was compared
 */
export function settleDifference(ctx: WriteContext, input: CheckedInputOf<Calls['settleDifference']>): { left: number } {
  const { db, session, stamp } = ctx;
  const reading = requireReading(db, input.readingId);
  if (reading.state !== 'settling') throw new AppError('gradebook.readingOver');
  const sheet = requireSheet(db, reading.sheet_id);
  const refusal = editRefusal(db, session, sheet);
  if (refusal !== null) throw new AppError(refusal);
  const cells = readingCells(db, reading.id);
  const cell = cells.find(found => found.enrolment_id === input.enrolmentId && found.col === input.column);
  if (cell?.outcome !== 'different') throw new AppError('gradebook.noDifference');
  if (input.choice === 'take') {
    const reader = actorNames(db).name(reading.reader);
    ctx.explain({ path: 'typed', reason: text(`gradebook.reading.taken.${reading.kind}`, { reader }) });
    saveMarks(ctx, {
      sheetId: sheet.id, path: 'typed', changes: [{ enrolmentId: input.enrolmentId, column: input.column, before: valueIn(cell.first_value) ?? empty, after: valueIn(cell.second_value) ?? empty }],
    });
  }
  updateRecord(db, stamp, 'second_reading_cell', cell.id, cell.version, { outcome: input.choice === 'take' ? 'taken' : 'kept', settled_by: session.user });
  const left = cells.filter(found => found.outcome === 'different').length - 1;
  if (left === 0) updateRecord(db, stamp, 'second_reading', reading.id, reading.version, { state: 'done', finished_at: stamp.at });
  ctx.changed('gradebook', sheet.id);
  return { left };
}

/** Given up half way, with the reason in the journal. The reader may, and whoever may write in the sheet. */
export function dropReading(ctx: WriteContext, { readingId }: CheckedInputOf<Calls['dropReading']>): { state: 'dropped' } {
  const { db, session, stamp } = ctx;
  const reading = requireReading(db, readingId);
  if (reading.state === 'done' || reading.state === 'dropped') throw new AppError('gradebook.readingOver');
  const sheet = requireSheet(db, reading.sheet_id);
  if (sheet.year_state === 'closed') throw new AppError('grades.yearClosed');
  if (reading.reader !== session.user && editRefusal(db, session, sheet) !== null) throw new AppError('gradebook.notYourReading');
  updateRecord(db, stamp, 'second_reading', reading.id, reading.version, { state: 'dropped', finished_at: stamp.at });
  ctx.changed('gradebook', sheet.id);
  return { state: 'dropped' };
}

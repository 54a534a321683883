import { hash } from 'node:crypto';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { SheetWarning, warningCalls } from '../../preload/contract/gradebook-warnings.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { columnsOf, levelIn, tenthsIn, tenthsText } from '../grades/grades-rules.ts';
import { editRefusal, requireSheet, subjectName } from '../grades/grades-service.ts';
import { marksOfSheet, membersOf, sheetsOfClass, valueOf, type ClassMember, type SheetWithClass } from '../grades/grades-store.ts';
import { leftOutOf } from '../grades/sheet-standings.ts';
import { AppError } from '../kit/errors.ts';
import { watchSheet, type Finding, type ForeignColumn, type MarksOfColumn } from './warning-rules.ts';

type Calls = typeof warningCalls;
const NAMES = 8;

/** What is odd in a sheet, in words, with the notes of those who looked. It never stops anybody. */
export function warnings({ db }: ReadContext, { sheetId }: CheckedInputOf<Calls['warnings']>): { warnings: SheetWarning[]; open: number } {
  const found = warningsOfSheet(db, requireSheet(db, sheetId));
  return { warnings: found, open: found.filter(warning => warning.noted === null).length };
}

export function warningsOfSheet(db: ReadHandle, sheet: SheetWithClass): SheetWarning[] {
  const leftOut = leftOutOf(db, sheet);
  const members = membersOf(db, sheet.class_id).filter(member => !leftOut.has(member.enrolment_id));
  const columns = columnsDown(db, sheet, members);
  const isScored = sheet.kind === 'score';
  const findings = watchSheet({ columns, foreign: isScored ? foreignColumns(db, sheet, members) : [], isScored });
  const actors = actorNames(db);
  const notes = new Map(db.all(sql.selectFrom('sheet_warning_note').selectAll().where('sheet_id', '=', sheet.id).where('cancelled', '=', 0)).map(row => [row.warning, row]));
  return findings.map(finding => {
    const marks = columns.find(column => column.column === finding.column)?.marks ?? [];
    const key = keyOf(finding, members, marks);
    const note = notes.get(key);
    return {
      key, kind: finding.kind, title: titleOf(finding), count: finding.pupils.length,
      names: finding.pupils.slice(0, NAMES).map(row => members[row]?.name ?? ''),
      cells: finding.pupils.map(row => ({ enrolmentId: members[row]?.enrolment_id ?? '', column: finding.column })),
      noted: note && note.note !== '' ? { by: actors.name(note.actor), at: note.updated_at, note: note.note } : null,
    };
  });
}

function columnsDown(db: ReadHandle, sheet: SheetWithClass, members: readonly ClassMember[]): MarksOfColumn[] {
  const rows = new Map(members.map((member, index) => [member.enrolment_id, index]));
  const columns = new Map(columnsOf(sheet).map(column => [column, Array<number | null>(members.length).fill(null)]));
  for (const cell of marksOfSheet(db, sheet.id)) {
    const row = rows.get(cell.enrolment_id);
    const column = columns.get(cell.col);
    if (row !== undefined && column) column[row] = sizeOf(valueOf(cell));
  }
  return [...columns].map(([column, marks]) => ({ column, marks }));
}

function sizeOf(value: MarkValue): number | null {
  if (value.state === 'level' && levelIn(value) === null) return 1; // T, H, C of primary school: only whether the cell is filled counts
  const level = levelIn(value);
  return tenthsIn(value) ?? (level === null ? null : Number(level === 'D'));
}

/** Columns of the subject's other term, and of the other subjects of the class in this term. */
function foreignColumns(db: ReadHandle, sheet: SheetWithClass, members: readonly ClassMember[]): ForeignColumn[] {
  return sheetsOfClass(db, sheet.class_id)
    .filter(other => other.id !== sheet.id && other.kind === 'score' && (other.subject === sheet.subject ? other.term < sheet.term : other.term === sheet.term))
    .flatMap(other => columnsDown(db, other, members).map(column => ({
      ...column, of: other.subject === sheet.subject ? 'term' as const : 'subject' as const,
      name: other.subject === sheet.subject
        ? text('gradebook.warning.ofTerm', { column: columnTitle(column.column), term: other.term })
        : text('gradebook.warning.ofSubject', { column: columnTitle(column.column), subject: subjectName(other.subject, other.grade) }),
    })));
}

function columnTitle(column: MarkColumn): string {
  return text(`grades.column.${column}`);
}

function titleOf({ words, column, otherColumn, params }: Finding): string {
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, (name === 'tenths' || name === 'back') && typeof value === 'number' ? tenthsText(value) : value]));
  return text(`gradebook.warning.${words}`, { ...shown, column: columnTitle(column), ...(otherColumn === undefined ? {} : { other: columnTitle(otherColumn) }) });
}

/** A note holds for what was seen: the same finding with the same marks. */
function keyOf(finding: Finding, members: readonly ClassMember[], marks: MarksOfColumn['marks']): string {
  const { kind, words, column, otherColumn = '', params } = finding;
  return hash('sha256', JSON.stringify([kind, words, column, otherColumn, params, finding.pupils.map(row => [members[row]?.enrolment_id, marks[row]])])).slice(0, 32);
}

/** @throws AppError `gradebook.warningGone` when nothing of the kind is in the sheet any more */
export function noteWarning(ctx: WriteContext, input: CheckedInputOf<Calls['noteWarning']>): { noted: boolean } {
  const { db, session, stamp } = ctx;
  const sheet = requireSheet(db, input.sheetId);
  const refusal = editRefusal(db, session, sheet);
  if (refusal !== null) throw new AppError(refusal);
  if (!warningsOfSheet(db, sheet).some(warning => warning.key === input.warning)) throw new AppError('gradebook.warningGone');
  const known = db.get(sql.selectFrom('sheet_warning_note').selectAll().where('sheet_id', '=', sheet.id).where('warning', '=', input.warning));
  const values = { note: input.note, actor: session.user };
  if (known) updateRecord(db, stamp, 'sheet_warning_note', known.id, known.version, values);
  else if (input.note !== '') insertRecord(db, stamp, 'sheet_warning_note', { sheet_id: sheet.id, warning: input.warning, ...values });
  ctx.changed('gradebook', sheet.id);
  return { noted: input.note !== '' };
}

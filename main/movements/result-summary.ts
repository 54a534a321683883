import type { LetterPart } from '../kit/print/letter-document.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { countedTotals } from '../attendance/attendance-store.ts';
import { subjectOrder } from '../curriculum/curriculum-store.ts';
import { columnTitle } from '../grades/column-words.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { averageOf, marksOfRow, sheetsOfClass, type MarkCell, type SheetWithClass } from '../grades/grades-store.ts';
import { formerSubject } from './movements-service.ts';
import { formerResults, type Place } from './movements-store.ts';

type TablePart = Extract<LetterPart, { kind: 'table' }>;

const tenthsText = (tenths: number) => `${Math.trunc(tenths / 10)},${tenths % 10}`;

/** A cell as the book shows it: "8,5", "9" of a primary test, "Đ", "0 (theo quy định)". */
function cellText(cell: MarkCell | undefined, sheet: SheetWithClass): string {
  if (cell === undefined || cell.state === 'empty') return '';
  if (cell.state === 'zeroByRule') return text('movements.print.zeroByRule');
  if (cell.state === 'score') return sheet.kind === 'primary' ? String((cell.tenths ?? 0) / 10) : tenthsText(cell.tenths ?? 0);
  return cell.level === null ? '' : shortLevel(cell.level);
}

function shortLevel(level: string): string {
  return hasText(`movements.print.level.${level}`) ? text(`movements.print.level.${level}`) : level;
}

/** What a pupil has reached in a year up to now: every mark by subject and term, then conduct and absences. Empty tables are left out. */
export function resultSummary(db: ReadHandle, place: Place): LetterPart[] {
  const order = subjectOrder(db, place.year);
  const sheets = sheetsOfClass(db, place.class_id).toSorted((left, right) => order(left) - order(right));
  const cells = new Map(sheets.map(sheet => [sheet.id, new Map(marksOfRow(db, sheet.id, place.id).map(cell => [cell.col, cell]))]));
  const begun = sheets.filter(sheet => [...cells.get(sheet.id)?.values() ?? []].some(cell => cell.state !== 'empty'));
  const isPrimary = sheets.some(sheet => sheet.kind === 'primary');
  const tables = isPrimary ? primaryTables(begun, cells, place) : secondaryTables(db, begun, cells, place);
  return [...formerTable(db, place), ...(tables.length === 0 ? [{ kind: 'text' as const, indent: true, text: text('movements.print.noMarks') }] : tables), ...termLines(db, place, isPrimary)];
}

type Cells = ReadonlyMap<string, ReadonlyMap<string, MarkCell>>;

const column = (title: string, width: number, align: 'left' | 'center' = 'center') => ({ title, align, width });

/** One table a term: ongoing marks together, mid-term, final, average. */
function secondaryTables(db: ReadHandle, sheets: readonly SheetWithClass[], cells: Cells, place: Place): LetterPart[] {
  return ([1, 2] as const).flatMap((term): LetterPart[] => {
    const rows = sheets.filter(sheet => sheet.term === term).map(sheet => {
      const own = cells.get(sheet.id);
      const columns = columnsOf(sheet);
      const shown = (wanted: (name: string) => boolean) => columns.filter(wanted).map(name => cellText(own?.get(name), sheet)).filter(value => value !== '').join('; ');
      const average = averageOf(db, place.id, sheet.subject);
      const score = term === 1 ? average?.term1 : average?.term2;
      const level = term === 1 ? average?.level1 : average?.level2;
      const result = score !== null && score !== undefined ? tenthsText(score) : level ? shortLevel(level) : '';
      return [subjectName(sheet.subject, sheet.grade), shown(name => name.startsWith('tx')), shown(name => name === 'gk' || name.startsWith('v')), shown(name => name === 'ck'), result];
    });
    if (rows.length === 0) return [];
    const heads = ['subject', 'ongoing', 'mid', 'final', 'average'].map((name, index) => column(text(`movements.print.${name}`), [3.2, 2.4, 1.3, 1.3, 1.5][index] ?? 1, index === 0 ? 'left' : 'center'));
    return [{ kind: 'heading', text: text('movements.print.term', { term: 'I'.repeat(term) }) }, { kind: 'table', columns: heads, rows }];
  });
}

/** Primary: a row for each subject, and each quality and competence, with the points of the year. */
function primaryTables(sheets: readonly SheetWithClass[], cells: Cells, place: Place): LetterPart[] {
  const points = ([1, 2, 3, 4] as const).filter(point => sheets.some(sheet => sheet.term === point));
  const heads = (first: string) => [column(first, 2.6, 'left'), ...points.map(point => column(text(`grades.pointShort.${point}`), 1.4))];
  const at = (found: SheetWithClass[], point: number) => found.find(sheet => sheet.term === point);
  const subjects = [...Map.groupBy(sheets.filter(sheet => sheet.kind === 'primary'), sheet => sheet.subject).values()];
  const rows = subjects.map(found => [subjectName(found[0]?.subject ?? '', place.grade), ...points.map(point => {
    const sheet = at(found, point);
    return sheet === undefined ? '' : columnsOf(sheet).map(name => cellText(cells.get(sheet.id)?.get(name), sheet)).filter(value => value !== '').join(' – ');
  })]);
  const traits = sheets.filter(sheet => sheet.kind === 'traits');
  const [shape] = traits;
  const traitRows = shape === undefined ? [] : columnsOf(shape).map(name => [columnTitle(name, place.grade), ...points.map(point => {
    const sheet = at(traits, point);
    return sheet === undefined ? '' : cellText(cells.get(sheet.id)?.get(name), sheet);
  })]);
  const table = (title: string, lines: string[][]): LetterPart[] => (lines.length === 0 ? [] : [{ kind: 'table', columns: heads(title), rows: lines }]);
  return [...table(text('movements.print.subject'), rows), ...table(text('movements.print.traits'), traitRows)];
}

/** Conduct (secondary), absences and what the homeroom teacher wrote, by term. */
function termLines(db: ReadHandle, place: Place, isPrimary: boolean): LetterPart[] {
  const records = db.all(sql.selectFrom('term_record').selectAll().where('enrolment_id', '=', place.id).where('cancelled', '=', 0).orderBy('term'));
  const counted = countedTotals(db, { id: place.class_id, year: place.year });
  const rows = ([1, 2] as const).flatMap(term => {
    const record = records.find(one => one.term === term);
    const away = counted(place.id, term) ?? { excused: record?.absent_excused ?? 0, unexcused: record?.absent_unexcused ?? 0 };
    const conduct = record?.conduct ?? null;
    if (!record && away.excused + away.unexcused === 0) return [];
    return [[text('movements.print.termShort', { term: 'I'.repeat(term) }), ...(isPrimary ? [] : [conduct === null ? '' : text(`students.level.${conduct}`)]),
      String(away.excused), String(away.unexcused), record?.comment ?? '']];
  });
  if (rows.length === 0) return [];
  const columns = [column(text('movements.print.termHead'), 1), ...(isPrimary ? [] : [column(text('movements.print.conduct'), 1.4)]), column(text('movements.print.excused'), 1.1),
    column(text('movements.print.unexcused'), 1.2), column(text('movements.print.comment'), 3.4, 'left')];
  return [{ kind: 'heading', text: text('movements.print.termRecords') }, { kind: 'table', columns, rows }];
}

/** What the pupil brought from the school before, when he came in this year. */
function formerTable(db: ReadHandle, place: Place): LetterPart[] {
  const came = db.get(sql.selectFrom('movement').select(['id', 'other_school']).where('enrolment_id', '=', place.id).where('kind', '=', 'transferIn').where('state', '=', 'done'));
  const rows = came ? formerResults(db, came.id).map(one => [formerSubject(one.subject, place.grade), one.term1, one.term2, one.year]) : [];
  if (!came || rows.length === 0) return [];
  const table: TablePart = {
    kind: 'table', rows,
    columns: [column(text('movements.print.subject'), 3, 'left'), column(text('movements.print.term', { term: 'I' }), 1.2), column(text('movements.print.term', { term: 'II' }), 1.2), column(text('movements.print.wholeYear'), 1.2)],
  };
  return [{ kind: 'heading', text: text('movements.print.former', { school: came.other_school }) }, table];
}

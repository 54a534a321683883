import type { WarningKind } from '../../preload/contract/gradebook-warnings.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';

/** A column of marks down the class, in roll order; null is an empty cell. Tenths, or 1 and 0 for Đ and CĐ. */
export interface MarksOfColumn {
  column: MarkColumn;
  marks: readonly (number | null)[];
}

/** A column to compare with that is not of this sheet: an earlier term of the subject, or another subject of the class. */
export interface ForeignColumn extends MarksOfColumn {
  /** `term`: same subject, other term; `subject`: another subject. */
  of: 'term' | 'subject';
  /** As it is called in the warning: "Giữa kì của môn Ngữ văn". */
  name: string;
}

export interface SheetToWatch {
  /** In the order of the register. */
  columns: readonly MarksOfColumn[];
  /** Foreign columns in the same roll order. */
  foreign: readonly ForeignColumn[];
  /** Marks have a size (not Đ / CĐ). */
  isScored: boolean;
}

/** Something odd. Pupils are places in the roll order; `words` and `params` make the sentence. */
export interface Finding {
  kind: WarningKind;
  words: string;
  column: MarkColumn;
  params: Record<string, string | number>;
  /** What the sentence compares with: a column of the sheet by its code. */
  otherColumn?: MarkColumn;
  pupils: number[];
}

const LEAST_PAIRS = 8; // fewer coincide by chance in a small class
const LEAST_KINDS = 3; // different marks: a column of 8s equals any other column of 8s
const ALIKE = 0.9;
const JUMP = 30; // tenths from the pupil's own median
const OWN_MARKS = 3;
const NEAR = 10; // tenths: digits swapped back must land this near to the median

/** Everything odd in a sheet, the most serious first. Never a reason to refuse anything. */
export function watchSheet(sheet: SheetToWatch): Finding[] {
  const alike = sheet.isScored ? alikeColumns(sheet) : [];
  const swapped = sheet.isScored ? ownMarks(sheet) : [];
  return [...alike, ...wrongPlaces(sheet), ...(sheet.isScored ? allSame(sheet) : []), ...swapped, ...missing(sheet)];
}

const filled = (marks: readonly (number | null)[]) => marks.filter(mark => mark !== null).length;

interface Match {
  pairs: number;
  equal: number;
  kinds: number;
}

/** How far `left` equals `right` moved down by `shift` rows. */
function matchOf(left: readonly (number | null)[], right: readonly (number | null)[], shift: number): Match {
  let pairs = 0;
  let equal = 0;
  const kinds = new Set<number>();
  left.forEach((mark, row) => {
    const other = right[row - shift];
    if (mark === null || other === null || other === undefined) return;
    pairs += 1;
    if (mark !== other) return;
    equal += 1;
    kinds.add(mark);
  });
  return { pairs, equal, kinds: kinds.size };
}

function isAlike({ pairs, equal, kinds }: Match, least: number): boolean {
  return pairs >= LEAST_PAIRS && kinds >= LEAST_KINDS && equal >= least * pairs;
}

/** A column equal to an earlier one of the sheet or to a foreign one, in place or moved by one row. */
function alikeColumns({ columns, foreign }: SheetToWatch): Finding[] {
  return columns.flatMap((column, at) => {
    const found: Finding[] = [];
    const others = [...columns.slice(0, at).map(one => ({ ...one, of: 'sheet' as const, name: '' })), ...foreign];
    for (const other of others) {
      const share = filled(column.marks);
      const base = { column: column.column, pupils: [...column.marks.keys()].filter(row => column.marks[row] !== null), ...(other.of === 'sheet' ? { otherColumn: other.column } : {}) };
      const exact = matchOf(column.marks, other.marks, 0);
      if (isAlike(exact, 1) && exact.pairs >= ALIKE * share) {
        found.push({ ...base, kind: other.of === 'subject' ? 'wrongColumn' : 'identical',
          words: other.of === 'sheet' ? 'identical' : other.of === 'term' ? 'identicalTerm' : 'otherSubject', params: { other: other.name, count: exact.equal } });
        continue;
      }
      const moved = [1, -1].map(shift => ({ shift, match: matchOf(column.marks, other.marks, shift) })).find(({ match }) => isAlike(match, ALIKE) && match.equal > exact.equal);
      if (moved) {
        const words = moved.shift === 1 ? 'shiftedDown' : 'shiftedUp';
        found.push({ ...base, kind: 'shifted', words: other.of === 'sheet' ? words : `${words}Foreign`, params: { other: other.name, count: moved.match.equal, pairs: moved.match.pairs } });
      }
    }
    return found;
  });
}

/** A column skipped: filled beyond one that stands empty, as when marks went into the neighbouring column. */
function wrongPlaces({ columns }: SheetToWatch): Finding[] {
  const isEmpty = (column: MarksOfColumn) => filled(column.marks) === 0;
  const isFull = (column: MarksOfColumn) => filled(column.marks) * 2 >= column.marks.length && filled(column.marks) > 0;
  const ongoing = columns.filter(column => column.column.startsWith('tx'));
  const middle = columns.find(column => column.column === 'gk');
  const last = columns.find(column => column.column === 'ck');
  const found: Finding[] = [];
  const tell = (words: string, full: MarksOfColumn, empty: MarksOfColumn) => {
    found.push({ kind: 'wrongColumn', words, column: full.column, otherColumn: empty.column, params: { count: filled(full.marks) }, pupils: [...full.marks.keys()].filter(row => full.marks[row] !== null) });
  };
  ongoing.forEach((column, at) => {
    const before = ongoing[at - 1];
    if (before && isEmpty(before) && isFull(column)) tell('skipped', column, before);
  });
  if (middle && isFull(middle) && ongoing[0] && ongoing.every(isEmpty)) tell('noOngoing', middle, ongoing[0]);
  if (last && middle && isFull(last) && isEmpty(middle)) tell('skipped', last, middle);
  return found;
}

function allSame({ columns }: SheetToWatch): Finding[] {
  return columns.flatMap(({ column, marks }) => {
    const given = marks.filter(mark => mark !== null);
    const [first] = given;
    if (first === undefined || given.length < LEAST_PAIRS || given.some(mark => mark !== first)) return [];
    return [{ kind: 'allSame' as const, words: 'allSame', column, params: { count: given.length, tenths: first }, pupils: [...marks.keys()].filter(row => marks[row] !== null) }];
  });
}

/** Each mark against the pupil's other marks in the subject: far away, or near with its digits swapped (7,5 typed as 5,7). */
function ownMarks({ columns, foreign }: SheetToWatch): Finding[] {
  const earlier = foreign.filter(column => column.of === 'term');
  return columns.flatMap(({ column, marks }) => {
    const jumps: number[] = [];
    const swaps: Finding[] = [];
    marks.forEach((mark, row) => {
      if (mark === null) return;
      const others = [...columns.filter(one => one.column !== column), ...earlier].map(one => one.marks[row] ?? null).filter(other => other !== null);
      if (others.length < OWN_MARKS) return;
      const usual = median(others);
      const back = swappedDigits(mark);
      if (back !== null && Math.abs(mark - usual) >= 2 * NEAR && Math.abs(back - usual) <= NEAR) {
        swaps.push({ kind: 'swapped', words: 'swapped', column, params: { tenths: mark, back }, pupils: [row] });
      } else if (Math.abs(mark - usual) >= JUMP) jumps.push(row);
    });
    return [...swaps, ...(jumps.length > 0 ? [{ kind: 'jump' as const, words: 'jump', column, params: { count: jumps.length }, pupils: jumps }] : [])];
  });
}

/** The middle of the marks; of an even number the lower one of the two, so that it is a mark he got. */
export function median(marks: readonly number[]): number {
  return marks.toSorted((left, right) => left - right)[Math.floor((marks.length - 1) / 2)] ?? 0;
}

/** 75 for 57; null where swapping says nothing (whole marks, twins). */
export function swappedDigits(tenths: number): number | null {
  if (tenths < 10 || tenths > 99 || tenths % 10 === 0) return null;
  const back = (tenths % 10) * 10 + Math.trunc(tenths / 10);
  return back === tenths ? null : back;
}

function missing({ columns }: SheetToWatch): Finding[] {
  return columns.flatMap(({ column, marks }) => {
    const pupils = [...marks.keys()].filter(row => marks[row] === null);
    if (pupils.length === 0) return [];
    const isWhole = pupils.length === marks.length;
    return [{ kind: 'missing' as const, words: isWhole ? 'missingColumn' : 'missing', column, params: { count: pupils.length }, pupils }];
  });
}

import type { SheetState, SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { compareWords, matches } from '../kit/matching.ts';
import type { WorkState } from '../kit/StateBadge.tsx';

export interface ClassBranch {
  classId: string;
  name: string;
  sheets: SheetSummary[];
  /** Sheets with every mark in. */
  complete: number;
}

export interface GradeBranch {
  grade: number;
  classes: ClassBranch[];
}

export function isComplete(sheet: Pick<SheetSummary, 'filled' | 'expected'>): boolean {
  return sheet.expected > 0 && sheet.filled >= sheet.expected;
}

export const sheetStates: readonly SheetState[] = ['open', 'submitted', 'checked', 'locked', 'reopened'];
const stateSigns: Record<SheetState, WorkState> = { open: 'quiet', submitted: 'needs', checked: 'needs', locked: 'done', reopened: 'needs' };

/** The sign of a state alone, whatever is filled. */
export function signOfState(state: SheetState): WorkState {
  return stateSigns[state];
}

/** How far a sheet is: locked and full are done, begun or untouched needs someone, an empty class is quiet. */
export function sheetState(sheet: Pick<SheetSummary, 'filled' | 'expected' | 'state'>): WorkState {
  if (sheet.state === 'locked') return 'done';
  if (sheet.state === 'reopened') return 'needs';
  if (isComplete(sheet)) return 'done';
  return sheet.expected === 0 ? 'quiet' : 'needs';
}

/** The four points of a primary year; a secondary term is at both of its half (1 and 2, 3 and 4). */
export type YearPoint = SheetSummary['term'];

export interface TreeFilter {
  point: YearPoint;
  words: string;
  /** Only sheets of this teacher, by name. */
  teacher: string | null;
  /** Only sheets in this state; all without. */
  state?: SheetState | null;
}

export function hasPoints({ kind }: Pick<SheetSummary, 'kind'>): boolean {
  return kind === 'primary' || kind === 'traits';
}

/** "Học kì 1"; of a primary sheet "Giữa học kì I". */
export function periodName(sheet: Pick<SheetSummary, 'kind' | 'term'>): string {
  return hasPoints(sheet) ? text(`grades.point.${sheet.term}`) : text('grades.term', { term: sheet.term });
}

export function pointOfTerm(term: 1 | 2): YearPoint {
  return term === 1 ? 2 : 4;
}

/** Where in the year a sheet stands: a secondary one at the end of its term. */
export function pointOf(sheet: Pick<SheetSummary, 'kind' | 'term'>): YearPoint {
  return hasPoints(sheet) ? sheet.term : pointOfTerm(sheet.term === 1 ? 1 : 2);
}

function isAt(sheet: SheetSummary, point: YearPoint): boolean {
  return hasPoints(sheet) ? sheet.term === point : sheet.term === (point <= 2 ? 1 : 2);
}

/** The sheets a filter lets through, in the order they came. */
export function filterSheets(sheets: readonly SheetSummary[], { point, words, teacher, state = null }: TreeFilter): SheetSummary[] {
  return sheets.filter(sheet =>
    isAt(sheet, point) && (state === null || sheet.state === state) && (teacher === null || sheet.teacher === teacher) && (words.trim() === '' || matches(`${sheet.className} ${sheet.subjectName} ${sheet.teacher ?? ''}`, words)));
}

/** Grade → class → subject of one term or point, cut to what the filter lets through. */
export function sheetTree(sheets: readonly SheetSummary[], filter: TreeFilter): GradeBranch[] {
  const byGrade = Map.groupBy(filterSheets(sheets, filter), sheet => sheet.grade);
  return [...byGrade].toSorted(([left], [right]) => left - right).map(([grade, ofGrade]) => ({
    grade,
    classes: [...Map.groupBy(ofGrade, sheet => sheet.classId)]
      .map(([classId, ofClass]) => ({ classId, name: ofClass[0]?.className ?? '', sheets: ofClass, complete: ofClass.filter(sheet => isComplete(sheet)).length }))
      .toSorted((left, right) => compareWords(left.name, right.name)),
  }));
}

const MENDED_AT_ONCE = 4;

/**
 * The classes whose sheets must be read again after a change of `keys` (ids of sheets; ids of classes tell of term records, which the tree
 * does not show). Null when reading everything is simpler: something unknown changed, or many classes.
 */
export function classesToMend(sheets: readonly SheetSummary[], keys: ReadonlySet<string>): string[] | null {
  const classOf = new Map(sheets.map(sheet => [sheet.sheetId, sheet.classId]));
  const classIds = new Set(sheets.map(sheet => sheet.classId));
  const changed = new Set<string>();
  for (const key of keys) {
    const classId = classOf.get(key);
    if (classId !== undefined) changed.add(classId);
    else if (!classIds.has(key)) return null;
  }
  return keys.size === 0 || changed.size > MENDED_AT_ONCE ? null : [...changed];
}

/** The sheets with those of one class read anew, in the place where they stood. */
export function withClassSheets(sheets: readonly SheetSummary[], classId: string, fresh: readonly SheetSummary[]): SheetSummary[] {
  const first = sheets.findIndex(sheet => sheet.classId === classId);
  const others = sheets.filter(sheet => sheet.classId !== classId);
  return others.toSpliced(first < 0 ? others.length : first, 0, ...fresh);
}

export interface Siblings {
  /** Of the same class and subject, this one among them: two terms, or the points of a primary year. */
  periods: SheetSummary[];
  next: SheetSummary | null;
  previous: SheetSummary | null;
}

/** The sheets one steps to without the tree. */
export function siblings(sheets: readonly SheetSummary[], sheetId: string): Siblings {
  const here = sheets.find(sheet => sheet.sheetId === sheetId);
  if (here === undefined) return { periods: [], next: null, previous: null };
  const ofClass = sheets.filter(sheet => sheet.classId === here.classId && sheet.term === here.term);
  const at = ofClass.indexOf(here);
  return {
    periods: sheets.filter(sheet => sheet.classId === here.classId && sheet.subject === here.subject).toSorted((left, right) => left.term - right.term),
    next: ofClass[at + 1] ?? null,
    previous: at > 0 ? ofClass[at - 1] ?? null : null,
  };
}

import type { MarkColumn, MarkValue, SheetColumn, SheetKind } from '../../preload/contract/grades.ts';
import type { SubjectAverageTable } from '../../db/schema/grades.ts';
import { commentTermResult, termAverage, yearResult } from './rules/subject-results.ts';
import type { CommentLevel, Standing } from './rules/assessment-types.ts';

export const ongoingColumns = ['tx1', 'tx2', 'tx3', 'tx4', 'tx5'] as const;

/** Columns of a sheet with `ongoing` regular marks, in the order of the register (TT 22/2021, sổ theo dõi). */
export function columnsOf(ongoing: number): MarkColumn[] {
  return [...ongoingColumns.slice(0, ongoing), 'gk', 'ck'];
}

export function weightOf(column: MarkColumn): SheetColumn['weight'] {
  if (column === 'gk') return 2;
  return column === 'ck' ? 3 : 1;
}

/** Why a value does not belong in a cell of this sheet, as an error code, or null. */
export function cellFault(kind: SheetKind, ongoing: number, column: MarkColumn, value: MarkValue): string | null {
  if (!columnsOf(ongoing).includes(column)) return 'grades.noSuchColumn';
  if (kind === 'score' && value.state === 'level') return 'grades.levelInScoreSubject';
  if (kind === 'comment' && value.state === 'score') return 'grades.scoreInCommentSubject';
  return null;
}

export function sameValue(left: MarkValue, right: MarkValue): boolean {
  if (left.state !== right.state) return false;
  if (left.state === 'score' && right.state === 'score') return left.tenths === right.tenths;
  if (left.state === 'level' && right.state === 'level') return left.level === right.level;
  if (left.state === 'zeroByRule' && right.state === 'zeroByRule') return left.reason === right.reason;
  return true;
}

/** Tenths of a cell for an average: 0 by rule counts as 0, empty as missing (TT 22/2021 Đ7). */
export function tenthsIn(value: MarkValue | undefined): number | null {
  if (value?.state === 'score') return value.tenths;
  return value?.state === 'zeroByRule' ? 0 : null;
}

export function levelIn(value: MarkValue | undefined): CommentLevel | null {
  if (value?.state === 'level') return value.level === 'D' || value.level === 'CD' ? value.level : null;
  return value?.state === 'zeroByRule' ? 'CD' : null;
}

export type RowMarks = Partial<Record<MarkColumn, MarkValue>>;

/** ĐTBmhk in tenths, or the term's Đ / CĐ; null while a required cell is empty, and in primary sheets, which have no averages. */
export function termStanding(kind: SheetKind, ongoing: number, marks: RowMarks): Standing | null {
  if (kind === 'primary' || kind === 'traits') return null;
  const regular = ongoingColumns.slice(0, ongoing);
  if (kind === 'score') return termAverage(regular.map(column => tenthsIn(marks[column])), tenthsIn(marks.gk), tenthsIn(marks.ck));
  return commentTermResult('TT22-2021', { ongoing: regular.map(column => levelIn(marks[column])), periodic: [levelIn(marks.gk)], final: levelIn(marks.ck) });
}

/** The pupil's line of a subject after one term changed. */
export function withTerm(average: SubjectAverageTable, term: 1 | 2 | 3 | 4, standing: Standing | null): SubjectAverageTable {
  const terms: [Standing | null, Standing | null] = [average.term1 ?? average.level1, average.term2 ?? average.level2];
  terms[term - 1] = standing;
  const year = yearResult(terms);
  const score = (value: Standing | null) => (typeof value === 'number' ? value : null);
  const level = (value: Standing | null) => (typeof value === 'string' ? value : null);
  return {
    ...average, term1: score(terms[0]), term2: score(terms[1]), year: score(year),
    level1: level(terms[0]), level2: level(terms[1]), level_year: level(year),
  };
}

export function noAverage(enrolmentId: string, subject: string): SubjectAverageTable {
  return { enrolment_id: enrolmentId, subject, term1: null, term2: null, year: null, level1: null, level2: null, level_year: null };
}

/** "8,5", "Đ", "CĐ", "0 (theo quy định)"; null for an empty cell. */
export function markText(value: MarkValue): string | null {
  switch (value.state) {
    case 'score': return tenthsText(value.tenths);
    case 'level': return value.level === 'D' ? 'Đ' : 'CĐ';
    case 'zeroByRule': return '0 *';
    case 'empty': return null;
  }
}

export function tenthsText(tenths: number): string {
  return `${Math.trunc(tenths / 10)},${tenths % 10}`;
}

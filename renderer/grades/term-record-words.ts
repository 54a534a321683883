import type { RuleSetCode, TermRecordRow } from '../../preload/contract/grades.ts';
import type { CallInput } from '../app/queries.ts';
import { fold } from '../kit/matching.ts';

export type Conduct = NonNullable<TermRecordRow['conduct1']>;

/** The columns one can write in, in the order they stand on screen. */
export const recordColumns = ['conduct1', 'excused1', 'unexcused1', 'conduct2', 'excused2', 'unexcused2', 'conductYear', 'comment'] as const;
export type RecordColumn = (typeof recordColumns)[number];
/** Primary school has no conduct levels; before TT 22/2021 the homeroom teacher classes the year too. */
export function recordColumnsOf(ruleSet: RuleSetCode): readonly RecordColumn[] {
  if (ruleSet === 'TT27-2020' || ruleSet === 'AS-PRINTED') return recordColumns.filter(column => !column.startsWith('conduct'));
  return ruleSet === 'TT22-2021' ? recordColumns.filter(column => column !== 'conductYear') : recordColumns;
}

export type RecordFault = 'conduct' | 'absences' | 'comment';

export type SaveRecordInput = CallInput<'grades.saveTermRecord'>;
export type ParsedRecord = { ok: true; input: SaveRecordInput } | { ok: false; fault: RecordFault };

const conductWords: Record<string, Conduct> = { t: 'T', tot: 'T', k: 'K', kha: 'K', d: 'D', dat: 'D', c: 'CD', cd: 'CD', 'chua dat': 'CD', tb: 'TB', 'trung binh': 'TB', y: 'Y', yeu: 'Y' };
const MOST_ABSENCES = 400;
const LONGEST_COMMENT = 1_000;

/** A conduct level as printed: T, K, Đ, CĐ; before TT 22/2021 T, K, Tb, Y. */
export function formatConduct(level: Conduct | null): string {
  if (level === null) return '';
  return { T: 'T', K: 'K', D: 'Đ', CD: 'CĐ', TB: 'Tb', Y: 'Y' }[level];
}

/** What a cell of the record shows; no absence is shown as nothing, so that the sheet stays quiet. */
export function recordWords(row: TermRecordRow, column: RecordColumn): string {
  switch (column) {
    case 'conduct1': return formatConduct(row.conduct1);
    case 'conduct2': return formatConduct(row.conduct2);
    case 'excused1': return countWords(row.absences1.excused);
    case 'unexcused1': return countWords(row.absences1.unexcused);
    case 'excused2': return countWords(row.absences2.excused);
    case 'unexcused2': return countWords(row.absences2.unexcused);
    case 'conductYear': return formatConduct(row.conductYear);
    case 'comment': return row.comment;
  }
  return column satisfies never;
}

function countWords(count: number): string {
  return count === 0 ? '' : String(count);
}

/** Reads typed words of a cell into the call that saves it. One letter is enough for a level: t, k, d, c. */
export function parseRecord(enrolmentId: string, column: RecordColumn, words: string): ParsedRecord {
  const trimmed = words.normalize('NFC').trim();
  const term = column.endsWith('1') ? 1 : 2;
  if (column === 'comment') return trimmed.length > LONGEST_COMMENT ? { ok: false, fault: 'comment' } : { ok: true, input: { enrolmentId, term, comment: trimmed } };
  if (column.startsWith('conduct')) {
    const level = trimmed === '' ? null : conductWords[fold(trimmed)];
    return level === undefined ? { ok: false, fault: 'conduct' } : { ok: true, input: column === 'conductYear' ? { enrolmentId, term, conductYear: level } : { enrolmentId, term, conduct: level } };
  }
  const count = trimmed === '' ? 0 : Number(trimmed);
  if (!/^\d*$/.test(trimmed) || count > MOST_ABSENCES) return { ok: false, fault: 'absences' };
  return { ok: true, input: column.startsWith('excused') ? { enrolmentId, term, excused: count } : { enrolmentId, term, unexcused: count } };
}

/** The call with what the writer saw when he began: where another value stands by now the book asks instead of taking it. */
export function withSeen(input: SaveRecordInput, seen: ParsedRecord): SaveRecordInput {
  if (!seen.ok) return input;
  const { enrolmentId: _pupil, term: _term, before: _before, ...before } = seen.input;
  return { ...input, before };
}

import type { MarkColumn, MarkLevel, MarkValue, RuleSetCode, SheetColumn, SheetKind } from '../../preload/contract/grades.ts';
import type { AnyConduct } from '../../preload/contract/year-end.ts';
import type { GradeSheetTable, SubjectAverageTable } from '../../db/schema/grades.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { commentTermResult, FINAL_WEIGHT, ongoingRequired, PERIODIC_WEIGHT, termAverageWithPeriodic, yearResult } from './rules/subject-results.ts';
import type { CommentLevel, Standing, TermEntries } from './rules/assessment-types.ts';
import { competencesIn } from './rules/tt27-2020.ts';

const made = new Map<string, readonly MarkColumn[]>();

/** `tx1` … `tx4`; made once, for a year end asks for them a hundred thousand times. */
function numbered(prefix: string, count: number): readonly MarkColumn[] {
  const name = prefix + String(count);
  const known = made.get(name) ?? Array.from({ length: count }, (_, index) => `${prefix}${index + 1}` as MarkColumn);
  made.set(name, known);
  return known;
}

/** Yêu nước, Nhân ái, Chăm chỉ, Trung thực, Trách nhiệm (TT 27/2020 Đ5). */
export const qualityColumns = numbered('pc', 5);

export function competenceColumns(grade: number): readonly MarkColumn[] {
  return numbered('nl', competencesIn(grade));
}

/** The rule set a class is kept by: that of its sheets, or while it has none that of its grade in that year. */
export function ruleSetOfClass(sheets: readonly Pick<GradeSheetTable, 'rule_set'>[], { grade, year }: { grade: number; year: string }): RuleSetCode {
  return sheets[0]?.rule_set ?? ruleSetOf(grade, year).ruleSet;
}

const conductLevels: Readonly<Record<RuleSetCode, readonly AnyConduct[]>> = {
  'TT22-2021': ['T', 'K', 'D', 'CD'], 'TT58-2011': ['T', 'K', 'TB', 'Y'], 'TT26-2020': ['T', 'K', 'TB', 'Y'], 'TT27-2020': [], 'AS-PRINTED': [],
};

/** Why a level of conduct does not belong to this rule set, as an error code, or null. The year is classed by a person only before TT 22/2021. */
export function conductFault(ruleSet: RuleSetCode, level: AnyConduct | null, isYear: boolean): string | null {
  if (level === null) return null;
  if (isYear && ruleSet === 'TT22-2021') return 'grades.conductYearComputed';
  return conductLevels[ruleSet].includes(level) ? null : 'grades.otherConduct';
}

/** What decides which columns a sheet has. */
export type SheetShape = Pick<GradeSheetTable, 'kind' | 'rule_set' | 'ongoing' | 'periodic'> & { grade: number };

export function ongoingColumns({ ongoing }: Pick<SheetShape, 'ongoing'>): readonly MarkColumn[] {
  return numbered('tx', ongoing);
}

/** Before TT 26/2020 a subject has as many tests of a period as its plan says; since then one mid-term mark. */
export function periodicColumns({ rule_set: ruleSet, periodic }: Pick<SheetShape, 'rule_set' | 'periodic'>): readonly MarkColumn[] {
  return ruleSet === 'TT58-2011' ? numbered('v', periodic) : ['gk'];
}

/** Columns of a sheet, in the order of the register. */
export function columnsOf(sheet: SheetShape): MarkColumn[] {
  if (sheet.kind === 'traits') return [...qualityColumns, ...competenceColumns(sheet.grade)];
  if (sheet.kind === 'primary') return sheet.periodic > 0 ? ['muc', 'kt'] : ['muc'];
  return [...ongoingColumns(sheet), ...periodicColumns(sheet), 'ck'];
}

/** 2 for a mid-term mark or a test of a period, 3 for the mark at the end of a term; in primary sheets nothing is weighed. */
export function weightOf(column: MarkColumn): SheetColumn['weight'] {
  if (column === 'gk' || /^v\d$/.test(column)) return PERIODIC_WEIGHT;
  return column === 'ck' ? FINAL_WEIGHT : 1;
}

const levelsIn: Readonly<Record<SheetKind, readonly MarkLevel[]>> = { score: [], comment: ['D', 'CD'], primary: ['T', 'H', 'C'], traits: ['T', 'D', 'C'] };

/** Why a value does not belong in a cell of this sheet, as an error code, or null. */
export function cellFault(sheet: SheetShape, column: MarkColumn, value: MarkValue): string | null {
  if (!columnsOf(sheet).includes(column)) return 'grades.noSuchColumn';
  if (value.state === 'empty') return null;
  if (sheet.kind === 'score' || column === 'kt') {
    if (value.state === 'level') return 'grades.levelInScoreSubject';
    if (column !== 'kt') return null;
    // "0 by rule" is of TT 22/2021 Đ7; TT 27/2020 knows nothing of the kind.
    if (value.state === 'zeroByRule') return 'grades.noZeroByRule';
    return value.tenths % 10 === 0 ? null : 'grades.testNotWhole';
  }
  if (value.state === 'score') return 'grades.scoreInCommentSubject';
  if (value.state === 'level' && !levelsIn[sheet.kind].includes(value.level)) return `grades.otherLevel.${sheet.kind}`;
  return value.state === 'zeroByRule' && sheet.kind !== 'comment' ? 'grades.noZeroByRule' : null;
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
export function termStanding(sheet: SheetShape & Pick<GradeSheetTable, 'periods'>, marks: RowMarks): Standing | null {
  if (sheet.rule_set === 'AS-PRINTED' || sheet.rule_set === 'TT27-2020') return null;
  if (sheet.kind === 'comment') return commentTermResult(sheet.rule_set, termEntries(sheet, column => levelIn(marks[column])));
  const { ongoing, periodic, final } = termEntries(sheet, column => tenthsIn(marks[column]));
  return termAverageWithPeriodic(ongoing, periodic, final);
}

/**
 * The entries of one pupil in one secondary sheet. A sheet of TT 58/2011 has columns for whoever was marked most often: there an empty
 * ongoing cell is missing only below the number the regulation asks for.
 */
export function termEntries<Entry>(sheet: SheetShape & Pick<GradeSheetTable, 'periods'>, read: (column: MarkColumn) => Entry | null): TermEntries<Entry> {
  const all = ongoingColumns(sheet).map(read);
  const ongoing = sheet.rule_set === 'TT58-2011' && sheet.kind !== 'primary' && sheet.kind !== 'traits'
    ? withoutSpare(all, ongoingRequired(sheet.rule_set, sheet.kind, sheet.periods)) : all;
  return { ongoing, periodic: periodicColumns(sheet).map(read), final: read('ck') };
}

function withoutSpare<Entry>(entries: readonly (Entry | null)[], required: number): (Entry | null)[] {
  const given = entries.filter(entry => entry !== null);
  return given.length >= required ? given : [...given, ...Array.from({ length: required - given.length }, () => null)];
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

const levelLetters: Readonly<Record<MarkLevel, string>> = { D: 'Đ', CD: 'CĐ', T: 'T', H: 'H', C: 'C' };

/** "8,5", "Đ", "CĐ", "0 (theo quy định)"; null for an empty cell. A test of primary school is whole: "8". */
export function markText(value: MarkValue): string | null {
  switch (value.state) {
    case 'score': return tenthsText(value.tenths);
    case 'level': return levelLetters[value.level];
    case 'zeroByRule': return '0 *';
    case 'empty': return null;
  }
}

export function tenthsText(tenths: number): string {
  return `${Math.trunc(tenths / 10)},${tenths % 10}`;
}

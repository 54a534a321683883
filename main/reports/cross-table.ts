import { crossDimensions, type CountedMember, type CrossDimension, type CrossQuestion, type CrossTable, type reports } from '../../preload/contract/reports.ts';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { pupilFacts, type PupilFact } from './report-facts.ts';
import { namedMembers } from './report-members.ts';
import { isHere } from './report-rules.ts';
import { requireDay } from './statistics-service.ts';

type Reports = typeof reports;

/** How pupils are told apart by a dimension: the key of a pupil, and the key in words. An empty key is "not recorded", or "none" where it says so. */
interface Dimension {
  key(fact: PupilFact): string;
  words?(key: string, fact: PupilFact): string;
  /** Words of the empty key. */
  none?: string;
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const flag = (key: string): string => text(`students.flag.${key}`);

const dimensions: Readonly<Record<CrossDimension, Dimension>> = {
  grade: { key: fact => String(fact.grade), words: key => text('reports.column.grade', { grade: key }) },
  class: { key: fact => fact.classId, words: (_, fact) => fact.className },
  sex: { key: fact => fact.sex, words: key => text(`students.sex.${key}`) },
  ethnicGroup: { key: fact => fact.ethnicGroup },
  minority: { key: fact => yesNo(fact.isMinority), words: flag },
  policyGroup: { key: fact => fact.policyGroup, none: 'reports.none' },
  poorHousehold: { key: fact => fact.poorHousehold, words: key => text(`students.choice.poorHousehold.${key}`), none: 'reports.none' },
  disability: { key: fact => fact.disability, none: 'reports.none' },
  entry: { key: fact => fact.entry, words: key => text(`reports.entry.${key}`) },
  age: { key: fact => (fact.age === null ? '' : String(fact.age)), words: key => text('reports.age', { age: key }) },
  status: { key: fact => fact.status, words: key => text(`students.status.${key}`) },
  commune: { key: fact => fact.commune },
  boarding: { key: fact => fact.boarding, words: key => text(`students.choice.boarding.${key}`), none: 'reports.none' },
  twoSessions: { key: fact => yesNo(fact.twoSessions), words: flag },
};

interface Choice {
  key: string;
  title: string;
}

/** The values of a dimension among the facts: in class order for classes, else by number or by word, the empty one last. */
function choicesOf(by: CrossDimension, facts: readonly PupilFact[]): Choice[] {
  const { key, words, none = 'reports.notRecorded' } = dimensions[by];
  const found = new Map<string, string>();
  for (const fact of facts) {
    const value = key(fact);
    if (!found.has(value)) found.set(value, value === '' ? text(none) : words?.(value, fact) ?? value);
  }
  const choices = [...found].map(([value, title]) => ({ key: value, title }));
  if (by === 'class') return choices;
  return choices.sort((a, b) => Number(a.key === '') - Number(b.key === '') || a.key.localeCompare(b.key, 'vi', { numeric: true }));
}

/** Counts who is at the school on the day; where the status is asked for, also who has left. */
function asked({ rows, columns, filters }: CrossQuestion, facts: readonly PupilFact[]): PupilFact[] {
  const withLeft = [rows, columns, ...filters.map(filter => filter.by)].includes('status');
  return facts.filter(fact => (withLeft || isHere(fact.status)) && filters.every(({ by, key }) => dimensions[by].key(fact) === key));
}

/** A pure cross table: how many of the facts lie in each row and column. */
export function crossTable(question: CrossQuestion, facts: readonly PupilFact[]): CrossTable {
  const counted = asked(question, facts);
  const rows = choicesOf(question.rows, counted);
  const columns = choicesOf(question.columns, counted);
  const cells = new Map<string, number>();
  const add = (key: string) => cells.set(key, (cells.get(key) ?? 0) + 1);
  for (const fact of counted) {
    const [row, column] = [dimensions[question.rows].key(fact), dimensions[question.columns].key(fact)];
    for (const key of [JSON.stringify([row, column]), JSON.stringify([row, null]), JSON.stringify([null, column])]) add(key);
  }
  const at = (row: string | null, column: string | null) => cells.get(JSON.stringify([row, column])) ?? 0;
  return {
    rows: rows.map(row => ({ ...row, counts: columns.map(column => at(row.key, column.key)), total: at(row.key, null) })),
    columns: columns.map(column => ({ ...column, total: at(null, column.key) })),
    total: counted.length,
    choices: Object.fromEntries(crossDimensions.map(by => [by, choicesOf(by, facts)])) as CrossTable['choices'],
  };
}

export function cross({ db }: ReadContext, question: CheckedInputOf<Reports['cross']>): CrossTable {
  requireDay(db, question.year, question.asOf);
  return crossTable(question, pupilFacts(db, question.year, question.asOf));
}

export function crossMembers({ db }: ReadContext, { question, row, column }: CheckedInputOf<Reports['crossMembers']>): { members: CountedMember[] } {
  requireDay(db, question.year, question.asOf);
  const counted = asked(question, pupilFacts(db, question.year, question.asOf)).filter(fact =>
    (row === null || dimensions[question.rows].key(fact) === row) && (column === null || dimensions[question.columns].key(fact) === column));
  return { members: namedMembers(db, 'pupils', counted.map(fact => fact.id)) };
}

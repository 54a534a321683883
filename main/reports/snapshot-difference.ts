import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ChangedMember, ChangedNumber, reports, SnapshotDifference } from '../../preload/contract/reports.ts';
import type { ReadContext } from '../call/context.ts';
import { changesBehind } from './member-changes.ts';
import { namedMembers } from './report-members.ts';
import { requireSnapshot, thawSections } from './snapshots.ts';
import { countPeriod, reportFacts, type CountedSection } from './statistics-count.ts';

type Reports = typeof reports;

interface Cell {
  section: CountedSection;
  row: string;
  column: string;
  ids: readonly string[];
}

/** Every cell by its keys. */
function cellsOf(sections: readonly CountedSection[]): Map<string, Cell> {
  return new Map(sections.flatMap(section => section.rows.flatMap((row, at) => section.columns.map((column, index) => [
    JSON.stringify([section.key, row.key, column.key]), { section, row: row.title, column: column.title, ids: section.members[at]?.[index] ?? [] },
  ] as const))));
}

export interface Moves {
  of: CountedSection['of'];
  /** Rows he was counted in, and in which column, that he is counted in no longer. */
  left: Set<string>;
  joined: Set<string>;
}

/** What is another number now, and who is counted elsewhere, between two counts of the same period. */
export function compareSections(before: readonly CountedSection[], after: readonly CountedSection[]): { numbers: ChangedNumber[]; moves: Map<string, Moves> } {
  const [old, fresh] = [cellsOf(before), cellsOf(after)];
  const numbers: ChangedNumber[] = [];
  const moves = new Map<string, Moves>();
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const cell = fresh.get(key) ?? old.get(key);
    if (cell === undefined) continue;
    const [was, is] = [new Set(old.get(key)?.ids), new Set(fresh.get(key)?.ids)];
    if (was.size !== is.size) numbers.push({ section: cell.section.title, row: cell.row, column: cell.column, before: was.size, after: is.size });
    const note = (id: string, side: 'left' | 'joined') => {
      const known = moves.get(id) ?? { of: cell.section.of, left: new Set<string>(), joined: new Set<string>() };
      known[side].add(`${cell.row} – ${cell.column}`);
      moves.set(id, known);
    };
    for (const id of was.difference(is)) note(id, 'left');
    for (const id of is.difference(was)) note(id, 'joined');
  }
  return { numbers, moves };
}

/** A snapshot beside the same period counted today for the same day, with the journal's answer to who made the difference. */
export function difference({ db }: ReadContext, { snapshotId }: CheckedInputOf<Reports['difference']>): SnapshotDifference {
  const row = requireSnapshot(db, snapshotId);
  const { numbers, moves } = compareSections(thawSections(row.content), countPeriod(reportFacts(db, row.year, row.as_of), row.year, row.period));
  const changes = changesBehind(db, [...moves].map(([id, { of }]) => ({ id, of })), row.journal_seq);
  const members = (['pupils', 'classes', 'staff'] as const).flatMap(of =>
    namedMembers(db, of, [...moves].filter(([, moved]) => moved.of === of).map(([id]) => id)).map(({ birth: _birth, ...member }): ChangedMember => ({
      ...member, left: [...moves.get(member.id)?.left ?? []], joined: [...moves.get(member.id)?.joined ?? []], changes: changes.get(member.id) ?? [],
    })));
  return { numbers, members };
}

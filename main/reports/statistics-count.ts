import type { Statistics, StatisticsPeriod, StatisticsSection } from '../../preload/contract/reports.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { classFacts, pupilFacts, staffFacts, type ClassFact, type PupilFact, type StaffFact } from './report-facts.ts';
import { classSections, pupilSections, staffSections, type SectionDefinition } from './statistics-definitions.ts';

/** A section with, for every number, the ids it counts: `members[row][column]`. */
export interface CountedSection extends StatisticsSection {
  members: string[][][];
}

/** Numbers and whom they count, in one pass over the facts for each row. */
export function countSection<Fact extends { id: string }>(definition: SectionDefinition<Fact>, facts: readonly Fact[], year: string): CountedSection {
  const columns = definition.columns(facts);
  const rows = definition.rows(facts, year);
  const members = rows.map(row => {
    const counted = facts.filter(fact => row.has(fact));
    return columns.map(column => counted.filter(fact => column.has(fact)).map(fact => fact.id));
  });
  return {
    key: definition.key, of: definition.of, title: text(`reports.section.${definition.key}.title`), how: text(`reports.section.${definition.key}.how`),
    columns: columns.map(({ key, title }) => ({ key, title })),
    rows: rows.map(({ key, title, indent }, index) => ({ key, title, indent, counts: members[index]?.map(ids => ids.length) ?? [] })),
    members,
  };
}

export interface ReportFacts {
  pupils: PupilFact[];
  classes: ClassFact[];
  staff: StaffFact[];
}

export function reportFacts(db: ReadHandle, year: string, asOf: string): ReportFacts {
  return { pupils: pupilFacts(db, year, asOf), classes: classFacts(db, year), staff: staffFacts(db) };
}

/** Every section a period asks for, in the order of the report; one without rows is left out. */
export function countPeriod(facts: ReportFacts, year: string, period: StatisticsPeriod): CountedSection[] {
  const asked = <Fact extends { id: string }>(definitions: readonly SectionDefinition<Fact>[], of: readonly Fact[]) =>
    definitions.filter(definition => definition.periods.includes(period)).map(definition => countSection(definition, of, year));
  return [...asked(classSections, facts.classes), ...asked(pupilSections, facts.pupils), ...asked(staffSections, facts.staff)].filter(section => section.rows.length > 0);
}

export function plainSections(sections: readonly CountedSection[]): Statistics['sections'] {
  return sections.map(({ members: _members, ...section }) => section);
}

import type { StatisticsPeriod, StatisticsSection } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import type { ClassFact, PupilFact, StaffFact } from './report-facts.ts';
import { isHere } from './report-rules.ts';

/** One column or row of a section: what it is called and whom it counts. */
export interface Counter<Fact> {
  key: string;
  title: string;
  has(fact: Fact): boolean;
}

export interface RowCounter<Fact> extends Counter<Fact> {
  indent: 0 | 1;
}

/** An indicator of the sector's statistics: which periods ask for it, how it is counted (`how`, in words with its source), its columns and rows. */
export interface SectionDefinition<Fact> {
  key: string;
  of: StatisticsSection['of'];
  periods: readonly StatisticsPeriod[];
  columns(facts: readonly Fact[]): Counter<Fact>[];
  rows(facts: readonly Fact[], year: string): RowCounter<Fact>[];
}

const always: readonly StatisticsPeriod[] = ['start', 'mid', 'end'];
const all = (): boolean => true;

function grades<Fact extends { grade: number }>(facts: readonly Fact[]): Counter<Fact>[] {
  return [...new Set(facts.map(fact => fact.grade))].toSorted((a, b) => a - b)
    .map(grade => ({ key: `g${grade}`, title: text('reports.column.grade', { grade }), has: fact => fact.grade === grade }));
}

function total<Fact>(): Counter<Fact> {
  return { key: 'total', title: text('reports.column.total'), has: all };
}

function people<Fact extends { sex: string; isMinority: boolean }>(): Counter<Fact>[] {
  return [
    total(),
    { key: 'female', title: text('reports.column.female'), has: fact => fact.sex === 'female' },
    { key: 'minority', title: text('reports.column.minority'), has: fact => fact.isMinority },
  ];
}

const pupilColumns = (facts: readonly PupilFact[]): Counter<PupilFact>[] => [...people<PupilFact>(), ...grades(facts)];

function row<Fact>(key: string, has: (fact: Fact) => boolean, indent: 0 | 1 = 1, title: string = text(`reports.row.${key}`)): RowCounter<Fact> {
  return { key, title, has, indent };
}

/** A row for each value that occurs, in the given order, others after it; what is not recorded stands last. */
function byValue<Fact>(facts: readonly Fact[], prefix: string, value: (fact: Fact) => string, words: (value: string) => string, order: readonly string[] = []): RowCounter<Fact>[] {
  const place = (one: string) => { const at = order.indexOf(one); return one === '' ? 1000 : at < 0 ? 500 : at; };
  return [...new Set(facts.map(value))].toSorted((a, b) => place(a) - place(b) || a.localeCompare(b, 'vi'))
    .map(one => row<Fact>(`${prefix}:${one}`, fact => value(fact) === one, 1, one === '' ? text('reports.notRecorded') : words(one)));
}

const here = (fact: PupilFact): boolean => isHere(fact.status);
const learningOrder = ['T', 'G', 'K', 'D', 'TB', 'Y', 'CD', 'KEM'];
const level = (value: string): string => text(`students.level.${value}`);
const isSecondary = (fact: PupilFact): boolean => here(fact) && fact.grade > 5;
const isPrimary = (fact: PupilFact): boolean => here(fact) && fact.grade <= 5;

function levels(facts: readonly PupilFact[], prefix: string, isAsked: (fact: PupilFact) => boolean, value: (fact: PupilFact) => string, order: readonly string[]): RowCounter<PupilFact>[] {
  const asked = facts.filter(isAsked);
  if (asked.length === 0) return [];
  return [
    row<PupilFact>(prefix, isAsked, 0),
    ...byValue(asked, prefix, value, level, order).map(one => ({ ...one, has: (fact: PupilFact) => isAsked(fact) && one.has(fact) })),
  ];
}

export const classSections: readonly SectionDefinition<ClassFact>[] = [{
  key: 'classes', of: 'classes', periods: always, columns: facts => [total(), ...grades(facts)], rows: () => [row('classes', all, 0)],
}];

export const pupilSections: readonly SectionDefinition<PupilFact>[] = [
  {
    key: 'pupils', of: 'pupils', periods: always, columns: pupilColumns,
    rows: () => [
      row('pupils', here, 0), row('femaleMinority', fact => here(fact) && fact.sex === 'female' && fact.isMinority),
      row('new', fact => here(fact) && fact.entry === 'new'), row('repeat', fact => here(fact) && fact.entry === 'repeat'),
      row('disabled', fact => here(fact) && fact.disability !== ''), row('policy', fact => here(fact) && fact.policyGroup !== ''),
      row('poor', fact => here(fact) && fact.poorHousehold === 'poor'), row('nearPoor', fact => here(fact) && fact.poorHousehold === 'nearPoor'),
      row('twoSessions', fact => here(fact) && fact.twoSessions), row('boardingDay', fact => here(fact) && fact.boarding === 'day'),
      row('boardingFull', fact => here(fact) && fact.boarding === 'full'),
    ],
  },
  {
    key: 'ages', of: 'pupils', periods: ['start'], columns: pupilColumns,
    rows: (facts, year) => [...new Set(facts.filter(here).map(fact => fact.age))].toSorted((a, b) => (a ?? 999) - (b ?? 999)).map(age => row<PupilFact>(
      `age:${age ?? ''}`, fact => here(fact) && fact.age === age, 0,
      age === null ? text('reports.noBirthYear') : text('reports.row.age', { age, born: Number(year.slice(0, 4)) - age }),
    )),
  },
  {
    key: 'movements', of: 'pupils', periods: always, columns: pupilColumns,
    rows: facts => [
      row('transferredIn', fact => fact.cameIn, 0), row('transferredOut', fact => fact.status === 'transferredOut', 0),
      row('left', fact => fact.status === 'left', 0),
      ...byValue(facts.filter(fact => fact.status === 'left'), 'left', fact => fact.leaveReason, words => words)
        .map(one => ({ ...one, has: (fact: PupilFact) => fact.status === 'left' && one.has(fact) })),
    ],
  },
  {
    key: 'term1', of: 'pupils', periods: ['mid'], columns: pupilColumns,
    rows: facts => [
      ...levels(facts, 'learning1', isSecondary, fact => fact.learning1, learningOrder), ...levels(facts, 'conduct1', isSecondary, fact => fact.conduct1, learningOrder),
    ],
  },
  {
    key: 'results', of: 'pupils', periods: ['end'], columns: pupilColumns,
    rows: facts => [
      ...levels(facts, 'learning', isSecondary, fact => fact.learning, learningOrder), ...levels(facts, 'conduct', isSecondary, fact => fact.conduct, learningOrder),
      ...levels(facts, 'overall', isPrimary, fact => fact.overall, ['HTXS', 'HTT', 'HT', 'CHT']),
    ],
  },
  {
    key: 'promotion', of: 'pupils', periods: ['end'], columns: pupilColumns,
    rows: facts => [
      row('asked', here, 0),
      ...byValue(facts.filter(here), 'promotion', fact => fact.promotion, value => text(`students.promotion.${value}`), ['promoted', 'reassess', 'summer-training', 'repeat'])
        .map(one => ({ ...one, has: (fact: PupilFact) => here(fact) && one.has(fact) })),
      row('reassessed', fact => here(fact) && fact.promotionYear !== '' && fact.promotionYear !== fact.promotion, 0),
      ...byValue(facts.filter(fact => here(fact) && fact.award !== ''), 'award', fact => fact.award, value => text(`students.award.${value}`), ['XS', 'G', 'TT', 'TB'])
        .map(one => ({ ...one, has: (fact: PupilFact) => here(fact) && one.has(fact), indent: 0 as const })),
    ],
  },
];

export const staffSections: readonly SectionDefinition<StaffFact>[] = [{
  key: 'staff', of: 'staff', periods: always, columns: () => people<StaffFact>(),
  rows: facts => [
    row('staff', all, 0),
    ...byValue(facts, 'position', fact => fact.position, words => text('reports.row.position', { words })),
    ...byValue(facts, 'qualification', fact => fact.qualification, words => text('reports.row.qualification', { words })),
    ...byValue(facts, 'staffStatus', fact => fact.status, words => text('reports.row.staffStatus', { words })),
  ],
}];

import type { SubjectChoice, SubjectKind } from '../../preload/contract/curriculum.ts';
import type { RuleSetCode } from '../../preload/contract/grades.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { ruleSetOf } from './rule-sets.ts';
import secondary from './subjects-tt22.json' with { type: 'json' };
import primary from './subjects-tt27.json' with { type: 'json' };
import former from './subjects-tt58.json' with { type: 'json' };

export type { SchoolLevel, SubjectChoice, SubjectKind };

/** The four points of a primary year: giữa HK I, cuối HK I, giữa HK II, cuối năm. */
export type YearPoint = 1 | 2 | 3 | 4;

/** The subject code of the one sheet a primary class keeps at each point for qualities and competences. */
export const TRAITS = 'PCNL';

export interface Subject {
  code: string;
  level: SchoolLevel;
  name: { vi: string; en: string };
  /** For narrow columns and sheet tabs. */
  short: { vi: string; en: string };
  kind: SubjectKind;
  choice: SubjectChoice;
  /** Lessons in a school year by grade, e.g. `{ "6": 35, "8": 52 }`. */
  periodsPerYear: Readonly<Record<string, number>>;
  /** Row in the learner transcript, from 1. */
  transcriptOrder: number;
  /** First school year, `2021-2022`. */
  validFrom: string;
  /** Primary: at which points a test is written, by grade (TT 27/2020 Đ7 k1 b). */
  testedAt?: Readonly<Record<string, readonly YearPoint[]>>;
  /** Codes of the parts that a school may keep on sheets of their own (Âm nhạc and Mĩ thuật of Nghệ thuật). */
  strands?: readonly string[];
  /** Set on a part: the subject it belongs to. */
  strandOf?: string;
  /** Regulations under which it is one of the subjects that decide (TT 58/2011 Đ13; Ngoại ngữ since TT 26/2020). */
  coreUnder?: readonly RuleSetCode[];
}

const SECONDARY = secondary.entries as readonly Subject[];
const PRIMARY = primary.entries as unknown as readonly Subject[];
const FORMER = former.entries as unknown as readonly Subject[];
const CURRENT: readonly Subject[] = [...SECONDARY, ...PRIMARY];
const BY_RULE_SET: Readonly<Record<RuleSetCode, readonly Subject[]>> = {
  'TT22-2021': SECONDARY, 'TT27-2020': PRIMARY, 'TT26-2020': FORMER, 'TT58-2011': FORMER, 'AS-PRINTED': [],
};

/** Every subject a grade (1–12) may have in a school year (`2025-2026`), in the order of the transcript, strands left out; none for years kept as printed. */
export function subjectsOfGrade(grade: number, schoolYear: string): readonly Subject[] {
  return BY_RULE_SET[ruleSetOf(grade, schoolYear).ruleSet]
    .filter((subject) => String(grade) in subject.periodsPerYear && subject.validFrom <= schoolYear && subject.strandOf === undefined);
}

/** Every subject of the programme of 2018 that is not a strand, or those of some levels. */
export function allSubjects(levels?: readonly SchoolLevel[]): readonly Subject[] {
  return CURRENT.filter((subject) => subject.strandOf === undefined && (levels === undefined || levels.includes(subject.level)));
}

/** A subject or strand by its code; with a school year as that year's programme knows it, else as the newest one that has the code does. */
export function subjectByCode(code: string, grade: number, schoolYear?: string): Subject | undefined {
  const known = (subject: Subject) => subject.code === code && String(grade) in subject.periodsPerYear;
  const ofYear = schoolYear === undefined ? undefined : BY_RULE_SET[ruleSetOf(grade, schoolYear).ruleSet].find(known);
  return ofYear ?? CURRENT.find(known) ?? FORMER.find(known);
}

export function periodsPerYear(subject: Subject, grade: number): number {
  return subject.periodsPerYear[String(grade)] ?? 0;
}

/**
 * How many ongoing assessments a term has. TT 22/2021 Đ6 k2: comment subjects 2; otherwise 2 up to 35 lessons a year, 3 up to 70, else 4; TT 26/2020
 * the same without the exception; TT 58/2011 Đ8 by lessons a week: up to one 2, less than three 3, else 4. Primary has none.
 */
export function ongoingCount(kind: SubjectKind, periods: number, ruleSet: RuleSetCode = 'TT22-2021'): number {
  if (kind === 'primary') return 0;
  if ((kind === 'comment' && ruleSet === 'TT22-2021') || periods <= 35) return 2;
  if (ruleSet === 'TT58-2011') return periods < 105 ? 3 : 4;
  return periods <= 70 ? 3 : 4;
}

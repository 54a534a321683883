import type { StandingKind, SubjectChoice } from '../../preload/contract/curriculum.ts';
import type { RuleSetCode, SheetKind } from '../../preload/contract/grades.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';

/** Every subject of a term. */
export const ALL_SUBJECTS = '*';

export interface Standing {
  enrolment_id: string;
  subject: string;
  standing: StandingKind;
  term: 0 | 1 | 2;
}

/** What of a sheet decides which standings touch it. */
export interface SheetPlace {
  subject: string;
  kind: SheetKind;
  term: 1 | 2 | 3 | 4;
  grade: number;
}

/** Whether the pupil's cells are not asked for. Reduced practice keeps them: theory makes the number of marks complete (TT 22/2021 Đ10). */
export function leavesOut(standing: StandingKind): boolean {
  return standing !== 'reducedPractice';
}

/** The half of the year a sheet belongs to; the four points of a primary year are two to a term. */
export function halfOf({ kind, term }: Pick<SheetPlace, 'kind' | 'term'>): 1 | 2 {
  if (kind === 'primary' || kind === 'traits') return term <= 2 ? 1 : 2;
  return term === 1 ? 1 : 2;
}

/** A standing of a subject holds for its strands too; "every subject" does not touch qualities and competences. */
function touches(standing: Standing, { subject, kind, grade }: SheetPlace): boolean {
  if (standing.subject === subject) return true;
  if (standing.subject === ALL_SUBJECTS) return kind !== 'traits';
  return subjectByCode(subject, grade)?.strandOf === standing.subject;
}

/** How one pupil stands in a sheet: of several standings the one that leaves him out. `standings` are his own. */
export function standingIn(standings: readonly Standing[], sheet: SheetPlace): StandingKind | null {
  const half = halfOf(sheet);
  const held = standings.filter(standing => (standing.term === 0 || standing.term === half) && touches(standing, sheet)).map(({ standing }) => standing);
  return held.find(leavesOut) ?? held[0] ?? null;
}

/** Half a year without a subject, for whatever cause: no regulation has a formula for the year then, a person decides. */
export function needsDecision({ standing, term }: Pick<Standing, 'standing' | 'term'>): boolean {
  return leavesOut(standing) && term !== 0;
}

/** `needs-decision:<subject>` for each subject a pupil has in one half of the year only. */
export function decisionFlags(standings: readonly Standing[]): string[] {
  return [...new Set(standings.filter(needsDecision).map(({ subject }) => `needs-decision:${subject}`))].sort();
}

const practical: Readonly<Record<RuleSetCode, readonly string[]>> = {
  'TT22-2021': ['GDTC', 'GDQPAN'], 'TT26-2020': ['TD', 'GDQPAN'], 'TT58-2011': ['TD', 'GDQPAN'], 'TT27-2020': [], 'AS-PRINTED': [],
};

/**
 * Why a standing cannot be given, as an error code, or null. TT 22/2021 Đ10 lets only the practice of GDTC and GDQP-AN fall away; TT 58/2011 Đ12 the
 * subject. A compulsory subject is taken by everybody, at least in the half of the year in which he is here.
 */
export function standingFault(ruleSet: RuleSetCode, choice: SubjectChoice | null, { subject, standing, term }: Omit<Standing, 'enrolment_id'>): string | null {
  if (subject === ALL_SUBJECTS) return standing === 'notTaken' && term !== 0 ? null : 'curriculum.allSubjectsOneTerm';
  const isPractical = practical[ruleSet].includes(subject);
  switch (standing) {
    case 'plan': return null;
    case 'notTaken': return choice === 'compulsory' && term === 0 ? 'curriculum.compulsory' : null;
    case 'reducedPractice': return isPractical && ruleSet === 'TT22-2021' ? null : 'curriculum.noPractice';
    case 'exempt':
      if (!isPractical) return 'curriculum.noExemption';
      return ruleSet === 'TT22-2021' ? 'curriculum.exemptionKeepsSubject' : null;
  }
}

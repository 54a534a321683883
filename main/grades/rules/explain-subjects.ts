import type { SecondaryPupil, SecondaryRuleSet, Standing, Subject, SubjectResult, TermEntries } from './assessment-types.ts';
import { articleOf } from './articles.ts';
import type { Because, FactValue, IgnoredCause } from './because.ts';
import {
  commentCount,
  FINAL_WEIGHT,
  mayBeReassessed,
  MOST_ABSENCES,
  ongoingRequired,
  PERIODIC_WEIGHT,
  weightedSum,
} from './subject-results.ts';
import { markOf } from './tenths.ts';

/** A value as people write it. */
export function factValue(value: Standing): FactValue {
  return typeof value === 'number' ? markOf(value) : value;
}

/**
 * The subjects' part of an answer: each term, the year, and what stands after the summer.
 * @param closedBy what keeps the pupil from being re-assessed in any subject, empty when nothing does.
 */
export function explainSubjects(
  pupil: SecondaryPupil,
  results: readonly SubjectResult[],
  closedBy: readonly IgnoredCause[],
): Because[] {
  return pupil.subjects.flatMap((subject, index) => {
    const result = results[index]!;
    const field = `subjects[${index}]`;
    return [
      explainTerm(pupil.ruleSet, subject, result, 0, `${field}.terms[0]`),
      explainTerm(pupil.ruleSet, subject, result, 1, `${field}.terms[1]`),
      explainYear(pupil.ruleSet, result, `${field}.year`),
      explainFinal(pupil.ruleSet, subject, result, closedBy, `${field}.final`),
    ];
  });
}

function explainTerm(ruleSet: SecondaryRuleSet, subject: Subject, result: SubjectResult, term: 0 | 1, field: string): Because {
  const article = articleOf(ruleSet, 'subject');
  const value = result.terms[term];
  const entries = subject.terms[term];
  if (value === null) {
    const required = ongoingRequired(ruleSet, subject.kind, subject.periodsPerYear);
    return { field, rule: 'missing', article, facts: { missing: missingEntries(ruleSet, entries, required), value: null } };
  }
  if (subject.kind === 'comment') {
    const { ongoing, periodic, final } = subject.terms[term];
    const levels = {
      ongoing: ongoing.filter((level) => level !== null),
      periodic: periodic.filter((level) => level !== null),
      final: final ?? 'CD',
    };
    const needed = ruleSet === 'TT22-2021' ? 'all' : 'final-and-two-thirds';
    const facts = { ...levels, ...commentCount(subject.terms[term]), needed, value: value === 'D' ? 'D' : 'CD' } as const;
    return { field, rule: 'term-comments', article, facts };
  }
  const { ongoing, periodic, final } = subject.terms[term];
  const { sum, divisor } = weightedSum(subject.terms[term]) ?? { sum: 0, divisor: 1 };
  return {
    field,
    rule: 'term-average',
    article,
    facts: {
      ongoing: ongoing.map((mark) => markOf(mark ?? 0)),
      periodic: periodic.map((mark) => markOf(mark ?? 0)),
      final: markOf(final ?? 0),
      weights: { ongoing: 1, periodic: PERIODIC_WEIGHT, final: FINAL_WEIGHT },
      sum: markOf(sum),
      divisor,
      value: markOf(Number(value)),
    },
  };
}

/** Names of the entries that are still to come, as in the input: `ongoing[2]`, `mid`, `periodic[0]`, `final`. */
function missingEntries(ruleSet: SecondaryRuleSet, entries: TermEntries<Standing>, required: number): string[] {
  const missing: string[] = [];
  const slots = Math.max(required, entries.ongoing.length);
  for (let slot = 0; slot < slots; slot += 1) if ((entries.ongoing[slot] ?? null) === null) missing.push(`ongoing[${slot}]`);
  for (const [slot, entry] of entries.periodic.entries()) {
    if (entry === null) missing.push(ruleSet === 'TT58-2011' ? `periodic[${slot}]` : 'mid');
  }
  if (entries.final === null) missing.push('final');
  return missing;
}

function explainYear(ruleSet: SecondaryRuleSet, { terms, year }: SubjectResult, field: string): Because {
  const article = articleOf(ruleSet, 'subject');
  const [first, second] = terms;
  if (typeof first === 'number' && typeof second === 'number' && typeof year === 'number') {
    const facts = {
      first: markOf(first),
      second: markOf(second),
      sum: markOf(first + 2 * second),
      divisor: 3,
      value: markOf(year),
    };
    return { field, rule: 'year-average', article, facts };
  }
  if (typeof first === 'string' && typeof second === 'string') {
    return { field, rule: 'year-comments', article, facts: { first, second, value: second } };
  }
  const missing = [first === null ? ['terms[0]'] : [], second === null ? ['terms[1]'] : []].flat();
  return { field, rule: 'missing', article, facts: { missing, value: null } };
}

function explainFinal(
  ruleSet: SecondaryRuleSet,
  { reassessed }: Subject,
  { year, final, reassessmentCounts }: SubjectResult,
  closedBy: readonly IgnoredCause[],
  field: string,
): Because {
  const article = articleOf(ruleSet, 'reassessment');
  const written = year === null ? null : factValue(year);
  if (reassessed !== null && reassessmentCounts === false) {
    const because: IgnoredCause[] = mayBeReassessed(year) ? [...closedBy] : [...closedBy, 'subject'];
    const facts = { year: written, reassessed: factValue(reassessed), because, value: written };
    return { field, rule: 'reassessment-ignored', article, facts };
  }
  if (written === null || final === null) return { field, rule: 'missing', article, facts: { missing: ['year'], value: null } };
  if (reassessed === null) return { field, rule: 'year-stands', article, facts: { value: written } };
  const facts = { year: written, reassessed: factValue(reassessed), value: factValue(final) };
  return { field, rule: 'reassessment-counts', article, facts };
}

/** The conditions that keep a result of the summer (any re-assessment, or summer training) from counting. */
export function closedBecause(absences: number, learningFits: boolean, conductFits: boolean): IgnoredCause[] {
  const causes: IgnoredCause[] = [];
  if (absences > MOST_ABSENCES) causes.push('absences');
  if (!learningFits) causes.push('learning');
  if (!conductFits) causes.push('conduct');
  return causes;
}

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean } from './adjustment-oracle.ts';
import { primaryPupil, secondaryPupil } from './pupil-arbitraries.ts';
import { answerTo, pupil22, pupil27, pupil58, steady, subjectsOf, times } from './pupil-lines.ts';
import type { Answer, Because } from './pupil-lines.ts';

/** Every value can be explained, and the explanation alone leads to the same value again. */

interface Condition {
  level: string;
  met: boolean;
  every: { atLeast: number; heldBackBy: string[] };
  some: { atLeast: number; needed: number; core: boolean; reachedBy: string[] } | null;
  average: { atLeast: number; value: number } | null;
  comments: { allowed: number | null; failed: string[] };
}

/** The value of an answer's field such as `subjects[2].terms[0]`. */
function valueAt(answer: Answer, field: string): unknown {
  let value: unknown = answer;
  for (const step of field.split(/[.[\]]+/).filter((part) => part !== '')) value = (value as Record<string, unknown>)[step];
  return value;
}

/** Every field that holds a decision, by its path. */
function decidedFields(answer: Answer): string[] {
  const pairs = ['learning', 'average', 'titles'].filter((name) => name in answer).flatMap((name) => [`${name}[0]`, `${name}[1]`]);
  const subjects = (answer.subjects ?? []).flatMap((_, index) => ['terms[0]', 'terms[1]', 'year', 'final'].map((part) => `subjects[${index}].${part}`));
  const whole = ['id', 'subjects', 'flags', 'because', 'learning', 'average', 'titles'];
  // TT58 knows titles and no award: the field is null by the format, not by a rule.
  if ('titles' in answer) whole.push('award');
  const rest = Object.keys(answer).filter((name) => !whole.includes(name));
  return [...pairs, ...subjects, ...rest];
}

const tenths = (mark: unknown): number => Math.round(Number(mark) * 10);
/** Half up in whole numbers, written apart from the engine: the mean of `divisor` marks that sum up to `sum`. */
const rounded = (sum: number, divisor: number): number => mean([sum, ...Array<number>(divisor - 1).fill(0)]) / 10;

/** What the facts of a rule lead to; undefined where there is nothing to compute. */
function recomputed({ rule, article, facts }: Because): unknown {
  const marks = (name: string): number[] => [facts[name]].flat().map(tenths);
  if (rule === 'term-average') {
    const [ongoing, periodic, final] = [marks('ongoing'), marks('periodic'), marks('final')];
    const sum = [...ongoing, ...periodic, ...periodic, ...final, ...final, ...final].reduce((total, mark) => total + mark, 0);
    const divisor = ongoing.length + 2 * periodic.length + 3;
    expect(facts).toMatchObject({ sum: sum / 10, divisor });
    return rounded(sum, divisor);
  }
  if (rule === 'year-average') return rounded(tenths(facts['first']) + 2 * tenths(facts['second']), 3);
  if (rule === 'subjects-average') return rounded(tenths(facts['sum']), Number(facts['divisor']));
  if (rule === 'term-comments') {
    const all = [facts['ongoing'], facts['periodic'], facts['final']].flat();
    const passed = all.filter((level) => level === 'D').length;
    const enough = facts['needed'] === 'all' ? passed === all.length : facts['final'] === 'D' && passed * 3 >= all.length * 2;
    return enough ? 'D' : 'CD';
  }
  if (rule === 'learning-level') {
    const conditions = facts['conditions'] as Condition[];
    for (const row of conditions) expect(row.met).toBe(holds(row));
    return conditions.find(({ met }) => met)?.level ?? (conditions.length === 3 ? 'CD' : 'KEM');
  }
  if (rule === 'primary-level') {
    const conditions = facts['conditions'] as { level: string; heldBackBy: Record<string, unknown[]> }[];
    return conditions.find(({ heldBackBy }) => Object.values(heldBackBy).every((held) => held.length === 0))?.level ?? 'CHT';
  }
  if (rule === 'conduct-matrix') return YEAR_CONDUCT[String(facts['first'])]?.[String(facts['second'])];
  if (rule === 'year-comments') return facts['second'];
  if (rule === 'reassessment-counts') return facts['reassessed'];
  if (rule === 'summer-conduct-counts') return facts['summer'];
  if (rule === 'award') {
    const { reachedBy, needed } = facts['excellent'] as { reachedBy: string[]; needed: number };
    if (facts['learning'] !== 'T' || facts['conduct'] !== 'T') return null;
    return reachedBy.length >= needed ? 'XS' : 'G';
  }
  if (rule === 'title') {
    const both = `${String(facts['learning'])}${String(facts['conduct'])}`;
    if (both === 'GT') return 'G';
    return ['GK', 'KT', 'KK'].includes(both) ? 'TT' : null;
  }
  if (rule === 'promotion') return promotionFrom(facts, article.includes('22/2021') ? 'CD' : 'Y');
  if (rule === 'programme-completed') return facts['level'] !== 'CHT';
  if (rule === 'award-candidate') return facts['level'] === 'HTT';
  if (rule === 'primary-award') return facts['level'] === 'HTXS' ? 'XS' : facts['level'] === 'HTT' && facts['recognised'] === true ? 'TB' : null;
  return undefined;
}

/** TT22 Đ8 k2 b, copied from the circular: term I, then term II. */
const YEAR_CONDUCT: Record<string, Record<string, string>> = {
  T: { T: 'T', K: 'K', D: 'K', CD: 'CD' }, K: { T: 'T', K: 'K', D: 'D', CD: 'CD' }, D: { T: 'K', K: 'K', D: 'D', CD: 'CD' }, CD: { T: 'K', K: 'D', D: 'D', CD: 'CD' },
};

/** Written apart from the engine. `low` is the level of conduct and of learning that is not enough; under TT58 Kém is below it. */
function promotionFrom(facts: Record<string, unknown>, low: 'CD' | 'Y'): string {
  const { learningYear, learningFinal, conductYear, summerConduct } = facts;
  if (facts['branch'] === 'marks-missing') return 'incomplete';
  const fails = (level: unknown): boolean => level === low || level === 'KEM';
  if (Number(facts['absences']) > 45 || learningYear === 'KEM') return 'repeat';
  if (conductYear === low) {
    if (low === 'Y' && learningYear === 'Y') return 'repeat';
    if (summerConduct === null) return learningYear === low ? 'summer-training-then-reassess' : 'summer-training';
    if (summerConduct === low) return 'repeat';
  }
  if (!fails(learningYear)) return 'promoted';
  if (facts['reassessed'] !== true) return 'reassess';
  return fails(learningFinal) ? 'repeat' : 'promoted';
}

function holds({ every, some, average, comments }: Condition): boolean {
  const reached = some === null || some.reachedBy.length >= some.needed;
  const averaged = average === null || average.value >= average.atLeast;
  const passed = comments.allowed === null || comments.failed.length <= comments.allowed;
  return every.heldBackBy.length === 0 && reached && averaged && passed;
}

function expectExplained(answer: Answer): void {
  for (const { field, rule, article, facts } of answer.because) {
    expect(article).toMatch(/Thông tư \d+\/\d{4}\/TT-BGDĐT.*, Điều \d+/);
    expect(rule).toMatch(/^[a-z-]+$/);
    expect(valueAt(answer, field), field).not.toBeUndefined();
    expect(Object.keys(facts)).toContain('value');
  }
  for (const field of decidedFields(answer)) {
    const steps = answer.because.filter((because) => because.field === field && because.rule !== 'no-rule');
    expect(steps.length, field).toBeGreaterThan(0);
    expect(steps.at(-1)?.facts['value'], field).toEqual(valueAt(answer, field));
  }
  for (const because of answer.because) {
    const again = recomputed(because);
    if (again !== undefined) expect(again, `${because.rule} of ${because.field}`).toEqual(because.facts['value']);
  }
}

const factsOf = (answer: Answer, field: string, rule: string) => answer.because.find((because) => because.field === field && because.rule === rule)?.facts;

describe('every value a rule decided', () => {
  test('of a secondary pupil is explained, and follows from the facts', () => {
    fc.assert(fc.property(secondaryPupil, (line) => expectExplained(answerTo(line, true))), { numRuns: 500 });
  });
  test('of a primary pupil is explained, and follows from the facts', () => {
    fc.assert(fc.property(primaryPupil, (line) => expectExplained(answerTo(line, true))), { numRuns: 500 });
  });
  test('no-rule is explained exactly where it is flagged', () => {
    fc.assert(
      fc.property(secondaryPupil, (line) => {
        const { flags, because } = answerTo(line, true);
        expect(because.some(({ rule }) => rule === 'no-rule')).toBe(flags.includes('no-rule'));
        expect(because.some(({ rule }) => rule === 'adjustment')).toBe(flags.includes('adjusted'));
        expect(because.some(({ rule }) => rule === 'readings-differ')).toBe(flags.includes('readings-differ'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an explanation says', () => {
  test('an average by its sum and divisor', () => {
    const subject = steady('TOAN', 8, { periodsPerYear: 70, terms: times(2, { ongoing: [8, 8, 8.8], mid: 9, final: 8 }) });
    const answer = answerTo(pupil22([subject]), true);
    expect(factsOf(answer, 'subjects[0].terms[0]', 'term-average')).toMatchObject({ sum: 66.8, divisor: 8, value: 8.4 });
    expect(factsOf(answer, 'subjects[0].year', 'year-average')).toMatchObject({ first: 8.4, second: 8.4, sum: 25.2, divisor: 3, value: 8.4 });
  });
  test('which subjects reach a level and which hold it back', () => {
    const facts = factsOf(answerTo(pupil22(subjectsOf([8, 8, 8, 8, 8, 8, 7, 4])), true), 'learningYear', 'learning-level');
    expect(facts?.['value']).toBe('D');
    expect((facts?.['conditions'] as Condition[] | undefined)?.[0]).toMatchObject({
      level: 'T',
      met: false,
      every: { atLeast: 6.5, heldBackBy: ['S7'] },
      some: { atLeast: 8, needed: 6, reachedBy: ['S0', 'S1', 'S2', 'S3', 'S4', 'S5'] },
      comments: { allowed: 0, failed: [] },
    });
  });
  test('the one subject of an adjustment, and that the readings differ', () => {
    const answer = answerTo(pupil22(subjectsOf([8, 8, 8, 8, 8, 7, 7, 4])), true);
    expect(factsOf(answer, 'learningYear', 'adjustment')).toMatchObject({ from: 'D', reached: 'T', subject: 'S7', subjectValue: 4, value: 'K' });
    expect(factsOf(answer, 'learningYear', 'readings-differ')).toEqual({ waive: 'K', exclude: 'D', value: 'K' });
  });
  test('the cell of the conduct matrix, the branch of the promotion and the award', () => {
    const answer = answerTo(pupil22(subjectsOf(times(8, 9)), { conduct: ['K', 'T'], absences: 12 }), true);
    expect(factsOf(answer, 'conductYear', 'conduct-matrix')).toEqual({ first: 'K', second: 'T', value: 'T' });
    expect(factsOf(answer, 'promotion', 'promotion')).toMatchObject({ branch: 'conditions-met', absences: 12, mostAbsences: 45 });
    expect(factsOf(answer, 'award', 'award')).toMatchObject({ learning: 'T', conduct: 'T', value: 'XS' });
  });
  test('why a re-assessment or a summer training does not count', () => {
    const line = pupil22([...subjectsOf(times(8, 7)), steady('X', 7, { reassessed: 9 })], { absences: 46, summerConduct: 'K' });
    const answer = answerTo(line, true);
    expect(factsOf(answer, 'subjects[12].final', 'reassessment-ignored')).toMatchObject({ because: ['absences', 'learning', 'subject'] });
    expect(factsOf(answer, 'conductFinal', 'summer-conduct-ignored')).toMatchObject({ because: ['absences', 'conduct'] });
  });
  test('what is missing', () => {
    const answer = answerTo(pupil22([{ ...steady('VAN', 7), terms: times(2, { ongoing: [7, null], mid: null, final: 7 }) }]), true);
    expect(factsOf(answer, 'subjects[0].terms[0]', 'missing')).toEqual({ missing: ['ongoing[1]', 'ongoing[2]', 'ongoing[3]', 'mid'], value: null });
    expect(factsOf(answer, 'learningYear', 'missing')).toEqual({ missing: ['VAN'], value: null });
  });
  test('under TT26 the circular as it was amended', () => {
    const answer = answerTo(pupil58('TT26-2020', subjectsOf(times(8, 8))), true);
    expect(answer.because.find(({ field }) => field === 'titleYear')).toMatchObject({
      article: 'Quy chế ban hành kèm theo Thông tư 58/2011/TT-BGDĐT (sửa đổi, bổ sung theo Thông tư 26/2020/TT-BGDĐT), Điều 18',
      facts: { learning: 'G', conduct: 'T', value: 'G' },
    });
  });
  test('which quality holds a primary pupil back', () => {
    const answer = answerTo(pupil27({ levels: times(3, 'T'), tests: [9], qualities: [...times(14, 'T'), 'C'] }), true);
    const conditions = factsOf(answer, 'level', 'primary-level')?.['conditions'] as { heldBackBy: unknown }[] | undefined;
    expect(conditions?.[0]?.heldBackBy).toEqual({ subjects: [], tests: [], qualities: [], competences: [10] });
  });
});

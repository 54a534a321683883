import { currentLanguage, text } from '../../resources/language/language.ts';
import type { RuleSet } from './rules/assessment-types.ts';
import type { Because, FactsOf, FactValue, LevelCondition, PrimaryCondition, Rule } from './rules/because.ts';

export interface WordsContext {
  readonly ruleSet: RuleSet;
  /** The name of a subject as people say it. */
  readonly subjectName: (code: string) => string;
}

/** Whose words a level is said in: the same letter means different things. */
type Scale = 'learning' | 'conduct' | 'comment' | 'overall' | 'award' | 'promotion';

/**
 * One step of an explanation as a person reads it, in the current language: a sentence, then for a level one line for each row of the
 * table of levels with the subjects that hold it back. The article is not repeated; it stands in `because.article`.
 */
export function becauseInWords(because: Because, context: WordsContext): string[] {
  return wordsFor(because.rule, because.facts, context);
}

/** Typed by rule name here, so that a rule without words does not compile. */
function wordsFor(rule: Rule, facts: FactsOf[Rule], context: WordsContext): string[] {
  const write = WORDS[rule] as (facts: FactsOf[Rule], context: WordsContext) => Sentence;
  const { params, lines = [] } = write(facts, context);
  return [text(`assess.because.${rule}`, params), ...lines];
}

interface Sentence {
  readonly params: Record<string, string | number>;
  readonly lines?: readonly string[];
}

function decimal(value: number): string {
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1, useGrouping: false }).format(value);
}

function level(value: string | null, scale: Scale, { ruleSet }: WordsContext): string {
  if (value === null) return text('assess.levels.none');
  const group = scale === 'learning' || scale === 'conduct' || scale === 'award' ? `${scale}-${familyOf(ruleSet)}` : scale;
  return text(`assess.levels.${group}.${value}`);
}

function familyOf(ruleSet: RuleSet): '22' | '58' | '27' {
  if (ruleSet === 'TT22-2021') return '22';
  return ruleSet === 'TT27-2020' ? '27' : '58';
}

function valueOf(value: FactValue | null, context: WordsContext): string {
  return typeof value === 'number' ? decimal(value) : level(value, 'comment', context);
}

function list(items: readonly (string | number)[]): string {
  return items.length === 0 ? text('assess.levels.none') : items.join(', ');
}

function names(codes: readonly string[], context: WordsContext): string {
  return list(codes.map(context.subjectName));
}

function causes(because: readonly string[]): string {
  return list(because.map((cause) => text(`assess.causes.${cause}`)));
}

/** `ongoing[2]` → "ĐĐGtx 3". */
function missingName(name: string): string {
  const [, what = name, index = '0'] = /^(\w+)(?:\[(\d+)\])?$/.exec(name) ?? [];
  return text(`assess.missing.${what}`, { number: Number(index) + 1 });
}

function conditionLine(condition: LevelCondition, context: WordsContext): string {
  const faults: string[] = [];
  const { every, some, average, comments } = condition;
  const fault = (key: string, params: Record<string, string | number>): void => {
    faults.push(text(`assess.conditions.${key}`, params));
  };
  if (average && average.value < average.atLeast) fault('average', { value: decimal(average.value), mark: decimal(average.atLeast) });
  if (every.heldBackBy.length > 0) fault('every', { mark: decimal(every.atLeast), subjects: names(every.heldBackBy, context) });
  if (some && some.reachedBy.length < some.needed) {
    fault(some.core ? 'core' : 'some', { mark: decimal(some.atLeast), needed: some.needed, reached: some.reachedBy.length });
  }
  if (comments.allowed !== null && comments.failed.length > comments.allowed) {
    fault('comments', { allowed: comments.allowed, subjects: names(comments.failed, context) });
  }
  return rowLine(level(condition.level, 'learning', context), faults);
}

function primaryLine({ level: row, testAtLeast, heldBackBy }: PrimaryCondition, context: WordsContext): string {
  const faults: string[] = [];
  if (heldBackBy.subjects.length > 0) {
    faults.push(text('assess.conditions.subjects', { subjects: names(heldBackBy.subjects, context) }));
  }
  if (heldBackBy.tests.length > 0) {
    faults.push(text('assess.conditions.tests', { mark: testAtLeast, subjects: names(heldBackBy.tests, context) }));
  }
  for (const name of ['qualities', 'competences'] as const) {
    if (heldBackBy[name].length > 0) faults.push(text(`assess.conditions.${name}`, { numbers: list(heldBackBy[name]) }));
  }
  return rowLine(level(row, 'overall', context), faults);
}

function rowLine(name: string, faults: readonly string[]): string {
  return faults.length === 0
    ? text('assess.conditions.met', { level: name })
    : text('assess.conditions.unmet', { level: name, faults: faults.join('; ') });
}

const WORDS: { readonly [Name in Rule]: (facts: FactsOf[Name], context: WordsContext) => Sentence } = {
  'missing': ({ missing, subjects }, context) => ({
    params: { missing: list([...missing.map(missingName), ...subjects.map(context.subjectName)]) },
  }),
  'term-average': ({ ongoing, periodic, final, weights, sum, divisor, value }) => {
    const terms = [
      ...ongoing.map(decimal),
      ...periodic.map((mark) => `${weights.periodic} × ${decimal(mark)}`),
      `${weights.final} × ${decimal(final)}`,
    ];
    return { params: { terms: terms.join(' + '), sum: decimal(sum), divisor, value: decimal(value) } };
  },
  'term-comments': ({ passed, all, needed, value }, context) => ({
    params: { passed, all, needed: text(`assess.needed.${needed}`), value: valueOf(value, context) },
  }),
  'year-average': ({ first, second, sum, divisor, value }) => ({
    params: { first: decimal(first), second: decimal(second), sum: decimal(sum), divisor, value: decimal(value) },
  }),
  'year-comments': ({ value }, context) => ({ params: { value: valueOf(value, context) } }),
  'year-stands': ({ value }, context) => ({ params: { value: valueOf(value, context) } }),
  'reassessment-counts': ({ year, value }, context) => ({
    params: { year: valueOf(year, context), value: valueOf(value, context) },
  }),
  'reassessment-ignored': ({ reassessed, because }, context) => ({
    params: { reassessed: valueOf(reassessed, context), because: causes(because) },
  }),
  'subjects-average': ({ sum, divisor, value }) => ({ params: { sum: decimal(sum), divisor, value: decimal(value) } }),
  'learning-level': ({ conditions, value }, context) => ({
    params: { value: level(value, 'learning', context) },
    lines: conditions.map((condition) => conditionLine(condition, context)),
  }),
  'adjustment': ({ from, reached, subject, subjectValue, reading, value }, context) => ({
    params: {
      from: level(from, 'learning', context),
      reached: level(reached, 'learning', context),
      subject: context.subjectName(subject),
      mark: valueOf(subjectValue, context),
      reading: text(`assess.readings.${reading}`),
      value: level(value, 'learning', context),
    },
  }),
  'learning-year-stands': ({ value }, context) => ({ params: { value: level(value, 'learning', context) } }),
  'readings-differ': ({ waive, exclude, value }, context) => ({
    params: {
      waive: level(waive, 'learning', context),
      exclude: level(exclude, 'learning', context),
      value: level(value, 'learning', context),
    },
  }),
  'conduct-matrix': ({ first, second, value }, context) => ({
    params: {
      first: level(first, 'conduct', context),
      second: level(second, 'conduct', context),
      value: level(value, 'conduct', context),
    },
  }),
  'conduct-given': ({ value }, context) => ({ params: { value: level(value, 'conduct', context) } }),
  'conduct-year-stands': ({ value }, context) => ({ params: { value: level(value, 'conduct', context) } }),
  'summer-conduct-counts': ({ year, value }, context) => ({
    params: { year: level(year, 'conduct', context), value: level(value, 'conduct', context) },
  }),
  'summer-conduct-ignored': ({ summer, because }, context) => ({
    params: { summer: level(summer, 'conduct', context), because: causes(because) },
  }),
  'promotion': ({ branch, absences, mostAbsences, value }, context) => ({
    params: {
      branch: text(`assess.branches.${branch}`, { absences, mostAbsences }),
      value: level(value, 'promotion', context),
    },
  }),
  'award': ({ learning, conduct, excellent, value }, context) => ({
    params: {
      learning: level(learning, 'learning', context),
      conduct: level(conduct, 'conduct', context),
      reached: excellent.reachedBy.length,
      needed: excellent.needed,
      mark: decimal(excellent.atLeast),
      value: level(value, 'award', context),
    },
  }),
  'title': ({ learning, conduct, value }, context) => ({
    params: {
      learning: level(learning, 'learning', context),
      conduct: level(conduct, 'conduct', context),
      value: level(value, 'award', context),
    },
  }),
  'no-rule': (facts) => ({ params: { case: text(`assess.silent.${facts.case}`) } }),
  'primary-level': ({ conditions, value }, context) => ({
    params: { value: level(value, 'overall', context) },
    lines: conditions.map((condition) => primaryLine(condition, context)),
  }),
  'supplement-counts': ({ conditions, value }, context) => ({
    params: { value: level(value, 'overall', context) },
    // After support only the row of HT is asked for (TT27 Đ11).
    lines: conditions.filter(({ level: row }) => row === 'HT').map((condition) => primaryLine(condition, context)),
  }),
  'supplement-ignored': ({ first }, context) => ({ params: { first: level(first, 'overall', context) } }),
  'programme-completed': ({ level: overall, value }, context) => ({
    params: { level: level(overall, 'overall', context), value: text(`assess.answers.${value}`) },
  }),
  'completed-goes-up': () => ({ params: {} }),
  'principal-decides': ({ value }) => ({ params: { value: text(`assess.answers.${value ?? 'undecided'}`) } }),
  'primary-completed': ({ grade, value }) => ({ params: { grade, value: text(`assess.answers.${value ?? 'none'}`) } }),
  'primary-award': ({ level: overall, recognised, value }, context) => ({
    params: {
      level: level(overall, 'overall', context),
      recognised: text(`assess.answers.${recognised}`),
      value: level(value, 'award', context),
    },
  }),
  'award-candidate': ({ level: overall, value }, context) => ({
    params: { level: level(overall, 'overall', context), value: text(`assess.answers.${value}`) },
  }),
};

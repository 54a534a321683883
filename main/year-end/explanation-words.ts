import type { Because as BecauseView } from '../../preload/contract/year-end.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { columnTitle } from '../grades/column-words.ts';
import { tenthsText } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import type { Assessment } from '../grades/rules/assess-pupil.ts';
import type { Because, FactValue, LevelCondition, PrimaryCondition } from '../grades/rules/because.ts';
import type { Pupil, Standing } from '../grades/rules/assessment-types.ts';

/** The steps of an explanation as sentences for a person; the numbers stay those of the rules. */
export function explanationWords(steps: readonly Because[], pupil: Pupil, assessment: Assessment): BecauseView[] {
  return steps.map(step => {
    const words = new Words(pupil, valuesAt(step.field, assessment));
    return { field: words.field(step.field), subject: words.subject(step.field), rule: text(`yearEnd.rule.${step.rule}`), article: step.article, facts: words.facts(step) };
  });
}

type Values = ReadonlyMap<string, Standing>;

/** The values of the subjects that a result looked at: those of a term, of the year, or after the summer. */
function valuesAt(field: string, assessment: Assessment): Values {
  if (assessment.ruleSet === 'TT27-2020') return new Map();
  const term = /^(?:learning|average|titles)\[(\d)\]$/.exec(field)?.[1];
  return new Map(assessment.subjects.flatMap(({ code, terms, year, final }) => {
    const value = term === undefined ? (field === 'learningFinal' ? final : year) : terms[Number(term) as 0 | 1];
    return value === null ? [] : [[code, value] as const];
  }));
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const number = (value: number) => value.toFixed(1).replace('.', ',');
const level = (value: string | null) => (value === null ? '–' : text(`yearEnd.level.${value}`));
const valueText = (value: FactValue) => (typeof value === 'number' ? number(value) : level(value));
const award = (value: string | null) => text(value === null ? 'yearEnd.fact.noAward' : `yearEnd.award.${value}`);

class Words {
  readonly #pupil: Pupil;
  readonly #values: Values;

  constructor(pupil: Pupil, values: Values) {
    this.#pupil = pupil;
    this.#values = values;
  }

  /** The subject a value belongs to; null for one of the whole pupil. */
  subject(path: string): string | null {
    const at = /^subjects\[(\d+)\]/.exec(path)?.[1];
    return at === undefined ? null : this.#name(this.#pupil.subjects[Number(at)]?.code ?? '');
  }

  /** "learning[1]" → "Học tập HK II", "subjects[2].year" → "Cả năm". */
  field(path: string): string {
    const part = /^subjects\[\d+\]\.(?:terms\[(\d)\]|(\w+))$/.exec(path);
    if (part) return capitalised(part[1] === undefined ? text(`yearEnd.part.${part[2]}`) : text(`yearEnd.part.term${Number(part[1]) + 1}`));
    const [head, index] = path.split(/[[\]]/);
    return text(`yearEnd.field.${this.#isOf58() ? 'of58.' : ''}${head}${index === undefined ? '' : Number(index) + 1}`);
  }

  facts(step: Because): string[] {
    switch (step.rule) {
      case 'missing': return [text('yearEnd.fact.missing', { what: step.facts.missing.map(what => this.#missing(what)).join(', ') })];
      case 'term-average': {
        const { ongoing, periodic, final, sum, divisor, value } = step.facts;
        const parts = [...ongoing.map(number), ...periodic.map(mark => `2×${number(mark)}`), `3×${number(final)}`];
        return [text('yearEnd.fact.average', { sum: parts.join(' + '), total: number(sum), divisor, value: number(value) })];
      }
      case 'year-average':
        return [text('yearEnd.fact.yearAverage', { first: number(step.facts.first), second: number(step.facts.second), value: number(step.facts.value) })];
      case 'subjects-average':
        return [text('yearEnd.fact.subjectsAverage', { sum: number(step.facts.sum), divisor: step.facts.divisor, value: number(step.facts.value) })];
      case 'term-comments': return [text('yearEnd.fact.comments', { passed: step.facts.passed, all: step.facts.all, value: valueText(step.facts.value) })];
      case 'year-comments': return [text('yearEnd.fact.yearComments', { value: valueText(step.facts.value) })];
      case 'learning-level':
        return [text('yearEnd.fact.level', { value: level(step.facts.value) }), ...step.facts.conditions.map(found => this.#condition(found)), ...this.#lowest()];
      case 'adjustment':
        return [text('yearEnd.fact.adjustment', {
          from: level(step.facts.from), reached: level(step.facts.reached), subject: this.#name(step.facts.subject),
          mark: valueText(step.facts.subjectValue), value: level(step.facts.value),
        })];
      case 'readings-differ': return [text('yearEnd.fact.readingsDiffer', { waive: level(step.facts.waive), exclude: level(step.facts.exclude) })];
      case 'conduct-matrix':
        return [text('yearEnd.fact.conduct', { first: level(step.facts.first), second: level(step.facts.second), value: level(step.facts.value) })];
      case 'reassessment-counts':
        return [text('yearEnd.fact.reassessed', { year: valueText(step.facts.year), value: valueText(step.facts.value) })];
      case 'summer-conduct-counts': return [text('yearEnd.fact.reassessed', { year: level(step.facts.year), value: level(step.facts.value) })];
      case 'reassessment-ignored':
        return [text('yearEnd.fact.ignored', { value: valueText(step.facts.reassessed), because: causes(step.facts.because) })];
      case 'summer-conduct-ignored': return [text('yearEnd.fact.ignored', { value: level(step.facts.summer), because: causes(step.facts.because) })];
      case 'promotion':
        return [
          text(`yearEnd.branch.${step.facts.branch}`),
          text('yearEnd.fact.promotion', {
            absences: step.facts.absences, most: step.facts.mostAbsences,
            conduct: level(step.facts.conductYear), learning: level(step.facts.learningYear), value: text(`yearEnd.promotion.${step.facts.value}`),
          }),
        ];
      case 'award':
        return [
          text('yearEnd.fact.award', { learning: level(step.facts.learning), conduct: level(step.facts.conduct) }),
          text('yearEnd.fact.excellent', {
            count: step.facts.excellent.reachedBy.length, mark: number(step.facts.excellent.atLeast), needed: step.facts.excellent.needed,
            subjects: this.#names(step.facts.excellent.reachedBy),
          }),
        ];
      case 'title': return [text('yearEnd.fact.title', { learning: level(step.facts.learning), conduct: level(step.facts.conduct), value: award(step.facts.value) })];
      case 'no-rule': return [text(`yearEnd.silent.${step.facts.case}`)];
      case 'year-stands':
      case 'learning-year-stands':
      case 'conduct-given':
      case 'conduct-year-stands': return [text('yearEnd.fact.stands', { value: valueText(step.facts.value as FactValue) })];
      default: return this.#primary(step);
    }
  }

  #primary(step: Extract<Because, { rule: PrimaryRule }>): string[] {
    switch (step.rule) {
      case 'primary-level': return [text('yearEnd.fact.level', { value: level(step.facts.value) }), ...this.#primaryConditions(step.facts.conditions)];
      case 'supplement-counts':
        return [text('yearEnd.fact.supplement', { first: level(step.facts.first), value: level(step.facts.value) }), ...this.#primaryConditions(step.facts.conditions)];
      case 'supplement-ignored': return [text('yearEnd.fact.supplementIgnored', { first: level(step.facts.first) })];
      case 'programme-completed': return [text(step.facts.value ? 'yearEnd.fact.completed' : 'yearEnd.fact.notCompleted', { level: level(step.facts.level) })];
      case 'completed-goes-up': return [text('yearEnd.fact.goesUp')];
      case 'principal-decides': {
        const { principalPromotes } = step.facts;
        return [text(`yearEnd.fact.principal.${principalPromotes === null ? 'open' : principalPromotes ? 'promotes' : 'repeats'}`)];
      }
      case 'primary-completed': {
        if (step.facts.value === null) return [text('yearEnd.fact.notLastGrade', { grade: step.facts.grade })];
        return [text(step.facts.value ? 'yearEnd.fact.primaryCompleted' : 'yearEnd.fact.primaryNotCompleted')];
      }
      case 'primary-award':
        return [text('yearEnd.fact.primaryAward', {
          level: level(step.facts.level), recognised: text(step.facts.recognised ? 'yearEnd.fact.recognised' : 'yearEnd.fact.notRecognised'), value: award(step.facts.value),
        })];
      case 'award-candidate': return [text(step.facts.value ? 'yearEnd.fact.candidate' : 'yearEnd.fact.noCandidate')];
    }
  }

  #condition(condition: LevelCondition): string {
    const held = condition.every.heldBackBy;
    const sentence = text(condition.met ? 'yearEnd.fact.conditionMet' : 'yearEnd.fact.conditionNotMet', {
      level: level(condition.level), every: number(condition.every.atLeast),
      heldBack: held.length === 0 ? text('yearEnd.fact.nobody') : this.#names(held),
      some: condition.some === null ? '' : text(condition.some.core ? 'yearEnd.fact.core' : 'yearEnd.fact.some', {
        count: condition.some.reachedBy.length, needed: condition.some.needed, mark: number(condition.some.atLeast), subjects: this.#names(condition.some.reachedBy),
      }),
      comments: condition.comments.failed.length === 0 ? '' : text('yearEnd.fact.failed', { subjects: this.#names(condition.comments.failed) }),
    });
    if (condition.average === null) return sentence;
    return `${sentence} ${text('yearEnd.fact.averageNeeded', { needed: number(condition.average.atLeast), value: number(condition.average.value) })}`;
  }

  #primaryConditions(conditions: readonly PrimaryCondition[]): string[] {
    return conditions.map(({ level: wanted, met, testAtLeast, heldBackBy }) => {
      if (met) return text('yearEnd.fact.primaryMet', { level: level(wanted), test: testAtLeast });
      const held = [
        ...heldBackBy.subjects.map(code => this.#name(code)), ...heldBackBy.tests.map(code => text('yearEnd.fact.testOf', { subject: this.#name(code) })),
        ...heldBackBy.qualities.map(position => this.#trait('pc', position)), ...heldBackBy.competences.map(position => this.#trait('nl', position)),
      ];
      return text('yearEnd.fact.primaryNotMet', { level: level(wanted), heldBack: held.join(', ') });
    });
  }

  /** A code of a subject, or the name of an entry or field of the input: `ongoing[2]`, `conduct[0]`, `qualities[4]`. */
  #missing(what: string): string {
    const [head = '', index] = what.split(/[[\]]/);
    if (head === 'qualities') return this.#trait('pc', Number(index) + 1);
    if (head === 'competences') return this.#trait('nl', Number(index) + 1);
    const key = `yearEnd.entry.${head}`;
    return hasText(key) ? text(key, { number: Number(index ?? 0) + 1 }) : this.#name(what);
  }

  #trait(kind: 'pc' | 'nl', position: number): string {
    return columnTitle(`${kind}${position}` as 'pc1', this.#pupil.grade);
  }

  /** "môn thấp nhất: Tiếng Anh 6,5". */
  #lowest(): string[] {
    const scored = [...this.#values].filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    if (scored.length === 0) return [];
    const least = Math.min(...scored.map(([, value]) => value));
    return [text('yearEnd.fact.lowest', { subjects: this.#names(scored.filter(([, value]) => value === least).map(([code]) => code)) })];
  }

  /** Each with its value: "Toán 8,2; Ngữ văn 8,0". */
  #names(codes: readonly string[]): string {
    if (codes.length === 0) return text('yearEnd.fact.nobody');
    return codes.map(code => {
      const value = this.#values.get(code);
      return typeof value === 'number' ? `${this.#name(code)} ${tenthsText(value)}` : this.#name(code);
    }).join('; ');
  }

  #name(code: string): string {
    return subjectName(code, this.#pupil.grade);
  }

  #isOf58(): boolean {
    return this.#pupil.ruleSet === 'TT58-2011' || this.#pupil.ruleSet === 'TT26-2020';
  }
}

type PrimaryRule = 'primary-level' | 'supplement-counts' | 'supplement-ignored' | 'programme-completed' | 'completed-goes-up' | 'principal-decides'
  | 'primary-completed' | 'primary-award' | 'award-candidate';

function causes(because: readonly string[]): string {
  return because.map(cause => text(`yearEnd.cause.${cause}`)).join(', ');
}

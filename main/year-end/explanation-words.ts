import type { Because as BecauseView } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { subjectName } from '../grades/grades-service.ts';
import type { Because, FactValue, LevelCondition } from '../grades/rules/because.ts';
import type { Pupil22 } from '../grades/rules/assessment-types.ts';

/** The steps of an explanation as sentences for a person; the numbers stay those of the rules. */
export function explanationWords(steps: readonly Because[], pupil: Pupil22): BecauseView[] {
  const words = new Words(pupil);
  return steps.map(step => ({ field: words.field(step.field), rule: text(`yearEnd.rule.${step.rule}`), article: step.article, facts: words.facts(step) }));
}

const number = (value: number) => value.toFixed(1).replace('.', ',');

class Words {
  readonly #pupil: Pupil22;

  constructor(pupil: Pupil22) {
    this.#pupil = pupil;
  }

  /** "learning[1]" → "Học tập HK II", "subjects[2].year" → "Toán, cả năm". */
  field(path: string): string {
    const subject = /^subjects\[(\d+)\]\.(?:terms\[(\d)\]|(\w+))$/.exec(path);
    if (subject) {
      const code = this.#pupil.subjects[Number(subject[1])]?.code ?? '';
      const part = subject[2] === undefined ? text(`yearEnd.part.${subject[3]}`) : text(`yearEnd.part.term${Number(subject[2]) + 1}`);
      return `${this.#name(code)}, ${part}`;
    }
    const [head, index] = path.split(/[[\]]/);
    return text(`yearEnd.field.${head}${index === undefined ? '' : Number(index) + 1}`);
  }

  facts(step: Because): string[] {
    switch (step.rule) {
      case 'missing': return [text('yearEnd.fact.missing', { what: step.facts.missing.map(code => this.#name(code)).join(', ') })];
      case 'term-average': {
        const { ongoing, periodic, final, sum, divisor, value } = step.facts;
        const parts = [...ongoing.map(number), ...periodic.map(mark => `2×${number(mark)}`), `3×${number(final)}`];
        return [text('yearEnd.fact.average', { sum: parts.join(' + '), total: number(sum), divisor, value: number(value) })];
      }
      case 'year-average':
        return [text('yearEnd.fact.yearAverage', { first: number(step.facts.first), second: number(step.facts.second), value: number(step.facts.value) })];
      case 'term-comments': return [text('yearEnd.fact.comments', { passed: step.facts.passed, all: step.facts.all, value: this.#value(step.facts.value) })];
      case 'year-comments': return [text('yearEnd.fact.yearComments', { value: this.#value(step.facts.value) })];
      case 'learning-level': return [text('yearEnd.fact.level', { value: this.#level(step.facts.value) }), ...step.facts.conditions.map(found => this.#condition(found))];
      case 'adjustment':
        return [text('yearEnd.fact.adjustment', {
          from: this.#level(step.facts.from), reached: this.#level(step.facts.reached), subject: this.#name(step.facts.subject),
          mark: this.#value(step.facts.subjectValue), value: this.#level(step.facts.value),
        })];
      case 'readings-differ': return [text('yearEnd.fact.readingsDiffer', { waive: this.#level(step.facts.waive), exclude: this.#level(step.facts.exclude) })];
      case 'conduct-matrix':
        return [text('yearEnd.fact.conduct', { first: this.#level(step.facts.first), second: this.#level(step.facts.second), value: this.#level(step.facts.value) })];
      case 'promotion':
        return [
          text(`yearEnd.branch.${step.facts.branch}`),
          text('yearEnd.fact.promotion', {
            absences: step.facts.absences, most: step.facts.mostAbsences,
            conduct: this.#level(step.facts.conductYear), learning: this.#level(step.facts.learningYear), value: text(`yearEnd.promotion.${step.facts.value}`),
          }),
        ];
      case 'award':
        return [
          text('yearEnd.fact.award', { learning: this.#level(step.facts.learning), conduct: this.#level(step.facts.conduct) }),
          text('yearEnd.fact.excellent', {
            count: step.facts.excellent.reachedBy.length, mark: number(step.facts.excellent.atLeast), needed: step.facts.excellent.needed,
            subjects: this.#names(step.facts.excellent.reachedBy),
          }),
        ];
      case 'no-rule': return [text(`yearEnd.silent.${step.facts.case}`)];
      default: {
        const { value } = step.facts;
        return [text('yearEnd.fact.stands', { value: typeof value === 'number' ? number(value) : this.#level(value === null ? null : String(value)) })];
      }
    }
  }

  #condition(condition: LevelCondition): string {
    const held = condition.every.heldBackBy;
    return text(condition.met ? 'yearEnd.fact.conditionMet' : 'yearEnd.fact.conditionNotMet', {
      level: this.#level(condition.level), every: number(condition.every.atLeast),
      heldBack: held.length === 0 ? text('yearEnd.fact.nobody') : this.#names(held),
      some: condition.some === null ? '' : text('yearEnd.fact.some', {
        count: condition.some.reachedBy.length, needed: condition.some.needed, mark: number(condition.some.atLeast), subjects: this.#names(condition.some.reachedBy),
      }),
      comments: condition.comments.failed.length === 0 ? '' : text('yearEnd.fact.failed', { subjects: this.#names(condition.comments.failed) }),
    });
  }

  #names(codes: readonly string[]): string {
    return codes.length === 0 ? text('yearEnd.fact.nobody') : codes.map(code => this.#name(code)).join(', ');
  }

  #name(code: string): string {
    return subjectName(code, this.#pupil.grade);
  }

  #level(level: string | null): string {
    return level === null ? '–' : text(`yearEnd.level.${level}`);
  }

  #value(value: FactValue): string {
    return typeof value === 'number' ? number(value) : this.#level(value);
  }
}

import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { decisionsOfClass, type StandingDecision } from '../grades/decided-pupil.ts';
import { ruleSetOfClass } from '../grades/grades-rules.ts';
import { membersOf, sheetsOfClass, type ClassMember } from '../grades/grades-store.ts';
import { unused, type ResultValues } from './year-results.ts';

/** A pupil of a class whose results are copied from its books and never computed. */
export interface PrintedPupil {
  member: ClassMember;
  /** What the book says at the end of the year, word for word; "" where nothing was typed. */
  outcome: string;
  decision: StandingDecision | undefined;
  values: ResultValues;
}

interface OutcomeRow {
  id: string;
  outcome: string;
  absences: string;
}

const outcomesQuery = prepare<{ classId: string }, OutcomeRow>(p => sql.selectFrom('enrolment')
  .innerJoin('printed_result', join => join.onRef('printed_result.person_id', '=', 'enrolment.person_id').onRef('printed_result.year', '=', 'enrolment.year'))
  .select(['enrolment.id', 'printed_result.outcome', 'printed_result.absences']).where('enrolment.class_id', '=', p('classId')).where('printed_result.cancelled', '=', 0));

/** Whether a class belongs to a regulation the program only copies (QĐ 40/2006, TT 30/2014, TT 22/2016). */
export function isAsPrinted(db: ReadHandle, found: { id: string; grade: number; year: string }): boolean {
  return ruleSetOfClass(sheetsOfClass(db, found.id), found) === 'AS-PRINTED';
}

/**
 * What the books say of a class. Words that plainly promote or keep stand as typed; with any others, or none, a person decides.
 */
export function printedClass(db: ReadHandle, found: { id: string; year: string }): PrintedPupil[] {
  const outcomes = new Map(outcomesQuery(db, { classId: found.id }).map(row => [row.id, row]));
  const decisions = decisionsOfClass(db, found.id);
  return membersOf(db, found.id).map(member => {
    const row = outcomes.get(member.enrolment_id);
    const outcome = row?.outcome ?? '';
    const decision = decisions.get(member.enrolment_id)?.find(({ matter }) => matter === 'printed');
    const promotion = decision === undefined ? promotionIn(outcome) : decision.value === 'promoted' ? 'promoted' : 'repeat';
    return {
      member, outcome, decision,
      values: {
        enrolment_id: member.enrolment_id, rule_set: 'AS-PRINTED', ...unused, absences: absencesIn(row?.absences ?? ''), promotion_year: promotion, promotion,
        promoted: promotion === 'incomplete' ? null : promotion === 'promoted' ? 1 : 0, flags: JSON.stringify(decision === undefined ? [] : ['decided:printed']),
      },
    };
  });
}

/** The words of a book that leave no doubt; `incomplete` for all others. */
export function promotionIn(outcome: string): 'promoted' | 'repeat' | 'incomplete' {
  const words = outcome.normalize('NFC').toLowerCase().trim().replace(/[.;]+$/, '');
  if (/^(hoàn thành chương trình lớp học, )?(được )?lên lớp( thẳng)?( \d{1,2})?$/.test(words) || /^hoàn thành chương trình (lớp học|tiểu học)$/.test(words)) return 'promoted';
  return /^(ở lại( lớp)?|lưu ban|không được lên lớp)( \d{1,2})?$/.test(words) ? 'repeat' : 'incomplete';
}

/** "12", "12 buổi"; 0 where no number was copied. */
function absencesIn(words: string): number {
  return Number(/^\d{1,3}/.exec(words.trim())?.[0] ?? 0);
}

/** Pupils for whom the words of the book decide nothing and nobody has. */
export function undecidedPrinted(pupils: readonly PrintedPupil[]): number {
  return pupils.filter(({ values }) => values.promotion === 'incomplete').length;
}

/** Whether a person has to decide about this pupil; the same before and after. */
export function asksAboutPrinted({ outcome }: Pick<PrintedPupil, 'outcome'>): boolean {
  return promotionIn(outcome) === 'incomplete';
}

export function printedQuestion(outcome: string): string {
  return outcome === '' ? text('yearEnd.decision.printed.questionEmpty') : text('yearEnd.decision.printed.questionOf', { outcome });
}

/** The two choices, each leading straight to what it says. */
export function printedChoices(): DecisionCase['choices'] {
  return (['promoted', 'repeat'] as const).map(value => ({ value, label: text(`yearEnd.decision.printed.value.${value}`), leadsTo: text(`yearEnd.promotion.${value}`) }));
}

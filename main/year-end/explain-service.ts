import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { Explanation, yearEnd } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import type { Rule } from '../grades/rules/because.ts';
import { explainPupil } from '../grades/rules/explain-pupil.ts';
import { nearestChanges } from '../grades/rules/nearest-changes.ts';
import { AppError } from '../kit/errors.ts';
import { isOwnClass } from '../school/own-classes.ts';
import { findClass } from '../school/school-class-store.ts';
import { findStudent } from '../students/students-store.ts';
import { articleOfMatter, choiceLabel, questionOf } from './decision-cases.ts';
import { isAsPrinted, printedClass, printedQuestion } from './printed-class.ts';
import { explanationWords } from './explanation-words.ts';
import { assessClass, stillToAssess, type AssessedPupil } from './year-results.ts';
import { wouldChangeWords } from './would-change-words.ts';

type YearEnd = typeof yearEnd;

/** Where there was no summer, what stands after it is what stood before: not worth a line. */
const unchanged: ReadonlySet<Rule> = new Set(['year-stands', 'learning-year-stands', 'conduct-year-stands']);

/** Of a year copied from the book: what it says, and who decided where that is not enough. */
function asPrinted(db: ReadHandle, classId: string, enrolmentId: string): Partial<Explanation> {
  const found = findClass(db, classId);
  const pupil = found && isAsPrinted(db, found) ? printedClass(db, found).find(({ member }) => member.enrolment_id === enrolmentId) : undefined;
  if (!pupil) return {};
  const { outcome, decision, values } = pupil;
  return {
    because: [{
      field: text('yearEnd.field.promotion'), subject: null, rule: text('yearEnd.decision.printed.short'), article: text('yearEnd.decision.printed.article'),
      facts: [outcome === '' ? text('yearEnd.decision.printed.nothingTyped') : text('yearEnd.decision.printed.says', { outcome }), text(`yearEnd.promotion.${values.promotion}`)],
    }],
    decided: decision === undefined ? [] : [{
      what: text('yearEnd.decision.decided', { question: printedQuestion(outcome), value: choiceLabel('printed', decision.value) }),
      by: text(`yearEnd.decision.named.${decision.role}`, { name: decision.by }), at: decision.at, reason: decision.reason,
    }],
  };
}

function stillOpenStep({ facts: { pupil } }: AssessedPupil) {
  return { field: text('yearEnd.field.promotion'), subject: null, rule: text('yearEnd.rule.still-to-assess'), article: articleOfMatter(pupil, 'noMoreReassessment') };
}

/**
 * Why the results of one pupil, or of one subject of his, are what they are; and what would change them.
 * @throws AppError `students.unknown`, `grades.otherClass`
 */
export function explain({ db, session }: ReadContext, { enrolmentId, subject }: CheckedInputOf<YearEnd['explain']>): Explanation {
  const student = findStudent(db, enrolmentId);
  if (!student) throw new AppError('students.unknown');
  // One subject says no more than its sheet.
  if (subject === undefined && !isOwnClass(db, session, student.classId)) throw new AppError('grades.otherClass');
  const assessed = assessClass(db, student.classId).find(({ facts }) => facts.member.enrolment_id === enrolmentId);
  // Results of who has left are not computed: there is nothing to explain.
  if (!assessed) return { name: student.name, because: [], wouldChange: [], decided: [], ...asPrinted(db, student.classId, enrolmentId) };
  const { facts: { pupil, decisions }, assessment } = assessed;
  const steps = explainPupil(pupil, assessment).filter(({ rule }) => !unchanged.has(rule));
  if (subject !== undefined) {
    const at = pupil.subjects.findIndex(({ code }) => code === subject);
    const ofSubject = steps.filter(({ field }) => field.startsWith(`subjects[${at}].`));
    return { name: student.name, because: explanationWords(ofSubject, pupil, assessment), wouldChange: [], decided: [] };
  }
  const open = stillToAssess(assessed);
  const because = explanationWords(open.length === 0 ? steps : steps.filter(({ field }) => field !== 'promotion'), pupil, assessment);
  if (open.length > 0) because.unshift({ ...stillOpenStep(assessed), facts: [text('yearEnd.fact.stillToAssess', { open: open.length, done: assessed.facts.assessedAgain.size })] });
  return {
    name: student.name, because, wouldChange: wouldChangeWords(nearestChanges(pupil), pupil),
    decided: decisions.map(({ matter, value, by, role, at, reason }) => ({
      what: text('yearEnd.decision.decided', { question: questionOf(matter, pupil), value: choiceLabel(matter, value) }),
      by: text(`yearEnd.decision.named.${role}`, { name: by }), at, reason,
    })),
  };
}

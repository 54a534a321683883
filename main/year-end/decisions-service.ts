import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { DecisionCase, decisions as contract, DecisionMatter } from '../../preload/contract/year-end-decisions.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import type { StandingDecision } from '../grades/decided-pupil.ts';
import { AppError } from '../kit/errors.ts';
import { ownClasses } from '../school/own-classes.ts';
import { classesOf, findClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import {
  articleOfMatter, choiceLabel, choicesOf, isChoice, isOfSummer, mattersOfClass, proposedFor, questionOf,
} from './decision-cases.ts';
import { asksAboutPrinted, isAsPrinted, printedChoices, printedClass, printedQuestion } from './printed-class.ts';
import { KeptByClass } from './kept-by-class.ts';
import { approvalsOfClass } from './year-end-store.ts';
import { assessClass, type AssessedPupil } from './year-results.ts';

type Decisions = typeof contract;

/** Homeroom teachers recognise their own pupils; everything else is the principal's. */
function mayDecide(session: Session, found: Pick<SchoolClassTable, 'homeroom_staff_id'>, matter: DecisionMatter): boolean {
  if (session.role === 'principal') return true;
  return matter === 'recognised' && session.role === 'teacher' && session.staffId !== null && session.staffId === found.homeroom_staff_id;
}

/** Without what depends on who looks. */
type Case = Omit<DecisionCase, 'mayDecide'>;
const keptCases = new KeptByClass<Case[]>();

/** What is to be decided about the pupils, in class order, with what each choice leads to; a teacher is told of his own classes. */
export function decisions({ db, session }: ReadContext, { year, classId }: CheckedInputOf<Decisions['decisions']>): { cases: DecisionCase[] } {
  const isClosed = schoolYear(db, year).state === 'closed';
  const kept = classId === undefined ? keptCases.refresh(db) : null;
  const own = ownClasses(db, session);
  const cases = classesOf(db, year).filter(found => (classId === undefined || found.id === classId) && (own?.has(found.id) ?? true)).flatMap(({ id }) => {
    const found = findClass(db, id);
    if (!found) return [];
    const ofClass = kept === null ? casesOfClass(db, found) : kept(id, () => casesOfClass(db, found));
    return ofClass.map(one => ({ ...one, mayDecide: !isClosed && mayDecide(session, found, one.matter) }));
  });
  return { cases };
}

/** Of a class copied from its books: who was promoted, where the words do not say. */
function printedCases(db: ReadHandle, found: SchoolClassTable): Case[] {
  return printedClass(db, found).flatMap((pupil, index): Case[] => {
    const { member, outcome, decision } = pupil;
    return !asksAboutPrinted(pupil) ? [] : [{
      id: `${member.enrolment_id}/printed`, enrolmentId: member.enrolment_id, order: index + 1, name: member.name, code: member.code ?? '', className: found.name, matter: 'printed',
      question: printedQuestion(outcome), article: text('yearEnd.decision.printed.article'), choices: printedChoices(), proposed: null, isOptional: false,
      decides: text('yearEnd.decision.by.principal'), decision: decision ? decisionView(decision) : null,
    }];
  });
}

function casesOfClass(db: ReadHandle, found: SchoolClassTable): Case[] {
  if (isAsPrinted(db, found)) return printedCases(db, found);
  const pupils = assessClass(db, found.id);
  const mattersOf = mattersOfClass(db, found.id, pupils);
  return pupils.flatMap((assessed, index) => {
    const { facts } = assessed;
    return mattersOf(assessed).map((matter): Case => {
      const decision = facts.decisions.find(one => one.matter === matter);
      return {
        id: `${facts.member.enrolment_id}/${matter}`, enrolmentId: facts.member.enrolment_id, order: index + 1, name: facts.member.name, code: facts.member.code ?? '',
        className: found.name, matter, question: questionOf(matter, facts.pupil), article: articleOfMatter(facts.pupil, matter), choices: choicesOf(facts.pupil, matter),
        proposed: decision ? null : proposedFor(facts.pupil, matter), isOptional: matter === 'recognised',
        decides: text(matter === 'recognised' ? 'yearEnd.decision.by.homeroom' : 'yearEnd.decision.by.principal'),
        decision: decision ? decisionView(decision) : null,
      };
    });
  });
}

function decisionView({ id, matter, value, reason, by, role, at }: StandingDecision): NonNullable<DecisionCase['decision']> {
  return { id, value, label: choiceLabel(matter, value), reason, by: text(`yearEnd.decision.named.${role}`, { name: by }), at };
}

/** How many of these pupils wait for a decision that must be made before their results can be approved. */
export function countUndecided(db: ReadHandle, classId: string, assessed: readonly AssessedPupil[]): number {
  const mattersOf = mattersOfClass(db, classId, assessed);
  return assessed.filter(pupil => mattersOf(pupil).some(matter => matter !== 'recognised' && !pupil.facts.decisions.some(one => one.matter === matter))).length;
}

/**
 * A person decides, with a reason.
 * @throws AppError `yearEnd.nothingToDecide`, `yearEnd.noSuchChoice`, `yearEnd.notYoursToDecide`, `yearEnd.alreadyDecided`, `yearEnd.decidedBeforeApproval`,
 *   `grades.yearClosed`, `students.unknown`
 */
export function decide(ctx: WriteContext, { enrolmentId, matter, value, reason }: CheckedInputOf<Decisions['decide']>): { decisionId: string } {
  const { db, session, stamp } = ctx;
  const found = requireOpen(ctx, enrolmentId, matter);
  const printed = isAsPrinted(db, found) ? printedClass(db, found).find(({ member }) => member.enrolment_id === enrolmentId) : undefined;
  const pupils = assessClass(db, found.id);
  const assessed = pupils.find(({ facts }) => facts.member.enrolment_id === enrolmentId);
  const isAsked = printed ? matter === 'printed' && asksAboutPrinted(printed) : assessed !== undefined && mattersOfClass(db, found.id, pupils)(assessed).includes(matter);
  if (!isAsked) throw new AppError('yearEnd.nothingToDecide');
  if (!isChoice(matter, value)) throw new AppError('yearEnd.noSuchChoice', { field: 'value' });
  const known = printed ? printed.decision : assessed?.facts.decisions.find(one => one.matter === matter);
  if (known) throw new AppError('yearEnd.alreadyDecided', { params: { by: known.by } });
  const decisionId = insertRecord(db, stamp, 'year_decision', { enrolment_id: enrolmentId, matter, value, reason, decided_by: session.name, role: session.role ?? 'principal' });
  ctx.changed('yearEnd', found.id, enrolmentId);
  return { decisionId };
}

/** @throws AppError `yearEnd.noDecision`, and those of {@link requireOpen} */
export function withdrawDecision(ctx: WriteContext, { decisionId }: CheckedInputOf<Decisions['withdrawDecision']>): { withdrawn: boolean } {
  const row = ctx.db.get(sql.selectFrom('year_decision').selectAll().where('id', '=', decisionId).where('cancelled', '=', 0));
  if (!row) throw new AppError('yearEnd.noDecision');
  const found = requireOpen(ctx, row.enrolment_id, row.matter as DecisionMatter);
  cancelRecord(ctx.db, ctx.stamp, 'year_decision', row.id, row.version);
  ctx.changed('yearEnd', found.id, row.enrolment_id);
  return { withdrawn: true };
}

/** The class, when this person may decide this matter there and it is not too late. */
function requireOpen({ db, session }: WriteContext, enrolmentId: string, matter: DecisionMatter): SchoolClassTable {
  const enrolment = db.get(sql.selectFrom('enrolment').select('class_id').where('id', '=', enrolmentId).where('cancelled', '=', 0));
  const found = enrolment && findClass(db, enrolment.class_id);
  if (!found) throw new AppError('students.unknown');
  if (!mayDecide(session, found, matter)) throw new AppError('yearEnd.notYoursToDecide');
  if (schoolYear(db, found.year).state === 'closed') throw new AppError('grades.yearClosed');
  const approvals = approvalsOfClass(db, found.id);
  if (approvals.final !== undefined || (approvals.year !== undefined && !isOfSummer(matter))) throw new AppError('yearEnd.decidedBeforeApproval', { params: { name: found.name } });
  return found;
}

import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import {
  type CaseStep, type CourseEvent, type CourseView, type MovementRow, type MovementView, type movements, type OfficePaper, type RegimeCode, type TransferPaper,
} from '../../preload/contract/movements.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { subjectName } from '../grades/grades-service.ts';
import { sightOfPerson } from '../students/pupil-access.ts';
import { rollOn as membersOn } from '../students/pupil-status.ts';
import { documentsOf } from './document-numbers.ts';
import { undoHeldBy } from './movement-undo.ts';
import { actsFor } from './movement-rules.ts';
import { detailWords, kindName } from './movement-words.ts';
import { movementSettings } from './movements-settings.ts';
import { formerResults, monthsOf, movementRows, theMovement, thePlace, type MovementWithNames } from './movements-store.ts';
import { caseSteps, neededPapers, transferRegimes } from './transfer-regimes.ts';

type Movements = typeof movements;

export interface Draft {
  values: Record<string, string>;
  code: string;
  grade: number;
}

export function draftOf(row: { draft: string }): Draft | null {
  return row.draft === '' ? null : JSON.parse(row.draft) as Draft;
}

const isTransfer = (row: { kind: string }) => row.kind === 'transferIn' || row.kind === 'transferOut';

/** The steps of rows, the calendar and limits read once. */
function stepsOf({ db, services }: ReadContext): (row: MovementWithNames) => CaseStep[] {
  const settings = movementSettings(db);
  const today = vietnamDay(services.clock());
  const daysOff = new Set(settings.daysOff);
  return row => (isTransfer(row) ? caseSteps({
    direction: row.kind === 'transferIn' ? 'in' : 'out', isSameProvince: row.is_same_province === 1, receivedOn: row.received_on, decidedOn: row.decided_on, handedOn: row.handed_on,
    happenedOn: row.happened_on,
  }, { today, limits: settings.limits[row.regime as RegimeCode], daysOff }) : []);
}

function rowView(row: MovementWithNames, steps: readonly CaseStep[]): MovementRow {
  const waiting = row.state === 'open' ? steps.filter(step => step.doneOn === null) : [];
  return {
    movementId: row.id, kind: row.kind, state: row.state, name: row.person_name ?? draftOf(row)?.values['name'] ?? '', className: row.class_name ?? '', enrolmentId: row.enrolment_id,
    receivedOn: row.received_on, happenedOn: row.happened_on, otherSchool: row.other_school, reason: detailWords(row),
    next: waiting[0] ?? null, urgent: waiting.filter(step => step.dueOn !== null).toSorted((one, other) => (one.dueOn ?? '').localeCompare(other.dueOn ?? ''))[0] ?? waiting[0] ?? null,
  };
}

/** Open transfers with their days, for the home board too. */
export function openCases(ctx: ReadContext): MovementRow[] {
  const steps = stepsOf(ctx);
  return movementRows(ctx.db, { onlyOpen: true }).map(row => rowView(row, steps(row)));
}

export function list(ctx: ReadContext, { year, state, kind, month }: CheckedInputOf<Movements['list']>): OutputOf<Movements['list']> {
  const steps = stepsOf(ctx);
  const waiting = movementRows(ctx.db, { year, onlyOpen: true }).map(row => rowView(row, steps(row)));
  const rows = movementRows(ctx.db, { year, kind, month, onlyOpen: state === 'open' }).map(row => rowView(row, steps(row)));
  return { rows, open: waiting.length, late: waiting.filter(isLate).length, months: monthsOf(ctx.db, year) };
}

export function isLate({ urgent }: Pick<MovementRow, 'urgent'>): boolean {
  return (urgent?.daysLeft ?? 0) < 0;
}

export function regimeView(code: string): MovementView['regime'] {
  const found = transferRegimes[code as RegimeCode] as (typeof transferRegimes)[RegimeCode] | undefined;
  if (!found) return null;
  return {
    code: found.code, title: text(`movements.regime.${found.code}.title`), source: text(`movements.regime.${found.code}.source`),
    unsure: found.isSure ? null : text(`movements.regime.${found.code}.unsure`),
  };
}

function gradeOf(row: MovementWithNames): number | null {
  return row.grade ?? draftOf(row)?.grade ?? null;
}

export function open(ctx: ReadContext, { movementId }: CheckedInputOf<Movements['open']>): MovementView {
  const { db } = ctx;
  const row = theMovement(db, movementId);
  const steps = stepsOf(ctx)(row);
  const grade = gradeOf(row);
  const held = new Set(row.held_papers.split(',') as TransferPaper[]);
  const disability = row.enrolment_id === null ? draftOf(row)?.values['disability'] ?? '' : thePlaceOrGone(db, row.enrolment_id)?.disability ?? '';
  return {
    ...rowView(row, steps), year: row.year, note: row.note, paper: row.paper, otherProvince: row.other_province, isSameProvince: row.is_same_province === 1,
    decidedOn: row.decided_on, handedOn: row.handed_on, expectedOn: row.expected_on, classId: row.class_id, grade, by: row.actor, regime: regimeView(row.regime), steps,
    needed: isTransfer(row) && grade !== null
      ? neededPapers(row.regime as RegimeCode, { level: levelOfGrade(grade), isDisabled: disability !== '' }).map(paper => ({ paper, isHeld: held.has(paper) })) : [],
    issued: documentsOf(db, { movementId }), papers: papersOf(row),
    formerResults: formerResults(db, movementId).map(one => ({
      subject: one.subject, subjectName: formerSubject(one.subject, grade ?? 0), term1: one.term1, term2: one.term2, year: one.year,
    })),
    undoHeldBy: row.state === 'undone' ? null : undoHeldBy(db, row),
  };
}

/** The pupil's place, or nothing when it was taken back with the act that made it. */
function thePlaceOrGone(db: ReadHandle, enrolmentId: string) {
  return db.get(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').select('person.disability').where('enrolment.id', '=', enrolmentId));
}

const OVERALL = new Set(['LEARNING', 'CONDUCT']);

export function formerSubject(subject: string, grade: number): string {
  if (OVERALL.has(subject)) return text(`movements.former.${subject}`);
  return /^[A-Z][A-Z0-9_]*$/.test(subject) ? subjectName(subject, grade) : subject;
}

/** What can be printed about a case as it stands. */
export function papersOf(row: Pick<MovementWithNames, 'kind' | 'state' | 'decided_on'>): OfficePaper[] {
  if (row.state === 'undone') return [];
  if (row.kind === 'transferOut') return ['application', 'introduction', 'summary', 'handover'];
  if (row.kind === 'transferIn') return row.state === 'refused' ? [] : row.decided_on === null ? ['application'] : ['application', 'acceptance', 'handover'];
  return row.kind === 'completion' ? ['completed'] : [];
}

export function rollOn({ db }: ReadContext, { classId, on }: CheckedInputOf<Movements['rollOn']>): OutputOf<Movements['rollOn']> {
  return { rows: membersOn(db, classId, on).map(row => ({ enrolmentId: row.enrolment_id, roll: row.roll, name: row.name, status: row.status })) };
}

/** A pupil's years and movements, oldest first. Why somebody left is told to those who look after him. */
export function course(ctx: ReadContext, { enrolmentId }: CheckedInputOf<Movements['course']>): CourseView {
  const { db, session } = ctx;
  const place = thePlace(db, enrolmentId);
  const isWide = sightOfPerson(db, session, place.person_id) !== 'class';
  const mayAct = mayCall(session.role, 'records.edit');
  const rows = movementRows(db, { personId: place.person_id });
  const acted = rows.toReversed().map((row): CourseEvent => ({
    id: row.id, on: row.happened_on ?? row.received_on, what: 'movement', title: kindName(row.kind), detail: isWide ? detailWords(row) : '', movementId: mayAct ? row.id : null,
    state: row.state, mayUndo: mayAct && row.state !== 'undone' && row.state !== 'refused' && undoHeldBy(db, row) === null,
  }));
  const events = [...yearEvents(db, place.person_id, isWide), ...acted].toSorted((left, right) => left.on.localeCompare(right.on));
  const isHere = place.status === 'studying' || place.status === 'transferredIn';
  const hasOpen = rows.some(row => row.state === 'open');
  return {
    events, issued: isWide ? documentsOf(db, { personId: place.person_id }) : [],
    acts: mayAct && isCurrent(db, place.year) && !hasOpen ? actsFor(place.status, place.is_repeating === 1) : [], papers: mayAct ? [...(isHere ? ['studying' as const] : []), 'summary'] : [],
  };
}

function isCurrent(db: ReadHandle, year: string): boolean {
  return db.get(sql.selectFrom('school_year').select('is_current').where('year', '=', year))?.is_current === 1;
}

function yearEvents(db: ReadHandle, personId: string, isWide: boolean): CourseEvent[] {
  const rows = db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').innerJoin('school_year', 'school_year.year', 'enrolment.year')
    .leftJoin('year_result', join => join.onRef('year_result.enrolment_id', '=', 'enrolment.id').on('year_result.cancelled', '=', 0))
    .where('enrolment.person_id', '=', personId).where('enrolment.cancelled', '=', 0)
    .select(['enrolment.id', 'enrolment.year', 'enrolment.is_repeating', 'school_class.name', 'school_year.starts_on', 'year_result.promotion']));
  return rows.map(row => ({
    id: row.id, on: row.starts_on, what: 'enrolment' as const, title: text('movements.yearInClass', { year: row.year, class: row.name }), movementId: null, state: 'done' as const, mayUndo: false,
    detail: [row.is_repeating === 1 ? text('movements.kind.repeat') : '', isWide && row.promotion !== null ? text(`yearEnd.promotion.${row.promotion}`) : ''].filter(words => words !== '').join(' · '),
  }));
}

/** A step in words with its last day: "quyết định tiếp nhận, hạn 27/11/2026". */
export function stepWords(step: CaseStep): string {
  const what = text(`movements.step.${step.step}`);
  return step.dueOn === null ? what : text('movements.stepDue', { what, on: dateText(step.dueOn) });
}


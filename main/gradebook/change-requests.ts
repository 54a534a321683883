import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ChangeRequestView, requestCalls, RequestCell, RequestState } from '../../preload/contract/gradebook-requests.ts';
import type { MarkValue } from '../../preload/contract/grades.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { ChangeRequestTable } from '../../db/schema/gradebook.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { cellFault, markText, sameValue } from '../grades/grades-rules.ts';
import { recomputeRow, requireSheet, roleRefusal, subjectName } from '../grades/grades-service.ts';
import { membersOf, saveMark } from '../grades/grades-store.ts';
import { lockOfCell, locksOf } from '../grades/mark-locks.ts';
import { AppError } from '../kit/errors.ts';
import { evidenceKind, evidenceName } from './evidence.ts';
import { cellsOf, findRequest, hasWaitingRequest, markNow, requestsOf, type RequestRow } from './request-store.ts';
import { lastSeal, sealSheet } from './sheet-seals.ts';
import { partOf } from './sheet-step-store.ts';

type Requests = typeof requestCalls;
const LEAST_REASON = 3;

/** What somebody may see: the principal and the office everything, a teacher what he asked for and what belongs to his own class. */
function sees(session: Session, row: RequestRow): boolean {
  if (session.role === 'principal' || session.role === 'secretary' || row.asked_by === session.user) return true;
  return session.role === 'teacher' && row.homeroom_staff_id !== null && row.homeroom_staff_id === session.staffId;
}

function mayOf(db: ReadHandle, session: Session, row: RequestRow): ChangeRequestView['may'] {
  const waits = row.state === 'waiting';
  const part = partOf(db, session, row);
  return { giveOpinion: waits && part.isHomeroom, decide: waits && part.isPrincipal, withdraw: waits && row.asked_by === session.user };
}

/** For the homeroom teacher until he has said something, for the principal until it is decided. */
function waitsFor(may: ChangeRequestView['may'], row: RequestRow): boolean {
  return may.decide || (may.giveOpinion && row.opinion === null);
}

export function requests({ db, session }: ReadContext, { year, show }: CheckedInputOf<Requests['requests']>) {
  const seen = requestsOf(db, year).filter(row => sees(session, row)).map(row => ({ row, may: mayOf(db, session, row) }));
  const waiting = seen.filter(({ row, may }) => waitsFor(may, row));
  const mine = seen.filter(({ row }) => row.asked_by === session.user);
  const chosen = show === 'waiting' ? waiting : show === 'mine' ? mine : seen;
  return { requests: chosen.map(({ row, may }) => viewOf(db, row, may)), counts: { waiting: waiting.length, mine: mine.length, all: seen.length } };
}

/** How many requests wait for this person. */
export function waitingRequests(db: ReadHandle, session: Session, year: string): number {
  return requestsOf(db, year).filter(row => row.state === 'waiting' && sees(session, row) && waitsFor(mayOf(db, session, row), row)).length;
}

function viewOf(db: ReadHandle, row: RequestRow, may: ChangeRequestView['may']): ChangeRequestView {
  return {
    requestId: row.id, version: row.version, sheetId: row.sheet_id, className: row.class_name, subjectName: subjectName(row.subject, row.grade), term: row.term,
    cells: requestCells(db, row), reason: row.reason, evidenceName: row.evidence_name, askedBy: row.asked_name, askedAt: row.created_at, opinion: row.opinion,
    opinionNote: row.opinion_note, opinionBy: row.opinion_by, opinionAt: row.opinion_at, state: row.state, decidedBy: row.decided_by, decidedAt: row.decided_at,
    decisionNote: row.decision_note, may,
  };
}

export function requestCells(db: ReadHandle, row: Pick<ChangeRequestTable, 'id' | 'sheet_id' | 'state'>): (RequestCell & { code: string })[] {
  return cellsOf(db, row.id).map(cell => {
    const before = JSON.parse(cell.before) as MarkValue;
    const now = markNow(db, row.sheet_id, cell.enrolment_id, cell.col);
    const isStale = row.state === 'waiting' && !sameValue(before, now);
    return {
      enrolmentId: cell.enrolment_id, name: cell.name, code: cell.code ?? '', column: cell.col, title: text(`grades.column.${cell.col}`),
      before: markText(before), after: markText(JSON.parse(cell.after) as MarkValue), now: isStale ? markText(now) : null, isStale,
    };
  });
}

/**
 * Asks for locked cells to be changed.
 * @throws AppError of who may type, `gradebook.requestNotLocked`, `gradebook.requestNothing`, `gradebook.requestDouble`, `gradebook.evidenceKind`,
 *   `grades.changedMeanwhile`, `grades.notInClass`, and those of a value that does not belong in its cell
 */
export function askChange(ctx: WriteContext, input: CheckedInputOf<Requests['askChange']>): { requestId: string } {
  const { db, session, stamp, services } = ctx;
  const sheet = requireSheet(db, input.sheetId);
  const refusal = roleRefusal(db, session, sheet);
  if (refusal !== null) throw new AppError(refusal);
  const locks = locksOf(db, sheet, stamp.at);
  const names = new Map(membersOf(db, sheet.class_id).map(member => [member.enrolment_id, member.name]));
  input.cells.forEach(({ enrolmentId, column, before, after }, index) => {
    const field = `cells.${index}`;
    const name = names.get(enrolmentId);
    if (name === undefined) throw new AppError('grades.notInClass', { field });
    const params = { name, column: text(`grades.column.${column}`) };
    const fault = cellFault(sheet, column, after);
    if (fault !== null) throw new AppError(fault, { field });
    const now = markNow(db, sheet.id, enrolmentId, column);
    if (!sameValue(now, before)) throw new AppError('grades.changedMeanwhile', { field, params: { stored: markText(now) ?? '–', yours: markText(after) ?? '–' } });
    if (sameValue(now, after)) throw new AppError('gradebook.requestNothing', { field });
    if (lockOfCell(locks, enrolmentId, column) === null) throw new AppError('gradebook.requestNotLocked', { field, params });
    if (hasWaitingRequest(db, sheet.id, enrolmentId, column)) throw new AppError('gradebook.requestDouble', { field, params });
  });
  if (input.evidence !== undefined) evidenceKind(input.evidence.bytes);
  const requestId = insertRecord(db, stamp, 'change_request', {
    sheet_id: sheet.id, reason: input.reason, evidence_name: input.evidence === undefined ? null : evidenceName(input.evidence.fileName),
    evidence_sha256: input.evidence === undefined ? null : services.files.put(input.evidence.bytes), asked_by: session.user, asked_name: session.name, state: 'waiting',
  });
  for (const { enrolmentId, column, before, after } of input.cells) {
    insertRecord(db, stamp, 'change_request_cell', { request_id: requestId, enrolment_id: enrolmentId, col: column, before: JSON.stringify(before), after: JSON.stringify(after) });
  }
  ctx.changed('gradebook', requestId);
  return { requestId };
}

/** @throws AppError `gradebook.requestUnknown` */
export function requireRequest(db: ReadHandle, session: Session, requestId: string): RequestRow {
  const row = findRequest(db, requestId);
  if (!row || !sees(session, row)) throw new AppError('gradebook.requestUnknown');
  return row;
}

function waitingRequest(db: ReadHandle, session: Session, requestId: string, act: keyof ChangeRequestView['may']): RequestRow {
  const row = requireRequest(db, session, requestId);
  if (requireSheet(db, row.sheet_id).year_state === 'closed') throw new AppError('grades.yearClosed');
  if (row.state !== 'waiting') throw new AppError('gradebook.requestNotWaiting');
  if (!mayOf(db, session, row)[act]) throw new AppError('gradebook.requestNotYours');
  return row;
}

/** What the homeroom teacher says to it; the principal decides with or without. */
export function giveOpinion(ctx: WriteContext, input: CheckedInputOf<Requests['giveOpinion']>): { version: number } {
  const { db, session, stamp } = ctx;
  const row = waitingRequest(db, session, input.requestId, 'giveOpinion');
  const version = updateRecord(db, stamp, 'change_request', row.id, input.version, {
    opinion: input.opinion, opinion_note: input.note ?? null, opinion_by: session.name, opinion_at: stamp.at,
  });
  ctx.changed('gradebook', row.id);
  return { version };
}

/**
 * Approves, which writes the marks and seals the sheet anew while it stays locked to everybody else, or refuses.
 * @throws AppError `gradebook.requestStale` with both values when a cell changed since it was asked, `gradebook.reasonNeeded` for a refusal without one
 */
export function decideRequest(ctx: WriteContext, input: CheckedInputOf<Requests['decideRequest']>): { state: RequestState } {
  const { db, session, stamp } = ctx;
  const row = waitingRequest(db, session, input.requestId, 'decide');
  const note = input.note ?? '';
  if (input.decision === 'refuse' && note.length < LEAST_REASON) throw new AppError('gradebook.reasonNeeded', { field: 'note' });
  if (input.decision === 'approve') writeMarks(ctx, row);
  const state = input.decision === 'approve' ? 'approved' : 'refused';
  updateRecord(db, stamp, 'change_request', row.id, input.version, { state, decided_by: session.name, decided_at: stamp.at, decision_note: note === '' ? null : note });
  ctx.changed('gradebook', row.id);
  return { state };
}

function writeMarks(ctx: WriteContext, row: RequestRow): void {
  const { db, stamp, session } = ctx;
  const sheet = requireSheet(db, row.sheet_id);
  const stale = requestCells(db, row).find(cell => cell.isStale);
  if (stale) {
    throw new AppError('gradebook.requestStale', { params: { name: stale.name, column: stale.title, before: stale.before ?? '–', now: stale.now ?? '–', after: stale.after ?? '–' } });
  }
  ctx.explain({ path: 'request', reason: row.reason });
  // Open for this transaction only: later than its own time, taken back before it ends.
  const until = new Date(Date.parse(stamp.at) + 1).toISOString();
  for (const cell of cellsOf(db, row.id)) {
    const opening = insertRecord(db, stamp, 'sheet_opening', { sheet_id: sheet.id, enrolment_id: cell.enrolment_id, col: cell.col, until, kind: 'request' });
    saveMark(db, stamp, sheet.id, cell.enrolment_id, cell.col, JSON.parse(cell.after) as MarkValue);
    cancelRecord(db, stamp, 'sheet_opening', opening, 1);
    recomputeRow(db, sheet, cell.enrolment_id);
  }
  if (lastSeal(db, sheet.id)) sealSheet(ctx, sheet.id, 'request', session.name);
  ctx.explain({ path: 'typed', reason: row.reason });
  ctx.changed('grades', sheet.id);
}

export function withdrawRequest(ctx: WriteContext, input: CheckedInputOf<Requests['withdrawRequest']>): { state: RequestState } {
  const { db, session, stamp } = ctx;
  const row = waitingRequest(db, session, input.requestId, 'withdraw');
  updateRecord(db, stamp, 'change_request', row.id, input.version, { state: 'withdrawn', decided_by: session.name, decided_at: stamp.at });
  ctx.changed('gradebook', row.id);
  return { state: 'withdrawn' };
}

/** @throws AppError `gradebook.requestUnknown`, `gradebook.noEvidence`, `file.missingPaper`, `file.damagedPaper` */
export function evidence({ db, session, services }: ReadContext, { requestId }: CheckedInputOf<Requests['evidence']>): { fileName: string; bytes: Uint8Array } {
  const row = requireRequest(db, session, requestId);
  if (row.evidence_name === null || row.evidence_sha256 === null) throw new AppError('gradebook.noEvidence');
  return { fileName: row.evidence_name, bytes: services.files.get(row.evidence_sha256) };
}

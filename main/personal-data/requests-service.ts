import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { personalData, RequestView } from '../../preload/contract/personal-data.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PersonRequestTable } from '../../db/schema/personal-data.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { foldForSearch } from '../kit/names.ts';
import { filedDocument } from '../students/pupil-documents.ts';
import { logLook } from '../students/students-service.ts';
import { findPerson } from '../students/students-store.ts';
import { daysOff, rulesOf } from './personal-data-settings.ts';
import { daysUntil, extendedTerm, requestTerms } from './term-rules.ts';

type PersonalData = typeof personalData;

export function requests({ db, services }: ReadContext, { show, kind }: CheckedInputOf<PersonalData['requests']>): OutputOf<PersonalData['requests']> {
  const today = vietnamDay(services.clock());
  const actors = actorNames(db);
  const rows = db.all(sql.selectFrom('person_request').selectAll().where('cancelled', '=', 0).orderBy('year', 'desc').orderBy('number', 'desc'));
  const open = rows.filter(row => row.state === 'open');
  const shown = (show === 'open' ? open.toSorted((left, right) => left.due_on.localeCompare(right.due_on)) : rows).filter(row => kind === undefined || row.kind === kind);
  return {
    requests: shown.map((row): RequestView => ({
      requestId: row.id, version: row.version, number: `${row.number}/${row.year}`, kind: row.kind, personId: row.person_id, subjectName: row.subject_name,
      requester: row.requester, relation: row.relation, contact: row.contact, content: row.content, receivedOn: row.received_on,
      acknowledgeBy: row.acknowledge_by, acknowledgedOn: row.acknowledged_on, dueOn: row.due_on, daysLeft: row.state === 'open' ? daysUntil(today, row.due_on) : null,
      extensionReason: row.extension_reason, state: row.state, answer: row.answer, answeredOn: row.answered_on, paperName: row.file_name,
      answerPaperName: row.answer_file_name, by: actors.name(row.actor),
    })),
    counts: { open: open.length, late: open.filter(row => row.due_on < today).length, all: rows.length },
  };
}

/** Open requests: how many, how many past their term, and when the next is due. */
export function openRequests(db: ReadHandle, today: string): { open: number; late: number; unacknowledged: number; nextDue: string | null } {
  const rows = db.all(sql.selectFrom('person_request').select(['due_on', 'acknowledge_by', 'acknowledged_on']).where('state', '=', 'open').where('cancelled', '=', 0).orderBy('due_on'));
  return {
    open: rows.length, late: rows.filter(row => row.due_on < today).length, nextDue: rows[0]?.due_on ?? null,
    unacknowledged: rows.filter(row => row.acknowledged_on === null && row.acknowledge_by < today).length,
  };
}

const MOST_PEOPLE = 20;

/** Pupils of any year, staff, whoever has a record: every word must occur in the name, without accents. */
export function findPeople({ db }: ReadContext, input: CheckedInputOf<PersonalData['findPeople']>): OutputOf<PersonalData['findPeople']> {
  let query = sql.selectFrom('person').where('person.cancelled', '=', 0)
    .leftJoin('staff', join => join.onRef('staff.person_id', '=', 'person.id').on('staff.cancelled', '=', 0))
    .select(['person.id as personId', 'person.name', 'person.birth', 'staff.position'])
    .select(({ selectFrom }) => selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').whereRef('enrolment.person_id', '=', 'person.id')
      .where('enrolment.cancelled', '=', 0).orderBy('enrolment.year', 'desc').limit(1)
      .select(({ fn, val }) => fn<string>('concat', ['school_class.name', val(' · '), 'enrolment.year']).as('place')).as('place'));
  for (const word of foldForSearch(input.text).split(' ').filter(part => part !== '')) query = query.where('person.search_name', 'like', `%${word}%`);
  return { people: db.all(query.orderBy('person.sort_name').limit(MOST_PEOPLE)).map(({ position, place, ...row }) => ({ ...row, place: place ?? position ?? '' })) };
}

/** @throws AppError `personalData.notYet` for a date that has not come */
function notAfterToday({ services }: WriteContext, day: string, field: string): void {
  if (day > vietnamDay(services.clock())) throw new AppError('personalData.notYet', { field });
}

export function addRequest(ctx: WriteContext, input: CheckedInputOf<PersonalData['addRequest']>): OutputOf<PersonalData['addRequest']> {
  const { db, stamp, session } = ctx;
  notAfterToday(ctx, input.receivedOn, 'receivedOn');
  if (input.personId !== null && findPerson(db, input.personId)?.cancelled !== 0) throw new AppError('students.unknown');
  const year = Number(input.receivedOn.slice(0, 4));
  const last = db.get(sql.selectFrom('person_request').select(({ fn }) => fn.max('number').as('number')).where('year', '=', year))?.number ?? 0;
  const terms = requestTerms(input.kind, input.receivedOn, rulesOf(db), daysOff(db));
  const file = input.file === undefined ? { file_name: '', file_sha256: '' } : filedDocument(ctx, input.file);
  const requestId = insertRecord(db, stamp, 'person_request', {
    year, number: last + 1, kind: input.kind, person_id: input.personId, subject_name: input.subjectName.normalize('NFC'), requester: input.requester.normalize('NFC'),
    relation: input.relation, contact: input.contact, content: input.content, received_on: input.receivedOn, acknowledge_by: terms.acknowledgeBy, acknowledged_on: null,
    due_on: terms.dueOn, extension_reason: '', state: 'open', answer: '', answered_on: null, file_name: file.file_name, file_sha256: file.file_sha256,
    answer_file_name: '', answer_file_sha256: '', actor: session.user || 'system',
  });
  ctx.changed('personalData', requestId);
  return { requestId, number: `${last + 1}/${year}`, dueOn: terms.dueOn };
}

/** @throws AppError `personalData.unknownRequest` */
function findRequest(db: ReadHandle, requestId: string): PersonRequestTable {
  const found = db.get(sql.selectFrom('person_request').selectAll().where('id', '=', requestId).where('cancelled', '=', 0));
  if (!found) throw new AppError('personalData.unknownRequest');
  return found;
}

/** @throws AppError `personalData.requestEnded`, `personalData.beforeReceived` */
function openRequest(ctx: WriteContext, requestId: string, day?: string): PersonRequestTable {
  const found = findRequest(ctx.db, requestId);
  if (found.state !== 'open') throw new AppError('personalData.requestEnded', { params: { number: `${found.number}/${found.year}` } });
  if (day !== undefined) notAfterToday(ctx, day, 'on');
  if (day !== undefined && day < found.received_on) throw new AppError('personalData.beforeReceived', { field: 'on' });
  ctx.changed('personalData', requestId);
  return found;
}

export function acknowledgeRequest(ctx: WriteContext, { requestId, version, on }: CheckedInputOf<PersonalData['acknowledgeRequest']>): null {
  updateRecord(ctx.db, ctx.stamp, 'person_request', openRequest(ctx, requestId, on).id, version, { acknowledged_on: on });
  return null;
}

/** @throws AppError `personalData.extendedAlready`, `personalData.noExtension` where the setting gives no further days */
export function extendRequest(ctx: WriteContext, { requestId, version, reason }: CheckedInputOf<PersonalData['extendRequest']>): { dueOn: string } {
  const found = openRequest(ctx, requestId);
  const rules = rulesOf(ctx.db);
  if (found.extension_reason !== '') throw new AppError('personalData.extendedAlready');
  if (rules.terms[found.kind].extension === 0) throw new AppError('personalData.noExtension');
  const dueOn = extendedTerm(found.kind, found.due_on, rules, daysOff(ctx.db));
  updateRecord(ctx.db, ctx.stamp, 'person_request', found.id, version, { due_on: dueOn, extension_reason: reason });
  return { dueOn };
}

export function endRequest(ctx: WriteContext, { requestId, version, state, answer, on, file }: CheckedInputOf<PersonalData['endRequest']>): null {
  const found = openRequest(ctx, requestId, on);
  const paper = file === undefined ? null : filedDocument(ctx, file);
  updateRecord(ctx.db, ctx.stamp, 'person_request', found.id, version, {
    state, answer, answered_on: on, ...(paper === null ? {} : { answer_file_name: paper.file_name, answer_file_sha256: paper.file_sha256 }),
  });
  return null;
}

export function openRequestPaper(ctx: WriteContext, { requestId, which }: CheckedInputOf<PersonalData['openRequestPaper']>): OutputOf<PersonalData['openRequestPaper']> {
  const found = findRequest(ctx.db, requestId);
  const [fileName, sha256] = which === 'request' ? [found.file_name, found.file_sha256] : [found.answer_file_name, found.answer_file_sha256];
  if (sha256 === '') throw new AppError('personalData.noPaper');
  if (found.person_id !== null) logLook(ctx, found.person_id, 'requestPaper');
  return { fileName, bytes: ctx.services.files.get(sha256) };
}

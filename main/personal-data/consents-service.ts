import { sql as raw } from 'kysely';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { ConsentRow, ConsentState, personalData } from '../../preload/contract/personal-data.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { ConsentTable, ProcessingPurposeTable } from '../../db/schema/personal-data.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { filedDocument } from '../students/pupil-documents.ts';
import { logLook } from '../students/students-service.ts';
import { consentState, hasReachedAge } from './consent-rules.ts';
import { rulesOf } from './personal-data-settings.ts';
import { consentPurposes, findPurpose } from './purposes-service.ts';

type PersonalData = typeof personalData;

export interface ClassPupil {
  personId: string;
  enrolmentId: string;
  name: string;
  birth: string;
}

/** Who is in the class now, in its order. */
export function pupilsOfClass(db: ReadHandle, classId: string): ClassPupil[] {
  return db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').where('enrolment.class_id', '=', classId)
    .where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn']).orderBy('enrolment.roll')
    .select(['person.id as personId', 'enrolment.id as enrolmentId', 'person.name', 'person.birth']));
}

/** Answers of a class to a purpose, of each pupil the latest first. */
function answersOf(db: ReadHandle, purposeId: string, classId: string): Map<string, ConsentTable[]> {
  return Map.groupBy(db.all(sql.selectFrom('consent').innerJoin('enrolment', 'enrolment.person_id', 'consent.person_id')
    .where('enrolment.class_id', '=', classId).where('enrolment.cancelled', '=', 0).where('consent.purpose_id', '=', purposeId)
    .where('consent.cancelled', '=', 0).selectAll('consent').orderBy('consent.happened_on', 'desc').orderBy('consent.id', 'desc')), row => row.person_id);
}

const answerOf = (row: ConsentTable | undefined) => (row ? { answer: row.answer, givenBy: row.given_by } : null);

/** One line per pupil: what the family said last to this purpose, and whether that is enough. */
export function consentRows({ db, services }: Pick<ReadContext, 'db' | 'services'>, purpose: ProcessingPurposeTable, classId: string): ConsentRow[] {
  const { childAge } = rulesOf(db);
  const today = vietnamDay(services.clock());
  const answers = answersOf(db, purpose.id, classId);
  return pupilsOfClass(db, classId).map(pupil => {
    const [latest, ...earlier] = answers.get(pupil.personId) ?? [];
    const isChildAsked = purpose.asks_child === 1 && hasReachedAge(pupil.birth, childAge, today);
    return {
      ...pupil, isChildAsked, state: consentState(answerOf(latest), isChildAsked), consentId: latest?.id ?? null, givenBy: latest?.given_by ?? null,
      giverName: latest?.giver_name ?? '', on: latest?.happened_on ?? '', note: latest?.note ?? '', hasPaper: (latest?.file_sha256 ?? '') !== '', earlier: earlier.length,
    };
  });
}

export function consents(ctx: ReadContext, { classId, purposeId }: CheckedInputOf<PersonalData['consents']>): OutputOf<PersonalData['consents']> {
  return { rows: consentRows(ctx, consentPurpose(ctx.db, purposeId), classId) };
}

/** @throws AppError `personalData.notByConsent` for a purpose that nobody is asked about */
export function consentPurpose(db: ReadHandle, purposeId: string): ProcessingPurposeTable {
  const purpose = findPurpose(db, purposeId);
  if (purpose.basis !== 'consent') throw new AppError('personalData.notByConsent', { params: { name: purpose.name } });
  return purpose;
}

/** @throws AppError `personalData.notYet` for an answer of tomorrow, `personalData.nothingToWithdraw` where nobody had agreed */
export function recordConsents(ctx: WriteContext, input: CheckedInputOf<PersonalData['recordConsents']>): OutputOf<PersonalData['recordConsents']> {
  const { db, stamp, services } = ctx;
  const purpose = consentPurpose(db, input.purposeId);
  const today = vietnamDay(services.clock());
  if (input.happenedOn > today) throw new AppError('personalData.notYet', { field: 'happenedOn' });
  const personIds = [...new Set(input.personIds)];
  const people = db.all(sql.selectFrom('person').select(['id', 'name', 'birth']).where('id', 'in', personIds).where('cancelled', '=', 0));
  if (people.length < personIds.length) throw new AppError('students.unknown');
  const file = input.file === undefined ? { file_name: '', file_sha256: '' } : filedDocument(ctx, input.file);
  const { childAge } = rulesOf(db);
  const states: ConsentState[] = [];
  const consentIds = people.map(person => {
    if (input.answer === 'withdrawn' && !hasGiven(db, purpose.id, person.id)) throw new AppError('personalData.nothingToWithdraw', { params: { name: person.name } });
    states.push(consentState(input, purpose.asks_child === 1 && hasReachedAge(person.birth, childAge, today)));
    return insertRecord(db, stamp, 'consent', {
      purpose_id: purpose.id, person_id: person.id, answer: input.answer, given_by: input.givenBy, giver_name: input.giverName.normalize('NFC'),
      happened_on: input.happenedOn, note: input.note, file_name: file.file_name, file_sha256: file.file_sha256, actor: ctx.session.user || 'system',
    });
  });
  ctx.changed('personalData');
  return { consentIds, incomplete: states.filter(state => state === 'incomplete').length };
}

function hasGiven(db: ReadHandle, purposeId: string, personId: string): boolean {
  return db.get(sql.selectFrom('consent').select('id').where('purpose_id', '=', purposeId).where('person_id', '=', personId).where('answer', '=', 'given')
    .where('cancelled', '=', 0).limit(1)) !== undefined;
}

/** @throws AppError `personalData.unknownConsent` */
function findConsent(db: ReadHandle, consentId: string): ConsentTable {
  const found = db.get(sql.selectFrom('consent').selectAll().where('id', '=', consentId).where('cancelled', '=', 0));
  if (!found) throw new AppError('personalData.unknownConsent');
  return found;
}

export function undoConsents(ctx: WriteContext, { consentIds }: CheckedInputOf<PersonalData['undoConsents']>): null {
  ctx.explain({ path: 'undo', reason: null });
  for (const id of new Set(consentIds)) cancelRecord(ctx.db, ctx.stamp, 'consent', id, findConsent(ctx.db, id).version);
  ctx.changed('personalData');
  return null;
}

export function openConsentPaper(ctx: WriteContext, { consentId }: CheckedInputOf<PersonalData['openConsentPaper']>): OutputOf<PersonalData['openConsentPaper']> {
  const found = findConsent(ctx.db, consentId);
  if (found.file_sha256 === '') throw new AppError('personalData.noPaper');
  logLook(ctx, found.person_id, 'consentPaper');
  return { fileName: found.file_name, bytes: ctx.services.files.get(found.file_sha256) };
}

/** Pupils of the year for whom some purpose that rests on consent has no valid answer, and how many pupils there are. One query for the whole school. */
export function withoutAnswer(db: ReadHandle, year: string): { pupils: number; missing: number } {
  const pupils = sql.selectFrom('enrolment').where('year', '=', year).where('enrolment.cancelled', '=', 0).where('status', 'in', ['studying', 'transferredIn']);
  const answered = sql.selectFrom('consent').innerJoin('processing_purpose', 'processing_purpose.id', 'consent.purpose_id').where('consent.cancelled', '=', 0)
    .where('processing_purpose.cancelled', '=', 0).where('basis', '=', 'consent').groupBy('consent.person_id')
    .select('consent.person_id').select(raw<number>`count(distinct consent.purpose_id)`.as('purposes')).as('answered');
  const missing = pupils.leftJoin(answered, 'answered.person_id', 'enrolment.person_id').where(raw<boolean>`ifnull(answered.purposes, 0) < ${consentPurposes(db).length}`);
  const count = (row: { count: number } | undefined) => row?.count ?? 0;
  return {
    pupils: count(db.get(pupils.select(({ fn }) => fn.countAll<number>().as('count')))),
    missing: count(db.get(missing.select(({ fn }) => fn.countAll<number>().as('count')))),
  };
}

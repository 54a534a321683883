import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PupilDocumentTable } from '../../db/schema/pupils.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { sightsOf } from './pupil-access.ts';
import { identityPapersOf } from './pupil-identity-papers.ts';
import { emptyRow, readPupilRecord } from './pupil-record-store.ts';
import { imageFacts } from './image-facts.ts';
import { findPerson, findStudent } from './students-store.ts';
import { logLook, requireSight } from './students-service.ts';

type Students = typeof students;

const MAX_PHOTO = 400 * 1024; // bytes: a 3×4 of 600 dpi needs less
const MAX_DOCUMENT = 15 * 1024 * 1024;
const SIDES = { narrowest: 90, widest: 1200 }; // pixels of width

export function photo({ db, session, services }: ReadContext, { personId, enrolmentId }: CheckedInputOf<Students['photo']>): OutputOf<Students['photo']> {
  const row = findStudent(db, enrolmentId);
  if (row?.personId !== personId) throw new AppError('students.unknown');
  if (sightsOf(db, session)({ class_id: row.classId }) === 'class') return { bytes: null };
  const sha256 = readPupilRecord(db, personId, null).profile?.photo_sha256 ?? '';
  return { bytes: sha256 === '' ? null : services.files.get(sha256) };
}

/** @throws AppError `students.badPhoto` for anything but a JPEG or PNG of three by four and a sensible size */
export function savePhoto(ctx: WriteContext, { personId, file }: CheckedInputOf<Students['savePhoto']>): null {
  const { db, stamp, services } = ctx;
  const record = readPupilRecord(db, personId, null);
  const facts = imageFacts(file.bytes);
  const isThreeByFour = facts !== null && Math.abs(facts.width * 4 - facts.height * 3) <= 4;
  if (!isThreeByFour || file.bytes.length > MAX_PHOTO || facts.width < SIDES.narrowest || facts.width > SIDES.widest) {
    throw new AppError('students.badPhoto', { field: 'photo' });
  }
  const sha256 = services.files.put(file.bytes);
  if (record.profile) updateRecord(db, stamp, 'pupil_profile', record.profile.id, record.profile.version, { photo_sha256: sha256 });
  else insertRecord(db, stamp, 'pupil_profile', { ...emptyRow('profile'), person_id: personId, photo_sha256: sha256 });
  ctx.changed('students', personId);
  return null;
}

/** Documents, the replaced ones after those in force, and identity papers with masked numbers. */
export function documents(ctx: ReadContext, { personId }: CheckedInputOf<Students['documents']>): OutputOf<Students['documents']> {
  requireSight(ctx, personId);
  const rows = ctx.db.all(sql.selectFrom('pupil_document').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0).orderBy('id', 'desc'));
  const views = rows.map(row => ({
    documentId: row.id, kind: row.kind, number: row.number, issuedOn: row.issued_on, fileName: row.file_name, bytes: row.bytes,
    addedAt: row.created_at, isReplaced: row.replaced_by !== null,
  }));
  return { documents: [...views.filter(one => !one.isReplaced), ...views.filter(one => one.isReplaced)], papers: identityPapersOf(ctx.db, personId) };
}

function findDocument(db: ReadHandle, documentId: string): PupilDocumentTable {
  const found = db.get(sql.selectFrom('pupil_document').selectAll().where('id', '=', documentId).where('cancelled', '=', 0));
  if (!found) throw new AppError('students.unknownDocument');
  return found;
}

export function openDocument(ctx: WriteContext, { documentId }: CheckedInputOf<Students['openDocument']>): OutputOf<Students['openDocument']> {
  const found = findDocument(ctx.db, documentId);
  requireSight(ctx, found.person_id);
  logLook(ctx, found.person_id, 'document');
  return { fileName: found.file_name, bytes: ctx.services.files.get(found.file_sha256) };
}

type Handed = CheckedInputOf<Students['addDocument']>['file'];

/** Keeps a paper that was handed over: PDF, JPEG or PNG, by the bytes and not by the name. @throws AppError `students.badDocument` */
export function filedDocument({ services }: WriteContext, file: Handed): Pick<PupilDocumentTable, 'file_name' | 'file_sha256' | 'bytes'> {
  const isPdf = Buffer.from(file.bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
  if ((!isPdf && imageFacts(file.bytes) === null) || file.bytes.length > MAX_DOCUMENT) throw new AppError('students.badDocument', { field: 'file' });
  return { file_name: file.fileName.normalize('NFC'), file_sha256: services.files.put(file.bytes), bytes: file.bytes.length };
}

export function addDocument(ctx: WriteContext, { personId, kind, number, issuedOn, file }: CheckedInputOf<Students['addDocument']>): { documentId: string } {
  if (findPerson(ctx.db, personId)?.cancelled !== 0) throw new AppError('students.unknown');
  const documentId = insertRecord(ctx.db, ctx.stamp, 'pupil_document', {
    person_id: personId, kind, number: number.trim(), issued_on: issuedOn, ...filedDocument(ctx, file), replaced_by: null,
  });
  ctx.changed('students', personId);
  return { documentId };
}

/** The new file takes the old one's place; the old one can still be opened. */
export function replaceDocument(ctx: WriteContext, { documentId, file }: CheckedInputOf<Students['replaceDocument']>): { documentId: string } {
  const old = findDocument(ctx.db, documentId);
  if (old.replaced_by !== null) throw new AppError('students.unknownDocument');
  const { person_id, kind, number, issued_on } = old;
  const made = insertRecord(ctx.db, ctx.stamp, 'pupil_document', { person_id, kind, number, issued_on, ...filedDocument(ctx, file), replaced_by: null });
  updateRecord(ctx.db, ctx.stamp, 'pupil_document', old.id, old.version, { replaced_by: made });
  ctx.changed('students', person_id);
  return { documentId: made };
}

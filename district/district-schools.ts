import { readFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { fileFault } from '../main/kit/atomic-file.ts';
import { AppError } from '../main/kit/errors.ts';
import { readSchoolEnrolment } from '../main/sync/enrolment-school.ts';
import { keyFingerprint, publicKeyPem } from '../main/sync/keys-ed25519.ts';
import { isPostgres, openDistrictDatabase } from './district-database.ts';
import { FolderLock, readHolder, type RunningServer } from './district-lock.ts';
import type { DistrictDatabase } from './district-schema.ts';

export interface EnrolledSchool {
  school: string;
  name: string;
  device: string;
  /** To be compared with what the school reads aloud. */
  fingerprint: string;
}

/** What can be done to the list of schools from outside the server. */
export type SchoolAct = { act: 'enrol'; text: string } | { act: 'revoke'; school: string; fingerprint: string; reason: string };

/**
 * Accepts a school's enrolment file into the database `db` (`postgres://…` or the embedded folder; when a server holds the folder, through that server).
 * A school enrols again for a second device, or with a new key; a rotation signed by the old key ends the old key's validity.
 * @throws AppError `enrolment.form`, `enrolment.keyForm`, `enrolment.signature`, `enrolment.rotationUnknown`, `district.database`, `district.inUse`, `file.…`
 */
export async function enrolSchool(options: { db: string; file: string }): Promise<EnrolledSchool> {
  const text = await readFile(options.file, 'utf8').catch((fault: unknown) => { throw fileFault(fault, options.file); });
  return actOnSchools(options.db, { act: 'enrol', text });
}

/** From now on nothing signed by this key is taken, whatever date it bears. @throws AppError `district.unknownKey` and as {@link enrolSchool} */
export async function revokeSchoolKey(options: { db: string; school: string; fingerprint: string; reason: string }): Promise<EnrolledSchool> {
  return actOnSchools(options.db, { act: 'revoke', school: options.school, fingerprint: options.fingerprint, reason: options.reason });
}

export async function performSchoolAct(database: DistrictDatabase, act: SchoolAct, now: Date): Promise<EnrolledSchool> {
  return database.transaction().execute((transaction) => (act.act === 'enrol' ? enrol(transaction, act.text, now) : revoke(transaction, act, now)));
}

async function enrol(transaction: DistrictDatabase, text: string, now: Date): Promise<EnrolledSchool> {
  const { school, name, device, key, fingerprint, replaces } = readSchoolEnrolment(text);
  await transaction.insertInto('school').values({ id: school, name, enrolled_at: now }).onConflict((conflict) => conflict.column('id').doUpdateSet({ name })).execute();
  if (replaces !== null) {
    const ended = await transaction.updateTable('school_key').set({ valid_to: now })
      .where('school', '=', school).where('fingerprint', '=', keyFingerprint(replaces)).where('revoked_at', 'is', null).returning('fingerprint').executeTakeFirst();
    // Whoever holds a stolen, revoked key could otherwise hand over to a key of his own.
    if (ended === undefined) throw new AppError('enrolment.rotationUnknown', { params: { school } });
  }
  await transaction.insertInto('school_key')
    .values({ school, device, fingerprint, public_key: publicKeyPem(key), valid_from: now, valid_to: null, revoked_at: null, revoked_reason: null })
    .onConflict((conflict) => conflict.doNothing()).execute();
  return { school, name, device, fingerprint };
}

async function revoke(transaction: DistrictDatabase, act: { school: string; fingerprint: string; reason: string }, now: Date): Promise<EnrolledSchool> {
  const key = await transaction.updateTable('school_key').set({ revoked_at: now, revoked_reason: act.reason })
    .where('school', '=', act.school).where('fingerprint', '=', act.fingerprint).returning('device').executeTakeFirst();
  if (key === undefined) throw new AppError('district.unknownKey', { params: { school: act.school, fingerprint: act.fingerprint } });
  const { name } = await transaction.selectFrom('school').select('name').where('id', '=', act.school).executeTakeFirstOrThrow();
  return { school: act.school, name, device: key.device, fingerprint: act.fingerprint };
}

async function actOnSchools(db: string, act: SchoolAct): Promise<EnrolledSchool> {
  const holder = isPostgres(db) ? null : readHolder(db);
  if (holder !== null && holder.url !== '') return askServer(holder, act);
  const lock = isPostgres(db) ? undefined : new FolderLock(db);
  try {
    const database = await openDistrictDatabase(db);
    try {
      return await performSchoolAct(database, act, new Date());
    } finally {
      await database.destroy();
    }
  } finally {
    lock?.release();
  }
}

/** The embedded database is open in the server: it acts for us. Its token and certificate come from a file only its owner can read. */
async function askServer(server: RunningServer, act: SchoolAct): Promise<EnrolledSchool> {
  const body = JSON.stringify(act);
  const url = new URL('/admin/schools', server.url);
  const options = { method: 'POST', headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } };
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = server.certificate === null
      ? plainRequest(url, options)
      // Exactly this certificate, whoever issued it and whatever name it bears: the address is the loopback's.
      : tlsRequest(url, { ...options, ca: server.certificate, allowPartialTrustChain: true, checkServerIdentity: () => undefined });
    request.on('error', (fault) => reject(new AppError('district.inUse', { params: { folder: server.url }, cause: fault })));
    request.on('response', (response) => {
      Array.fromAsync(response as AsyncIterable<Buffer>).then((chunks) => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }), reject);
    });
    request.end(body);
  });
  const answer = JSON.parse(text) as EnrolledSchool & { error?: { code: string; params: Record<string, string | number> } };
  if (answer.error !== undefined) throw new AppError(answer.error.code, { params: answer.error.params });
  if (status !== 200) throw new AppError('district.inUse', { params: { folder: server.url } });
  return answer;
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { PackageView, sync, SyncStatus } from '../../preload/contract/sync.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PackageTable } from '../../db/schema/papers.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext, WriteContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { AppError } from '../kit/errors.ts';
import { theSchool } from '../school/school-store.ts';
import { readAuthorityKeys, recipientsAt, renewAuthorityKeys, type AuthorityKeys } from './enrolment-authority.ts';
import { writeSchoolEnrolment } from './enrolment-school.ts';
import { noneBefore, packageFileName } from './package-format.ts';
import { openPackage } from './package-open.ts';
import { pushPackage } from './package-push.ts';
import { matchReceipt, readReceipt, type SignedReceipt } from './package-receipt.ts';
import { sealPackage } from './package-seal.ts';
import {
  authority, journalToSend, makePackageKey, packageFile, packageKey, packages, saveAuthority, schemaNumber, sealedPapersSince, unsentRecords,
} from './sync-store.ts';

type Sync = typeof sync;

export function packageView(row: PackageTable): PackageView {
  return {
    sequence: row.sequence, fileName: row.file_name, createdAt: row.created_at, records: row.records, files: row.files, bytes: row.bytes, sha256: row.sha256,
    state: row.state, acknowledgedAt: row.acknowledged_at, content: text('sync.content', { records: row.records, files: row.files }),
  };
}

function counts(rows: readonly PackageTable[]): { acknowledged: number; waiting: number } {
  const acknowledged = rows.filter(row => row.state === 'acknowledged').length;
  return { acknowledged, waiting: rows.length - acknowledged };
}

export function status({ db, services }: ReadContext): SyncStatus {
  const rows = packages(db);
  const sentTo = rows.at(-1)?.journal_to ?? 0;
  const accepted = authority(db);
  return {
    school: theSchool(db).code, device: services.device,
    authority: accepted ? { name: accepted.keys.name, fingerprint: accepted.keys.fingerprint, server: accepted.server } : null,
    packages: rows.map(packageView), ...counts(rows),
    unsentRecords: unsentRecords(db, sentTo), unsentFiles: sealedPapersSince(db, sentTo, Number.MAX_SAFE_INTEGER).length,
  };
}

function enrolled(db: ReadHandle): { keys: AuthorityKeys; server: string | null } {
  const found = authority(db);
  if (!found) throw new AppError('enrolment.none');
  return found;
}

/**
 * Seals the next package from what no package holds yet, keeps its file, and answers it; null when there is nothing new.
 * @throws AppError `enrolment.none`, those of `sealPackage`
 */
export async function makePackage(ctx: JobContext): Promise<PackageTable | null> {
  const { db, services } = ctx;
  const { keys } = enrolled(db);
  const signingKey = packageKey(db) ?? ctx.write({ path: 'rule', reason: null }, write => makePackageKey(write.db, write.stamp));
  const rows = packages(db);
  const last = rows.at(-1);
  const after = last?.journal_to ?? 0;
  if (unsentRecords(db, after) === 0) return null;
  const upTo = services.database.journalHead().seq;
  const school = theSchool(db).code;
  const sequence = (last?.sequence ?? 0) + 1;
  const fileName = packageFileName(school, services.device, sequence);
  const papers = sealedPapersSince(db, after, upTo);
  const createdAt = services.clock().toISOString();
  ctx.progress(0, 1, fileName);
  const outFile = path.join(services.dataFolder, 'packages', fileName);
  const sealed = (await leftBehind(outFile, { after, previous: last?.sha256 ?? noneBefore })) ?? await sealPackage({
    school, device: services.device, sequence, previous: last?.sha256 ?? noneBefore, journal: pages(db, after, upTo), journalAfter: after,
    files: papers.map(sha256 => ({ sha256, path: services.files.pathOf(sha256) })), recipients: recipientsAt(keys, services.clock()), signingKey,
    schema: schemaNumber, createdAt, outFile, signal: ctx.signal,
  });
  const made = ctx.write({ path: 'sent', reason: null }, write => {
    const id = insertRecord(write.db, write.stamp, 'package', {
      sequence, file_name: fileName, sha256: sealed.sha256, bytes: sealed.bytes, journal_from: sealed.header.journalFrom, journal_to: sealed.header.journalTo,
      records: sealed.header.journalTo - after, files: sealed.header.files, state: 'waiting', receipt: null, acknowledged_at: null,
    });
    write.changed('sync', String(sequence));
    return id;
  });
  ctx.progress(1, 1, fileName);
  return packages(db).find(row => row.id === made) ?? null;
}

/**
 * A package whose file was finished before a power cut, and its row not. It may already have left on a stick, so it is never made anew:
 * it becomes the package of its number. A file that does not follow from the last package is left for `sealPackage` to refuse.
 */
async function leftBehind(file: string, expected: { after: number; previous: string }) {
  if (!existsSync(file)) return null;
  const { header, sha256, bytes } = await openPackage(file);
  return header.journalFrom === expected.after + 1 && header.previous === expected.previous ? { header, sha256, bytes } : null;
}

const PAGE = 5000;

/** The journal a page at a time: no statement stays open while the package waits for the disk, so other calls can write. */
async function* pages(db: ReadHandle, after: number, upTo: number) {
  for (let from = after; from < upTo; from += PAGE) yield* journalToSend(db, from, Math.min(upTo, from + PAGE));
}

export async function exportPackage(ctx: JobContext): Promise<OutputOf<Sync['exportPackage']>> {
  const row = (await makePackage(ctx)) ?? packages(ctx.db).findLast(found => found.state === 'waiting');
  if (!row) throw new AppError('sync.nothingNew');
  return { package: packageView(row), fileName: row.file_name, bytes: new Uint8Array(readFileSync(packageFile(ctx.services.dataFolder, row))) };
}

/** Makes a package of anything new, then sends all that is not acknowledged, in order; each receipt is kept as it comes. */
export async function push(ctx: JobContext, { server }: CheckedInputOf<Sync['push']>): Promise<OutputOf<Sync['push']>> {
  const accepted = enrolled(ctx.db);
  const address = server ?? accepted.server;
  if (address === null) throw new AppError('sync.noServer');
  await makePackage(ctx);
  const waiting = packages(ctx.db).filter(row => row.state === 'waiting');
  let sent = 0;
  for (const row of waiting) {
    stopIfCancelled(ctx.signal);
    ctx.progress(sent, waiting.length, row.file_name);
    const receipt = await pushPackage({
      server: address, file: packageFile(ctx.services.dataFolder, row), authority: accepted.keys, signal: ctx.signal,
      attempts: 4, backoff: { firstMs: 500, longestMs: 8000 },
    });
    ctx.write({ path: 'sent', reason: null }, write => { keepReceipt(write, row, receipt); });
    sent += 1;
  }
  ctx.progress(sent, sent, '');
  return { sent, ...counts(packages(ctx.db)) };
}

/** Takes a receipt that came as a file. @throws AppError `package.receiptForm`, `package.receiptSignature`, `package.receiptOther`, `sync.unknownReceipt` */
export function acceptReceipt(ctx: WriteContext, { bytes }: CheckedInputOf<Sync['acceptReceipt']>): OutputOf<Sync['acceptReceipt']> {
  const signed = readReceipt(bytes, enrolled(ctx.db).keys.receiptKeys);
  const row = packages(ctx.db).find(found => found.sequence === signed.receipt.sequence);
  if (!row) throw new AppError('sync.unknownReceipt', { params: { sequence: signed.receipt.sequence } });
  matchReceipt(signed.receipt, { school: theSchool(ctx.db).code, device: ctx.services.device, sequence: row.sequence, sha256: row.sha256 });
  keepReceipt(ctx, row, signed);
  return { sequence: row.sequence, ...counts(packages(ctx.db)) };
}

function keepReceipt(ctx: WriteContext, row: PackageTable, signed: SignedReceipt): void {
  if (row.state === 'acknowledged') return;
  const receipt = JSON.stringify({ json: signed.json.toString('utf8'), signature: signed.signature.toString('base64') });
  updateRecord(ctx.db, ctx.stamp, 'package', row.id, row.version, { state: 'acknowledged', receipt, acknowledged_at: signed.receipt.receivedAt });
  for (const paper of papersIn(ctx.db, row)) updateRecord(ctx.db, ctx.stamp, 'transcript', paper.id, paper.version, { state: 'sent' });
  ctx.changed('sync', String(row.sequence));
  ctx.changed('transcripts', String(row.sequence));
}

function papersIn(db: ReadHandle, row: PackageTable): { id: string; version: number }[] {
  const shas = sealedPapersSince(db, row.journal_from - 1, row.journal_to);
  return shas.length === 0 ? [] : db.all(sql.selectFrom('transcript').select(['id', 'version']).where('file_sha256', 'in', shas).where('state', '=', 'sealed'));
}

export function enrolmentRequest(ctx: WriteContext): OutputOf<Sync['enrolmentRequest']> {
  const key = makePackageKey(ctx.db, ctx.stamp);
  const school = theSchool(ctx.db);
  const { text: document, fingerprint } = writeSchoolEnrolment({
    school: school.code, name: school.name, device: ctx.services.device, packageKey: key, createdAt: ctx.services.clock().toISOString(),
  });
  return { fileName: `${school.code}-${ctx.services.device}.enrol.json`, bytes: new Uint8Array(Buffer.from(document)), fingerprint };
}

/** First shows who it is; with `confirm` pins the keys. Keys of the authority already trusted are renewed without reading aloud again. */
export function enrolmentAccept(ctx: WriteContext, input: CheckedInputOf<Sync['enrolmentAccept']>): OutputOf<Sync['enrolmentAccept']> {
  const document = Buffer.from(input.bytes).toString('utf8');
  const offered = readAuthorityKeys(document);
  const known = authority(ctx.db);
  if (known) renewAuthorityKeys(known.keys, document);
  if (input.confirm) {
    saveAuthority(ctx.db, ctx.stamp, { document, server: input.server ?? known?.server ?? null });
    ctx.changed('sync', 'authority');
  }
  return { authority: offered.name, fingerprint: offered.fingerprint, accepted: input.confirm };
}

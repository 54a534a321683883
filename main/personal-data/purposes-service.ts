import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { LegalBasis, personalData, PurposeView } from '../../preload/contract/personal-data.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { ProcessingPurposeTable } from '../../db/schema/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';

type PersonalData = typeof personalData;

/**
 * What a school usually processes personal data for. Only a proposal: basis, receivers and terms are confirmed by the school, row by row. The
 * words are `personalData.proposal.<key>.*`.
 */
const proposals: readonly { key: string; basis: LegalBasis; isSensitive?: true; asksChild?: true }[] = [
  { key: 'pupils', basis: 'law', isSensitive: true }, { key: 'assessment', basis: 'law' }, { key: 'reporting', basis: 'law', isSensitive: true },
  { key: 'staff', basis: 'law', isSensitive: true }, { key: 'support', basis: 'law', isSensitive: true }, { key: 'contact', basis: 'task' },
  { key: 'health', basis: 'consent', isSensitive: true }, { key: 'boarding', basis: 'contract' }, { key: 'photos', basis: 'consent', asksChild: true },
  { key: 'groups', basis: 'consent', asksChild: true }, { key: 'camera', basis: 'task' },
];

function purposeRows(db: ReadHandle): ProcessingPurposeTable[] {
  return db.all(sql.selectFrom('processing_purpose').selectAll().where('cancelled', '=', 0).orderBy('id'));
}

/** @throws AppError `personalData.unknownPurpose` */
export function findPurpose(db: ReadHandle, purposeId: string): ProcessingPurposeTable {
  const found = db.get(sql.selectFrom('processing_purpose').selectAll().where('id', '=', purposeId).where('cancelled', '=', 0));
  if (!found) throw new AppError('personalData.unknownPurpose');
  return found;
}

/** Purposes that only a consent allows, in the order of the register. */
export function consentPurposes(db: ReadHandle): ProcessingPurposeTable[] {
  return purposeRows(db).filter(row => row.basis === 'consent');
}

/** Proposals that never came into the register; one that was taken and struck out again stays out. */
function untaken(db: ReadHandle): typeof proposals {
  const taken = new Set(db.all(sql.selectFrom('processing_purpose').select('key').where('key', '<>', '')).map(row => row.key));
  return proposals.filter(one => !taken.has(one.key));
}

export function purposes({ db }: ReadContext): OutputOf<PersonalData['purposes']> {
  const actors = actorNames(db);
  return {
    purposes: purposeRows(db).map((row): PurposeView => ({
      purposeId: row.id, version: row.version, name: row.name, basis: row.basis, basisNote: row.basis_note, categories: row.categories, receivers: row.receivers,
      retention: row.retention, isSensitive: row.is_sensitive === 1, asksChild: row.asks_child === 1,
      confirmed: row.confirmed_by === '' ? null : { by: actors.name(row.confirmed_by), on: row.confirmed_on },
    })),
    proposals: untaken(db).length,
  };
}

export function takeProposals(ctx: WriteContext): { added: number } {
  const missing = untaken(ctx.db);
  for (const { key, basis, isSensitive, asksChild } of missing) {
    const word = (part: string) => text(`personalData.proposal.${key}.${part}`);
    insertRecord(ctx.db, ctx.stamp, 'processing_purpose', {
      key, name: word('name'), basis, basis_note: word('basis'), categories: word('categories'), receivers: word('receivers'), retention: word('retention'),
      is_sensitive: isSensitive ? 1 : 0, asks_child: asksChild ? 1 : 0, confirmed_by: '', confirmed_on: '',
    });
  }
  if (missing.length > 0) ctx.changed('personalData');
  return { added: missing.length };
}

function confirmation({ session, services }: WriteContext): Pick<ProcessingPurposeTable, 'confirmed_by' | 'confirmed_on'> {
  return { confirmed_by: session.user || 'system', confirmed_on: vietnamDay(services.clock()) };
}

/** @throws AppError `personalData.purposeAnswered` when a purpose with answers would no longer rest on consent */
export function savePurpose(ctx: WriteContext, input: CheckedInputOf<PersonalData['savePurpose']>): { purposeId: string } {
  const { db, stamp } = ctx;
  const values = {
    name: input.name.normalize('NFC'), basis: input.basis, basis_note: input.basisNote, categories: input.categories, receivers: input.receivers, retention: input.retention,
    is_sensitive: input.isSensitive ? 1 : 0, asks_child: input.asksChild ? 1 : 0, ...confirmation(ctx),
  } as const;
  ctx.changed('personalData');
  if (input.purposeId === undefined) return { purposeId: insertRecord(db, stamp, 'processing_purpose', { key: '', ...values }) };
  const found = findPurpose(db, input.purposeId);
  if (found.basis === 'consent' && input.basis !== 'consent' && hasAnswers(db, found.id)) throw new AppError('personalData.purposeAnswered', { field: 'basis' });
  updateRecord(db, stamp, 'processing_purpose', found.id, input.version ?? found.version, values);
  return { purposeId: found.id };
}

function hasAnswers(db: ReadHandle, purposeId: string): boolean {
  return db.get(sql.selectFrom('consent').select('id').where('purpose_id', '=', purposeId).where('cancelled', '=', 0).limit(1)) !== undefined;
}

export function confirmPurposes(ctx: WriteContext, { purposeIds }: CheckedInputOf<PersonalData['confirmPurposes']>): { confirmed: number } {
  const open = [...new Set(purposeIds)].map(id => findPurpose(ctx.db, id)).filter(row => row.confirmed_by === '');
  for (const row of open) updateRecord(ctx.db, ctx.stamp, 'processing_purpose', row.id, row.version, confirmation(ctx));
  ctx.changed('personalData');
  return { confirmed: open.length };
}

/** The purpose ends; answers given to it stay in the history. */
export function cancelPurpose(ctx: WriteContext, { purposeId, version }: CheckedInputOf<PersonalData['cancelPurpose']>): null {
  cancelRecord(ctx.db, ctx.stamp, 'processing_purpose', findPurpose(ctx.db, purposeId).id, version);
  ctx.changed('personalData');
  return null;
}

/** How many purposes the register has, and how many nobody has confirmed. */
export function purposeCounts(db: ReadHandle): { all: number; unconfirmed: number } {
  const rows = purposeRows(db);
  return { all: rows.length, unconfirmed: rows.filter(row => row.confirmed_by === '').length };
}

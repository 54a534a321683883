import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { IssuedPaper, movements } from '../../preload/contract/movements.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { RecordColumns } from '../../db/schema/base.ts';
import type { DocumentNumberTable } from '../../db/schema/movements.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';

type Movements = typeof movements;
export type NewDocument = Omit<DocumentNumberTable, keyof RecordColumns | 'year' | 'number' | 'state' | 'void_reason'>;

/** "07/GXN-THCSHB": numbers below ten have a zero in front (NĐ 30/2020, Phụ lục I). */
export function numberWords({ number, symbol }: Pick<DocumentNumberTable, 'number' | 'symbol'>): string {
  return `${String(number).padStart(2, '0')}/${symbol}`;
}

export function documentsOf(db: ReadHandle, of: { personId: string } | { movementId: string } | { year: number }): IssuedPaper[] {
  let query = sql.selectFrom('document_number').selectAll().where('cancelled', '=', 0);
  if ('personId' in of) query = query.where('person_id', '=', of.personId);
  else if ('movementId' in of) query = query.where('movement_id', '=', of.movementId);
  else query = query.where('year', '=', of.year);
  return db.all(query.orderBy('year').orderBy('number')).map(row => ({
    documentId: row.id, kind: row.kind, number: numberWords(row), issuedOn: row.issued_on, title: row.title, receiver: row.receiver, signer: row.signer, hasFile: row.file_sha256 !== null,
    state: row.state, voidReason: row.void_reason,
  }));
}

/** The number that the next document of a calendar year gets, and the day of the last one; a year that holds none begins with 1. */
export function nextNumber(db: ReadHandle, year: number): { next: number; lastOn: string | null } {
  const last = db.get(sql.selectFrom('document_number').select(['number', 'issued_on']).where('year', '=', year).orderBy('number', 'desc').limit(1));
  return { next: (last?.number ?? 0) + 1, lastOn: last?.issued_on ?? null };
}

export function documents({ db }: ReadContext, { year }: CheckedInputOf<Movements['documents']>): OutputOf<Movements['documents']> {
  const { next, lastOn } = nextNumber(db, year);
  return { documents: documentsOf(db, { year }), next, isBegun: lastOn !== null };
}

/**
 * Writes a document into the register under the next number of its calendar year.
 * @throws AppError `movements.numberEarlier` when the last number was given for a later day: numbers and dates run together
 */
export function giveNumber(ctx: WriteContext, document: NewDocument, first?: number): { id: string; number: string } {
  const year = Number(document.issued_on.slice(0, 4));
  const { next, lastOn } = nextNumber(ctx.db, year);
  if (lastOn !== null && document.issued_on < lastOn) throw new AppError('movements.numberEarlier', { params: { on: lastOn.split('-').toReversed().join('/') }, field: 'on' });
  const number = lastOn === null ? first ?? next : next;
  const id = insertRecord(ctx.db, ctx.stamp, 'document_number', { ...document, year, number, state: 'issued', void_reason: '' });
  ctx.changed('movements', id);
  return { id, number: numberWords({ number, symbol: document.symbol }) };
}

export function takeNumber(ctx: WriteContext, { on, symbol, title, receiver, signer, firstNumber }: CheckedInputOf<Movements['takeNumber']>): { number: string } {
  const { number } = giveNumber(ctx, { kind: 'other', symbol, title, receiver, signer, issued_on: on, person_id: null, movement_id: null, file_sha256: null, pages: 0 }, firstNumber);
  return { number };
}

export function voidDocument({ db, stamp, changed }: WriteContext, { documentId, reason }: CheckedInputOf<Movements['voidDocument']>): null {
  const row = theDocument(db, documentId);
  if (row.state === 'void') throw new AppError('movements.documentVoid');
  updateRecord(db, stamp, 'document_number', row.id, row.version, { state: 'void', void_reason: reason });
  changed('movements', documentId);
  return null;
}

function theDocument(db: ReadHandle, documentId: string): DocumentNumberTable {
  const row = db.get(sql.selectFrom('document_number').selectAll().where('id', '=', documentId).where('cancelled', '=', 0));
  if (!row) throw new AppError('movements.unknown');
  return row;
}

/** The paper as it was issued. @throws AppError `movements.noFile` for a document made outside the program */
export function paper({ db, services }: ReadContext, { documentId }: CheckedInputOf<Movements['paper']>): PdfFile {
  const row = theDocument(db, documentId);
  if (row.file_sha256 === null) throw new AppError('movements.noFile');
  return { fileName: `${row.title}.pdf`.replaceAll(/[\\/:*?"<>|]/g, '-'), bytes: services.files.get(row.file_sha256), pages: row.pages };
}

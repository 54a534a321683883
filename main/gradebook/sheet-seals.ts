import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { sealCalls, SealDifference, SealVerdict, SealView } from '../../preload/contract/gradebook-seals.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { SheetSealTable } from '../../db/schema/gradebook.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { requireSheet } from '../grades/grades-service.ts';
import { canonical, contentOf, differencesBetween, hashOf, sealCode, type MarkDifference, type SealContent } from './seal-content.ts';

type Seals = typeof sealCalls;

const sealsQuery = prepare<{ sheetId: string }, SheetSealTable>(p => sql.selectFrom('sheet_seal').selectAll().where('sheet_id', '=', p('sheetId')).orderBy('id'));
const lastSealQuery = prepare<{ sheetId: string }, SheetSealTable>(p => sql.selectFrom('sheet_seal').selectAll().where('sheet_id', '=', p('sheetId'))
  .orderBy('id', 'desc').limit(1));
const headQuery = prepare<{ one: 1 }, { seq: number }>(p => sql.selectFrom('journal').select('seq').where('seq', '>=', p('one')).orderBy('seq', 'desc').limit(1));

export function lastSeal(db: ReadHandle, sheetId: string): SheetSealTable | undefined {
  return lastSealQuery(db, { sheetId })[0];
}

/**
 * Seals the sheet as it now stands, and counts as corrections what differs from the seal before: marks that were changed after they had been
 * locked, by reopening or by an approved request.
 */
export function sealSheet(ctx: Pick<WriteContext, 'db' | 'stamp'>, sheetId: string, cause: SheetSealTable['cause'], by: string): void {
  const { db, stamp } = ctx;
  const sheet = requireSheet(db, sheetId);
  const before = lastSeal(db, sheetId);
  const journalSeq = headQuery(db, { one: 1 })[0]?.seq ?? 0;
  const content = contentOf(db, sheet, stamp.at, journalSeq);
  const words = canonical(content);
  const sealId = insertRecord(db, stamp, 'sheet_seal', {
    sheet_id: sheetId, cause, journal_seq: journalSeq, sealed_at: stamp.at, sealed_by: by, hash: hashOf(words), content: words,
  });
  if (!before) return;
  for (const { enrolmentId, column, before: old, after } of differencesBetween(readContent(before), content)) {
    if (column !== null) insertRecord(db, stamp, 'correction', { sheet_id: sheetId, enrolment_id: enrolmentId, col: column, seal_id: sealId, before: old, after });
  }
}

function readContent(seal: SheetSealTable): SealContent {
  return JSON.parse(seal.content) as SealContent;
}

export function seals({ db }: ReadContext, { sheetId }: CheckedInputOf<Seals['seals']>): { seals: SealView[] } {
  requireSheet(db, sheetId);
  const rows = sealsQuery(db, { sheetId });
  return {
    seals: rows.map((seal, index) => {
      const before = rows[index - 1];
      return {
        sealId: seal.id, code: sealCode(seal.hash), hash: seal.hash, cause: seal.cause, at: seal.sealed_at, by: seal.sealed_by, journalSeq: seal.journal_seq,
        differences: before ? withoutColumn(differencesBetween(readContent(before), readContent(seal))) : [],
      };
    }),
  };
}

/** Whether the sheet still is what was sealed last. While it is reopened, the differences are what has been changed so far. */
export function verifySeal({ db }: ReadContext, { sheetId }: CheckedInputOf<Seals['verifySeal']>): SealVerdict {
  const sheet = requireSheet(db, sheetId);
  const seal = lastSeal(db, sheetId);
  if (!seal) return { state: 'none', code: null, differences: [] };
  const code = sealCode(seal.hash);
  if (hashOf(seal.content) !== seal.hash) return { state: 'broken', code, differences: [] };
  const now = contentOf(db, sheet, seal.sealed_at, seal.journal_seq);
  if (hashOf(canonical(now)) === seal.hash) return { state: 'equal', code, differences: [] };
  return { state: 'differs', code, differences: withoutColumn(differencesBetween(readContent(seal), now)) };
}

function withoutColumn(found: readonly MarkDifference[]): SealDifference[] {
  return found.map(({ column: _column, ...difference }) => difference);
}

const correctionsQuery = prepare<{ enrolmentId: string }, { subject: string; count: number }>(p => sql.selectFrom('correction')
  .innerJoin('grade_sheet', 'grade_sheet.id', 'correction.sheet_id').where('correction.enrolment_id', '=', p('enrolmentId')).where('correction.cancelled', '=', 0)
  .groupBy('grade_sheet.subject').select(['grade_sheet.subject']).select(({ fn }) => fn.countAll<number>().as('count')));

/** Marks of a pupil that were corrected after the lock, by subject: the paper states their number ("có sửa chữa ở … chỗ, thuộc các môn học …"). */
export function correctionsOf(db: ReadHandle, enrolmentId: string): { subject: string; count: number }[] {
  return correctionsQuery(db, { enrolmentId });
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { IdentityPaperView } from '../../preload/contract/pupil-records.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord } from '../../db/records.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { mask } from '../kit/names.ts';
import { findPerson } from './students-store.ts';

type Students = typeof students;

export function identityPapersOf(db: ReadHandle, personId: string): IdentityPaperView[] {
  return db.all(sql.selectFrom('identity_paper').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0).orderBy('kind').orderBy('id'))
    .map(row => ({ paperId: row.id, kind: row.kind, number: mask(row.number), issuedOn: row.issued_on, issuedAt: row.issued_at }));
}

export function addIdentityPaper(ctx: WriteContext, { personId, kind, number, issuedOn, issuedAt }: CheckedInputOf<Students['addIdentityPaper']>): { paperId: string } {
  const { db, stamp } = ctx;
  if (findPerson(db, personId)?.cancelled !== 0) throw new AppError('students.unknown');
  const paperId = insertRecord(db, stamp, 'identity_paper', { person_id: personId, kind, number, issued_on: issuedOn, issued_at: issuedAt.normalize('NFC').trim() });
  ctx.changed('students', personId);
  return { paperId };
}

export function cancelIdentityPaper(ctx: WriteContext, { paperId }: CheckedInputOf<Students['cancelIdentityPaper']>): null {
  const found = ctx.db.get(sql.selectFrom('identity_paper').selectAll().where('id', '=', paperId).where('cancelled', '=', 0));
  if (!found) throw new AppError('students.unknownDocument');
  cancelRecord(ctx.db, ctx.stamp, 'identity_paper', paperId, found.version);
  ctx.changed('students', found.person_id);
  return null;
}

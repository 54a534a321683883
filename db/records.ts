import { v7 } from 'uuid';
import type { Insertable, Kysely, Updateable } from 'kysely';
import { AppError } from '../main/kit/errors.ts';
import { sql, type WriteHandle } from './handle.ts';
import type { RecordColumns } from './schema/base.ts';
import type { Schema } from './schema/schema.ts';

/** Tables whose rows carry the record columns with an `id` of their own. */
export type RecordTableName = { [T in keyof Schema]: Schema[T] extends RecordColumns ? T : never }[keyof Schema];
type Own<T extends RecordTableName> = Omit<Insertable<Schema[T]>, keyof RecordColumns>;

/** Kysely cannot relate a generic table name to its columns: inside this file every record table is its record columns. */
const records = sql as unknown as Kysely<Record<'record', RecordColumns>>;

/** What stamps a written row: this PC and the transaction's time. */
export interface Stamp {
  device: string;
  at: string;
}

/** Adds a record and answers its new id (UUIDv7: ids sort by time of birth). */
export function insertRecord<T extends RecordTableName>(tx: WriteHandle, stamp: Stamp, table: T, values: Own<T>, id: string = v7()): string {
  const base: RecordColumns = { id, version: 1, device: stamp.device, created_at: stamp.at, updated_at: stamp.at, cancelled: 0 };
  tx.run(records.insertInto(table as string as 'record').values({ ...values, ...base }));
  return id;
}

/**
 * Changes a record and answers its new version.
 * @throws AppError `database.changedMeanwhile` when the record is no longer at `expectedVersion`
 */
export function updateRecord<T extends RecordTableName>(
  tx: WriteHandle, stamp: Stamp, table: T, id: string, expectedVersion: number, changes: Partial<Omit<Updateable<Schema[T]>, keyof RecordColumns>>,
): number {
  const version = expectedVersion + 1;
  const { changes: count } = tx.run(
    records.updateTable(table as string as 'record').set({ ...changes, version, device: stamp.device, updated_at: stamp.at })
      .where('id', '=', id).where('version', '=', expectedVersion),
  );
  if (count !== 1) throw new AppError('database.changedMeanwhile', { params: { table, id } });
  return version;
}

/** Takes a record back: it stays, with its history, and no list shows it any more. */
export function cancelRecord<T extends RecordTableName>(tx: WriteHandle, stamp: Stamp, table: T, id: string, expectedVersion: number): void {
  updateRecord(tx, stamp, table, id, expectedVersion, { cancelled: 1 } as never);
}

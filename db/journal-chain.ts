import { chainHash, GENESIS_HASH } from './journal.ts';
import { prepare, sql, type ReadHandle } from './handle.ts';
import type { JournalTable } from './schema/schema.ts';

export interface ChainVerdict {
  rows: number;
  /** Number of the first row that does not follow from the one before it. */
  firstBroken: number | null;
  /** Hash of the last row that was walked. */
  hash: string;
}

const PART = 5_000;
const partQuery = prepare<{ after: number; limit: number }, JournalTable>(p => sql.selectFrom('journal').selectAll().where('seq', '>', p('after'))
  .orderBy('seq').limit(p('limit')));

/**
 * Walks the whole chain in parts: every row must follow from the one before it, without a gap. Yields how far it is after each part, so that
 * a job lets others in between; returns at the first row that does not follow. Rows written meanwhile are walked too.
 */
export function* walkChain(db: ReadHandle): Generator<number, ChainVerdict> {
  let hash = GENESIS_HASH;
  let rows = 0;
  for (;;) {
    const part = partQuery(db, { after: rows, limit: PART });
    for (const { hash: stored, ...row } of part) {
      rows += 1;
      if (row.seq !== rows || chainHash(hash, row) !== stored) return { rows, firstBroken: row.seq, hash };
      hash = stored;
    }
    if (part.length < PART) return { rows, firstBroken: null, hash };
    yield rows;
  }
}

/** {@link walkChain} to its end. */
export function verifyChain(db: ReadHandle): ChainVerdict {
  const walk = walkChain(db);
  for (;;) {
    const step = walk.next();
    if (step.done === true) return step.value;
  }
}

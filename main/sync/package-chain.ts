import { chainHash } from '../../db/journal.ts';
import type { VerifyChain } from './package-body.ts';

/**
 * Whether a row's hash follows from the row before and from its own values. A row whose values stayed at the school (both images are
 * null) can only be held to its place in the chain: the next row's hash is over this one's.
 */
export const followsChain: VerifyChain = (row, previousHash) => {
  if (row.before === null && row.after === null) return true;
  return row.hash === chainHash(previousHash, {
    seq: row.seq, at: row.at, actor: row.actor, device: row.device, path: row.path ?? '', tbl: row.table, row_id: row.id, version: row.version, event: row.event,
    before: row.before === null ? null : JSON.stringify(row.before), after: row.after === null ? null : JSON.stringify(row.after), reason: row.reason,
  });
};

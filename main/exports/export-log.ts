import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ExportLogRow } from '../../preload/contract/exports.ts';
import { logExport, traceLine, type ExportEntry } from '../accounts/export-trace.ts';
import type { WriteContext } from '../call/context.ts';

/** Notes an export and tells the windows that show the log; answers the line that stands on what left: who, when, what for. */
export function noteExport(ctx: WriteContext, entry: ExportEntry): string {
  logExport(ctx, entry);
  ctx.changed('exports', entry.what);
  return traceLine(ctx, entry.purpose);
}

export function exportLog(db: ReadHandle): ExportLogRow[] {
  return db.all(sql.selectFrom('export_log').selectAll().where('cancelled', '=', 0).orderBy('created_at', 'desc').limit(500))
    .map(row => ({ exportId: row.id, at: row.created_at, actor: row.actor, what: row.what, fileName: row.file_name, count: row.count, purpose: row.purpose }));
}

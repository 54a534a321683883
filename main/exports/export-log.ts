import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { ExportLogRow } from '../../preload/contract/exports.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { whenText } from '../kit/display.ts';

export interface Exported {
  what: string;
  fileName: string;
  count: number;
  purpose: string;
}

/** Notes an export; answers the line that stands on what left: who, when, what for. */
export function noteExport(ctx: WriteContext, { what, fileName, count, purpose }: Exported): string {
  const exportId = insertRecord(ctx.db, ctx.stamp, 'export_log', { actor: ctx.session.user || 'system', what, file_name: fileName, count, purpose });
  ctx.changed('exports', exportId);
  return watermark(ctx.session.name || ctx.session.user, ctx.stamp.at, purpose);
}

export function watermark(who: string, at: string, purpose: string): string {
  return text('exports.watermark', { who, when: whenText(at), purpose });
}

export function exportLog(db: ReadHandle): ExportLogRow[] {
  return db.all(sql.selectFrom('export_log').selectAll().where('cancelled', '=', 0).orderBy('created_at', 'desc').limit(500))
    .map(row => ({ exportId: row.id, at: row.created_at, actor: row.actor, what: row.what, fileName: row.file_name, count: row.count, purpose: row.purpose }));
}

import { insertRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { whenText } from '../kit/display.ts';
import { actorNames } from './actor-names.ts';

export interface ExportEntry {
  /** `classList`, `pupils`, `personData` …; in words `accounts.export.<what>`. */
  what: string;
  fileName: string;
  /** Records in it. */
  count: number;
  purpose: string;
}

/** The line at the foot of a list with personal data: who made this copy, when, and what for where that was said. */
export function traceLine({ db, session, services }: Pick<ReadContext, 'db' | 'session' | 'services'>, purpose = ''): string {
  const params = { name: actorNames(db).name(session.user || 'system'), when: whenText(services.clock().toISOString()) };
  return purpose === '' ? text('accounts.trace', params) : text('accounts.traceFor', { ...params, purpose });
}

/** Writes down that personal data left the program, on paper or as a file. */
export function logExport({ db, stamp, session }: WriteContext, { what, fileName, count, purpose }: ExportEntry): void {
  insertRecord(db, stamp, 'export_log', { actor: session.user || 'system', what, file_name: fileName, count, purpose });
}

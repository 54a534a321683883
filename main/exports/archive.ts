import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { sql as raw, type Kysely } from 'kysely';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { tableFacts } from '../../db/schema/schema.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { fileFault, writeFileAtomic } from '../kit/atomic-file.ts';
import { whenText } from '../kit/display.ts';
import { noteExport } from './export-log.ts';

const rowsOf = sql as unknown as Kysely<Record<string, Record<string, string | number | null>>>;

/** Rows between two chances for others to be answered. */
const BREATH = 2_000;

/**
 * Everything the school keeps, readable without the program: one CSV for every table and the journal, every paper with its signatures as PDF,
 * and a note in Vietnamese of what is what. Password hashes and other secrets stay out.
 * @returns the files, the note first
 */
export async function writeArchive(ctx: JobContext, folder: string, purpose: string): Promise<string[]> {
  const files: string[] = [];
  const counts: [string, number][] = [];
  const tables = [...tableFacts.map(({ table, key, secret = [] }) => ({ table, key, secret })), { table: 'journal', key: ['seq'], secret: [] }];
  for (const [index, { table, key, secret }] of tables.entries()) {
    ctx.progress(index, tables.length, table);
    const file = path.join(folder, 'bang', `${table}.csv`);
    counts.push([table, await writeTable(ctx, file, { table, key }, new Set(secret))]);
    files.push(file);
  }
  files.push(...await writePapers(ctx, path.join(folder, 'van-ban')));
  const at = ctx.services.clock().toISOString();
  const readMe = path.join(folder, 'DOC-TRUOC.txt');
  const mark = ctx.write({ path: 'other', reason: purpose }, write => noteExport(write, { what: 'all', fileName: path.basename(folder), count: counts.reduce((sum, [, rows]) => sum + rows, 0), purpose }));
  const lines = [text('exports.archive.readMe', { when: whenText(at) }), '', mark, '', ...counts.map(([table, rows]) => `${`${table}.csv`.padEnd(32)} ${rows}`)];
  writeFileAtomic(readMe, Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`));
  return [readMe, ...files];
}

/** Excel reads it as it stands: UTF-8 with its mark, comma, quotes doubled. A text that Excel would take for a formula begins with an apostrophe. */
async function writeTable(ctx: JobContext, file: string, from: { table: string; key: readonly string[] }, secret: ReadonlySet<string>): Promise<number> {
  const temporary = `${file}.tmp`;
  let count = 0;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(temporary, 'w');
    try {
      writeSync(descriptor, '\ufeff');
      let lines: string[] = [];
      for (const rows of pages(ctx.db, from)) {
        for (const row of rows) {
          const columns = Object.entries(row).filter(([column]) => !secret.has(column));
          if (count === 0) lines.push(columns.map(([column]) => column).join(','));
          lines.push(columns.map(([, value]) => csvCell(value)).join(','));
          count += 1;
        }
        writeSync(descriptor, lines.map(line => `${line}\r\n`).join(''));
        lines = [];
        stopIfCancelled(ctx.signal);
        await new Promise(resolve => { setImmediate(resolve); });
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (fault) {
    rmSync(temporary, { force: true });
    throw fileFault(fault, file);
  }
  return count;
}

/** A table in pages by its key, so that no read stands open while others write. */
function* pages(db: ReadHandle, { table, key }: { table: string; key: readonly string[] }): Generator<Record<string, string | number | null>[]> {
  const place = raw`(${raw.join(key.map(column => raw.ref(column)))})`;
  let query = rowsOf.selectFrom(table).selectAll().limit(BREATH);
  for (const column of key) query = query.orderBy(column);
  for (let rows = db.all(query); rows.length > 0;) {
    yield rows;
    const last = rows.at(-1) ?? {};
    rows = db.all(query.where(raw<boolean>`${place} > (${raw.join(key.map(column => last[column] ?? null))})`));
  }
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Every paper as it was filed, unsigned, half signed and sealed: their signatures stand inside. */
async function writePapers(ctx: JobContext, folder: string): Promise<string[]> {
  const transcripts = ctx.db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['transcript.file_sha256', 'transcript.paper_version', 'transcript.state', 'person.name', 'school_class.name as class', 'enrolment.year', 'enrolment.roll'])
    .where('transcript.cancelled', '=', 0).orderBy('enrolment.year').orderBy('school_class.name').orderBy('enrolment.roll'));
  const files: string[] = [];
  for (const [index, row] of transcripts.entries()) {
    ctx.progress(index, transcripts.length, row.name);
    stopIfCancelled(ctx.signal);
    if (!ctx.services.files.has(row.file_sha256)) continue;
    const file = path.join(folder, row.year, fileSafe(row.class), `${String(row.roll).padStart(2, '0')} ${fileSafe(row.name)} (${row.paper_version}).pdf`);
    writeFileAtomic(file, ctx.services.files.get(row.file_sha256));
    files.push(file);
    await new Promise(resolve => { setImmediate(resolve); });
  }
  return files;
}

const fileSafe = (name: string): string => name.replaceAll(/[\\/:*?"<>|]/g, '-').trim();

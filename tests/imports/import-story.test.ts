import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { ImportDone, ImportPreview, ImportRun } from '../../preload/contract/imports.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { sha256Hex } from '../../main/kit/atomic-file.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

/** What happens to a school's records when a workbook is previewed, saved and taken back. */
let core: Core;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, folder, remove } = await demoCore({ pupils: 60, leaveMarksOf: ['9A'] })); });
afterAll(async () => { await remove(); });

const quiet = { signal: new AbortController().signal, progress: () => undefined };
function handed(pattern: string) {
  const fileName = readdirSync(path.join(folder, 'import')).find(name => name.includes(pattern)) ?? '';
  return { fileName, bytes: new Uint8Array(readFileSync(path.join(folder, 'import', fileName))) };
}
async function job<T>(name: string, input: unknown): Promise<T> {
  const result = await core.door.runJob(name, input, principal, quiet);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = async (name: string, input: unknown) => {
  const result = await core.door.runJob(name, input, principal, quiet);
  return result.ok ? 'ok' : result.error.code;
};
const marksIn9A = () => core.database.read.get(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id')
  .innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').where('school_class.name', '=', '9A').where('mark.state', '<>', 'empty')
  .select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;

describe('a class workbook', () => {
  let done: ImportDone;

  test('is recognised by its content, and the preview changes nothing', async () => {
    const file = handed('9A');
    const head = core.database.journalHead().seq;
    const preview = await job<ImportPreview>('imports.preview', file);
    // The one change beside new marks: the class gets its homeroom teacher.
    expect(preview).toMatchObject({ kind: 'marks', updated: 1, problems: [] });
    expect(preview.created).toBeGreaterThan(500);
    expect(core.database.journalHead().seq).toBe(head);
  });

  test('saves what the preview said, and nothing else', async () => {
    const file = handed('9A');
    const preview = await job<ImportPreview>('imports.preview', file);
    expect(await codeOf('imports.apply', { ...file, kind: 'marks', sha256: '0'.repeat(64) })).toBe('imports.otherFile');
    expect(marksIn9A()).toBe(0);
    done = await job<ImportDone>('imports.apply', { ...file, kind: 'marks', sha256: preview.sha256 });
    expect(done).toMatchObject({ created: preview.created, updated: 1 });
    expect(marksIn9A()).toBeGreaterThan(1000);
    expect(await job<ImportPreview>('imports.preview', file)).toMatchObject({ created: 0, updated: 0 });
  });

  test('can be taken back whole while nobody has built on it', async () => {
    const undone = core.door.call('imports.undo', { importId: done.importId }, principal);
    expect(undone).toMatchObject({ ok: true });
    expect(marksIn9A()).toBe(0);
    const [sheet] = core.database.read.all(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id').where('school_class.name', '=', '9A').limit(1));
    const view = core.door.call('grades.openSheet', { sheetId: sheet?.id }, principal);
    expect(view.ok && (view.value as SheetView).rows.every(row => row.average === null && row.level === null)).toBe(true);
    expect(core.door.call('imports.undo', { importId: done.importId }, principal)).toMatchObject({ ok: false, error: { code: 'imports.held' } });
  });

  test('can be imported again, and is held once a teacher changed one of its marks', async () => {
    const file = handed('9A');
    const again = await job<ImportDone>('imports.apply', { ...file, kind: 'marks', sha256: sha256Hex(file.bytes) });
    const row = core.database.read.get(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
      .select(['mark.sheet_id', 'mark.enrolment_id', 'mark.col', 'mark.tenths']).where('school_class.name', '=', '9A').where('mark.tenths', 'is not', null));
    const changed = core.door.call('grades.saveMarks', {
      sheetId: row?.sheet_id, path: 'typed',
      changes: [{ enrolmentId: row?.enrolment_id, column: row?.col, before: { state: 'score', tenths: row?.tenths }, after: { state: 'score', tenths: row?.tenths === 70 ? 71 : 70 } }],
    }, principal);
    expect(changed).toMatchObject({ ok: true });
    expect(core.door.call('imports.undo', { importId: again.importId }, principal)).toMatchObject({ ok: false, error: { code: 'imports.held' } });
    const history = core.door.call('imports.history', {}, principal);
    const runs = history.ok ? (history.value as { runs: ImportRun[] }).runs : [];
    expect(runs.find(run => run.importId === again.importId)?.heldBy).toContain('hieutruong');
    expect(runs.find(run => run.importId === done.importId)).toMatchObject({ state: 'undone' });
  });
});

describe('a pupils list', () => {
  test('of a school that has them all changes nothing', async () => {
    expect(await job<ImportPreview>('imports.preview', handed('HocSinh'))).toMatchObject({ kind: 'pupils', rows: 60, created: 0, updated: 0, unchanged: 60 });
  });

  test('never erases what the file does not say', async () => {
    const before = core.database.read.all(sql.selectFrom('person').select(['id', 'phone', 'version']).orderBy('id'));
    const file = handed('HocSinh');
    await job('imports.apply', { ...file, kind: 'pupils', sha256: sha256Hex(file.bytes) });
    expect(core.database.read.all(sql.selectFrom('person').select(['id', 'phone', 'version']).orderBy('id'))).toEqual(before);
  });

  test('read as the wrong kind is refused by name and changes nothing', async () => {
    const head = core.database.journalHead().seq;
    const file = handed('HocSinh');
    const code = await codeOf('imports.apply', { ...file, kind: 'marks', sha256: sha256Hex(file.bytes) });
    expect(code).not.toBe('ok');
    expect(code).toMatch(/^(imports|workbook)\./);
    expect(await codeOf('imports.preview', { fileName: 'bài hát.xlsx', bytes: new Uint8Array([1, 2, 3]) })).toMatch(/^(imports|workbook)\./);
    expect(core.database.journalHead().seq).toBe(head);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { ExportFile } from '../../preload/contract/exports.ts';
import type { ImportPreview } from '../../preload/contract/imports.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { findPrimaryTable } from '../../main/imports/primary-columns.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 30, level: 'tieu-hoc', yearEnd: true })); });
afterAll(async () => { await remove(); });

const quiet = { signal: new AbortController().signal, progress: () => undefined };
async function job<T>(name: string, input: unknown): Promise<T> {
  const result = await core.door.runJob(name, input, principal, quiet);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}

test('results of a first grade leave in the 35 columns of the form; every grade\'s come back without a difference', async () => {
  const classes = core.database.read.all(sql.selectFrom('school_class').select(['id', 'name', 'grade']).where('cancelled', '=', 0).orderBy('grade'));
  for (const { id, grade } of classes) {
    const file = await job<ExportFile>('exports.run', { what: 'primaryResults', classId: id, point: 4, purpose: 'Báo cáo cuối năm' });
    const sheet = (await readWorkbook(file.bytes)).sheets[0];
    const table = sheet && findPrimaryTable(sheet);
    expect(table?.others).toEqual([]);
    if (grade <= 2) expect(table?.columns.size).toBe(35);
    const again = await job<ImportPreview>('imports.preview', { fileName: file.fileName, bytes: file.bytes });
    expect(again.problems.filter(problem => problem.severity === 'error')).toEqual([]);
    expect(again).toMatchObject({ kind: 'marks', created: 0, updated: 0 });
    expect(again.unchanged).toBeGreaterThan(0);
  }
});

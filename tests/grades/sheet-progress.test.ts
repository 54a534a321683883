import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { openDatabase } from '../../db/open.ts';
import { saveMark } from '../../main/grades/grades-store.ts';
import { dataFolder } from '../../main/entry/data-folder.ts';
import type { MarkValue, SheetSummary } from '../../preload/contract/grades.ts';
import { bookSchool, type BookSchool } from '../gradebook/book-core.ts';

/** How far the sheets are, counted cell by cell: the counts that follow the marks must say the same. */
describe('the progress of sheets', () => {
  let school: BookSchool;
  beforeAll(async () => { school = await bookSchool(); });
  afterAll(async () => { await school.remove(); });

  const kept = () => new Map(school.core.database.read.all(sql.selectFrom('sheet_progress').selectAll().where('filled', '>', 0)).map(row => [`${row.sheet_id}/${row.col}`, row.filled]));
  const counted = () => new Map(school.core.database.read.all(sql.selectFrom('mark').where('state', '<>', 'empty').groupBy(['sheet_id', 'col']).select(['sheet_id', 'col'])
    .select(({ fn }) => fn.countAll<number>().as('count'))).map(row => [`${row.sheet_id}/${row.col}`, row.count]));
  const write = (change: Parameters<typeof school.core.database.write<void>>[1]) => { school.core.database.write({ actor: 'x', path: 'other', reason: null }, change); };

  test('is that of the marks after an import and whatever is typed and emptied, also when an act is taken back half way', () => {
    expect(kept()).toEqual(counted());
    const sheet = school.sheet('TOAN', 1);
    const stamp = { device: 'test', at: new Date().toISOString() };
    const value = fc.oneof(fc.constant<MarkValue>({ state: 'empty' }), fc.integer({ min: 0, max: 100 }).map((tenths): MarkValue => ({ state: 'score', tenths })));
    const cell = fc.record({ row: fc.nat(sheet.rows.length - 1), column: fc.constantFrom('tx1' as const, 'gk' as const, 'ck' as const), value });
    fc.assert(fc.property(fc.array(cell, { maxLength: 12 }), fc.boolean(), (cells, isUndone) => {
      const before = kept();
      try {
        write(tx => {
          for (const one of cells) saveMark(tx, stamp, sheet.sheetId, sheet.rows[one.row]?.enrolmentId ?? '', one.column, one.value);
          if (isUndone) throw new Error('taken back');
        });
      } catch { /* the act was taken back on purpose */ }
      if (isUndone) expect(kept()).toEqual(before);
      expect(kept()).toEqual(counted());
    }), { numRuns: 40 });
  });

  test('is shown as another process left it', () => {
    const sheet = school.sheet('TOAN', 2);
    const shown = () => school.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year: '2025-2026' }).sheets.find(one => one.sheetId === sheet.sheetId)?.filled ?? -1;
    const before = shown();
    const other = openDatabase(dataFolder(school.core.services.dataFolder).database, { raw: Buffer.alloc(32, 7) }, { device: 'other' });
    const pupil = sheet.rows.find(row => row.marks.gk?.state === 'score')?.enrolmentId ?? '';
    other.write({ actor: 'x', path: 'other', reason: null }, (tx, at) => { saveMark(tx, { device: 'other', at }, sheet.sheetId, pupil, 'gk', { state: 'empty' }); });
    other.close();
    expect(shown()).toBe(before - 1);
    expect(school.value<{ filled: number }>('grades.openSheet', { sheetId: sheet.sheetId }).filled).toBe(before - 1);
  });
});

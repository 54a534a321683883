import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { Core } from '../../main/entry/create-core.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

/** The order in which marks are typed, by one person or by several at once, changes no average and no result. */

const year = '2025-2026';
let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 60 })); });
afterAll(async () => { await remove(); });

function value<T>(name: string, input: unknown): T {
  const result = core.door.call(name, input, principal);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}

interface Cell { sheetId: string; column: string; after: MarkValue }

const mark = fc.integer({ min: 0, max: 100 }).map((tenths): MarkValue => ({ state: 'score', tenths }));
const level = fc.constantFrom('D', 'D', 'D', 'CD').map((given): MarkValue => ({ state: 'level', level: given }));

test('any order gives the same averages, levels, promotion and award', () => {
  const classId = core.database.read.get(sql.selectFrom('school_class').select('id').where('name', '=', '9A'))?.id;
  const sheets = core.database.read.all(sql.selectFrom('grade_sheet').select('id').where('class_id', '=', classId ?? '').where('cancelled', '=', 0))
    .map(({ id }) => value<SheetView>('grades.openSheet', { sheetId: id }));
  const enrolmentId = sheets[0]?.rows[0]?.enrolmentId ?? '';
  const places = sheets.flatMap(sheet => sheet.columns.map(({ column }) => ({ sheetId: sheet.sheetId, column, kind: sheet.kind })));
  const stored = new Map<string, MarkValue>(sheets.flatMap(sheet => {
    const row = sheet.rows.find(one => one.enrolmentId === enrolmentId);
    return sheet.columns.map(({ column }): [string, MarkValue] => [`${sheet.sheetId}/${column}`, row?.marks[column] ?? { state: 'empty' }]);
  }));

  const type = (cells: readonly Cell[]): void => {
    for (const { sheetId, column, after } of cells) {
      const before = stored.get(`${sheetId}/${column}`);
      value('grades.saveMarks', { sheetId, path: 'typed', changes: [{ enrolmentId, column, before, after }] });
      stored.set(`${sheetId}/${column}`, after);
    }
  };
  const results = (): unknown => {
    const row = value<YearEndOverview>('yearEnd.overview', { year, classId }).rows.find(one => one.enrolmentId === enrolmentId);
    const averages = core.database.read.all(sql.selectFrom('subject_average').selectAll().where('enrolment_id', '=', enrolmentId).orderBy('subject'));
    return { row, averages };
  };

  const cells = fc.tuple(...places.map(({ sheetId, column, kind }) => (kind === 'score' ? mark : level).map((after): Cell => ({ sheetId, column, after }))));
  const orders = cells.chain(typed => fc.tuple(fc.constant(typed), fc.shuffledSubarray(typed, { minLength: typed.length }), fc.shuffledSubarray(typed, { minLength: typed.length })));
  fc.assert(fc.property(orders, ([typed, first, second]) => {
    type(first);
    const once = results();
    // Emptied in between, so that every cell is typed anew.
    type(typed.map(cell => ({ ...cell, after: { state: 'empty' } })));
    type(second);
    expect(results()).toEqual(once);
  }), { numRuns: 4 });
});

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { StatementCache } from '../../db/handle.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

const YEAR = '2025-2026';
/** Tables that grow with every year: a screen that reads one from end to end is slow in a school of ten years, and quick in every test. */
const LARGE = ['mark', 'journal', 'sheet_progress', 'grade_sheet', 'subject_average', 'term_record', 'year_result', 'enrolment', 'guardian', 'pupil_code', 'person'];

let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 20, years: 2, yearEnd: true })); }, 120_000);
afterAll(async () => remove());

/** The statements that `work` runs. */
function statementsOf(work: () => void): Set<string> {
  const texts = new Set<string>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its cache below
  const { statement } = StatementCache.prototype;
  const spy = vi.spyOn(StatementCache.prototype, 'statement').mockImplementation(function told(this: StatementCache, text) {
    texts.add(text);
    return statement.call(this, text);
  });
  work();
  spy.mockRestore();
  return texts;
}

function ask<T>(name: string, input: object): T {
  const result = core.door.call(name, input, principal);
  if (!result.ok) throw new Error(`${name}: ${result.error.what}`);
  return result.value as T;
}

it('the first screens and the record of a pupil read no large table from end to end', () => {
  const [pupil] = ask<{ rows: { enrolmentId: string; classId: string; personId: string; name: string }[] }>('students.list', { year: YEAR }).rows;
  const sheet = ask<{ sheets: { sheetId: string }[] }>('grades.listSheets', { year: YEAR }).sheets[0];
  if (!pupil || !sheet) throw new Error('an empty school');
  const texts = statementsOf(() => {
    ask('students.list', { year: YEAR });
    ask('students.list', { year: YEAR, classId: pupil.classId, text: 'an' });
    ask('students.open', { enrolmentId: pupil.enrolmentId });
    ask('home.search', { year: YEAR, text: pupil.name });
    ask('home.search', { year: YEAR, text: 'toan' });
    ask('classes.list', { year: YEAR });
    ask('classes.open', { classId: pupil.classId });
    ask('home.board', { year: YEAR });
    ask('grades.listSheets', { year: YEAR });
    ask('grades.openSheet', { sheetId: sheet.sheetId });
    ask('yearEnd.overview', { year: YEAR, classId: pupil.classId });
  });
  expect(texts.size).toBeGreaterThan(20);
  // The newest acts are read from the end of the journal, a few hundred rows.
  const scans = [...texts].filter(text => !text.endsWith('order by "seq" desc limit ?')).flatMap(text => {
    const nothing = Array.from({ length: text.split('?').length - 1 }, () => null);
    const plan = core.database.read.runPrepared<{ detail: string }>(`explain query plan ${text}`, nothing);
    return plan.filter(({ detail }) => LARGE.some(table => detail === `SCAN ${table}`)).map(({ detail }) => `${detail}: ${text}`);
  });
  expect(scans).toEqual([]);
});

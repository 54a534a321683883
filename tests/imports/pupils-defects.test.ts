import { describe, expect, it } from 'vitest';
import { readPupilsWorkbook } from '../../main/imports/pupils-reader.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { PUPIL_DEFECTS, pupilList, workbookBytes } from '../fake/broken-workbooks.ts';

const EXPECTED = { schoolYear: '2025-2026', levels: ['thcs'] } as const;

describe('the secretary imports a list of pupils with one fault', () => {
  it('and a sound list has no problem at all, neither as .xlsx nor as .xls', async () => {
    for (const format of ['xlsx', 'xls'] as const) {
      const reading = readPupilsWorkbook(await readWorkbook(workbookBytes([pupilList()], format)), EXPECTED);
      expect(reading.errors).toEqual([]);
      expect(reading.warnings).toEqual([]);
      expect(reading.records.map((record) => record.pupilCode)).toEqual(['0801000001', '0801000002', '0801000003', '0801000004']);
    }
  });

  for (const { defect, changes, severity, onlyXlsx, ...place } of PUPIL_DEFECTS) {
    it(`${defect}: told with row, column, value and what to do`, async () => {
      for (const format of onlyXlsx === true ? (['xlsx'] as const) : (['xlsx', 'xls'] as const)) {
        const reading = readPupilsWorkbook(await readWorkbook(workbookBytes([pupilList(changes)], format)), EXPECTED);
        const [told, silent] = severity === 'error' ? [reading.errors, reading.warnings] : [reading.warnings, reading.errors];
        expect(told).toHaveLength(1);
        expect(told[0]).toMatchObject({ sheet: 'Sheet1', ...place });
        // A text that is missing from the catalogue comes back as its key.
        expect(told[0]?.message).not.toContain('imports.problems');
        expect(told[0]?.remedy).not.toContain('imports.problems');
        expect(told[0]?.message).not.toContain('{{');
        expect(silent).toEqual([]);
      }
    });
  }

  it('and there are tests for at least forty faults of more than thirty-five kinds', () => {
    expect(PUPIL_DEFECTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(PUPIL_DEFECTS.map(one => one.code)).size).toBeGreaterThanOrEqual(36);
  });

  it('and every fault is listed at once, so that one round of mending is enough', async () => {
    const sheet = pupilList({ D5: null, E6: '31/02/2011', C7: '0801000001', F8: '?' });
    const reading = readPupilsWorkbook(await readWorkbook(workbookBytes([sheet])), EXPECTED);
    expect(reading.errors.map((problem) => `${problem.letter}${problem.row} ${problem.code}`)).toEqual(['D5 nameMissing', 'E6 dateNoSuchDay', 'C7 codeTwice', 'F8 sexUnknown']);
    expect(reading.rowCount).toBe(4);
  });

  it('and a refused value leaves its field empty instead of half right', async () => {
    const reading = readPupilsWorkbook(await readWorkbook(workbookBytes([pupilList({ E6: '31/02/2011' })])), EXPECTED);
    expect(reading.records[1]).toMatchObject({ row: 6, fullName: 'Đặng Văn Hữu', birth: null });
  });
});

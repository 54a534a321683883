import type { Cell, Row, Sheet, Workbook } from '../kit/excel/workbook.ts';

/** Cells mended in the preview: `Sheet1!E6` → what shall stand there, '' for nothing. */
export type Corrections = Readonly<Record<string, string>>;

export function cellKey(sheet: string, letter: string, row: number): string {
  return `${sheet}!${letter}${row}`;
}

/** The workbook as it would be with the cells mended in Excel; the one given stays as it is. */
export function correctedWorkbook(workbook: Workbook, corrections: Corrections): Workbook {
  const bySheet = Map.groupBy(Object.entries(corrections), ([key]) => key.slice(0, key.lastIndexOf('!')));
  if (bySheet.size === 0) return workbook;
  return { ...workbook, sheets: workbook.sheets.map(sheet => correctedSheet(sheet, bySheet.get(sheet.name))) };
}

function correctedSheet(sheet: Sheet, corrections: readonly (readonly [string, string])[] | undefined): Sheet {
  if (corrections === undefined) return sheet;
  const byRow = Map.groupBy(corrections.map(([key, value]) => ({ ...addressOf(key), value })), one => one.row);
  const known = new Set(sheet.rows.map(row => row.number));
  const added: Row[] = [...byRow.keys()].filter(row => !known.has(row)).map(number => ({ number, cells: [] }));
  const rows = [...sheet.rows, ...added].toSorted((a, b) => a.number - b.number).map(row => {
    const changes = byRow.get(row.number);
    if (changes === undefined) return row;
    const cells: (Cell | undefined)[] = [...row.cells];
    for (const { column, value } of changes) cells[column - 1] = value === '' ? undefined : { kind: 'text', text: value };
    return { ...row, cells };
  });
  return { ...sheet, rows };
}

function addressOf(key: string): { row: number; column: number } {
  const [, letters = 'A', row = '1'] = /!([A-Z]+)(\d+)$/.exec(key) ?? [];
  return { row: Number(row), column: Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) };
}

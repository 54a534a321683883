import exceljs from 'exceljs';
import type { CellValue as ExceljsValue } from 'exceljs';
import type { Cell, CellValue, Row, Sheet } from '../../main/kit/excel/workbook.ts';

/** A second engine behind the port, to prove that its conformance test does not lean on the shipped one. */
export async function readWithExceljs(bytes: Uint8Array): Promise<Sheet[]> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Uint8Array.from(bytes).buffer);
  return book.worksheets.map((sheet) => {
    const rows: Row[] = [];
    sheet.eachRow((row, number) => {
      const cells: (Cell | undefined)[] = [];
      row.eachCell((cell, column) => {
        // Under a merged area exceljs repeats the first cell.
        if (cell.isMerged && cell.master.address !== cell.address) return;
        const converted = toCell(cell.value);
        if (converted !== undefined) cells[column - 1] = converted;
      });
      if (cells.length > 0) rows.push({ number, cells });
    });
    const merged = sheet.model.merges.map((area) => {
      const [first = '', last = first] = area.split(':');
      const [a, b] = [sheet.getCell(first), sheet.getCell(last)];
      return { firstRow: Number(a.row), lastRow: Number(b.row), firstColumn: Number(a.col), lastColumn: Number(b.col) };
    });
    return { name: sheet.name, hidden: sheet.state !== 'visible', rows, merged };
  });
}

function toCell(value: ExceljsValue): Cell | undefined {
  if (value !== null && typeof value === 'object' && 'formula' in value) {
    return { ...(toValue(value.result ?? null) ?? { kind: 'blank' }), formula: value.formula };
  }
  return toValue(value);
}

function toValue(value: ExceljsValue): CellValue | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value };
  if (value instanceof Date) return { kind: 'date', serial: value.getTime() / 86_400_000 + 25_569 };
  if ('error' in value) return { kind: 'error', error: value.error };
  if ('richText' in value) return { kind: 'text', text: value.richText.map((part) => part.text).join('') };
  return undefined;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { dateToSerial, serialToDate } from '../../main/kit/excel/excel-dates.ts';
import { readWorkbook, writeWorkbook, type Sheet, type WrittenSheet } from '../../main/kit/excel/workbook.ts';
import { dateCell, formulaCell, naCell, workbookBytes } from '../fake/broken-workbooks.ts';
import { readWithExceljs } from '../fake/exceljs-engine.ts';
import { FIXTURES } from '../fake/import-fixtures.ts';

const CREATED = '2025-09-15T08:00:00Z';
const ENGINES: readonly { engine: string; read: (bytes: Uint8Array) => Promise<readonly Sheet[]> }[] = [
  { engine: 'the shipped engine', read: async (bytes) => (await readWorkbook(bytes)).sheets },
  { engine: 'another engine (exceljs)', read: readWithExceljs },
];

const LIST: WrittenSheet = {
  name: 'Danh sách',
  rows: [
    [{ value: 'DANH SÁCH', style: 'title' }], [],
    [{ value: 'Mã học sinh', style: 'header' }, { value: 'Ngày sinh', style: 'header' }, { value: 'Điểm', style: 'header' }],
    [{ value: '0801000001', style: 'text' }, { value: dateToSerial('2011-05-03'), style: 'date' }, 8.5],
    [{ value: 'Ỷ Đặng Ữu ặ'.normalize('NFD'), style: 'text' }, null, { value: 17, formula: 'C4*2' }],
  ],
  merged: [{ firstRow: 1, lastRow: 2, firstColumn: 1, lastColumn: 3 }],
  frozenRows: 3, widths: [14, 12, 8],
};
const HIDDEN: WrittenSheet = { name: 'DAN_TOC', visibility: 'hidden', rows: [['01', 'Kinh']] };
const FORM: WrittenSheet = {
  name: 'Toán HK1', protected: true, page: 'portrait', hiddenRows: [1], widths: [12, 9], frozenRows: 2, frozenColumns: 1,
  rows: [['ẩn'], [{ value: 'Mã', style: 'header' }, { value: 'GK', style: 'header' }], [{ value: '0801000001', style: 'locked' }, { value: null, style: 'input' }]],
  merged: [{ firstRow: 1, lastRow: 1, firstColumn: 1, lastColumn: 2 }],
  inputRules: [{ kind: 'decimal', column: 2, firstRow: 3, lastRow: 3, minimum: 0, maximum: 10 }],
};

for (const { engine, read } of ENGINES) {
  describe(`${engine} behind the workbook port`, () => {
    it('gives back what was written: text in its own Unicode form, numbers, dates as serials, formulas with their value', async () => {
      const [sheet, hidden] = await read(await writeWorkbook({ createdAt: CREATED, sheets: [LIST, HIDDEN] }));
      expect(sheet).toMatchObject({ name: 'Danh sách', hidden: false, merged: LIST.merged });
      expect(sheet?.rows.map((row) => row.number)).toEqual([1, 3, 4, 5]);
      expect(sheet?.rows[2]?.cells).toEqual([{ kind: 'text', text: '0801000001' }, { kind: 'date', serial: dateToSerial('2011-05-03') }, { kind: 'number', number: 8.5 }]);
      expect(sheet?.rows[3]?.cells[0]).toEqual({ kind: 'text', text: 'Ỷ Đặng Ữu ặ'.normalize('NFD') });
      expect(sheet?.rows[3]?.cells[1]).toBeUndefined();
      expect(sheet?.rows[3]?.cells[2]).toEqual({ kind: 'number', number: 17, formula: 'C4*2' });
      expect(hidden).toMatchObject({ name: 'DAN_TOC', hidden: true, rows: [{ number: 1, cells: [{ kind: 'text', text: '01' }, { kind: 'text', text: 'Kinh' }] }] });
    });

    it('gives errors and truth values as what they are', async () => {
      const [sheet] = await read(workbookBytes([{ name: 'Sheet1', cells: { A1: naCell, B1: { t: 'b', v: true }, C1: 'x' } }]));
      expect(sheet?.rows[0]?.cells).toEqual([{ kind: 'error', error: '#N/A' }, { kind: 'boolean', boolean: true }, { kind: 'text', text: 'x' }]);
    });

    it('counts dates in the 1900 system also when the file counts from 1904', async () => {
      const book = new exceljs.Workbook();
      book.properties.date1904 = true;
      book.addWorksheet('Sheet1').getCell('A1').value = new Date('2011-05-03T00:00:00Z');
      const [sheet] = await read(new Uint8Array(await book.xlsx.writeBuffer()));
      expect(sheet?.rows[0]?.cells[0]).toEqual({ kind: 'date', serial: dateToSerial('2011-05-03') });
    });

    it('takes cells with a colour but without content for nothing', async () => {
      const [sheet] = await read(await writeWorkbook({ createdAt: CREATED, sheets: [{ name: 'S', rows: [['x'], [{ value: null, style: 'input' }], [{ value: null, style: 'header' }]] }] }));
      expect(sheet?.rows.map((row) => row.number)).toEqual([1]);
    });

    it('tells a formula that was never calculated from an empty cell', async () => {
      const [sheet] = await read(await writeWorkbook({ createdAt: CREATED, sheets: [{ name: 'S', rows: [['x', { value: null, formula: 'A1&"y"' }]] }] }));
      expect(sheet?.rows[0]?.cells[1]).toEqual({ kind: 'blank', formula: 'A1&"y"' });
    });
  });
}

describe('the same lists as .xlsx and as .xls saved by LibreOffice', () => {
  for (const name of ['hoc-sinh', 'bang-diem-9a']) {
    it(`${name}: hold the same sheets, rows, cells and hidden marks`, async () => {
      const [xlsx, xls] = await Promise.all(['xlsx', 'xls'].map(async (ending) => readWorkbook(readFileSync(path.join(FIXTURES, `${name}.${ending}`)))));
      expect(xls?.fileKind).toBe('xls');
      expect(xls?.sheets).toEqual(xlsx?.sheets);
    });
  }
});

describe('a form as Excel will open it', () => {
  it('locks everything but the cells to fill, hides its mark, keeps the header in sight and checks what is typed', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.load(Uint8Array.from(await writeWorkbook({ createdAt: CREATED, sheets: [FORM] })).buffer);
    const sheet = book.getWorksheet('Toán HK1');
    expect(sheet?.getCell('B3').protection).toMatchObject({ locked: false });
    expect(sheet?.getCell('A3').protection?.locked ?? true).toBe(true);
    expect(sheet?.getRow(1).hidden).toBe(true);
    expect(sheet?.pageSetup).toMatchObject({ paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 2, xSplit: 1 });
    expect(sheet?.getCell('B3').dataValidation).toMatchObject({ type: 'decimal', formulae: [0, 10] });
    expect((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection.sheet).toBe(true);
  });

  it('has its parts in the order that Excel demands: protection before merged areas before input rules', async () => {
    const parts = await sheetXml(await writeWorkbook({ createdAt: CREATED, sheets: [FORM] }));
    const order = ['<sheetData', '<sheetProtection', '<mergeCells', '<dataValidations', '<pageMargins'].map((part) => parts.indexOf(part));
    expect(order.every((position) => position > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('keeps a long list of choices on a hidden sheet of its own', async () => {
    const list: WrittenSheet = { ...LIST, inputRules: [{ kind: 'listFrom', column: 1, firstRow: 4, lastRow: 90, sheet: 'DAN_TOC', listColumn: 2, firstListRow: 1, lastListRow: 54 }] };
    const parts = await sheetXml(await writeWorkbook({ createdAt: CREATED, sheets: [list, HIDDEN] }));
    expect(parts).toContain('<formula1>&apos;DAN_TOC&apos;!$B$1:$B$54</formula1>');
    expect(parts).toContain('sqref="A4:A90"');
  });
});

describe('dates of Excel', () => {
  it('are days since 30 December 1899, without a time zone', () => {
    expect(serialToDate(40_666)).toBe('2011-05-03');
    expect(serialToDate(40_666.99)).toBe('2011-05-03');
    expect(dateToSerial('2011-05-03')).toBe(40_666);
    expect(serialToDate(dateToSerial('2024-02-29'))).toBe('2024-02-29');
  });

  it('are only what is shown as a date: a bare number in the same column stays a number', async () => {
    const book = await readWorkbook(workbookBytes([{ name: 'Sheet1', cells: { A1: dateCell(40_666), A2: 40_666, A3: formulaCell('A2+1', 40_667) } }]));
    expect(book.sheets[0]?.rows.map((row) => row.cells[0]?.kind)).toEqual(['date', 'number', 'number']);
  });
});

async function sheetXml(bytes: Uint8Array): Promise<string> {
  const { fromBufferPromise } = await import('yauzl');
  const zip = await fromBufferPromise(Buffer.from(bytes));
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue;
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry) as AsyncIterable<Buffer>) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }
  throw new Error('no sheet in the workbook');
}

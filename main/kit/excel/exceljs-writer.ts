import { Writable } from 'node:stream';
import exceljs from 'exceljs';
import type { Alignment, Borders, Cell as ExceljsCell, DataValidation, Fill, Font, PageSetup, Workbook, Worksheet, WorksheetView } from 'exceljs';
import { cellAddress, columnLetters } from './cell-address.ts';
import type { CellStyle, InputRule, WrittenCell, WrittenSheet, WrittenWorkbook } from './workbook-types.ts';

interface Look {
  font?: Partial<Font>;
  fill?: Fill;
  border?: Partial<Borders>;
  alignment?: Partial<Alignment>;
  numFmt?: string;
  typable?: boolean;
}

/** Named, because a font without a name falls back to whatever the reading program likes. */
const CALIBRI = { name: 'Calibri', family: 2, size: 11 } as const;

const LINE = { style: 'thin', color: { argb: 'FFB0B0B0' } } as const;
const FRAME: Partial<Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

const LOOKS: Readonly<Record<CellStyle, Look>> = {
  title: { font: { ...CALIBRI, bold: true, size: 14 }, alignment: { horizontal: 'center', vertical: 'middle' } },
  header: { font: { ...CALIBRI, bold: true }, fill: solid('FFD9EAE8'), border: FRAME, alignment: { horizontal: 'center', vertical: 'middle', wrapText: true } },
  // Format `@` on text cells: otherwise a code typed anew would lose its leading zeros.
  locked: { fill: solid('FFF0F0F0'), border: FRAME, numFmt: '@' },
  input: { border: FRAME, typable: true, alignment: { horizontal: 'center' } },
  inputText: { border: FRAME, typable: true, alignment: { horizontal: 'left', vertical: 'top', wrapText: true } },
  note: { font: { ...CALIBRI, italic: true, color: { argb: 'FF606060' } }, alignment: { wrapText: true, vertical: 'top' } },
  text: { numFmt: '@', border: FRAME },
  date: { numFmt: 'dd/mm/yyyy', border: FRAME },
  plain: {},
  centred: { alignment: { horizontal: 'center', vertical: 'middle', wrapText: true } },
};

/** Writes an .xlsx with exceljs. */
export async function writeWithExceljs(workbook: WrittenWorkbook): Promise<Uint8Array> {
  // The writer that holds the whole workbook takes 520 MB for a list of 3,000 pupils. The one that writes row by row takes 200, but puts the
  // protection of a sheet behind its merged areas, which Excel calls a damaged file: so only forms, which are small, are held whole.
  return workbook.sheets.some((sheet) => sheet.protected === true) ? writeWhole(workbook) : writeByRow(workbook);
}

async function writeWhole(workbook: WrittenWorkbook): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  await fill(book, workbook);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function writeByRow(workbook: WrittenWorkbook): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true });
  await fill(book, workbook);
  await book.commit();
  return new Uint8Array(Buffer.concat(chunks));
}

async function fill(book: Workbook, workbook: WrittenWorkbook): Promise<void> {
  book.creator = 'Sổ Trường';
  book.created = new Date(workbook.createdAt);
  book.modified = book.created;
  for (const sheet of workbook.sheets) await writeSheet(book.addWorksheet(sheet.name, { state: sheet.visibility ?? 'visible', views: frozenView(sheet), ...pageSetup(sheet) }), sheet);
}

/** A4, one page wide and as many long as needed. */
function pageSetup(sheet: WrittenSheet): { pageSetup?: Partial<PageSetup> } {
  return sheet.page === undefined ? {} : { pageSetup: { paperSize: 9, orientation: sheet.page, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } };
}

function frozenView(sheet: WrittenSheet): WorksheetView[] {
  const frozen = { ySplit: sheet.frozenRows ?? 0, xSplit: sheet.frozenColumns ?? 0 };
  return frozen.ySplit > 0 || frozen.xSplit > 0 ? [{ state: 'frozen', ...frozen } as WorksheetView] : [];
}

async function writeSheet(target: Worksheet, sheet: WrittenSheet): Promise<void> {
  sheet.widths?.forEach((width, index) => {
    target.getColumn(index + 1).width = width;
  });
  for (const column of sheet.hiddenColumns ?? []) target.getColumn(column).hidden = true;
  // spinCount: the default of 100,000 hash rounds costs 0.4 s a sheet and protects nothing, the lock has no password.
  if (sheet.protected === true) await target.protect('', { spinCount: 1000, formatColumns: true, formatRows: true, selectLockedCells: true, selectUnlockedCells: true });
  const merged = sheet.merged ?? [];
  sheet.rows.forEach((cells, index) => {
    const number = index + 1;
    const row = target.getRow(number);
    cells.forEach((cell, column) => {
      if (cell !== null) writeCell(row.getCell(column + 1), typeof cell === 'object' ? cell : { value: cell });
    });
    const lines = wrappedLines(cells, sheet.widths ?? []);
    if (lines > 1) row.height = lines * LINE_HEIGHT;
    if (sheet.hiddenRows?.includes(number) === true) row.hidden = true;
    // A row that is written out cannot be merged any more; inside a merged area it waits for the last one.
    for (const area of merged) if (area.lastRow === number) target.mergeCells(area.firstRow, area.firstColumn, area.lastRow, area.lastColumn);
    if (!merged.some((area) => area.firstRow <= number && area.lastRow > number)) row.commit();
  });
  for (const rule of sheet.inputRules ?? []) addInputRule(target, rule);
}

const LINE_HEIGHT = 15;
/** Width of a column that has none given, in characters. */
const USUAL_WIDTH = 9;

/** How many lines the longest wrapped cell of a row takes: not every program lets rows grow by themselves. */
function wrappedLines(cells: WrittenSheet['rows'][number], widths: readonly number[]): number {
  const lines = cells.map((cell, column) => {
    if (cell === null || typeof cell !== 'object' || !(cell.style === 'header' || cell.style === 'inputText')) return 1;
    return String(cell.value).split('\n').reduce((sum, line) => sum + Math.ceil(line.length / (widths[column] ?? USUAL_WIDTH)), 0);
  });
  return Math.max(1, ...lines);
}

function writeCell(target: ExceljsCell, cell: WrittenCell): void {
  if (cell.formula !== undefined) target.value = { formula: cell.formula, ...(cell.value === null ? {} : { result: cell.value }), date1904: false };
  else target.value = cell.value;
  if (cell.style === undefined) return;
  const look = LOOKS[cell.style];
  if (look.font) target.font = look.font;
  if (look.fill) target.fill = look.fill;
  if (look.border) target.border = look.border;
  if (look.alignment) target.alignment = look.alignment;
  if (look.numFmt) target.numFmt = look.numFmt;
  if (look.typable === true) target.protection = { locked: false };
}

function addInputRule(target: Worksheet, rule: InputRule): void {
  const validation = toValidation(rule);
  const area = `${cellAddress(rule.column, rule.firstRow)}:${cellAddress(rule.column, rule.lastRow)}`;
  areaRules(target).add(area, validation);
}

/** exceljs writes one rule for a whole area when asked by its address, but its types only know the rule of a single cell. */
function areaRules(target: Worksheet): { add(area: string, validation: DataValidation): void } {
  return (target as unknown as { dataValidations: { add(area: string, validation: DataValidation): void } }).dataValidations;
}

function toValidation(rule: InputRule): DataValidation {
  const shared = { allowBlank: true, showErrorMessage: true, ...(rule.prompt === undefined ? {} : { showInputMessage: true, prompt: rule.prompt }) };
  if (rule.kind === 'list') return { type: 'list', formulae: [`"${rule.values.join(',')}"`], ...shared };
  if (rule.kind === 'listFrom') {
    const letters = columnLetters(rule.listColumn);
    return { type: 'list', formulae: [`'${rule.sheet.replaceAll("'", "''")}'!$${letters}$${rule.firstListRow}:$${letters}$${rule.lastListRow}`], ...shared };
  }
  return { type: rule.kind, operator: 'between', formulae: [rule.minimum, rule.maximum], ...shared };
}

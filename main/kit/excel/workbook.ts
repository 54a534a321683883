import { AppError } from '../errors.ts';
import { readCsv } from './csv-reader.ts';
import { writeWithExceljs } from './exceljs-writer.ts';
import { detectContainer } from './file-kind.ts';
import { FILE_LIMITS, type FileLimits } from './file-limits.ts';
import { readSheets } from './sheetjs-reader.ts';
import type { FileKind, Sheet, Workbook, WrittenWorkbook } from './workbook-types.ts';
import { inspectXls } from './xls-records.ts';
import { inspectXlsx } from './xlsx-parts.ts';

export type * from './workbook-types.ts';

/**
 * Opens a spreadsheet: .xlsx, .xls of Excel 97–2003 or .csv. The kind is told by the content, never by the file's name.
 * All sheets are read, hidden ones too. Dates stay Excel serials (1900 system), formulas give their last value.
 * @throws workbook.* (see `errors.workbook` of the language catalogue)
 */
export async function readWorkbook(bytes: Uint8Array, limits: FileLimits = FILE_LIMITS): Promise<Workbook> {
  if (bytes.length > limits.fileBytes) {
    throw new AppError('workbook.fileTooLarge', { params: { size: Math.ceil(bytes.length / 1_000_000), limit: Math.ceil(limits.fileBytes / 1_000_000) } });
  }
  const container = detectContainer(bytes);
  if (container === 'text') return withSheets('csv', [readCsv(bytes, 'CSV', limits)]);
  if (container === 'ole') {
    inspectXls(bytes);
    return withSheets('xls', readSheets(bytes, limits, false));
  }
  const parts = await inspectXlsx(bytes, limits);
  return withSheets('xlsx', readSheets(bytes, limits, parts.uncalculatedFormulas));
}

/** The bytes of an .xlsx. Equal input gives equal sheets. */
export async function writeWorkbook(workbook: WrittenWorkbook): Promise<Uint8Array> {
  if (workbook.sheets.length === 0) throw new AppError('workbook.noSheets');
  return writeWithExceljs(workbook);
}

function withSheets(fileKind: FileKind, sheets: Sheet[]): Workbook {
  if (!sheets.some((sheet) => sheet.rows.length > 0)) throw new AppError('workbook.noSheets');
  return { fileKind, sheets };
}

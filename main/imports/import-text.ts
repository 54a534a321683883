import { serialToDate } from '../kit/excel/excel-dates.ts';
import type { Cell } from '../kit/excel/workbook.ts';
import { cleanName, foldForSearch } from '../kit/names.ts';

/** Marks without width that come along when text is copied from a web page. */
const WIDTHLESS = /[\u200b-\u200f\u2060\ufeff\u00ad]/gu;

/** Plain letters and digits with single blanks: nothing to clean, as in codes, numbers and most dates. */
const TIDY = /^[!-~]+( [!-~]+)*$/;

/** NFC, single blanks, nothing at the ends. Files mix letters made of one and of two characters, often in one list. */
export function cleanText(value: string): string {
  if (TIDY.test(value)) return value;
  return cleanName(value.replace(WIDTHLESS, ''));
}

/** A text reduced to what two spellings of it share: no marks, đ → d, lower case, single blanks. */
export function plainText(value: string): string {
  return foldForSearch(value.replace(WIDTHLESS, ''));
}

/** A header in the form columns are looked up by: {@link plainText} without the star or colon of a required one, and without blanks around `/`, where long headers break into lines. */
export function plainHeader(value: string): string {
  return plainText(value).replace(/\(\*\)|\*/g, '').replace(/\s*:\s*$/, '').replace(/\s*\/\s*/g, '/').replace(/\s+/g, ' ').trim();
}

/** The serial of 31 December 9999, the last day Excel knows. */
const LAST_DAY = 2_958_465;

/** What a cell shows, as text: dates as dd/mm/yyyy, whole numbers without exponent, '' for an empty cell. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell.kind === 'blank') return '';
  if (cell.kind === 'text') return cleanText(cell.text);
  if (cell.kind === 'boolean') return cell.boolean ? 'TRUE' : 'FALSE';
  if (cell.kind === 'error') return cell.error;
  if (cell.kind === 'date' && cell.serial >= 1 && cell.serial <= LAST_DAY) return serialToDate(cell.serial).split('-').toReversed().join('/');
  const number = cell.kind === 'date' ? cell.serial : cell.number;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number).toString() : String(number);
}

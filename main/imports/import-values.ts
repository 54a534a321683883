import { SEXES, type Sex } from '../../resources/catalogues/code-catalogues.ts';
import { serialToDate } from '../kit/excel/excel-dates.ts';
import type { Cell } from '../kit/excel/workbook.ts';
import type { PartialDate } from './import-records.ts';
import { cellText, plainText } from './import-text.ts';

/** A value read from a cell, or the code of what is wrong with it. Null is an empty cell. */
export type Parsed<T> = { ok: true; value: T | null; warning?: string } | { ok: false; code: string; params?: Record<string, string | number> };

export interface PersonalIdFacts {
  sex: 'male' | 'female';
  birthYear: number;
}

/** Excel serials that are taken for a date when a date column holds a bare number: 3 October 1954 – 7 April 2064. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 60_000;

const EMPTY = { ok: true, value: null } as const;
const fail = (code: string, params?: Record<string, string | number>) => ({ ok: false, code, ...(params === undefined ? {} : { params }) }) as const;

/** dd/mm/yyyy with `/`, `-` or `.`, ISO, an Excel serial; with `partial` also mm/yyyy and a bare year. A date stays a calendar date, without time zone. */
export function parseDate(cell: Cell | undefined, partial: boolean): Parsed<PartialDate> {
  const shown = cellText(cell);
  if (cell === undefined || shown === '') return EMPTY;
  if (cell.kind === 'error') return fail('cellError');
  if (cell.kind === 'boolean') return fail('dateUnreadable');
  if (cell.kind === 'date') return cell.serial >= FIRST_SERIAL && cell.serial < LAST_SERIAL + 1 ? { ok: true, value: serialToDate(cell.serial) } : fail('dateOutOfRange');
  // The time of day that exports hang on: 03/05/2012 00:00:00, 2012-05-03T00:00:00Z.
  const bare = shown.replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?Z?$/i, '').replace(/^'/, '');
  if (/^\d{4}$/.test(bare)) return partial ? yearAlone(bare) : fail('dateNeedsDay');
  if (/^\d{5}(\.\d+)?$/.test(bare)) {
    const serial = Number(bare);
    return serial >= FIRST_SERIAL && serial < LAST_SERIAL + 1 ? { ok: true, value: serialToDate(serial) } : fail('dateOutOfRange');
  }
  const parts = /^(\d{1,2})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{4})$/.exec(bare);
  if (parts) return calendarDate(Number(parts[3]), Number(parts[2]), Number(parts[1]));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare);
  if (iso) return calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const month = /^(\d{1,2})[/\-.](\d{4})$/.exec(bare);
  if (month) return partial ? monthAlone(Number(month[2]), Number(month[1])) : fail('dateNeedsDay');
  if (/^\d{1,2}[/\-.]\d{1,2}[/\-.]\d{2}$/.test(bare)) return fail('dateShortYear');
  return fail('dateUnreadable');
}

function yearAlone(year: string): Parsed<PartialDate> {
  return Number(year) >= 1900 && Number(year) <= 2100 ? { ok: true, value: year } : fail('dateOutOfRange');
}

function monthAlone(year: number, month: number): Parsed<PartialDate> {
  if (month < 1 || month > 12) return fail('dateNoSuchMonth', { month });
  return year >= 1900 && year <= 2100 ? { ok: true, value: `${year}-${String(month).padStart(2, '0')}` } : fail('dateOutOfRange');
}

function calendarDate(year: number, month: number, day: number): Parsed<PartialDate> {
  if (month < 1 || month > 12) return fail(day >= 1 && day <= 12 ? 'dateMonthFirst' : 'dateNoSuchMonth', { month });
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || day < 1) return fail('dateNoSuchDay', { day, month, year });
  return year >= 1900 && year <= 2100 ? { ok: true, value: date.toISOString().slice(0, 10) } : fail('dateOutOfRange');
}

const SEX_WORDS = new Map(SEXES.flatMap((entry) => [entry.code, entry.name, ...entry.aliases].map((word) => [plainText(word), entry.sex] as const)));

/** Nam/Nữ, 01/02, 1/2, M/F and the like. */
export function parseSex(cell: Cell | undefined): Parsed<Sex> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = plainText(cellText(cell));
  if (shown === '') return EMPTY;
  const sex = SEX_WORDS.get(shown);
  return sex === undefined ? fail('sexUnknown') : { ok: true, value: sex };
}

/**
 * A code, as text. A number cell cannot say whether it once had leading zeros: the caller compares lengths. What a number cell certainly lost
 * (digits beyond the fifteenth, a fraction, an exponent) is an error here.
 */
export function parseCode(cell: Cell | undefined): Parsed<string> {
  if (cell?.kind === 'error') return fail('cellError');
  if (cell?.kind === 'date') return fail('codeIsDate');
  const shown = cellText(cell).replace(/^'/, '').trim();
  if (shown === '') return EMPTY;
  if (cell?.kind === 'number' && (!Number.isInteger(cell.number) || shown.length > 15)) return fail('codePrecision');
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(shown)) return fail('codeExponent');
  if (/\s/.test(shown)) return fail('codeBlank');
  return shown.length > 20 ? fail('codeLong', { length: shown.length }) : { ok: true, value: shown };
}

/** A personal identification number: twelve digits (Luật Căn cước 2023). */
export function parsePersonalId(cell: Cell | undefined): Parsed<string> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell).replace(/^'/, '').replace(/[ .]/g, '');
  if (shown === '') return EMPTY;
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(shown)) return fail('codeExponent');
  if (!/^\d+$/.test(shown)) return fail('personalIdNotDigits');
  if (shown.length === 12) return { ok: true, value: shown };
  return cell?.kind === 'number' && shown.length < 12 ? fail('personalIdLostZeros', { length: shown.length }) : fail('personalIdLength', { length: shown.length });
}

/** What the digits of a personal number say: the fourth is century and sex (even male), the next two the year of birth (NĐ 137/2015 Đ13). */
export function personalIdFacts(personalId: string): PersonalIdFacts {
  const century = Number(personalId[3]);
  return { sex: century % 2 === 0 ? 'male' : 'female', birthYear: 1900 + Math.floor(century / 2) * 100 + Number(personalId.slice(4, 6)) };
}

/** Kept as typed; a number cell of nine digits has lost the zero every Vietnamese number begins with. */
export function parsePhone(cell: Cell | undefined): Parsed<string> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell).replace(/^'/, '');
  if (shown === '') return EMPTY;
  if (cell?.kind === 'number' && shown.length === 9) return { ok: true, value: shown, warning: 'phoneLostZero' };
  return /^\+?[\d .()\-/;,]{6,40}$/.test(shown) ? { ok: true, value: shown } : { ok: true, value: shown, warning: 'phoneStrange' };
}

export function parseText(cell: Cell | undefined): Parsed<string> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell);
  if (shown.length > LONGEST_TEXT) return fail('textLong', { length: shown.length });
  return shown === '' ? EMPTY : { ok: true, value: shown };
}

/** Longer texts are several cells in one. */
const LONGEST_TEXT = 250;

/** Họ, chữ đệm và tên. */
export function parseName(cell: Cell | undefined): Parsed<string> {
  if (cell?.kind === 'error') return fail('cellError');
  if (cell?.kind === 'date' || cell?.kind === 'number') return fail('nameIsNumber');
  const shown = cellText(cell);
  if (shown === '') return EMPTY;
  if (shown.length > 150) return fail('nameLong', { length: shown.length });
  // U+FFFD and "?" inside a word are what is left of letters after a wrong encoding.
  if (/\ufffd|\p{L}\?|\?\p{L}/u.test(shown)) return fail('nameDamaged');
  return /[\d@#_=<>{}[\]|\\]/.test(shown) ? { ok: true, value: shown, warning: 'nameStrange' } : { ok: true, value: shown };
}

/** A measurement in tenths of its unit: "120,5" → 1205. */
export function parseTenths(least: number, most: number): (cell: Cell | undefined) => Parsed<number> {
  return cell => {
    if (cell?.kind === 'error') return fail('cellError');
    const shown = cellText(cell).replace(',', '.').replace(/ ?(cm|kg)$/i, '');
    if (shown === '') return EMPTY;
    if (cell?.kind === 'date' || !/^\d{1,3}(\.\d+)?$/.test(shown)) return fail('measureUnreadable');
    const tenths = Math.round(Number(shown) * 10);
    return tenths < least || tenths > most ? fail('measureOutOfRange', { least: least / 10, most: most / 10 }) : { ok: true, value: tenths };
  };
}

export function parseYear(cell: Cell | undefined): Parsed<number> {
  const date = parseDate(cell, true);
  if (!date.ok) return date.code === 'cellError' ? date : fail('yearUnreadable');
  return date.value === null ? EMPTY : { ok: true, value: Number(date.value.slice(0, 4)) };
}

const YES = new Set(['x', 'co', '1', 'true', 'yes', 'v', 'dung']);
const NO = new Set(['khong', '0', 'false', 'no', 'sai']);

export function parseFlag(cell: Cell | undefined): Parsed<boolean> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = plainText(cellText(cell));
  if (shown === '') return EMPTY;
  if (YES.has(shown)) return { ok: true, value: true };
  return NO.has(shown) ? { ok: true, value: false } : fail('flagUnknown');
}

export interface ClassName {
  name: string;
  grade: number;
}

/** "Lớp 9a " → 9A of grade 9; the grade is the number the name begins with. */
export function parseClassName(cell: Cell | undefined): Parsed<ClassName> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell).replace(/^l[oớ]p\s*/iu, '').toUpperCase();
  if (shown === '') return EMPTY;
  const grade = /^0?(1[0-2]|[1-9])(?!\d{3})/.exec(shown)?.[1];
  return grade === undefined ? fail('classUnreadable') : { ok: true, value: { name: shown, grade: Number(grade) } };
}

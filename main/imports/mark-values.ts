import type { SubjectKind } from '../../resources/catalogues/subject-catalogue.ts';
import type { Cell } from '../kit/excel/workbook.ts';
import type { ConductLevel, MarkValue } from './import-records.ts';
import { cellText, plainText } from './import-text.ts';
import type { Parsed } from './import-values.ts';

const fail = (code: string, params?: Record<string, string | number>) => ({ ok: false, code, ...(params === undefined ? {} : { params }) }) as const;

const LEVELS = new Map<string, 'D' | 'CD'>([['d', 'D'], ['dat', 'D'], ['cd', 'CD'], ['chua dat', 'CD'], ['chua d', 'CD']]);
const CONDUCT = new Map<string, ConductLevel>([['t', 'T'], ['tot', 'T'], ['k', 'K'], ['kha', 'K'], ['d', 'D'], ['dat', 'D'], ['cd', 'CD'], ['chua dat', 'CD']]);

/**
 * A cell of a marks sheet: 0–10 with one decimal by value (8,5 and 8.50, not 8,55) in tenths, or Đ/CĐ in a comment subject.
 * An empty cell is "not entered", never 0. 85 is not taken for 8,5: a guess here would be a false mark.
 */
export function parseMark(cell: Cell | undefined, kind: SubjectKind): Parsed<Exclude<MarkValue, null>> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell);
  if (shown === '') return { ok: true, value: null };
  const level = cell?.kind === 'number' ? undefined : LEVELS.get(plainText(shown));
  if (kind === 'comment') return level === undefined ? fail('levelUnreadable') : { ok: true, value: level };
  if (level !== undefined) return fail('levelInScoreSubject');
  // In a Vietnamese Excel "8.5" typed into a general cell becomes the 8th of May.
  if (cell?.kind === 'date') return fail('markIsDate');
  return markFromText(cell?.kind === 'number' ? exactDecimal(cell.number) : shown);
}

/** Twelve digits: what a formula left behind the binary point (7.800000000000001) is no decimal of the mark. */
function exactDecimal(number: number): string {
  return String(Number(number.toPrecision(12)));
}

function markFromText(value: string): Parsed<number> {
  const parts = /^([+-]?)(\d{1,4})(?:[.,](\d+))?$/.exec(value);
  if (parts === null) return fail('markUnreadable');
  const decimals = (parts[3] ?? '').replace(/0+$/, '');
  const tenths = Number(parts[2]) * 10 + Number(decimals[0] ?? 0);
  if ((parts[1] === '-' && tenths > 0) || tenths > 100 || (tenths === 100 && decimals.length > 1)) return fail('markOutOfRange');
  return decimals.length > 1 ? fail('markDecimals') : { ok: true, value: tenths };
}

export function parseConduct(cell: Cell | undefined): Parsed<ConductLevel> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = plainText(cellText(cell));
  if (shown === '') return { ok: true, value: null };
  const level = CONDUCT.get(shown);
  return level === undefined ? fail('conductUnreadable') : { ok: true, value: level };
}

/** A number of sessions absent. */
export function parseSessions(cell: Cell | undefined): Parsed<number> {
  if (cell?.kind === 'error') return fail('cellError');
  const shown = cellText(cell);
  if (shown === '') return { ok: true, value: null };
  return /^\d{1,3}$/.test(shown) && cell?.kind !== 'date' ? { ok: true, value: Number(shown) } : fail('sessionsUnreadable');
}

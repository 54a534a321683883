import { AppError } from '../errors.ts';
import { hasTextMark } from './file-kind.ts';
import type { FileLimits } from './file-limits.ts';
import type { Cell, Row, Sheet } from './workbook-types.ts';

/**
 * Reads a text table (RFC 4180) with `;`, `,` or tab between cells. Every cell stays text, so that codes keep their leading zeros.
 * UTF-8 with or without mark, UTF-16 only with its mark: any other encoding cannot be told from a wrong one and is refused.
 * @throws workbook.textEncoding, workbook.csvQuote, workbook.tooManyCells
 */
export function readCsv(bytes: Uint8Array, sheetName: string, limits: FileLimits): Sheet {
  const text = decode(bytes);
  const rows = parseRows(text, detectDelimiter(text));
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0);
  if (cells > limits.cells) throw new AppError('workbook.tooManyCells', { params: { limit: limits.cells } });
  return { name: sheetName, hidden: false, rows, merged: [] };
}

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The decoder itself drops the byte-order mark.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('workbook.textEncoding', { params: { marked: hasTextMark(bytes) ? 'yes' : 'no' }, cause });
  }
}

/** The separator that divides the first lines into the most cells, equally often on each line where possible. */
function detectDelimiter(text: string): string {
  const lines = text.replace(/"[^"]*"/g, '').split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').slice(0, 40);
  const counts = ['\t', ';', ','].map((mark) => ({ mark, total: lines.reduce((sum, line) => sum + line.split(mark).length - 1, 0), lines: lines.filter((line) => line.includes(mark)).length }));
  // A comma inside numbers ("8,5") or addresses must not win over the separator that stands on every line.
  counts.sort((a, b) => b.lines - a.lines || b.total - a.total);
  return counts[0] !== undefined && counts[0].total > 0 ? counts[0].mark : ',';
}

function parseRows(text: string, delimiter: string): Row[] {
  const rows: Row[] = [];
  let cells: (Cell | undefined)[] = [];
  let column = 0;
  let line = 1;
  let at = 0;
  const endRow = () => {
    if (cells.length > 0) rows.push({ number: rowNumber, cells });
    cells = [];
    column = 0;
    rowNumber += 1;
  };
  let rowNumber = 1;
  while (at < text.length) {
    let value: string;
    if (text[at] === '"') {
      const quoted = readQuoted(text, at, line);
      value = quoted.value;
      at = quoted.next;
      line = quoted.line;
      const rest = endOfCell(text, at, delimiter);
      value += text.slice(at, rest).trimEnd();
      at = rest;
    } else {
      const end = endOfCell(text, at, delimiter);
      value = text.slice(at, end);
      at = end;
    }
    if (value !== '') cells[column] = { kind: 'text', text: value };
    column += 1;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    endRow();
  }
  endRow();
  return rows;
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function readQuoted(text: string, start: number, startLine: number): { value: string; next: number; line: number } {
  let value = '';
  let line = startLine;
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '\n') line += 1;
    if (letter !== '"') value += letter;
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else return { value, next: at + 1, line };
  }
  throw new AppError('workbook.csvQuote', { params: { line: startLine } });
}

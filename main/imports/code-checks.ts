import type { ListRow } from './list-row.ts';

interface SeenCode {
  row: number;
  code: string;
  fromNumber: boolean;
}

/** Watches one column of codes: the same code twice, and codes that lost leading zeros because Excel took them for numbers. */
export class CodeColumn<Field extends string> {
  private readonly seen: SeenCode[] = [];
  private readonly firstRow = new Map<string, number>();
  private readonly field: Field;

  constructor(field: Field) {
    this.field = field;
  }

  /** To be called on the row of the code. */
  note(row: ListRow<Field>, code: string | null | undefined): void {
    if (code === null || code === undefined) return;
    const first = this.firstRow.get(code);
    if (first !== undefined) row.error(this.field, 'codeTwice', { row: first });
    else this.firstRow.set(code, row.row);
    this.seen.push({ row: row.row, code, fromNumber: row.cell(this.field)?.kind === 'number' });
  }

  /**
   * To be called after the last row. Where the text codes of the column agree on a length, a shorter number has lost zeros: an error, since it would
   * be taken for another person. Where all codes are numbers of one length nothing can be told, and one warning says so.
   */
  finish(row: ListRow<Field>): void {
    const numbers = this.seen.filter((entry) => entry.fromNumber);
    if (numbers.length === 0) return;
    const texts = this.seen.filter((entry) => !entry.fromNumber);
    const length = commonLength(texts.length > 0 ? texts : numbers);
    const short = numbers.filter((entry) => entry.code.length < length);
    for (const entry of short) {
      row.row = entry.row;
      row.error(this.field, 'codeLostZeros', { length, digits: entry.code.length });
    }
    const [first] = numbers;
    if (short.length > 0 || texts.length > 0 || first === undefined) return;
    row.row = first.row;
    row.warn(this.field, 'codesAreNumbers', { count: numbers.length });
  }
}

function commonLength(codes: readonly SeenCode[]): number {
  const counts = new Map<number, number>();
  for (const { code } of codes) counts.set(code.length, (counts.get(code.length) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

import type { PrintedPaper, Printer } from './typst-printer.ts';

/** A plain list on A4: what "In danh sách" prints. Every text is ready for paper (dates dd/mm/yyyy, marks with a comma). */
export interface ListDocument {
  /** Letterhead; null leaves it out. */
  school: { authority: string; name: string } | null;
  /** The national heading beside the letterhead, for lists that leave the school. */
  motto: boolean;
  /** Printed in capitals. */
  title: string;
  /** Lines under the title: class, school year, homeroom teacher. */
  subtitle: string[];
  landscape: boolean;
  columns: { title: string; align: 'left' | 'center' | 'right' }[];
  /** Cells in the order of the columns. Widths and the size of print follow from the texts. */
  rows: string[][];
  /** Lines under the table: totals, remarks. */
  notes: string[];
  place: string;
  /** ISO date (`2026-01-05`) over the last signature; null leaves room for it; with an empty place there is no date line. */
  date: string | null;
  /** From left to right, at most four. `how` is the hint in brackets: "Ký và ghi rõ họ, tên". */
  signatures: { title: string; how: string; name: string }[];
  /** A line at the foot of every page, beside the page number: a code that says which state was printed. */
  foot?: string;
}

/** Prints a list. Rejects as {@link Printer.print}. */
export async function printList(printer: Printer, document: ListDocument, timestamp: Date): Promise<PrintedPaper> {
  return await printer.print({ template: 'list', data: document, timestamp });
}

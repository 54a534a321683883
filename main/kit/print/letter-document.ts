import type { PrintedPaper, Printer } from './typst-printer.ts';

export type LetterPart =
  | { kind: 'text'; text: string; indent: boolean }
  | { kind: 'heading'; text: string }
  /** Lines of "label: value", dots where a value is empty; several in a row stand side by side. */
  | { kind: 'fields'; rows: [label: string, value: string][][] }
  | { kind: 'list'; items: string[] }
  /** Empty lines to write on. */
  | { kind: 'dots'; lines: number }
  | { kind: 'table'; columns: { title: string; align: 'left' | 'center' | 'right'; width: number | null }[]; rows: string[][] };

/** A letter or certificate on A4. Every text is ready for paper. */
export interface LetterDocument {
  /** Letterhead; null is a paper of a citizen: the national heading alone. */
  school: { authority: string; name: string } | null;
  /** "Số: 07/GXN-THCSHB"; '' for a paper without a number. */
  number: string;
  place: string;
  /** yyyy-mm-dd; null leaves room to write. */
  date: string | null;
  /** Where place and date stand: under the national heading, or over the signature. */
  dated: 'heading' | 'end';
  title: string;
  subtitle: string[];
  /** "Kính gửi". */
  to: string[];
  /** Points, 13–14 for a letter. */
  size: number;
  body: LetterPart[];
  /** "Nơi nhận", at the left of the only signature; none where several sign. */
  receivers: string[];
  /** From left to right. */
  signatures: { titles: string[]; how: string; name: string }[];
}

/** Prints a letter. Rejects as {@link Printer.print}. */
export async function printLetter(printer: Printer, document: LetterDocument, timestamp: Date): Promise<PrintedPaper> {
  return await printer.print({ template: 'letter', data: document, timestamp });
}

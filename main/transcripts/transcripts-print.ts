import { AppError } from '../kit/errors.ts';
import { addSignatureFields } from '../kit/pdf/signature-fields.ts';
import { findTemplate, listTemplates } from '../kit/print/template-catalogue.ts';
import type { PrintAnchor, Printer } from '../kit/print/typst-printer.ts';
import type { AnyTranscript } from './primary-document.ts';

/** The boxes to sign, in the order of signing. */
export const transcriptFields = ['homeroom', 'principal', 'seal'] as const;

export interface PrintedTranscript {
  /** PDF/A-2b as printed, with one appended update that holds the three empty signature fields. */
  pdf: Uint8Array;
  pages: number;
  /** Code of the template that was used. */
  template: string;
}

/**
 * The học bạ form in force for a level and school year (`2025-2026`), by the facts at the head of each template's `source.md`.
 * Thông tư 22/2021 came in grade by grade: give the grade for the years of change. Throws `print.noTemplate` where no form is valid.
 */
export function transcriptTemplateFor(level: AnyTranscript['level'], schoolYear: string, grade?: number): string {
  const found = findTemplate(listTemplates(), 'transcript', level, schoolYear, grade);
  if (found === undefined) throw new AppError('print.noTemplate', { params: { level: level.toUpperCase(), year: schoolYear } });
  return found.code;
}

/**
 * Prints a học bạ on the form of its newest year and gives it its empty signature fields, so that signers only fill them.
 * The same document and timestamp give the same bytes. Rejects as {@link Printer.print}, with `print.noTemplate`, or with
 * `print.emptyTranscript` for a document without a school year.
 */
export async function printTranscript(printer: Printer, document: AnyTranscript, timestamp: Date): Promise<PrintedTranscript> {
  const newest = document.years.at(-1);
  if (newest === undefined) throw new AppError('print.emptyTranscript', { params: { name: document.pupil.name } });
  const template = transcriptTemplateFor(document.level, newest.year, newest.grade);
  const paper = await printer.print({ template, data: document, timestamp });
  const fields = transcriptFields.map((name) => fieldOf(paper.anchors, name, template));
  return { pdf: addSignatureFields(paper.pdf, fields), pages: paper.pages, template };
}

function fieldOf(anchors: PrintAnchor[], name: string, template: string): PrintAnchor {
  const found = anchors.find((anchor) => anchor.name === name);
  if (found === undefined) throw new AppError('print.missingAnchor', { params: { name, template }, batchCanContinue: false });
  return found;
}

import { AppError } from '../errors.ts';
import { signatureFields } from './acro-form-fields.ts';
import { attachFields, extendArray } from './form-growth.ts';
import { PdfAppender } from './pdf-appender.ts';
import type { PdfRef } from './pdf-objects.ts';
import { pdfArray, pdfDict, pdfName, PdfSyntaxError, pdfText } from './pdf-objects.ts';
import { PdfSnapshot } from './pdf-snapshot.ts';

export interface NewSignatureField {
  /** Unique in the file, without a dot; the signer's role is read from it, e.g. `homeroom`, `principal`, `seal`. */
  name: string;
  /** 1-based. */
  page: number;
  /** x1, y1, x2, y2 in points, origin at the bottom left of the page. */
  rect: [number, number, number, number];
  /** What a reader shows when pointing at the field, in the paper's language. */
  tooltip: string;
}

/** Print flag and locked flag (ISO 32000-1, table 165): the widget prints with the page and cannot be moved. */
const WIDGET_FLAGS = 4 + 128;

/**
 * Gives a freshly printed PDF (classic cross-reference, as Typst 0.13 writes) its empty signature fields, by one appended update.
 * Signers later only fill them, so that nothing else of the paper has to change after the first signature.
 * Throws `pdf.unreadable` for a file that is not such a PDF, `pdf.alreadySigned` when it carries a signature, and RangeError
 * or TypeError for a field that cannot be placed.
 */
export function addSignatureFields(pdf: Uint8Array, fields: NewSignatureField[]): Uint8Array {
  try {
    return appendFields(new PdfSnapshot(pdf), fields);
  } catch (cause) {
    if (cause instanceof PdfSyntaxError) throw new AppError('pdf.unreadable', { params: { detail: cause.message }, cause });
    throw cause;
  }
}

function appendFields(snapshot: PdfSnapshot, fields: NewSignatureField[]): Uint8Array {
  const existing = signatureFields(snapshot);
  if (existing.some((field) => field.signature)) throw new AppError('pdf.alreadySigned');
  const names = new Set(existing.map((field) => field.name));
  const pages = snapshot.pages();
  const appender = new PdfAppender(snapshot);
  // PDF/A-2, 6.3.3: every visible annotation carries an appearance, so the empty field gets an empty one.
  const blank = appender.addStream(pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: pdfArray([0, 0, 1, 1]), Resources: pdfDict({}) }), Buffer.alloc(0));

  const added: PdfRef[] = [];
  const widgetsOfPage = new Map<number, PdfRef[]>();
  for (const field of fields) {
    const page = pages[field.page - 1];
    const [x1, y1, x2, y2] = field.rect;
    if (!page) throw new RangeError(`page ${field.page} of ${pages.length}`);
    if (!(x1 < x2 && y1 < y2)) throw new RangeError(`empty rectangle for field ${field.name}`);
    if (names.has(field.name) || field.name === '' || field.name.includes('.')) throw new TypeError(`field name ${field.name} is taken or not allowed`);
    names.add(field.name);
    const widget = appender.add(
      pdfDict({
        Type: pdfName('Annot'),
        Subtype: pdfName('Widget'),
        FT: pdfName('Sig'),
        T: pdfText(field.name),
        TU: pdfText(field.tooltip),
        Rect: pdfArray(field.rect.map((edge) => Math.round(edge * 1000) / 1000)),
        F: WIDGET_FLAGS,
        P: page,
        AP: pdfDict({ N: blank }),
      }),
    );
    added.push(widget);
    widgetsOfPage.set(page.num, [...(widgetsOfPage.get(page.num) ?? []), widget]);
  }
  for (const page of pages) {
    const widgets = widgetsOfPage.get(page.num);
    if (widgets) extendArray(snapshot, appender, page, 'Annots', widgets);
  }
  attachFields(snapshot, appender, added);
  return appender.finish();
}

import { signatureFields } from '../../main/kit/pdf/acro-form-fields.ts';
import type { SignatureField } from '../../main/kit/pdf/acro-form-fields.ts';
import { PdfAppender, withEntries } from '../../main/kit/pdf/pdf-appender.ts';
import type { PdfDict, PdfRef, PdfValue } from '../../main/kit/pdf/pdf-objects.ts';
import { isKind, pdfArray, pdfDict, pdfName } from '../../main/kit/pdf/pdf-objects.ts';
import { PdfSnapshot } from '../../main/kit/pdf/pdf-snapshot.ts';
import type { PreparedSignature } from '../../main/kit/pdf/signature-placeholder.ts';
import type { VerifyReport } from '../../main/signing/verify-pdf.ts';

/** The distinct reasons given for all signatures. */
export function codes({ signatures }: VerifyReport): string[] {
  return [...new Set(signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code)))];
}

/** One more revision, as any program could append it. */
export function append(pdf: Uint8Array, change: (appender: PdfAppender, snapshot: PdfSnapshot) => void): Buffer {
  const snapshot = new PdfSnapshot(pdf);
  const appender = new PdfAppender(snapshot);
  change(appender, snapshot);
  return appender.finish();
}

export function fieldOf(snapshot: PdfSnapshot, name: string): SignatureField {
  const field = signatureFields(snapshot).find((candidate) => candidate.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

export function pageOf(snapshot: PdfSnapshot, index: number): { ref: PdfRef; dict: PdfDict } {
  const ref = snapshot.pages()[index];
  const dict = snapshot.dict(ref);
  if (!ref || !dict) throw new Error('no such page');
  return { ref, dict };
}

export function refIn(dict: PdfDict, key: string): PdfRef {
  const value = dict.entries.get(key);
  if (!isKind(value, 'ref')) throw new Error(`/${key} is no reference`);
  return value;
}

/** The catalog's own object. */
export function rootOf(snapshot: PdfSnapshot): PdfRef {
  return refIn(snapshot.trailer, 'Root');
}

/** A signature field as large as the page, with what `entries` say. */
export function addField(appender: PdfAppender, snapshot: PdfSnapshot, entries: Record<string, PdfValue>): void {
  const { ref, dict } = pageOf(snapshot, 0);
  const widget = appender.add(pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('Widget'), FT: pdfName('Sig'), Rect: pdfArray([0, 0, 595, 842]), P: ref, ...entries }));
  const annots = snapshot.resolve(dict.entries.get('Annots'));
  appender.put(ref, withEntries(dict, { Annots: pdfArray([...(isKind(annots, 'array') ? annots.items : []), widget]) }));
  const form = refIn(snapshot.catalog, 'AcroForm');
  const old = snapshot.dict(form) ?? pdfDict({});
  const fields = snapshot.resolve(old.entries.get('Fields'));
  appender.put(form, withEntries(old, { Fields: pdfArray([...(isKind(fields, 'array') ? fields.items : []), widget]) }));
}

/** Writes `entry` over the /Reason of a prepared signature, which must be long enough to hold it. */
export function overwriteReason({ file }: PreparedSignature, entry: string): void {
  const at = file.lastIndexOf('/Reason ');
  const end = file.indexOf('>', at) + 1;
  file.write(entry.padEnd(end - at), at, 'latin1');
}

/** States another byte range than the true one. */
export function writeByteRange({ file, byteRange }: PreparedSignature): void {
  file.write(`[${byteRange.join(' ')}]`.padEnd(36), file.lastIndexOf('/ByteRange ') + 11, 'latin1');
}

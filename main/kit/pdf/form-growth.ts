import type { PdfAppender } from './pdf-appender.ts';
import { withEntries } from './pdf-appender.ts';
import type { PdfRef, PdfValue } from './pdf-objects.ts';
import { isKind, pdfArray, pdfDict, PdfSyntaxError } from './pdf-objects.ts';
import type { PdfSnapshot } from './pdf-snapshot.ts';

/**
 * Puts fields into the form, which is created when there is none. SigFlags 3: signatures exist, append only (table 219). Set from birth so that
 * signing changes nothing in the form.
 */
export function attachFields(snapshot: PdfSnapshot, appender: PdfAppender, added: PdfRef[]): void {
  const root = snapshot.trailer.entries.get('Root');
  if (!isKind(root, 'ref')) throw new PdfSyntaxError('no catalog', snapshot.startxref);
  const stored = snapshot.catalog.entries.get('AcroForm');
  const form = snapshot.dict(stored) ?? pdfDict({});
  const fields = snapshot.resolve(form.entries.get('Fields'));
  const before = isKind(fields, 'array') ? fields.items : [];
  const next = withEntries(form, { Fields: pdfArray([...before, ...added]), SigFlags: 3 });
  if (isKind(stored, 'ref')) appender.put(stored, next);
  else appender.put(root, withEntries(snapshot.catalog, { AcroForm: appender.add(next) }));
}

/** Writes `owner` (or the array's own object) with `items` put behind what /`key` lists already. */
export function extendArray(snapshot: PdfSnapshot, appender: PdfAppender, owner: PdfRef, key: string, items: PdfValue[]): void {
  const dict = snapshot.dict(owner);
  if (!dict) throw new PdfSyntaxError('no such object', snapshot.startxref);
  const stored = dict.entries.get(key);
  const array = snapshot.resolve(stored);
  const next = pdfArray([...(isKind(array, 'array') ? array.items : []), ...items]);
  if (isKind(stored, 'ref')) appender.put(stored, next);
  else appender.put(owner, withEntries(dict, { [key]: next }));
}

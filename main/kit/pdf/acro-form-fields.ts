import type { PdfDict, PdfRef, PdfValue } from './pdf-objects.ts';
import { decodePdfText, isKind, isName, PdfSyntaxError } from './pdf-objects.ts';
import type { PdfSnapshot } from './pdf-snapshot.ts';

/** A signature field and where it stands. `ref` is the field's own object; fields written directly into their parent are refused. */
export interface SignatureField {
  /** Full name, parents joined by dots (ISO 32000-1, 12.7.3.2). */
  name: string;
  ref: PdfRef;
  dict: PdfDict;
  /** The reference (or direct dictionary) under /V; undefined while unsigned. */
  value: PdfValue | undefined;
  /** The signature dictionary itself. */
  signature: PdfDict | undefined;
  rect: [number, number, number, number];
}

/** All signature fields of the form, in the form's order. Throws {@link PdfSyntaxError} on a form it cannot walk. */
export function signatureFields(snapshot: PdfSnapshot): SignatureField[] {
  const form = snapshot.dict(snapshot.catalog.entries.get('AcroForm'));
  const roots = snapshot.resolve(form?.entries.get('Fields'));
  if (!isKind(roots, 'array')) return [];
  const found: SignatureField[] = [];
  const seen = new Set<number>();
  const walk = (node: PdfValue, parentName: string, inheritedType: PdfValue | undefined): void => {
    if (!isKind(node, 'ref')) throw new PdfSyntaxError('form field without an object of its own', snapshot.startxref);
    if (seen.has(node.num)) throw new PdfSyntaxError('form field listed twice', snapshot.startxref);
    seen.add(node.num);
    const dict = snapshot.dict(node);
    if (!dict) return;
    const type = snapshot.resolve(dict.entries.get('FT')) ?? inheritedType;
    const title = snapshot.resolve(dict.entries.get('T'));
    const name = isKind(title, 'string') ? [parentName, decodePdfText(title)].filter(Boolean).join('.') : parentName;
    const kids = snapshot.resolve(dict.entries.get('Kids'));
    const fieldKids = isKind(kids, 'array') ? kids.items.filter((kid) => snapshot.dict(kid)?.entries.has('T')) : [];
    for (const kid of fieldKids) walk(kid, name, type);
    if (fieldKids.length === 0 && isName(type, 'Sig')) found.push(readField(snapshot, node, dict, name));
  };
  for (const root of roots.items) walk(root, '', undefined);
  return found;
}

function readField(snapshot: PdfSnapshot, ref: PdfRef, dict: PdfDict, name: string): SignatureField {
  const stored = dict.entries.get('V');
  const signature = stored === undefined ? undefined : snapshot.dict(stored);
  return { name, ref, dict, value: signature ? stored : undefined, signature, rect: fieldRect(snapshot, dict) };
}

function fieldRect(snapshot: PdfSnapshot, dict: PdfDict): [number, number, number, number] {
  const rect = snapshot.resolve(dict.entries.get('Rect'));
  const numbers = isKind(rect, 'array') ? rect.items.map((item) => snapshot.resolve(item)) : [];
  const [x1, y1, x2, y2] = numbers;
  if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number') return [0, 0, 0, 0];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

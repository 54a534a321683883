import type { SignatureField } from './acro-form-fields.ts';
import { signatureFields } from './acro-form-fields.ts';
import type { PdfDict, PdfRef, PdfValue } from './pdf-objects.ts';
import { isKind, isName, samePdfValue } from './pdf-objects.ts';
import type { PdfSnapshot } from './pdf-snapshot.ts';

/**
 * What happened to a file between a signature and its present state. The first three are what signing by the next person and keeping
 * validation data need; `metadata` is nothing a page shows; everything else is `forbidden`.
 */
export type ChangeKind = 'fieldSigned' | 'fieldAdded' | 'validationData' | 'metadata' | 'forbidden';

export interface RevisionChange {
  kind: ChangeKind;
  /** A field's name, or the object and what it is. */
  detail: string;
}

/** Share of the page that a signature added later may cover; more could hide what was signed. */
const LARGEST_SHARE = 0.15;

const FILLED_KEYS = new Set(['V', 'AP', 'M']);
const CATALOG_KEYS = new Set(['DSS', 'Extensions', 'Metadata', 'AcroForm']);
const INFO_KEYS = new Set(['ModDate', 'Producer']);

/**
 * Compares the state that was signed with the present one, object by object, by value. Each object that differs must be explained by
 * an allowed act; whatever is left is forbidden. It does not matter how or in how many revisions the difference came about.
 */
export function changesSince(signed: PdfSnapshot, present: PdfSnapshot): RevisionChange[] {
  return new Comparison(signed, present).run();
}

class Comparison {
  private readonly signed: PdfSnapshot;
  private readonly present: PdfSnapshot;
  private readonly changes: RevisionChange[] = [];
  /** Objects that differ, and are not explained yet. */
  private readonly open = new Set<number>();
  private readonly existed: Set<number>;

  constructor(signed: PdfSnapshot, present: PdfSnapshot) {
    this.signed = signed;
    this.present = present;
    this.existed = new Set(signed.objectNumbers());
    for (const num of new Set([...this.existed, ...present.objectNumbers()])) if (this.differs(num)) this.open.add(num);
  }

  run(): RevisionChange[] {
    this.trailer();
    this.fields();
    this.catalog();
    this.dropUnreachable();
    for (const num of this.open) this.forbid(`${num} ${this.describe(num)}`);
    return this.changes;
  }

  /** New objects that nothing refers to are shown by no reader; some writers leave them behind. */
  private dropUnreachable(): void {
    if (this.open.size === 0) return;
    const used = new Set<number>();
    for (const value of this.present.trailer.entries.values()) reachable(this.present, value, () => true, used);
    for (const num of this.open) if (!used.has(num) && !this.existed.has(num)) this.open.delete(num);
  }

  private add(kind: ChangeKind, detail: string): void {
    this.changes.push({ kind, detail });
  }

  private forbid(detail: string): void {
    this.add('forbidden', detail);
  }

  private differs(num: number): boolean {
    const before = this.signed.entry(num);
    const after = this.present.entry(num);
    if (before?.kind === 'offset' && after?.kind === 'offset' && before.offset === after.offset && before.gen === after.gen) return false;
    const old = before?.kind === 'offset' ? this.signed.object(num, before.gen) : this.signed.object(num);
    const now = after?.kind === 'offset' ? this.present.object(num, after.gen) : this.present.object(num);
    // Containers of other objects: those are compared one by one.
    if (isStructural(now) && (old === null || isStructural(old))) return false;
    return !samePdfValue(old, now);
  }

  private describe(num: number): string {
    const dict = this.present.dict(this.present.object(num)) ?? this.signed.dict(this.signed.object(num));
    const type = dict?.entries.get('Type') ?? dict?.entries.get('FT');
    return isKind(type, 'name') ? type.name : 'object';
  }

  private trailer(): void {
    const before = this.signed.trailer.entries;
    const after = this.present.trailer.entries;
    if (!samePdfValue(before.get('Root'), after.get('Root'))) this.forbid('Root');
    if (after.has('Encrypt')) this.forbid('Encrypt');
    const info = after.get('Info');
    const old = this.signed.dict(before.get('Info'));
    const now = this.present.dict(info);
    if (old && now && differingKeys(old, now).every((key) => INFO_KEYS.has(key)) && this.explainHolder(before.get('Info'), info)) this.add('metadata', 'Info');
  }

  /** Fields that were empty when signed and are filled now. A signed field that differs stays unexplained. */
  private fields(): void {
    const now = new Map(signatureFields(this.present).map((field) => [field.ref.num, field]));
    for (const old of signatureFields(this.signed)) {
      const field = now.get(old.ref.num);
      if (!field) {
        this.forbid(`field ${old.name}`);
        continue;
      }
      if (!this.open.has(old.ref.num) || old.signature || !field.signature) continue;
      if (!differingKeys(old.dict, field.dict).every((key) => FILLED_KEYS.has(key))) continue;
      this.explainSignature(field);
      this.add('fieldSigned', field.name);
    }
  }

  private explainSignature(field: SignatureField): void {
    this.open.delete(field.ref.num);
    this.explainNew(field.dict.entries.get('V'));
    this.explainNew(field.dict.entries.get('AP'));
  }

  private catalog(): void {
    const root = this.present.trailer.entries.get('Root');
    const before = this.signed.catalog;
    const after = this.present.catalog;
    let understood = true;
    for (const key of differingKeys(before, after)) {
      if (!CATALOG_KEYS.has(key)) understood = false;
    }
    if (understood && isKind(root, 'ref')) this.open.delete(root.num);
    const metadata = after.entries.get('Metadata');
    if (isName(this.present.dict(metadata)?.entries.get('Type'), 'Metadata') && this.explainHolder(before.entries.get('Metadata'), metadata)) this.add('metadata', 'XMP');
    this.validationData(before.entries.get('DSS'), after.entries.get('DSS'));
    this.form(before.entries.get('AcroForm'), after.entries.get('AcroForm'));
  }

  /** The document security store of PAdES B-LT: certificates, OCSP answers, CRLs. */
  private validationData(before: PdfValue | undefined, after: PdfValue | undefined): void {
    if (after === undefined) {
      if (before !== undefined) this.forbid('DSS');
      return;
    }
    const known = new Set<number>();
    if (before !== undefined) reachable(this.signed, before, (num) => this.existed.has(num), known);
    let grown = this.explainNew(after);
    for (const num of known) if (this.open.delete(num)) grown = true;
    if (grown) this.add('validationData', 'DSS');
  }

  private form(before: PdfValue | undefined, after: PdfValue | undefined): void {
    const old = this.signed.dict(before);
    const now = this.present.dict(after);
    if (!now) {
      if (old) this.forbid('AcroForm');
      return;
    }
    if (old && !differingKeys(old, now).every((key) => key === 'Fields' || key === 'SigFlags')) {
      this.forbid('AcroForm');
      return;
    }
    const added = this.appended(old?.entries.get('Fields'), now.entries.get('Fields'));
    if (!added) {
      this.forbid('AcroForm fields');
      return;
    }
    const fields = signatureFields(this.present).filter((field) => added.some((ref) => samePdfValue(ref, field.ref)));
    if (fields.length !== added.length) {
      this.forbid('AcroForm fields');
      return;
    }
    this.explainHolder(before, after);
    for (const field of fields) this.addedField(field);
    this.pages(fields);
  }

  /** A field that was not there when signed: only with a signature in it, which is then judged like any other, and only small. */
  private addedField(field: SignatureField): void {
    if (this.existed.has(field.ref.num) || !field.signature) {
      this.forbid(`field ${field.name}`);
      return;
    }
    this.explainSignature(field);
    this.add('fieldAdded', field.name);
  }

  private pages(fields: SignatureField[]): void {
    const added = fields.map(({ ref }) => ref);
    for (const page of this.present.pages()) {
      const old = this.signed.dict(this.signed.object(page.num, page.gen));
      const now = this.present.dict(page);
      if (!old || !now) continue;
      const items = this.appended(old.entries.get('Annots'), now.entries.get('Annots'));
      if (!items || items.length === 0) continue;
      const mine = items.filter((item) => added.some((ref) => samePdfValue(ref, item)));
      const covered = fields.filter(({ ref }) => mine.some((item) => samePdfValue(item, ref))).reduce((sum, { rect: [x1, y1, x2, y2] }) => sum + (x2 - x1) * (y2 - y1), 0);
      if (mine.length !== items.length || covered > LARGEST_SHARE * pageArea(this.present, now)) this.forbid(`annotations of page object ${page.num}`);
      else if (differingKeys(old, now).every((key) => key === 'Annots')) this.open.delete(page.num);
    }
  }

  /**
   * The references put behind an array that was otherwise kept, or undefined when it was changed in another way. The array's own
   * object, where it has one, is explained by that.
   */
  private appended(before: PdfValue | undefined, after: PdfValue | undefined): PdfRef[] | undefined {
    const old = this.signed.resolve(before);
    const now = this.present.resolve(after);
    const oldItems = isKind(old, 'array') ? old.items : [];
    const nowItems = isKind(now, 'array') ? now.items : [];
    if (!oldItems.every((item, index) => samePdfValue(item, nowItems[index]))) return undefined;
    const added = nowItems.slice(oldItems.length);
    if (!added.every((item) => isKind(item, 'ref'))) return undefined;
    this.explainHolder(before, after);
    return added;
  }

  /**
   * Explains the object that now holds a value, if it held it before or is new. An old object of another purpose is not explained by
   * being pointed at: its old users would see the changed content too.
   */
  private explainHolder(before: PdfValue | undefined, after: PdfValue | undefined): boolean {
    if (!isKind(after, 'ref')) return false;
    return (samePdfValue(before, after) || !this.existed.has(after.num)) && this.open.delete(after.num);
  }

  /** Explains the objects that are new and hang on `value`; what existed before is not followed. True when there was one. */
  private explainNew(value: PdfValue | undefined): boolean {
    const found = new Set<number>();
    if (value !== undefined) reachable(this.present, value, (num) => !this.existed.has(num), found);
    let any = false;
    for (const num of found) if (this.open.delete(num)) any = true;
    return any;
  }
}

function isStructural(value: PdfValue): boolean {
  return isKind(value, 'stream') && (isName(value.dict.entries.get('Type'), 'XRef') || isName(value.dict.entries.get('Type'), 'ObjStm'));
}

function differingKeys(before: PdfDict, after: PdfDict): string[] {
  if (after.repeatedKeys.length > 0) return [...after.entries.keys(), ...after.repeatedKeys];
  return [...new Set([...before.entries.keys(), ...after.entries.keys()])].filter((key) => !samePdfValue(before.entries.get(key), after.entries.get(key)));
}

function reachable(snapshot: PdfSnapshot, from: PdfValue, follow: (num: number) => boolean, found: Set<number>): void {
  const waiting: PdfValue[] = [from];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isKind(value, 'ref')) {
      if (found.has(value.num) || !follow(value.num)) continue;
      found.add(value.num);
      waiting.push(snapshot.object(value.num, value.gen));
    } else if (isKind(value, 'array')) waiting.push(...value.items);
    else if (isKind(value, 'dict')) waiting.push(...value.entries.values());
    else if (isKind(value, 'stream')) waiting.push(...value.dict.entries.values());
  }
}

/** Square points; A4 when the page does not say. */
function pageArea(snapshot: PdfSnapshot, page: PdfDict): number {
  let node: PdfDict | undefined = page;
  for (let depth = 0; node && depth < 50; depth++) {
    const box = snapshot.resolve(node.entries.get('MediaBox'));
    const [x1, y1, x2, y2] = isKind(box, 'array') ? box.items.map((item) => snapshot.resolve(item)) : [];
    if (typeof x1 === 'number' && typeof y1 === 'number' && typeof x2 === 'number' && typeof y2 === 'number') return Math.abs((x2 - x1) * (y2 - y1));
    node = snapshot.dict(node.entries.get('Parent'));
  }
  return 595 * 842;
}

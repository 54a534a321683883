/** One field of a record that is kept as text: '' is not recorded, a flag is '1' or '0', a number is in digits. */
export interface RecordField<Group extends string = string> {
  /** Unique in its list; its column is the same in snake case. */
  key: string;
  group: Group;
  type: RecordFieldType;
  /** Values of a `choice`, in the order of a list. */
  choices?: readonly string[];
  /** Part of a complete record. */
  counts?: true;
}

export type RecordFieldType = 'text' | 'number' | 'flag' | 'choice' | 'partialDate' | 'phone' | 'email';

/** Values by key of field. */
export type RecordValues = Readonly<Record<string, string>>;

/** The counted fields that hold nothing, and how many of a hundred hold something. */
export function completenessOf(fields: readonly RecordField[], values: RecordValues): { missing: string[]; completeness: number } {
  const counted = fields.filter(field => field.counts === true);
  const missing = counted.filter(field => (values[field.key] ?? '') === '').map(field => field.key);
  return { missing, completeness: counted.length === 0 ? 100 : Math.floor(((counted.length - missing.length) * 100) / counted.length) };
}

/** `cleanWater` → `clean_water`. */
export function columnOfKey(key: string): string {
  return key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

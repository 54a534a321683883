import { z } from 'zod';
import { AppError } from '../kit/errors.ts';

export const packageFormat = 'so-truong-package/1';
export const packageEntries = ['header.json', 'header.sig', 'body.age'] as const;
/** What stands for "the package before" in the first package, and for "the row before" in the first journal row. */
export const noneBefore = '0'.repeat(64);

export type JournalEvent = 'NEW' | 'UPDATE' | 'CANCEL';

/** One line of `journal.ndjson`: a change with its values before and after, chained to the row before by `hash` (SHA-256, hex). */
export interface JournalRow {
  seq: number;
  /** RFC 3339 with offset. */
  at: string;
  actor: string;
  device: string;
  /** How the change came (typed, pasted, imported …); part of what `hash` is over. */
  path?: string | undefined;
  table: string;
  id: string;
  version: number;
  event: JournalEvent;
  before: object | null;
  after: object | null;
  reason: string | null;
  hash: string;
}

/** One line of `snapshot.ndjson`: a record as it stood at `journalTo`. */
export interface SnapshotRow {
  table: string;
  id: string;
  record: object;
}

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** School and device stand in file names and addresses: letters, digits, `.`, `_`, `-`, and never a leading or double dot. */
export const partyId = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-])){0,63}$/);
export const rfc3339 = z.iso.datetime({ offset: true });
export const ageRecipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/);
const count = z.int().min(0);
/** Rows per table. A null prototype would not survive canonical JSON, so the one dangerous name is refused instead. */
export const rowCounts = z.record(z.string().min(1).max(128).refine((name) => name !== '__proto__'), count);

export const packageHeader = z.strictObject({
  format: z.literal(packageFormat),
  school: partyId,
  device: partyId,
  sequence: z.int().min(1).max(99_999_999),
  previous: sha256Hex,
  journalFrom: z.int().min(1),
  journalTo: z.int().min(0),
  schema: z.int().min(0),
  createdAt: rfc3339,
  recipients: z.array(ageRecipient).min(1).max(32),
  bodySha256: sha256Hex,
  bodyBytes: z.int().min(1),
  rows: rowCounts,
  files: count,
}).superRefine((header, context) => {
  if ((header.sequence === 1) !== (header.previous === noneBefore)) context.addIssue({ code: 'custom', path: ['previous'], message: 'only the first package has no package before it' });
  if (header.journalTo < header.journalFrom - 1) context.addIssue({ code: 'custom', path: ['journalTo'], message: 'ends before it begins' });
  if (totalRows(header.rows) !== header.journalTo - header.journalFrom + 1) context.addIssue({ code: 'custom', path: ['rows'], message: 'does not add up to journalFrom … journalTo' });
});

/** `header.json`. Without journal rows `journalFrom` is one more than `journalTo`. `bodySha256` is over the encrypted `body.age`. */
export type PackageHeader = z.infer<typeof packageHeader>;

/** U+0000 is legal JSON, but no column of the authority's database can hold it. */
const plainText = z.string().refine((value) => !value.includes('\0'));
const jsonObject = z.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

export const journalRow: z.ZodType<JournalRow> = z.strictObject({
  seq: z.int().min(1),
  at: rfc3339,
  actor: plainText,
  device: plainText,
  path: plainText.optional(),
  table: plainText.min(1).max(128),
  id: plainText.min(1),
  version: z.int().min(0),
  event: z.enum(['NEW', 'UPDATE', 'CANCEL']),
  before: jsonObject.nullable(),
  after: jsonObject.nullable(),
  reason: plainText.nullable(),
  hash: sha256Hex,
});

export const snapshotRow: z.ZodType<SnapshotRow> = z.strictObject({ table: plainText.min(1).max(128), id: plainText.min(1), record: jsonObject });

/** Bounds that keep a hostile or broken package from filling memory or disk. All are bytes. */
export interface PackageLimits {
  /** The whole `.stpkg`. */
  packageBytes: number;
  /** The tar after decompression. */
  contentBytes: number;
  /** One line of NDJSON. */
  lineBytes: number;
  /** One PDF; a reader holds one at a time. */
  paperBytes: number;
}

export const defaultLimits: PackageLimits = {
  packageBytes: 2 * 1024 ** 3,
  contentBytes: 8 * 1024 ** 3,
  lineBytes: 8 * 1024 ** 2,
  paperBytes: 64 * 1024 ** 2,
};

export type PackageFault =
  | 'container' | 'headerForm' | 'signature' | 'bodyHash' | 'decrypt' | 'compression' | 'content'
  | 'journal' | 'journalSequence' | 'journalChain' | 'paperHash' | 'counts' | 'tooLarge';

/** A package that does not check. `where` names the part: an entry, `header.json/sequence`, or `journal.ndjson:12`. */
export class PackageError extends AppError {
  readonly fault: PackageFault;
  readonly where: string;

  constructor(fault: PackageFault, where: string, cause?: unknown) {
    super(`package.${fault}`, { params: { where }, cause });
    this.name = 'PackageError';
    this.fault = fault;
    this.where = where;
  }
}

export function totalRows(rows: Record<string, number>): number {
  return Object.values(rows).reduce((sum, each) => sum + each, 0);
}

/** `<school>-<device>-<sequence, 8 digits>.stpkg` */
export function packageFileName(school: string, device: string, sequence: number): string {
  return `${school}-${device}-${String(sequence).padStart(8, '0')}.stpkg`;
}

import type { ColumnType, Kysely } from 'kysely';

/** Times of the server itself. Times that schools wrote stay text, exactly as they are signed or hashed. */
type Time = ColumnType<Date, Date, Date>;
/** Text in and parsed value out: `json` keeps the text as it came, unlike `jsonb`. */
type JsonText = ColumnType<object | null, string | null, never>;

export interface SchoolTable {
  id: string;
  name: string;
  enrolled_at: Time;
}

export interface SchoolKeyTable {
  school: string;
  /** The device that asked; the key counts for the whole school. */
  device: string;
  fingerprint: string;
  /** PEM, Ed25519. */
  public_key: string;
  valid_from: Time;
  /** Packages made later than this are refused; null until further notice. */
  valid_to: Time | null;
  /** From then on everything signed by this key is refused, whatever date it bears. */
  revoked_at: Time | null;
  revoked_reason: string | null;
}

export interface AuthorityKeyTable {
  public_key: string;
  purpose: 'recipient' | 'root';
  valid_from: Time;
  valid_to: Time | null;
}

export interface DeviceTable {
  school: string;
  id: string;
  contiguous_to: number;
  last_sha256: string;
  journal_to: number;
  journal_hash: string | null;
}

export interface PackageTable {
  school: string;
  device: string;
  sequence: number;
  sha256: string;
  bytes: number;
  /** Exactly as signed by the school: the evidence of what it sent. */
  header: Buffer;
  header_signature: Buffer;
  key_fingerprint: string;
  received_at: Time;
  receipt: Buffer;
  receipt_signature: Buffer;
}

export interface JournalRowTable {
  school: string;
  device: string;
  seq: number;
  sequence: number;
  at: string;
  actor: string;
  made_on: string;
  path: string | null;
  table_name: string;
  record: string;
  version: number;
  event: string;
  before: JsonText;
  after: JsonText;
  reason: string | null;
  hash: string;
}

export interface SnapshotRowTable {
  school: string;
  device: string;
  sequence: number;
  position: number;
  table_name: string;
  record: string;
  content: JsonText;
}

export interface PaperTable {
  sha256: string;
  content: Buffer;
}

export interface PackagePaperTable {
  school: string;
  device: string;
  sequence: number;
  sha256: string;
}

export interface DistrictSchema {
  school: SchoolTable;
  school_key: SchoolKeyTable;
  authority_key: AuthorityKeyTable;
  device: DeviceTable;
  package: PackageTable;
  journal_row: JournalRowTable;
  snapshot_row: SnapshotRowTable;
  paper: PaperTable;
  package_paper: PackagePaperTable;
}

export type DistrictDatabase = Kysely<DistrictSchema>;

import type { SignRole } from '../../preload/contract/transcripts.ts';
import { recordTable, type RecordColumns } from './base.ts';

/** One printed paper. A correction after the first signature is a new row with the next `paper_version`. */
export interface TranscriptTable extends RecordColumns {
  enrolment_id: string;
  paper_version: number;
  state: 'prepared' | 'homeroomSigned' | 'principalSigned' | 'sealed' | 'sent';
  /** The file as it stands now; its name in `files/`. */
  file_sha256: string;
  pages: number;
  template: string;
  /** SHA-256 of the canonical data that was printed: tells when results changed afterwards. */
  data_sha256: string;
  reason: string | null;
}

export interface TranscriptSignatureTable extends RecordColumns {
  transcript_id: string;
  role: SignRole;
  signer: string;
  certificate_sha256: string;
  signed_at: string;
  timestamp: 'granted' | 'waiting' | 'none';
  file_before: string;
  file_after: string;
}

export interface ImportRunTable extends RecordColumns {
  kind: 'pupils' | 'staff' | 'marks' | 'attendance';
  file_name: string;
  file_sha256: string;
  actor: string;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  first_seq: number;
  last_seq: number;
  /** Cells mended in the preview, as JSON: `{ "Sheet1!E6": "31/01/2011" }`. */
  corrections: string;
  state: 'applied' | 'undone';
}

/** A package that left or waits to leave; the file itself is kept so that it can be sent again byte for byte. */
export interface PackageTable extends RecordColumns {
  sequence: number;
  file_name: string;
  sha256: string;
  bytes: number;
  journal_from: number;
  journal_to: number;
  records: number;
  files: number;
  state: 'waiting' | 'acknowledged';
  receipt: string | null;
  acknowledged_at: string | null;
}

export interface PapersSchema {
  transcript: TranscriptTable;
  transcript_signature: TranscriptSignatureTable;
  import_run: ImportRunTable;
  package: PackageTable;
}

export const papersTables = [
  recordTable('transcript'),
  recordTable('transcript_signature'),
  recordTable('import_run', { sync: false }),
  recordTable('package', { sync: false }),
];

import { z } from 'zod';
import { job, read } from './base.ts';
import type { JobView } from './common.ts';

export interface SystemInfo {
  version: string;
  shell: 'electron' | 'host';
  node: string;
  sqlite: string;
  dataFolder: string;
  isEncrypted: boolean;
  device: string;
}

export interface JournalRowView {
  seq: number;
  at: string;
  actor: string;
  /** The person behind the account, where one is known. */
  actorName: string;
  device: string;
  path: string;
  what: string;
  subject: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  /** Where more of it is told: the page of a mark's history. */
  route: string | null;
}

export interface CheckReport {
  ok: boolean;
  problems: { area: 'database' | 'journal' | 'files' | 'packages'; what: string; remedy: string }[];
  /** Duties that wait or are late, and what the records lack: the data may be whole all the same. */
  notices: { area: 'records' | 'personalData'; what: string; remedy: string }[];
  figures: { journalRows: number; files: number; packages: number; completeness: number };
}

export const system = {
  info: read('public', z.object({})).returns<SystemInfo>(),
  journal: read('journal.view', z.object({ text: z.string().max(100).optional(), actor: z.string().optional(), beforeSeq: z.int().optional() }))
    .returns<{ rows: JournalRowView[]; nextBeforeSeq: number | null }>(),
  check: job('system.manage', z.object({})).returns<CheckReport>(),
  jobs: read('signedIn', z.object({})).returns<{ jobs: JobView[] }>(),
  job: read('signedIn', z.object({ jobId: z.string() })).returns<JobView>(),
  cancelJob: read('signedIn', z.object({ jobId: z.string() })).returns<{ cancelled: boolean }>(),
};

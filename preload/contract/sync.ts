import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile } from './common.ts';

export interface PackageView {
  sequence: number;
  fileName: string;
  createdAt: string;
  records: number;
  files: number;
  bytes: number;
  sha256: string;
  state: 'waiting' | 'acknowledged';
  acknowledgedAt: string | null;
  /** Content in words: "1.204 thay đổi, 41 học bạ". */
  content: string;
}

export interface SyncStatus {
  school: string;
  device: string;
  authority: { name: string; fingerprint: string; server: string | null } | null;
  packages: PackageView[];
  acknowledged: number;
  waiting: number;
  /** Journal rows and papers not yet in any package. */
  unsentRecords: number;
  unsentFiles: number;
}

export const sync = {
  status: read('sync.view', z.object({})).returns<SyncStatus>(),
  /** Makes the next package from what is not yet in one and keeps it; `bytes` is the file for a stick. */
  exportPackage: job('sync.send', z.object({})).returns<{ package: PackageView; fileName: string; bytes: Uint8Array }>(),
  /** Makes a package if there is anything new, then sends everything not acknowledged, in order. */
  push: job('sync.send', z.object({ server: z.string().url().optional() })).returns<{ sent: number; acknowledged: number; waiting: number }>(),
  acceptReceipt: write('sync.send', HandedFile).returns<{ sequence: number; acknowledged: number; waiting: number }>(),
  enrolmentRequest: write('sync.send', z.object({})).returns<{ fileName: string; bytes: Uint8Array; fingerprint: string }>(),
  /** First without `confirm` to read the fingerprint aloud, then with it. */
  enrolmentAccept: write('sync.send', HandedFile.extend({ confirm: z.boolean(), server: z.string().url().optional() }))
    .returns<{ authority: string; fingerprint: string; accepted: boolean }>(),
};

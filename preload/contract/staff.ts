import { z } from 'zod';
import { read, write } from './base.ts';
import { Id } from './common.ts';
import type { StaffEntryColumn, StaffEntryKind, StaffJob, StaffValues } from './staff-fields.ts';
import { teachingCalls } from './teaching.ts';

export const staffStatuses = ['working', 'leave', 'moved', 'retired', 'left'] as const;
/** `leave` is away for a time (maternity, study); `moved`, `retired` and `left` do not work here any more. */
export type StaffStatus = (typeof staffStatuses)[number];

/** What everybody sees: name, position, subjects, homeroom. The rest is empty but for the office. */
export interface StaffRow {
  staffId: string;
  code: string;
  name: string;
  birth: string;
  sex: 'male' | 'female' | 'unknown';
  position: string;
  job: StaffJob;
  qualification: string;
  /** In words. */
  subjects: string;
  homeroomOf: string | null;
  status: StaffStatus;
  /** Masked. */
  phone: string;
  email: string;
  /** 0–100; null for who may not see the record. */
  completeness: number | null;
}

export interface StaffEntryView {
  entryId: string;
  version: number;
  kind: StaffEntryKind;
  values: Partial<Record<StaffEntryColumn, string>>;
}

export interface StaffStatusView {
  status: StaffStatus;
  from: string;
  note: string;
  paper: string;
}

export interface StaffWarning {
  field: string;
  message: string;
}

export interface StaffView extends StaffRow {
  personId: string;
  version: number;
  /** By key of field, sensitive ones masked. */
  values: StaffValues;
  masked: string[];
  missing: string[];
  warnings: StaffWarning[];
  statuses: StaffStatusView[];
  entries: StaffEntryView[];
  /** The account of this person, open or closed. */
  account: { user: string; state: 'active' | 'closed' } | null;
}

export interface StaffHistoryEntry {
  seq: number;
  at: string;
  actor: string;
  path: string;
  field: string;
  before: string | null;
  after: string | null;
  reason: string | null;
}

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Changes = z.record(z.string().max(60), z.string().max(500));
const Reason = z.string().trim().max(300).optional();
const NeededReason = z.string().trim().min(3).max(300);

export const staff = {
  list: read('records.view', z.object({})).returns<{ rows: StaffRow[]; maySeeRecords: boolean }>(),
  open: read('records.edit', z.object({ staffId: Id })).returns<StaffView>(),
  add: write('records.edit', z.object({ values: Changes })).returns<{ staffId: string }>(),
  save: write('records.edit', z.object({ staffId: Id, expectedVersion: z.int(), changes: Changes, reason: Reason })).returns<{ version: number }>(),
  /** Shows one sensitive field in clear; the look is written down. */
  unmask: write('records.edit', z.object({ staffId: Id, field: z.string().max(60) })).returns<{ value: string }>(),
  history: read('records.edit', z.object({ staffId: Id })).returns<{ entries: StaffHistoryEntry[] }>(),
  /** Whoever leaves the school teaches nothing any more from that day on and cannot sign in. */
  setStatus: write('records.edit', z.object({ staffId: Id, status: z.enum(staffStatuses), from: Day, note: z.string().trim().max(250), paper: z.string().trim().max(100) }))
    .returns<{ assignmentsEnded: number; accountClosed: boolean; homeroomOf: string[] }>(),
  saveEntry: write('records.edit', z.object({
    staffId: Id, entryId: Id.nullable(), version: z.int(), kind: z.enum(['contract', 'training', 'course', 'language', 'appraisal', 'reward', 'discipline']),
    values: z.record(z.string().max(20), z.string().max(250)),
  })).returns<{ entryId: string }>(),
  cancelEntry: write('records.edit', z.object({ entryId: Id, version: z.int(), reason: NeededReason })).returns<{ cancelled: true }>(),
  ...teachingCalls,
};

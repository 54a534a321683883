import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id } from './common.ts';
import type { PupilValues, PupilWarning } from './pupil-fields.ts';

/** Values by key of field, as typed. */
const Changes = z.record(z.string().max(60), z.string().max(500));
const Reason = z.string().max(300).optional();
const NeededReason = z.string().trim().min(3).max(300);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/).or(z.literal(''));

export interface PupilCodeView {
  kind: 'moet' | 'local' | 'register' | 'vemis' | 'temporary';
  code: string;
  validFrom: string;
  validTo: string | null;
}

export interface IdentityPaperView {
  paperId: string;
  kind: string;
  /** Masked. */
  number: string;
  issuedOn: string;
  issuedAt: string;
}

export interface PupilDocumentView {
  documentId: string;
  kind: string;
  number: string;
  issuedOn: string;
  fileName: string;
  bytes: number;
  addedAt: string;
  isReplaced: boolean;
}

/** Tenths of a centimetre and of a kilogram; `bmi` in tenths too. */
export interface HealthCheckView {
  checkId: string;
  measuredOn: string;
  height: number | null;
  weight: number | null;
  bmi: number | null;
  eyeLeft: string;
  eyeRight: string;
  note: string;
}

export interface BulkPreview {
  rows: { enrolmentId: string; name: string; className: string; changes: { field: string; before: string; after: string }[] }[];
  /** Fields that would change in all. */
  changes: number;
}

export interface DuplicateView {
  score: number;
  reasons: string[];
  left: DuplicateCard;
  right: DuplicateCard;
}
export interface DuplicateCard {
  personId: string;
  /** The latest place in a class. */
  enrolmentId: string | null;
  name: string;
  birth: string;
  sex: string;
  className: string;
  year: string;
  codes: string[];
}

export interface MergePreview {
  kept: DuplicateCard;
  gone: DuplicateCard;
  /** Fields where both hold something and differ: a person chooses. Sensitive values are masked. */
  conflicts: { field: string; kept: string; gone: string }[];
  /** Fields that only the one to go holds: they are taken over. */
  takenOver: string[];
  moves: { enrolments: number; documents: number; codes: number };
  /** Why they cannot be merged, in words; null when they can. */
  refusal: string | null;
}

/** The calls of `students` about the record itself. */
export const pupilRecordCalls = {
  /** What looks wrong with a draft, before it is saved. Values left out are those stored. */
  check: read('records.view', z.object({ personId: Id, enrolmentId: Id.optional(), changes: Changes })).returns<{ warnings: PupilWarning[] }>(),
  /** Adds a pupil by hand and places him in a class. */
  add: write('records.edit', z.object({ classId: Id, values: Changes, status: z.enum(['studying', 'transferredIn']).default('studying'), reason: Reason }))
    .returns<{ personId: string; enrolmentId: string; warnings: PupilWarning[] }>(),
  /** Known pupils that look like somebody about to be added. */
  similar: read('records.edit', z.object({ name: z.string().max(150), birth: z.string().max(10), personalId: z.string().max(30).default('') }))
    .returns<{ found: { score: number; reasons: string[]; card: DuplicateCard }[] }>(),
  bulkPreview: read('records.edit', z.object({ enrolmentIds: z.array(Id).min(1).max(5000), changes: Changes })).returns<BulkPreview>(),
  bulkSave: job('records.edit', z.object({ enrolmentIds: z.array(Id).min(1).max(5000), changes: Changes, reason: Reason })).returns<{ pupils: number; changes: number }>(),
  /** An earlier value of the history becomes the value again, as a change of its own. */
  restore: write('records.edit', z.object({ personId: Id, seq: z.int(), field: z.string(), reason: Reason })).returns<{ version: number }>(),

  codes: read('records.view', z.object({ personId: Id })).returns<{ codes: PupilCodeView[] }>(),
  /** A new code; the one before of that kind ends and stays in the list. Register numbers are given by `register`. */
  giveCode: write('records.edit', z.object({ personId: Id, kind: z.enum(['moet', 'local', 'vemis']), code: z.string().trim().min(1).max(20), reason: Reason })).returns<null>(),
  /** Temporary codes for pupils whom the ministry has not numbered yet. */
  giveTemporaryCodes: job('records.edit', z.object({ enrolmentIds: z.array(Id).min(1).max(5000) })).returns<{ given: { personId: string; code: string }[] }>(),
  /** Next numbers of the register of pupils, in the order given; who has one keeps it. */
  register: job('records.edit', z.object({ enrolmentIds: z.array(Id).min(1).max(5000) })).returns<{ given: { personId: string; code: string }[] }>(),
  registerSetting: read('records.view', z.object({})).returns<{ perLevel: boolean; digits: number; startsAt: number; isBegun: boolean }>(),
  saveRegisterSetting: write('system.manage', z.object({ perLevel: z.boolean(), digits: z.int().min(1).max(9), startsAt: z.int().min(1).max(999_999) })).returns<null>(),

  photo: read('records.view', z.object({ personId: Id, enrolmentId: Id })).returns<{ bytes: Uint8Array | null }>(),
  /** A photo of 3×4, JPEG or PNG; the window cuts and shrinks it. */
  savePhoto: write('records.edit', z.object({ personId: Id, file: HandedFile })).returns<null>(),
  documents: read('records.view', z.object({ personId: Id })).returns<{ documents: PupilDocumentView[]; papers: IdentityPaperView[] }>(),
  openDocument: write('records.view', z.object({ documentId: Id })).returns<{ fileName: string; bytes: Uint8Array }>(),
  addDocument: write('records.edit', z.object({ personId: Id, kind: z.string().trim().min(1).max(60), number: z.string().max(60), issuedOn: Day, file: HandedFile }))
    .returns<{ documentId: string }>(),
  replaceDocument: write('records.edit', z.object({ documentId: Id, file: HandedFile, reason: NeededReason })).returns<{ documentId: string }>(),
  addIdentityPaper: write('records.edit', z.object({ personId: Id, kind: z.enum(['1', '2', '3', '4', '5', '6', '7', '8']), number: z.string().trim().min(1).max(30), issuedOn: Day, issuedAt: z.string().max(150) }))
    .returns<{ paperId: string }>(),
  cancelIdentityPaper: write('records.edit', z.object({ paperId: Id, reason: NeededReason })).returns<null>(),
  /** Measurements, newest first. They are sensitive: reading them is logged. */
  openHealth: write('records.view', z.object({ personId: Id })).returns<{ checks: HealthCheckView[] }>(),
  addHealthCheck: write('records.edit', z.object({
    personId: Id, measuredOn: Day, height: z.int().min(300).max(2500).nullable(), weight: z.int().min(20).max(3000).nullable(),
    eyeLeft: z.string().max(10), eyeRight: z.string().max(10), note: z.string().max(250),
  })).returns<{ checkId: string }>(),

  duplicates: read('records.edit', z.object({})).returns<{ pairs: DuplicateView[]; people: number }>(),
  /** They are two people: the pair is not shown again. */
  keepApart: write('records.edit', z.object({ leftId: Id, rightId: Id, reason: Reason })).returns<null>(),
  mergePreview: read('records.edit', z.object({ keptId: Id, goneId: Id })).returns<MergePreview>(),
  merge: write('records.edit', z.object({ keptId: Id, goneId: Id, choices: z.record(z.string(), z.enum(['kept', 'gone'])), reason: NeededReason })).returns<{ mergeId: string }>(),
  undoMerge: write('records.edit', z.object({ mergeId: Id, reason: Reason })).returns<null>(),
  merges: read('records.edit', z.object({})).returns<{ merges: { mergeId: string; kept: string; gone: string; keptId: string; at: string; state: 'merged' | 'undone' }[] }>(),
};

export type { PupilValues };

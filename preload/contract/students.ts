import { z } from 'zod';
import { read, write } from './base.ts';
import { Id } from './common.ts';
import type { PupilValues, PupilWarning } from './pupil-fields.ts';
import { pupilRecordCalls, type PupilCodeView } from './pupil-records.ts';

export interface StudentRow {
  enrolmentId: string;
  personId: string;
  code: string;
  name: string;
  /** yyyy-mm-dd, yyyy-mm or yyyy. */
  birth: string;
  sex: 'male' | 'female' | 'unknown';
  ethnicGroup: string;
  className: string;
  classId: string;
  status: 'studying' | 'transferredIn' | 'transferredOut' | 'left';
  /** Masked: only the last three digits. */
  personalId: string;
  phone: string;
  /** 0–100: how many of the record's expected fields are filled. */
  completeness: number;
}

export interface StudentView extends StudentRow {
  version: number;
  year: string;
  /** False for everybody who may not change the record. */
  mayEdit: boolean;
  /** By key of field; a sensitive value is masked, one that this person may not see is not there. */
  values: PupilValues;
  /** Fields whose value above is masked. */
  masked: string[];
  warnings: PupilWarning[];
  /** Counted fields that hold nothing, in the order of the form; `code` is the ministry's code. */
  missing: string[];
  codes: PupilCodeView[];
  hasPhoto: boolean;
  /** The record that this one was merged with, while that can be undone by `students.undoMerge`. */
  mergeId: string | null;
  results: { year: string; className: string; learning: string | null; conduct: string | null; promotion: string | null; award: string | null }[];
  transcripts: { transcriptId: string; year: string; state: string; preparedAt: string }[];
}

export interface StudentHistoryEntry {
  seq: number;
  at: string;
  /** The name of who did it, or the account where there is no name. */
  actor: string;
  path: string;
  /** In words. */
  field: string;
  /** The field's key; null for what is no field of the record. */
  key: string | null;
  /** Whether `students.restore` can put the value before back. */
  isRestorable: boolean;
  before: string | null;
  after: string | null;
  reason: string | null;
}

export interface StudentListing {
  rows: (StudentRow & { values?: PupilValues })[];
}

export const students = {
  list: read('records.view', z.object({
    year: z.string(), classId: Id.optional(), text: z.string().max(100).optional(), status: z.string().optional(),
    /** Further fields to show, by key; sensitive ones come masked. */
    fields: z.array(z.string().max(60)).max(80).optional(),
  })).returns<StudentListing>(),
  open: read('records.view', z.object({ enrolmentId: Id })).returns<StudentView>(),
  save: write('records.edit', z.object({
    personId: Id, enrolmentId: Id.optional(), expectedVersion: z.int(), changes: z.record(z.string().max(60), z.string().max(500)), reason: z.string().max(300).optional(),
  })).returns<{ version: number; warnings: PupilWarning[] }>(),
  /** Shows one sensitive field in clear; the look is written down. */
  unmask: write('records.view', z.object({ personId: Id, enrolmentId: Id.optional(), field: z.string().max(100) })).returns<{ value: string }>(),
  history: read('records.view', z.object({ personId: Id })).returns<{ entries: StudentHistoryEntry[] }>(),
  ...pupilRecordCalls,
};

import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, SchoolYear, type PdfFile } from './common.ts';

export const movementKinds = ['admission', 'transferIn', 'transferOut', 'leave', 'return', 'dropOut', 'repeat', 'completion'] as const;
export type MovementKind = (typeof movementKinds)[number];
export type MovementState = 'open' | 'done' | 'refused' | 'undone';
/** Acts done at once, about a pupil of a class. */
export const instantKinds = ['leave', 'return', 'dropOut', 'repeat'] as const;
export type InstantKind = (typeof instantKinds)[number];

/** Why somebody stops going to school, as the statistics of the sector ask. */
export const dropOutReasons = ['hardship', 'weakResults', 'distance', 'illness', 'family', 'work', 'marriage', 'abroad', 'other'] as const;

export const regimeCodes = ['QD51-2002', 'TT28-2020', 'TT15-2026'] as const;
export type RegimeCode = (typeof regimeCodes)[number];
export const regimeSteps = ['decideSame', 'decideOther', 'place', 'handOver'] as const;
export type RegimeStep = (typeof regimeSteps)[number];
export const transferPapers = ['application', 'transcript', 'resultSheet', 'individualPlan', 'introduction', 'birthCertificate', 'formerDiploma'] as const;
export type TransferPaper = (typeof transferPapers)[number];

export const officePapers = ['application', 'introduction', 'acceptance', 'summary', 'handover', 'studying', 'completed'] as const;
/** Đơn xin chuyển trường, giấy giới thiệu, giấy tiếp nhận, bảng tóm tắt kết quả, biên bản bàn giao, xác nhận đang học, xác nhận hoàn thành. */
export type OfficePaper = (typeof officePapers)[number];
/** Papers that the school sends out under a number of its register. */
export const numberedPapers = ['introduction', 'acceptance', 'handover', 'studying', 'completed'] as const satisfies readonly OfficePaper[];

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Words = (most: number) => z.string().trim().max(most).default('');
const Reason = z.string().trim().min(3).max(300);
const Values = z.record(z.string().max(60), z.string().max(500));
const Other = { otherSchool: z.string().trim().min(2).max(150), otherProvince: Words(80), isSameProvince: z.boolean() };

/** A step of a case with its day limit; `dueOn` is null where the regime names none. */
export interface CaseStep {
  step: 'decide' | 'handOver' | 'place' | 'letGo';
  doneOn: string | null;
  dueOn: string | null;
  /** Working days left until `dueOn`, negative when it has passed; null when done or without a limit. */
  daysLeft: number | null;
}

export interface MovementRow {
  movementId: string;
  kind: MovementKind;
  state: MovementState;
  name: string;
  className: string;
  enrolmentId: string | null;
  receivedOn: string;
  happenedOn: string | null;
  otherSchool: string;
  reason: string;
  /** The next step that is not done; null when nothing waits. */
  next: CaseStep | null;
  /** The step not done whose last day comes first; the next one where none has a limit. */
  urgent: CaseStep | null;
}

export interface IssuedPaper {
  documentId: string;
  kind: OfficePaper | 'other';
  number: string;
  issuedOn: string;
  title: string;
  receiver: string;
  signer: string;
  hasFile: boolean;
  state: 'issued' | 'void';
  voidReason: string;
}

export interface FormerResult {
  subject: string;
  /** In words; '' for a typed subject. */
  subjectName: string;
  term1: string;
  term2: string;
  year: string;
}

export interface MovementView extends MovementRow {
  year: string;
  note: string;
  paper: string;
  otherProvince: string;
  isSameProvince: boolean;
  decidedOn: string | null;
  handedOn: string | null;
  expectedOn: string | null;
  classId: string | null;
  grade: number | null;
  by: string;
  /** Of a transfer: the regulation it runs under, in words, with what is not sure of it. */
  regime: { code: RegimeCode; title: string; source: string; unsure: string | null } | null;
  steps: CaseStep[];
  /** Papers the regulation asks for, and whether the case has them. */
  needed: { paper: TransferPaper; isHeld: boolean }[];
  issued: IssuedPaper[];
  /** Papers that can be made now. */
  papers: OfficePaper[];
  formerResults: FormerResult[];
  /** What keeps it from being undone, in words; null when it can be. */
  undoHeldBy: string | null;
}

/** One line of a pupil's life at the school. */
export interface CourseEvent {
  id: string;
  on: string;
  /** `movement`, or a year in a class. */
  what: 'movement' | 'enrolment' | 'status';
  title: string;
  detail: string;
  movementId: string | null;
  state: MovementState;
  mayUndo: boolean;
}

export interface CourseView {
  events: CourseEvent[];
  issued: IssuedPaper[];
  /** What may be done now with this pupil, by kind; empty for who may not. */
  acts: MovementKind[];
  papers: OfficePaper[];
}

export interface ActPreview {
  /** What will change, in words. */
  changes: string[];
  /** What is missing or should be looked at first; none of it refuses. */
  missing: string[];
  regime: MovementView['regime'];
  steps: CaseStep[];
  needed: TransferPaper[];
}

export interface MovementSettings {
  /** What follows the kind of paper in a document's number: "THCSHB". */
  symbol: string;
  /** Limits in working days by regulation and step; null is none. */
  limits: Record<RegimeCode, Record<RegimeStep, number | null>>;
  /** Days besides weekends and the holidays of fixed date on which nobody works (Tết, Giỗ Tổ, days moved), yyyy-mm-dd. */
  daysOff: string[];
}

const Limit = z.int().min(1).max(60).nullable();
const Limits = z.object({ decideSame: Limit, decideOther: Limit, place: Limit, handOver: Limit });

export const movements = {
  list: read('records.edit', z.object({
    year: SchoolYear, state: z.enum(['open', 'all']), kind: z.enum(movementKinds).optional(), month: z.string().regex(/^\d{4}-\d{2}$/).optional(),
  })).returns<{ rows: MovementRow[]; open: number; late: number; months: string[] }>(),
  open: read('records.edit', z.object({ movementId: Id })).returns<MovementView>(),
  /** Everything that happened to a pupil here, oldest first. */
  course: read('records.view', z.object({ enrolmentId: Id })).returns<CourseView>(),
  /** Who belonged to a class on a day. */
  rollOn: read('records.view', z.object({ classId: Id, on: Day })).returns<{ rows: { enrolmentId: string; roll: number; name: string; status: string }[] }>(),

  previewAct: read('records.edit', z.object({ enrolmentId: Id, kind: z.enum([...instantKinds, 'transferOut']), on: Day, isSameProvince: z.boolean().default(true) })).returns<ActPreview>(),
  act: write('records.edit', z.object({
    enrolmentId: Id, kind: z.enum(instantKinds), on: Day, expectedOn: Day.nullable().default(null), reasonCode: z.enum(dropOutReasons).optional(), note: Words(300), paper: Words(80),
  })).returns<{ movementId: string }>(),

  /** Who finished the grade below last year and has no place this year. */
  candidates: read('records.edit', z.object({ classId: Id })).returns<{ pupils: { personId: string; name: string; birth: string; className: string }[] }>(),
  /** New pupils of a class, in the order given: by hand, from a list, or from the grade below. Nothing is done unless all of them can be. */
  admit: write('records.edit', z.object({
    classId: Id, on: Day, paper: Words(80), hasRegister: z.boolean().default(true), hasTemporaryCodes: z.boolean().default(true),
    pupils: z.array(z.union([z.object({ personId: Id }), z.object({ values: Values })])).min(1).max(300),
  })).returns<{ admitted: { movementId: string; enrolmentId: string; name: string; registerNumber: string; temporaryCode: string }[] }>(),
  /** Who of a final grade has passed it and is not yet recorded as having completed the level. */
  completable: read('records.edit', z.object({ classId: Id })).returns<{ pupils: { enrolmentId: string; name: string; birth: string }[]; waitsFor: string | null }>(),
  completeLevel: write('records.edit', z.object({ classId: Id, on: Day, paper: Words(80), enrolmentIds: z.array(Id).min(1).max(300) })).returns<{ movementIds: string[] }>(),

  openTransferOut: write('records.edit', z.object({ enrolmentId: Id, receivedOn: Day, ...Other, note: Words(300), paper: Words(80) })).returns<{ movementId: string }>(),
  openTransferIn: write('records.edit', z.object({
    year: SchoolYear, receivedOn: Day, grade: z.int().min(1).max(12), classId: Id.nullable().default(null), values: Values, code: Words(20), ...Other, note: Words(300), paper: Words(80),
  })).returns<{ movementId: string }>(),
  holdPapers: write('records.edit', z.object({ movementId: Id, papers: z.array(z.enum(transferPapers)) })).returns<null>(),
  /** The principal accepts or refuses a pupil who wants to come. */
  decide: write('records.edit', z.object({ movementId: Id, on: Day, isAccepted: z.boolean(), reason: z.string().trim().max(300).optional() })).returns<null>(),
  saveFormerResults: write('records.edit', z.object({
    movementId: Id, results: z.array(z.object({ subject: z.string().trim().min(1).max(60), term1: Words(20), term2: Words(20), year: Words(20) })).max(40),
  })).returns<{ subjects: number }>(),
  /** An accepted pupil gets his class, codes and register number. */
  place: write('records.edit', z.object({ movementId: Id, classId: Id, on: Day, hasRegister: z.boolean().default(true) })).returns<{ enrolmentId: string; personId: string; registerNumber: string }>(),
  /** A pupil who transfers out is no longer of his class from `on`. */
  letGo: write('records.edit', z.object({ movementId: Id, on: Day })).returns<null>(),
  /** His records went to the other school, or came from it. */
  handOver: write('records.edit', z.object({ movementId: Id, on: Day })).returns<null>(),
  /** Takes an act back as long as nothing rests on it; its numbers in registers stay used. */
  undo: write('records.edit', z.object({ movementId: Id, reason: Reason })).returns<null>(),

  /** Makes a paper. With `isIssued` one of the numbered kinds takes the next number of the year and is kept. */
  makePaper: job('records.edit', z.object({
    paper: z.enum(officePapers), movementId: Id.optional(), enrolmentId: Id.optional(), on: Day, isIssued: z.boolean().default(false), purpose: Words(200),
    signer: z.object({ name: z.string().trim().max(100), isDeputy: z.boolean() }).optional(),
  })).returns<PdfFile & { number: string }>(),
  paper: read('records.edit', z.object({ documentId: Id })).returns<PdfFile>(),
  documents: read('records.edit', z.object({ year: z.int().min(2000).max(2100) })).returns<{ documents: IssuedPaper[]; next: number; isBegun: boolean }>(),
  /** A number for a document made outside the program, so that the series of the year stays one. */
  takeNumber: write('records.edit', z.object({
    on: Day, symbol: z.string().trim().min(1).max(40), title: z.string().trim().min(3).max(300), receiver: Words(200), signer: Words(100), firstNumber: z.int().min(1).max(99_999).optional(),
  })).returns<{ number: string }>(),
  /** The number stays, marked as not used. */
  voidDocument: write('records.edit', z.object({ documentId: Id, reason: Reason })).returns<null>(),

  printRegister: job('records.edit', z.object({ book: z.string().max(20).default(''), personId: Id.optional() })).returns<PdfFile>(),
  printMonth: job('records.edit', z.object({ month: z.string().regex(/^\d{4}-\d{2}$/) })).returns<PdfFile>(),
  printDocuments: job('records.edit', z.object({ year: z.int().min(2000).max(2100) })).returns<PdfFile>(),
  registerBooks: read('records.edit', z.object({})).returns<{ books: { book: string; title: string; entries: number }[] }>(),

  settings: read('records.edit', z.object({})).returns<MovementSettings>(),
  saveSettings: write('system.manage', z.object({
    symbol: z.string().trim().min(1).max(20), limits: z.object({ 'QD51-2002': Limits, 'TT28-2020': Limits, 'TT15-2026': Limits }), daysOff: z.array(Day).max(200),
  })).returns<MovementSettings>(),
};

import { z } from 'zod';
import { job, read, write } from './base.ts';
import { HandedFile, Id, type PdfFile } from './common.ts';
import type { ExportLogRow } from './exports.ts';

/** What processing rests on: a duty the law names, a task of the school's in the public interest, a contract, somebody's life or health, or consent. */
export const legalBases = ['law', 'task', 'contract', 'vital', 'consent'] as const;
export type LegalBasis = (typeof legalBases)[number];
export const requestKinds = ['view', 'correct', 'copy', 'restrict', 'erase', 'object', 'withdraw'] as const;
export type RequestKind = (typeof requestKinds)[number];
export const requestEnds = ['answered', 'refused', 'withdrawn'] as const;
export type RequestState = 'open' | (typeof requestEnds)[number];
export const consentAnswers = ['given', 'refused', 'withdrawn'] as const;
export type ConsentAnswer = (typeof consentAnswers)[number];
export const consentGivers = ['guardian', 'both', 'pupil'] as const;
export type ConsentGiver = (typeof consentGivers)[number];
/** What an answer comes to: `incomplete` was given without somebody who must agree too. */
export type ConsentState = 'given' | 'incomplete' | 'refused' | 'withdrawn' | 'missing';

const Day = z.iso.date();
const Line = z.string().trim().min(1).max(200);
const Words = z.string().trim().max(2000);
const Reason = z.string().trim().min(3).max(300);
const Version = z.int().min(1);

export interface PurposeView {
  purposeId: string;
  version: number;
  name: string;
  basis: LegalBasis;
  basisNote: string;
  categories: string;
  receivers: string;
  retention: string;
  isSensitive: boolean;
  asksChild: boolean;
  /** Null while it is a proposal that nobody at the school has confirmed. */
  confirmed: { by: string; on: string } | null;
}

export interface ConsentRow {
  personId: string;
  enrolmentId: string;
  name: string;
  birth: string;
  /** Whether the pupil himself is asked too. */
  isChildAsked: boolean;
  state: ConsentState;
  consentId: string | null;
  givenBy: ConsentGiver | null;
  giverName: string;
  on: string;
  note: string;
  hasPaper: boolean;
  /** Earlier answers to this purpose. */
  earlier: number;
}

export interface RequestView {
  requestId: string;
  version: number;
  /** "3/2026" */
  number: string;
  kind: RequestKind;
  personId: string | null;
  subjectName: string;
  requester: string;
  relation: 'self' | 'guardian' | 'other';
  contact: string;
  content: string;
  receivedOn: string;
  acknowledgeBy: string;
  acknowledgedOn: string | null;
  dueOn: string;
  /** Calendar days until `dueOn`, negative when it is past; null when it is closed. */
  daysLeft: number | null;
  extensionReason: string;
  state: RequestState;
  answer: string;
  answeredOn: string | null;
  paperName: string;
  answerPaperName: string;
  by: string;
}

/** What is held about a person, by kind of record, and whether the law lets it go. */
export interface HoldingView {
  table: string;
  title: string;
  rows: number;
  keeping: 'law' | 'trace' | 'optional';
}

export interface IncidentView {
  incidentId: string;
  version: number;
  number: string;
  discoveredAt: string;
  reportBy: string;
  /** Minutes until `reportBy`, negative when it is past; null once reported or closed. */
  minutesLeft: number | null;
  happened: string;
  categories: string;
  peopleCount: number;
  measures: string;
  reportedAt: string | null;
  reportedTo: string;
  unreportedReason: string;
  toldOn: string | null;
  state: 'open' | 'closed';
  by: string;
}

const Term = z.object({ days: z.int().min(1).max(365), extension: z.int().min(0).max(365) });
const Rules = z.object({
  /** Days of the terms below: all days, or working days. */
  unit: z.enum(['calendar', 'working']),
  /** Working days in which somebody is told that his request came. */
  acknowledgeDays: z.int().min(1).max(60),
  terms: z.object({ view: Term, correct: Term, copy: Term, restrict: Term, erase: Term, object: Term, withdraw: Term }),
  /** Years from which a pupil is asked himself. */
  childAge: z.int().min(1).max(18),
  incidentHours: z.int().min(1).max(720),
});
export type PersonalDataRules = z.infer<typeof Rules>;
export interface PersonalDataSettings {
  rules: PersonalDataRules;
  /** What the program proposes, to be compared with the text of the law. */
  proposed: PersonalDataRules;
  /** Null until somebody said that he compared them with the law. */
  confirmed: { by: string; at: string } | null;
}

export interface LookRow {
  lookId: string;
  at: string;
  actor: string;
  personName: string;
  /** In words. */
  field: string;
}
const LogFilter = z.object({ from: Day.optional(), to: Day.optional(), actor: z.string().max(64).optional(), text: z.string().max(100).optional(), before: Id.optional() });

export interface PersonFound {
  personId: string;
  name: string;
  birth: string;
  /** Class and year, or position. */
  place: string;
}

const RequestBody = z.object({
  kind: z.enum(requestKinds), personId: Id.nullable(), subjectName: Line, requester: Line, relation: z.enum(['self', 'guardian', 'other']),
  contact: z.string().trim().max(200), content: Words.min(3), receivedOn: Day, file: HandedFile.optional(),
});
const PurposeBody = z.object({
  name: Line, basis: z.enum(legalBases), basisNote: Words, categories: Words, receivers: Words, retention: Words, isSensitive: z.boolean(), asksChild: z.boolean(),
});
const IncidentBody = z.object({
  discoveredAt: z.iso.datetime(), happened: Words.min(3), categories: Words, peopleCount: z.int().min(0).max(1_000_000), measures: Words,
  reportedAt: z.iso.datetime().nullable(), reportedTo: z.string().trim().max(200), toldOn: Day.nullable(),
});
const OneRequest = z.object({ requestId: Id, version: Version });

/** Personal data: why it is kept, who agreed, who asked, who looked, what went out, what went wrong. */
export const personalData = {
  purposes: read('records.edit', z.object({})).returns<{ purposes: PurposeView[]; /** Proposals of the program's that the school has not taken. */ proposals: number }>(),
  /** Takes the program's proposals into the register, each still to be confirmed. */
  takeProposals: write('records.edit', z.object({})).returns<{ added: number }>(),
  /** Saving a purpose confirms it. */
  savePurpose: write('records.edit', PurposeBody.extend({ purposeId: Id.optional(), version: Version.optional() })).returns<{ purposeId: string }>(),
  confirmPurposes: write('records.edit', z.object({ purposeIds: z.array(Id).min(1).max(200) })).returns<{ confirmed: number }>(),
  cancelPurpose: write('records.edit', z.object({ purposeId: Id, version: Version, reason: Reason })).returns<null>(),

  consents: read('records.edit', z.object({ classId: Id, purposeId: Id })).returns<{ rows: ConsentRow[] }>(),
  /** One answer for all of `personIds`; `incomplete` counts those that lack the pupil's own. */
  recordConsents: write('records.edit', z.object({
    purposeId: Id, personIds: z.array(Id).min(1).max(200), answer: z.enum(consentAnswers), givenBy: z.enum(consentGivers), giverName: z.string().trim().max(120),
    happenedOn: Day, note: z.string().trim().max(300), file: HandedFile.optional(),
  })).returns<{ consentIds: string[]; incomplete: number }>(),
  /** Takes answers back that were entered by mistake; a family that changes its mind gives a new answer. */
  undoConsents: write('records.edit', z.object({ consentIds: z.array(Id).min(1).max(200) })).returns<null>(),
  openConsentPaper: write('records.edit', z.object({ consentId: Id })).returns<{ fileName: string; bytes: Uint8Array }>(),
  /** One form per pupil of the class, for the chosen purposes that rest on consent. */
  printConsentForms: job('records.edit', z.object({ classId: Id, purposeIds: z.array(Id).min(1).max(20) })).returns<PdfFile>(),
  /** Pupil × purpose: who agreed to what, so that whoever takes photos or posts them knows. */
  printConsentList: job('records.edit', z.object({ classId: Id, purpose: Line })).returns<PdfFile>(),

  requests: read('records.edit', z.object({ show: z.enum(['open', 'all']), kind: z.enum(requestKinds).optional() }))
    .returns<{ requests: RequestView[]; counts: { open: number; late: number; all: number } }>(),
  findPeople: read('records.edit', z.object({ text: z.string().trim().min(2).max(100) })).returns<{ people: PersonFound[] }>(),
  addRequest: write('records.edit', RequestBody).returns<{ requestId: string; number: string; dueOn: string }>(),
  acknowledgeRequest: write('records.edit', OneRequest.extend({ on: Day })).returns<null>(),
  /** Once, by the setting's days. */
  extendRequest: write('records.edit', OneRequest.extend({ reason: Reason })).returns<{ dueOn: string }>(),
  endRequest: write('records.edit', OneRequest.extend({ state: z.enum(requestEnds), answer: Words.min(3), on: Day, file: HandedFile.optional() })).returns<null>(),
  openRequestPaper: write('records.edit', z.object({ requestId: Id, which: z.enum(['request', 'answer']) })).returns<{ fileName: string; bytes: Uint8Array }>(),
  holding: read('records.edit', z.object({ personId: Id })).returns<{ holding: HoldingView[] }>(),
  /** Everything held about a person: to read (PDF) and for machines (JSON). */
  exportPerson: job('records.edit', z.object({ personId: Id, purpose: Line })).returns<{ pdf: PdfFile; json: { fileName: string; bytes: Uint8Array } }>(),

  incidents: read('records.edit', z.object({})).returns<{ incidents: IncidentView[] }>(),
  saveIncident: write('records.edit', IncidentBody.extend({ incidentId: Id.optional(), version: Version.optional() })).returns<{ incidentId: string; reportBy: string }>(),
  /** An incident that was not reported is closed with the reason why not. */
  closeIncident: write('records.edit', z.object({ incidentId: Id, version: Version, unreportedReason: z.string().trim().max(500) })).returns<null>(),

  looks: read('journal.view', LogFilter).returns<{ rows: LookRow[]; before: string | null }>(),
  exports: read('journal.view', LogFilter).returns<{ rows: ExportLogRow[]; before: string | null }>(),

  settings: read('records.edit', z.object({})).returns<PersonalDataSettings>(),
  saveSettings: write('system.manage', z.object({ rules: Rules, isConfirmed: z.boolean() })).returns<null>(),
};

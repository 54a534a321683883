import { accounts } from './accounts.ts';
import { attendance } from './attendance.ts';
import type { CallSpec, InputOf, OutputOf } from './base.ts';
import { classes } from './classes.ts';
import type { JobStarted, JobView } from './common.ts';
import { curriculum } from './curriculum.ts';
import { exports } from './exports.ts';
import type { Result } from './failure.ts';
import { gradebook } from './gradebook.ts';
import { grades } from './grades.ts';
import { home } from './home.ts';
import { imports } from './imports.ts';
import type { PresentPerson } from './mark-sheets.ts';
import { movements } from './movements.ts';
import { personalData } from './personal-data.ts';
import { reports } from './reports.ts';
import { school } from './school.ts';
import { signing } from './signing.ts';
import { staff } from './staff.ts';
import { students } from './students.ts';
import { sync } from './sync.ts';
import { system } from './system.ts';
import { transcripts } from './transcripts.ts';
import { yearEnd } from './year-end.ts';

/** Every act the window, a browser or the command line can ask for. The table of contents of the program. */
export const contract = {
  accounts, school, home, students, classes, staff, curriculum, attendance, imports, exports, grades, gradebook, yearEnd, transcripts, movements, signing, sync, reports,
  personalData, system,
};
export type Contract = typeof contract;
export type Feature = keyof Contract;

/** What changed, so that every window shows it: the topic is a feature, the keys are ids or names of what changed. */
export interface ChangedEvent {
  topic: 'changed';
  feature: Feature;
  keys: string[];
}
export interface JobEvent {
  topic: 'job';
  job: JobView;
}
/** Who is in a mark sheet now, all of them. */
export interface PresenceEvent {
  topic: 'presence';
  sheetId: string;
  people: PresentPerson[];
}
export type AppEvent = ChangedEvent | JobEvent | PresenceEvent;

type ClientCall<Spec> = Spec extends { readonly kind: 'job' }
  ? (input: InputOf<Spec>) => Promise<Result<JobStarted>>
  : (input: InputOf<Spec>) => Promise<Result<OutputOf<Spec>>>;
/** The contract as a caller sees it: `api.grades.saveMarks({…})`. */
export type Client = { [F in Feature]: { [C in keyof Contract[F]]: ClientCall<Contract[F][C]> } };

/** The whole surface the sandboxed window sees. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  on(listener: (event: AppEvent) => void): () => void;
}

/** The spec of `feature.call`, or null for a name that is not in the contract (inherited properties included). */
export function specOf(name: string): CallSpec | null {
  const [feature, call, ...rest] = name.split('.');
  if (feature === undefined || call === undefined || rest.length > 0 || !Object.hasOwn(contract, feature)) return null;
  const calls = contract[feature as Feature] as Record<string, CallSpec>;
  return Object.hasOwn(calls, call) ? (calls[call] ?? null) : null;
}

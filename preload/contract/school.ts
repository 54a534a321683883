import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, SchoolYear } from './common.ts';
import type { RecordValues } from './record-fields.ts';

export const schoolLevels = ['tieu-hoc', 'thcs', 'thpt'] as const;
/** Tiểu học (grades 1–5), THCS (6–9), THPT (10–12). One school may hold several. */
export type SchoolLevel = (typeof schoolLevels)[number];

export function levelOfGrade(grade: number): SchoolLevel {
  if (grade <= 5) return 'tieu-hoc';
  return grade <= 9 ? 'thcs' : 'thpt';
}

export interface SchoolView {
  code: string;
  name: string;
  levels: SchoolLevel[];
  /** The managing body on the letterhead, e.g. "UBND PHƯỜNG HOÀ BÌNH". */
  superior: string;
  commune: string;
  province: string;
  isDemo: boolean;
}

export interface SchoolYearView {
  year: string;
  isCurrent: boolean;
  /** A closed year opens read-only. */
  state: 'open' | 'closed';
}

export interface SchoolProfile {
  /** Sum of the versions of the rows it lies in. */
  version: number;
  code: string;
  levels: SchoolLevel[];
  values: RecordValues;
  completeness: number;
  missing: string[];
  formerCodes: { code: string; from: string; to: string; reason: string }[];
  satellites: SatelliteView[];
  rooms: RoomView[];
  mayEdit: boolean;
}

export const SatelliteValues = z.object({
  code: z.string().trim().max(35).default(''), name: z.string().trim().min(1).max(200), distance: z.string().trim().max(10).default(''),
  transport: z.string().trim().max(100).default(''), surface: z.string().trim().max(12).default(''), address: z.string().trim().max(250).default(''),
  phone: z.string().trim().max(30).default(''),
});
export interface SatelliteView extends z.infer<typeof SatelliteValues> {
  id: string;
  version: number;
}

export const roomKinds = ['classroom', 'subject', 'library', 'computer', 'hall', 'other'] as const;
export const RoomValues = z.object({
  name: z.string().trim().min(1).max(60), kind: z.enum(roomKinds), satelliteId: Id.nullable().default(null), seats: z.string().trim().max(6).default(''),
  surface: z.string().trim().max(12).default(''),
});
export interface RoomView extends z.infer<typeof RoomValues> {
  id: string;
  version: number;
}

export interface SchoolYearRecord extends SchoolYearView {
  version: number;
  startsOn: string;
  endsOn: string;
  term2From: string;
  classes: number;
  /** Days of the calendar that differ from the week. */
  days: number;
}

/** A day that differs from the week; `off` is a holiday, `on` a day made up for one (it may be a Sunday), null as the week says. */
export const CalendarEntry = z.object({ date: z.iso.date(), level: z.enum(['', ...schoolLevels]), kind: z.enum(['off', 'on']).nullable(), name: z.string().trim().max(100).default('') });
export type CalendarEntry = z.infer<typeof CalendarEntry>;

export interface SchoolHistoryEntry {
  seq: number;
  at: string;
  actor: string;
  /** Which record: the school itself, a place, a year … in words. */
  record: string;
  field: string;
  before: string;
  after: string;
  reason: string | null;
}

const Dates = { startsOn: z.iso.date(), endsOn: z.iso.date(), term2From: z.iso.date() };
const Reason = z.string().trim().max(300).optional();

export const school = {
  profile: read('records.view', z.object({})).returns<SchoolProfile>(),
  saveProfile: write('system.manage', z.object({
    expectedVersion: z.int(), changes: z.record(z.string().max(60), z.string().max(300)), levels: z.array(z.enum(schoolLevels)).min(1).max(3).optional(), reason: Reason,
  })).returns<SchoolProfile>(),
  /** The school is given another code; the one before stays with its time. */
  changeCode: write('system.manage', z.object({ code: z.string().trim().min(3).max(20), from: z.iso.date(), reason: z.string().trim().min(3).max(300) })).returns<{ code: string }>(),
  saveSatellite: write('system.manage', z.object({ id: Id.nullable(), expectedVersion: z.int().default(0), values: SatelliteValues })).returns<{ id: string; version: number }>(),
  saveRoom: write('system.manage', z.object({ id: Id.nullable(), expectedVersion: z.int().default(0), values: RoomValues })).returns<{ id: string; version: number }>(),
  /** Takes a satellite or a room back that nothing uses any more. */
  removePlace: write('system.manage', z.object({ id: Id, kind: z.enum(['satellite', 'room']), expectedVersion: z.int() })).returns<{ removed: true }>(),
  history: read('records.view', z.object({})).returns<{ entries: SchoolHistoryEntry[] }>(),

  years: read('records.view', z.object({})).returns<{ years: SchoolYearRecord[]; next: { year: string } & Record<keyof typeof Dates, string> }>(),
  createYear: write('system.manage', z.object({ year: SchoolYear, ...Dates })).returns<{ year: string }>(),
  saveYear: write('system.manage', z.object({ year: SchoolYear, expectedVersion: z.int(), ...Dates, reason: Reason })).returns<{ version: number }>(),
  /** The year everybody works in; there is one. */
  makeCurrent: write('system.manage', z.object({ year: SchoolYear, reason: z.string().trim().min(3).max(300) })).returns<{ before: string }>(),
  calendar: read('records.view', z.object({ year: SchoolYear })).returns<{ days: CalendarEntry[] }>(),
  /** Writes days and answers what they were before, so that the same call takes it back. */
  setDays: write('system.manage', z.object({ year: SchoolYear, days: z.array(CalendarEntry).min(1).max(400), reason: Reason })).returns<{ before: CalendarEntry[] }>(),
  current: read('signedIn', z.object({})).returns<{ school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 }>(),
};

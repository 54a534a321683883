import { z } from 'zod';
import { job, read, write } from './base.ts';
import { Id, SchoolYear } from './common.ts';

/** Where a pupil goes: into a class of the next year by name, out of the school, or nobody has chosen yet. */
export type RollPlace = { kind: 'class'; name: string } | { kind: 'leaves' } | { kind: 'open' };
/** `undecided`: no settled result (came after the approval); `elsewhere`: already has a class in the next year, which stays. */
export type RollOutcome = 'promoted' | 'repeat' | 'completed' | 'undecided' | 'elsewhere';

export interface RollPupil {
  enrolmentId: string;
  name: string;
  className: string;
  grade: number;
  outcome: RollOutcome;
  place: RollPlace;
}

export interface RollClass {
  name: string;
  grade: number;
  /** The class it comes from, whose curriculum it takes. */
  fromClassId: string | null;
  homeroomStaffId: string | null;
  homeroom: string | null;
  /** Is there already. */
  exists: boolean;
}

export interface RollOverView {
  rollOverId: string;
  fromYear: string;
  toYear: string;
  at: string;
  by: string;
  classes: number;
  pupils: number;
  leavers: number;
  state: 'applied' | 'undone';
  /** What has been built on it, in words, each a line; empty while it can be undone. */
  heldBy: string[];
}

export interface RollPreview {
  fromYear: string;
  toYear: string;
  startsOn: string;
  endsOn: string;
  term2From: string;
  classes: RollClass[];
  pupils: RollPupil[];
  /** Moved away or left during the year: they do not come along. */
  gone: number;
  /** Classes without the final approval. */
  notFinal: string[];
  staff: { staffId: string; name: string }[];
  done: RollOverView | null;
}

const NewClass = z.object({
  name: z.string().trim().min(1).max(20), grade: z.int().min(1).max(12), fromClassId: Id.nullable(), homeroomStaffId: Id.nullable(),
});

export const rollOver = {
  rollPreview: read('yearEnd.decide', z.object({ year: SchoolYear })).returns<RollPreview>(),
  /** `to`: a class of the next year by name; null leaves the school. Every pupil of the preview must be named. */
  rollOver: job('yearEnd.decide', z.object({
    year: SchoolYear,
    startsOn: z.iso.date(),
    term2From: z.iso.date(),
    endsOn: z.iso.date(),
    classes: z.array(NewClass).min(1).max(300),
    moves: z.array(z.object({ enrolmentId: Id, to: z.string().trim().max(20).nullable() })).max(20_000),
  })).returns<RollOverView>(),
  undoRollOver: write('yearEnd.decide', z.object({ rollOverId: Id, reason: z.string().trim().min(3).max(300) })).returns<{ undone: number }>(),
  closeYear: write('yearEnd.approve', z.object({ year: SchoolYear, reason: z.string().trim().max(300).optional() })).returns<{ state: 'open' | 'closed' }>(),
  reopenYear: write('yearEnd.approve', z.object({ year: SchoolYear, reason: z.string().trim().min(3).max(300) })).returns<{ state: 'open' | 'closed' }>(),
};

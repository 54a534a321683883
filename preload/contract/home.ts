import { z } from 'zod';
import { read } from './base.ts';

export interface HomeTask {
  kind: 'checkSheets' | 'lockSheets' | 'reopenedSheets' | 'changeRequests' | 'conflicts' | 'missingMarks' | 'missingConduct' | 'yearEnd' | 'prepareTranscripts' | 'sign' | 'send' | 'movements'
    | 'personRequests' | 'personalIncidents';
  /** needs: amber, waiting for this person; blocked: red, something before it is missing; done: green. */
  state: 'needs' | 'blocked' | 'done';
  classId: string | null;
  className: string | null;
  count: number;
  title: string;
  detail: string;
  /** Route of the place that settles it, e.g. `/grades/<sheetId>`. */
  route: string;
}

/** A class that lacks something for a point of the lock calendar. */
export interface HomeDue {
  classId: string;
  className: string;
  /** "Giữa học kì I" */
  point: string;
  /** yyyy-mm-dd */
  dueOn: string;
  /** Negative when the day has passed. */
  daysLeft: number;
  missing: number;
  sheets: number;
  route: string;
}

/** Small charts; null where this person has nothing to do with it. */
export interface HomeCharts {
  /** Sheets on their way to the lock. */
  progress: { state: 'open' | 'submitted' | 'checked' | 'locked' | 'reopened'; count: number }[];
  /** This week by day: pupils away, classes that called the roll. */
  attendance: { date: string; excused: number; unexcused: number; called: number }[] | null;
  /** Pupils by how full their records are, in per cent from … to. */
  completeness: { from: number; to: number; count: number }[] | null;
}

export interface HomeBoard {
  due: HomeDue[];
  charts: HomeCharts;
  tasks: HomeTask[];
  figures: { pupils: number; classes: number; staff: number; sheets: number; sheetsComplete: number; transcripts: number; transcriptsSealed: number };
  recent: { at: string; actor: string; what: string; route: string | null }[];
}

export interface SearchHit {
  kind: 'pupil' | 'class' | 'staff' | 'sheet' | 'place';
  title: string;
  subtitle: string;
  route: string;
}

/** The checklist of a school that begins; a tick is something that is there. */
export interface SchoolStart {
  steps: { key: 'profile' | 'calendar' | 'staff' | 'pupils' | 'homeroom' | 'assignments'; isDone: boolean; count: number; route: string }[];
  isDone: boolean;
}

export const home = {
  start: read('signedIn', z.object({})).returns<SchoolStart>(),
  board: read('signedIn', z.object({ year: z.string() })).returns<HomeBoard>(),
  /** Accent-insensitive: "nguyen" finds "Nguyễn". At most 30 hits. */
  search: read('signedIn', z.object({ year: z.string(), text: z.string().max(100) })).returns<{ hits: SearchHit[] }>(),
};

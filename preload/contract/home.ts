import { z } from 'zod';
import { read } from './base.ts';

export interface HomeTask {
  kind: 'checkSheets' | 'lockSheets' | 'reopenedSheets' | 'changeRequests' | 'missingMarks' | 'missingConduct' | 'yearEnd' | 'prepareTranscripts' | 'sign' | 'send';
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

export interface HomeBoard {
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

export const home = {
  board: read('signedIn', z.object({ year: z.string() })).returns<HomeBoard>(),
  /** Accent-insensitive: "nguyen" finds "Nguyễn". At most 30 hits. */
  search: read('signedIn', z.object({ year: z.string(), text: z.string().max(100) })).returns<{ hits: SearchHit[] }>(),
};

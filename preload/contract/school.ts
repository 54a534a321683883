import { z } from 'zod';
import { read } from './base.ts';

export interface SchoolView {
  code: string;
  name: string;
  level: 'thcs' | 'thpt';
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

export interface HomeTask {
  kind: 'missingMarks' | 'missingConduct' | 'yearEnd' | 'prepareTranscripts' | 'sign' | 'send';
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

export const school = {
  current: read('signedIn', z.object({})).returns<{ school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 }>(),
  home: read('signedIn', z.object({ year: z.string() })).returns<HomeBoard>(),
  /** Accent-insensitive: "nguyen" finds "Nguyễn". At most 30 hits. */
  search: read('signedIn', z.object({ year: z.string(), text: z.string().max(100) })).returns<{ hits: SearchHit[] }>(),
};

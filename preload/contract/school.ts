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

export const school = {
  current: read('signedIn', z.object({})).returns<{ school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 }>(),
};

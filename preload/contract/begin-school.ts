import { z } from 'zod';
import { read, write } from './base.ts';
import { SchoolYear } from './common.ts';
import { schoolLevels } from './school.ts';

/** What everybody can type on any keyboard: letters without marks, digits, dot and hyphen. */
const User = z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9._-]{2,31}$/);
const FirstAccount = z.object({ user: User, name: z.string().trim().min(2).max(100), password: z.string().min(1).max(256) });

export const beginSchoolCalls = {
  /** Whether there is a school yet: without one the window asks for it. */
  gate: read('public', z.object({})).returns<{ hasSchool: boolean }>(),
  /** Begins a school in an empty database, with its first year and the accounts of the principal and the secretary; refused ever after. */
  beginSchool: write('public', z.object({
    code: z.string().trim().min(3).max(20), name: z.string().trim().min(3).max(200), levels: z.array(z.enum(schoolLevels)).min(1).max(3),
    superior: z.string().trim().min(3).max(200), commune: z.string().trim().min(1).max(100), province: z.string().trim().min(1).max(100),
    year: SchoolYear, startsOn: z.iso.date(), endsOn: z.iso.date(), term2From: z.iso.date(), principal: FirstAccount, secretary: FirstAccount,
  })).returns<{ user: string }>(),
};

import { z } from 'zod';
import { read, write } from './base.ts';
import { Id, Term } from './common.ts';

/** `subject`: for the học bạ. `conduct`: what the subject teacher tells the homeroom teacher (TT 22/2021 Đ8). The rest: groups of a primary traits sheet. */
export const CommentKind = z.enum(['subject', 'conduct', 'qualities', 'coreCompetences', 'specificCompetences']);
export type CommentKind = z.infer<typeof CommentKind>;

export interface CommentView {
  comment: string;
  /** False: a draft that nobody has looked at; it is neither submitted nor printed. */
  isSeen: boolean;
  /** 0 before the first. */
  version: number;
}

export interface CommentRow {
  enrolmentId: string;
  order: number;
  name: string;
  /** The term's average in tenths, or its level: what phrases go by. */
  average: number | null;
  level: string | null;
  comments: Partial<Record<CommentKind, CommentView>>;
}

export interface CommentSheet {
  sheetId: string;
  className: string;
  subject: string;
  subjectName: string;
  term: 1 | 2 | 3 | 4;
  kinds: CommentKind[];
  rows: CommentRow[];
  written: number;
  unseen: number;
  mayEdit: boolean;
  readOnlyReason: string | null;
}

export interface PhraseView {
  phraseId: string;
  /** `own`: this person's; `shared`: the school's; `program`: comes with it. */
  from: 'own' | 'shared' | 'program';
  subject: string;
  kind: CommentKind;
  low: number | null;
  high: number | null;
  level: string | null;
  /** May hold the placeholders of {@link fillPhrase}. */
  phrase: string;
}

/** Whether a phrase suits a pupil with this average (tenths) and level. A phrase for a range or level suits nobody who has none yet. */
export function phraseFits({ low, high, level }: Pick<PhraseView, 'low' | 'high' | 'level'>, pupil: Pick<CommentRow, 'average' | 'level'>): boolean {
  if (level !== null && level !== pupil.level) return false;
  if (low === null && high === null) return true;
  return pupil.average !== null && pupil.average >= (low ?? 0) && pupil.average <= (high ?? 100);
}

/** Puts the pupil into a phrase: {tên} the given name, {họ tên} the full one, {môn} the subject, {điểm} the average ("8,5"). */
export function fillPhrase(phrase: string, pupil: Pick<CommentRow, 'name' | 'average'>, subjectName: string): string {
  const values: Record<string, string> = {
    'tên': pupil.name.slice(pupil.name.lastIndexOf(' ') + 1), 'họ tên': pupil.name, 'môn': subjectName,
    'điểm': pupil.average === null ? '' : `${Math.trunc(pupil.average / 10)},${pupil.average % 10}`,
  };
  return phrase.normalize('NFC').replaceAll(/\{([^{}]+)\}/gu, (whole, name: string) => values[name.trim().toLowerCase()] ?? whole);
}

export const commentCalls = {
  comments: read('grades.view', z.object({ sheetId: Id })).returns<CommentSheet>(),
  /** An empty comment takes it away. `version` is what the writer saw; another one is refused with both texts. */
  saveComment: write('grades.edit', z.object({
    sheetId: Id, enrolmentId: Id, kind: CommentKind, comment: z.string().trim().max(1000), isSeen: z.boolean(), version: z.int().min(0),
    path: z.enum(['typed', 'pasted', 'undo']).default('typed'),
  })).returns<{ version: number }>(),
  /** Puts a fitting phrase as a draft, not yet looked at, beside every pupil who has no comment. */
  draftComments: write('grades.edit', z.object({ sheetId: Id, kind: CommentKind })).returns<{ drafted: number; without: number }>(),
  /** Subject teachers' comments on conduct, for the homeroom teacher. */
  conductComments: read('grades.view', z.object({ classId: Id, term: Term })).returns<{ rows: { enrolmentId: string; comments: { subjectName: string; teacher: string; comment: string }[] }[] }>(),
  phrases: read('grades.view', z.object({ subject: z.string().max(20), kind: CommentKind })).returns<{ phrases: PhraseView[] }>(),
  savePhrase: write('grades.edit', z.object({
    phraseId: Id.nullable(), isShared: z.boolean(), subject: z.string().max(20), kind: CommentKind,
    low: z.int().min(0).max(100).nullable(), high: z.int().min(0).max(100).nullable(), level: z.enum(['D', 'CD', 'T', 'H', 'C']).nullable(),
    phrase: z.string().trim().min(3).max(500),
  })).returns<{ phraseId: string }>(),
  removePhrase: write('grades.edit', z.object({ phraseId: Id })).returns<{ removed: true }>(),
};

import type { CommentKind } from '../../preload/contract/gradebook-comments.ts';
import type { Result } from '../../preload/contract/failure.ts';
import { KeptOutbox, type KeptEntry } from './kept-outbox.ts';
import type { Shelf } from './outbox-shelf.ts';

/** One pupil's comment in a sheet, on its way. */
export interface CommentEntry extends KeptEntry {
  sheetId: string;
  enrolmentId: string;
  kind: CommentKind;
  words: string;
  isSeen: boolean;
  /** The version the writer saw, 0 where nothing stood: another person's words are never written over. */
  version: number;
}

type Save = (input: { sheetId: string; enrolmentId: string; kind: CommentKind; comment: string; isSeen: boolean; version: number }) => Promise<Result<{ version: number }>>;

export const commentKey = ({ sheetId, enrolmentId, kind }: Pick<CommentEntry, 'sheetId' | 'enrolmentId' | 'kind'>): string => `${sheetId} ${enrolmentId} ${kind}`;

/** The subject comments of one person on their way into the book. */
export class CommentOutbox extends KeptOutbox<CommentEntry> {
  constructor(save: Save, shelf: Shelf<CommentEntry>) {
    // Written again before the first was in the book: what he saw then are his own words.
    const own = new Map<string, number>();
    super(async entry => {
      const { sheetId, enrolmentId, kind, words, isSeen, version } = entry;
      const key = commentKey(entry);
      const result = await save({ sheetId, enrolmentId, kind, comment: words, isSeen, version: Math.max(version, own.get(key) ?? 0) });
      if (!result.ok) return result;
      own.set(key, result.value.version);
      return { ok: true, value: { savedAt: new Date().toISOString() } };
    }, shelf, commentKey);
  }
}

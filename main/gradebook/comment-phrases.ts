import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { CommentKind, PhraseView, commentCalls } from '../../preload/contract/gradebook-comments.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { CommentPhraseTable } from '../../db/schema/gradebook-notes.ts';
import programPhrases from '../../resources/catalogues/comment-phrases.json' with { type: 'json' };
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName, foldForSearch } from '../kit/names.ts';
import { phrasesFor } from './comment-store.ts';

type Calls = typeof commentCalls;

/** Own phrases first, then the school's, then those that come with the program; what is for this subject before what is for any. */
export function phrasesOf(db: ReadHandle, user: string, subject: string, kind: CommentKind): PhraseView[] {
  const stored = phrasesFor(db, user, subject, kind).map((row): PhraseView => ({
    phraseId: row.id, from: row.owner === null ? 'shared' : 'own', subject: row.subject, kind: row.kind, low: row.low, high: row.high, level: row.level, phrase: row.phrase,
  }));
  const program = programPhrases.filter(row => row.kind === kind).map((row, index): PhraseView => ({ ...row, kind, phraseId: `program-${kind}-${index}`, from: 'program', subject: '' }));
  const rank = { own: 0, shared: 2, program: 4 };
  return [...stored, ...program].toSorted((left, right) => rank[left.from] + Number(left.subject === '') - rank[right.from] - Number(right.subject === ''));
}

export function phrases({ db, session }: ReadContext, { subject, kind }: CheckedInputOf<Calls['phrases']>): { phrases: PhraseView[] } {
  return { phrases: phrasesOf(db, session.user, subject, kind) };
}

export function savePhrase({ db, session, stamp, changed }: WriteContext, input: CheckedInputOf<Calls['savePhrase']>): { phraseId: string } {
  if (input.low !== null && input.high !== null && input.low > input.high) throw new AppError('gradebook.phraseRange', { field: 'low' });
  const phrase = cleanName(input.phrase);
  const values = {
    owner: input.isShared ? null : session.user, subject: input.subject, kind: input.kind, low: input.low, high: input.high, level: input.level,
    phrase, search_phrase: foldForSearch(phrase),
  };
  const known = input.phraseId === null ? null : requirePhrase(db, session, input.phraseId);
  const phraseId = known?.id ?? insertRecord(db, stamp, 'comment_phrase', values);
  if (known) updateRecord(db, stamp, 'comment_phrase', known.id, known.version, values);
  changed('gradebook');
  return { phraseId };
}

/** One's own phrase; a shared one is everybody's to mend. */
function requirePhrase(db: ReadHandle, session: Session, phraseId: string): CommentPhraseTable {
  const row = db.get(sql.selectFrom('comment_phrase').selectAll().where('id', '=', phraseId).where('cancelled', '=', 0));
  if (!row || (row.owner !== null && row.owner !== session.user)) throw new AppError('gradebook.unknownPhrase');
  return row;
}

export function removePhrase({ db, session, stamp, changed }: WriteContext, { phraseId }: CheckedInputOf<Calls['removePhrase']>): { removed: true } {
  const row = requirePhrase(db, session, phraseId);
  cancelRecord(db, stamp, 'comment_phrase', row.id, row.version);
  changed('gradebook');
  return { removed: true };
}

import { sql as raw } from 'kysely';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import { pupilField } from '../../preload/contract/pupil-fields.ts';
import type { personalData } from '../../preload/contract/personal-data.ts';
import { sql } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext } from '../call/context.ts';
import { foldForSearch } from '../kit/names.ts';
import { fieldName } from '../students/pupil-history.ts';

type PersonalData = typeof personalData;
type Filter = CheckedInputOf<PersonalData['looks']>;

const PAGE = 100;

/** The instant at which a day begins in Việt Nam. */
function startOf(day: string, daysLater = 0): string {
  return new Date(Date.parse(`${day}T00:00:00+07:00`) + daysLater * 86_400_000).toISOString();
}

/** What the person looked at, in words. */
function lookedAt(field: string): string {
  const known = pupilField(field);
  if (known) return fieldName(known);
  return hasText(`personalData.looked.${field}`) ? text(`personalData.looked.${field}`) : field;
}

/** Who had sensitive data shown to him, newest first, a page at a time. Ids sort by time of birth. */
export function looks({ db }: ReadContext, { from, to, actor, text: words, before }: Filter): OutputOf<PersonalData['looks']> {
  let query = sql.selectFrom('sensitive_look').innerJoin('person', 'person.id', 'sensitive_look.person_id')
    .select(['sensitive_look.id', 'sensitive_look.created_at', 'sensitive_look.actor', 'sensitive_look.field', 'person.name']);
  if (from !== undefined) query = query.where('sensitive_look.created_at', '>=', startOf(from));
  if (to !== undefined) query = query.where('sensitive_look.created_at', '<', startOf(to, 1));
  if (actor !== undefined) query = query.where('sensitive_look.actor', '=', actor);
  if (before !== undefined) query = query.where('sensitive_look.id', '<', before);
  for (const word of foldForSearch(words ?? '').split(' ').filter(part => part !== '')) query = query.where(raw<boolean>`instr(person.search_name, ${word}) > 0`);
  const actors = actorNames(db);
  const rows = db.all(query.orderBy('sensitive_look.id', 'desc').limit(PAGE)).map(row => ({
    lookId: row.id, at: row.created_at, actor: actors.name(row.actor), personName: row.name, field: lookedAt(row.field),
  }));
  return { rows, before: rows.length < PAGE ? null : rows.at(-1)?.lookId ?? null };
}

/** What left the program with personal data, newest first, a page at a time. */
export function exports({ db }: ReadContext, { from, to, actor, text: words, before }: Filter): OutputOf<PersonalData['exports']> {
  let query = sql.selectFrom('export_log').selectAll();
  if (from !== undefined) query = query.where('created_at', '>=', startOf(from));
  if (to !== undefined) query = query.where('created_at', '<', startOf(to, 1));
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (before !== undefined) query = query.where('id', '<', before);
  for (const word of (words ?? '').normalize('NFC').split(' ').filter(part => part !== '')) {
    query = query.where(({ or, eb }) => or([eb('file_name', 'like', `%${word}%`), eb('purpose', 'like', `%${word}%`)]));
  }
  const actors = actorNames(db);
  const rows = db.all(query.orderBy('id', 'desc').limit(PAGE)).map(row => ({
    exportId: row.id, at: row.created_at, actor: actors.name(row.actor), what: hasText(`accounts.export.${row.what}`) ? text(`accounts.export.${row.what}`) : row.what,
    fileName: row.file_name, count: row.count, purpose: row.purpose,
  }));
  return { rows, before: rows.length < PAGE ? null : rows.at(-1)?.exportId ?? null };
}

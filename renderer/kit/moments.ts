import { formatDateTime, parseDate } from './formats.ts';

/** An instant as a person types it, "22/11/2026 14:05", in the time of this machine; "" for none. */
export function momentWords(instant: string | null): string {
  return instant === null ? '' : formatDateTime(instant);
}

/**
 * The other way round: a day alone ends at its last minute, "" is none (null). `undefined` when the words are no moment. Native date fields
 * are not used for this: what they show follows the language of the browser, and 05/06 must never be read as the fifth of June by one machine
 * and the sixth of May by another.
 */
export function parseMoment(typed: string): string | null | undefined {
  const words = typed.trim();
  if (words === '') return null;
  const [, day = '', hour = '23', minute = '59'] = /^(\S+)(?:\s+(\d{1,2})[:hg](\d{2}))?$/.exec(words) ?? [];
  const date = parseDate(day);
  if (date === null || date.length !== 10 || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return new Date(`${date}T${hour.padStart(2, '0')}:${minute}`).toISOString();
}

/** A day as typed, "22/11/2026", to "2026-11-22"; null for none, undefined when it is no day. */
export function parseDay(typed: string): string | null | undefined {
  if (typed.trim() === '') return null;
  const date = parseDate(typed);
  return date?.length === 10 ? date : undefined;
}

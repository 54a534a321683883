import type { EnrolmentStatus } from '../../db/schema/people.ts';
import type { MovementKind } from '../../preload/contract/movements.ts';

export type YearPart = 'term1' | 'term2' | 'summer';

/** In which part of its school year a day falls; the days before the first term are still the summer. */
export function yearPart(on: string, year: { starts_on: string; term2_from: string; ends_on: string }): YearPart {
  if (on < year.starts_on || on > year.ends_on) return 'summer';
  return on < year.term2_from ? 'term1' : 'term2';
}

const codes: Partial<Record<MovementKind, Record<YearPart, string>>> = {
  transferIn: { term1: '02', term2: '03', summer: '04' },
  transferOut: { term1: '05', term2: '06', summer: '07' },
  dropOut: { term1: '08', term2: '09', summer: '10' },
  leave: { term1: '08', term2: '09', summer: '10' },
};

/** The status of the national database (CSDL ngành) that an act gives a pupil; it has none of its own for a leave: he counts as having stopped. */
export function statusCode(kind: MovementKind, part: YearPart): string {
  if (kind === 'return') return '11';
  return codes[kind]?.[part] ?? '01';
}

/** What an act makes of a pupil; null where his status stays. */
export function statusAfter(kind: MovementKind): EnrolmentStatus | null {
  switch (kind) {
    case 'admission':
    case 'return':
      return 'studying';
    case 'transferIn':
      return 'transferredIn';
    case 'transferOut':
      return 'transferredOut';
    case 'leave':
    case 'dropOut':
      return 'left';
    default:
      return null;
  }
}

/** Acts that a pupil of this status can go through. */
export function actsFor(status: EnrolmentStatus, isRepeating: boolean): MovementKind[] {
  if (status === 'left') return ['return'];
  if (status === 'transferredOut') return [];
  return ['transferOut', 'leave', 'dropOut', ...(isRepeating ? [] : ['repeat'] as const)];
}

const LITTLE = new Set(['trường', 'và']);

/**
 * The school's letters in the number of a document, as first proposed: capitals stay, other words give their first letter.
 * "Trường THCS Hoà Bình" → "THCSHB". The school may write its own.
 */
export function symbolOf(schoolName: string): string {
  return schoolName.normalize('NFC').split(/[\s–-]+/).filter(word => word !== '' && !LITTLE.has(word.toLowerCase()))
    .map(word => (/^[\p{Lu}&]{2,}$/u.test(word) ? word : word.slice(0, 1).toUpperCase())).join('');
}

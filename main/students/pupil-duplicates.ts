import { foldForSearch, givenName } from '../kit/names.ts';

/** What is compared of a person; `name` and `birth` as recorded. */
export interface DuplicateSubject {
  id: string;
  name: string;
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  birth: string;
  sex: string;
  personalId: string;
  /** The name folded, where it is at hand. */
  folded?: string;
}

export type DuplicateReason = 'samePersonalId' | 'sameName' | 'sameNameUnmarked' | 'similarName' | 'missingMiddle' | 'sameBirth' | 'swappedBirth'
  | 'closeBirth' | 'partBirth' | 'otherPersonalId' | 'otherSex';

export interface DuplicatePair {
  left: string;
  right: string;
  /** 0–100: 100 is surely one person. */
  score: number;
  reasons: DuplicateReason[];
}

/** Below it two records are two people until somebody says otherwise. */
export const DUPLICATE_FROM = 70;

interface Prepared extends DuplicateSubject {
  composed: string;
  folded: string;
  words: string[];
}

export function prepareSubject(subject: DuplicateSubject): Prepared {
  const composed = subject.name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  const folded = subject.folded ?? foldForSearch(subject.name);
  return { ...subject, composed, folded, words: folded.split(' ') };
}

/**
 * Pairs that look like one person, likeliest first. People are compared only within small groups that share a key (personal id, name, given
 * name and year, day of birth and first letter), so that thousands take milliseconds.
 */
export function findDuplicates(people: readonly DuplicateSubject[]): DuplicatePair[] {
  const groups = new Map<string, Prepared[]>();
  for (const person of people.map(prepareSubject)) {
    for (const key of blockingKeys(person)) {
      const group = groups.get(key);
      if (group) group.push(person);
      else groups.set(key, [person]);
    }
  }
  const pairs = new Map<string, DuplicatePair>();
  for (const group of groups.values()) {
    for (const [index, left] of group.entries()) {
      for (const right of group.slice(index + 1)) {
        const [first, second] = left.id < right.id ? [left, right] : [right, left];
        if (first.id === second.id || !mayBeOne(first, second)) continue;
        const pair = scorePair(first, second);
        if (pair.score >= DUPLICATE_FROM) pairs.set(`${first.id}|${second.id}`, pair);
      }
    }
  }
  return [...pairs.values()].sort((left, right) => right.score - left.score || left.left.localeCompare(right.left));
}

/** Those of `people` that look like `wanted`, likeliest first. */
export function similarTo(wanted: DuplicateSubject, people: readonly DuplicateSubject[]): DuplicatePair[] {
  const prepared = prepareSubject(wanted);
  const keys = new Set(blockingKeys(prepared));
  return people.map(prepareSubject).filter(one => one.id !== wanted.id && blockingKeys(one).some(key => keys.has(key)))
    .map(one => scorePair(prepared, one)).filter(pair => pair.score >= DUPLICATE_FROM).sort((left, right) => right.score - left.score);
}

function blockingKeys(person: Prepared): string[] {
  const [year = '', month = '', day = ''] = person.birth.split('-');
  const given = givenName(person.folded);
  const parts = month < day ? `${month}${day}` : `${day}${month}`;
  return [
    ...(person.personalId === '' ? [] : [`id ${person.personalId}`]),
    `name ${person.words.toSorted().join(' ')} ${year.slice(0, 3)}`,
    `given ${given} ${year}`,
    // A typing slip in the given name: the day of birth (either way round) and the family name still meet.
    ...(day === '' ? [] : [`day ${year}${parts} ${person.words[0] ?? ''}`]),
  ];
}

/** Rules out nearly all of a group before names are compared letter by letter. */
function mayBeOne(left: Prepared, right: Prepared): boolean {
  return (left.personalId !== '' && left.personalId === right.personalId) || birthLikeness(left.birth, right.birth).score > 0;
}

/** How much two records look like one person, and why. Both prepared by {@link prepareSubject}. */
export function scorePair(left: Prepared, right: Prepared): DuplicatePair {
  const reasons: DuplicateReason[] = [];
  const name = nameLikeness(left, right);
  const birth = birthLikeness(left.birth, right.birth);
  let score = name.score + birth.score;
  // Without a like name a like birth says nothing, and the other way round.
  if (name.score === 0 || birth.score === 0) score = 0;
  if (name.reason) reasons.push(name.reason);
  if (birth.reason) reasons.push(birth.reason);
  if (left.personalId !== '' && right.personalId !== '') {
    if (left.personalId === right.personalId) {
      reasons.unshift('samePersonalId');
      score = Math.max(90, score + 40);
    } else {
      reasons.push('otherPersonalId');
      score -= distance(left.personalId, right.personalId) <= 1 ? 5 : 30;
    }
  }
  if (left.sex !== right.sex && left.sex !== 'unknown' && right.sex !== 'unknown') {
    reasons.push('otherSex');
    score -= 15;
  }
  return { left: left.id, right: right.id, score: Math.max(0, Math.min(100, score)), reasons };
}

function nameLikeness(left: Prepared, right: Prepared): { score: number; reason?: DuplicateReason } {
  if (left.composed === right.composed) return { score: 60, reason: 'sameName' };
  if (left.folded === right.folded) return { score: 52, reason: 'sameNameUnmarked' };
  // "đ" and "d" written apart, blanks left out: "Dăk Lăk", "H'Mông".
  const bare = (words: string) => words.replaceAll(/[^a-z]/g, '');
  if (bare(left.folded) === bare(right.folded)) return { score: 52, reason: 'sameNameUnmarked' };
  const sameEnds = left.words[0] === right.words[0] && left.words.at(-1) === right.words.at(-1);
  const [short, long] = left.words.length < right.words.length ? [left.words, right.words] : [right.words, left.words];
  if (sameEnds && short.length < long.length && short.every(word => long.includes(word))) return { score: 40, reason: 'missingMiddle' };
  const slips = distance(left.folded, right.folded);
  if (slips === 1) return { score: 45, reason: 'similarName' };
  return slips === 2 && left.folded.length >= 10 ? { score: 36, reason: 'similarName' } : { score: 0 };
}

function birthLikeness(left: string, right: string): { score: number; reason?: DuplicateReason } {
  if (left === '' || right === '') return { score: 0 };
  if (left === right) return { score: left.length === 10 ? 40 : 25, reason: 'sameBirth' };
  if (left.startsWith(right) || right.startsWith(left)) return { score: 22, reason: 'partBirth' };
  if (left.length !== 10 || right.length !== 10) return { score: 0 };
  if (left === `${right.slice(0, 5)}${right.slice(8)}-${right.slice(5, 7)}`) return { score: 36, reason: 'swappedBirth' };
  let different = 0;
  for (let at = 0; at < 10; at += 1) if (left[at] !== right[at]) different += 1;
  return different === 1 ? { score: 24, reason: 'closeBirth' } : { score: 0 };
}

/** Slips of the keyboard between two words: letters added, left out, changed or swapped with their neighbour (optimal string alignment); 3 means three or more. */
export function distance(left: string, right: string): number {
  const most = 3;
  if (Math.abs(left.length - right.length) >= most) return most;
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= right.length; to += 1) {
      const cost = left[at - 1] === right[to - 1] ? 0 : 1;
      let least = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + cost);
      if (at > 1 && to > 1 && left[at - 1] === right[to - 2] && left[at - 2] === right[to - 1]) least = Math.min(least, (before[to - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) >= most) return most;
    before = row;
    row = next;
  }
  return Math.min(most, row[right.length] ?? most);
}

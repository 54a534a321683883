/** Small letters without accents, so that "nguyen" finds "Nguyễn" and "dang" finds "Đặng". */
export function fold(words: string): string {
  return words.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().trim();
}

/** Whether every word of `wanted` occurs in `words`, without regard to accents, letter case and order. */
export function matches(words: string, wanted: string): boolean {
  const folded = fold(words);
  return fold(wanted).split(/\s+/).every(word => folded.includes(word));
}

const collator = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });

/** Vietnamese order with numbers by value: "6A2" before "6A10". */
export function compareWords(left: string, right: string): number {
  return collator.compare(left, right);
}

function givenName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? '';
}

/** Order of Vietnamese class lists: by given name (the last word), then family and middle names. */
export function comparePupilNames(left: string, right: string): number {
  return collator.compare(givenName(left), givenName(right)) || collator.compare(left, right);
}

/** NFC, blanks collapsed and trimmed: how every name is stored. */
export function cleanName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** Lower case without marks, đ as d: "Nguyễn Đỗ" → "nguyen do". For search only. */
export function foldForSearch(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

const collator = new Intl.Collator('vi', { sensitivity: 'variant' });

/** Vietnamese class order: given name, then family and middle names. */
export function compareNames(left: string, right: string): number {
  return collator.compare(givenName(left), givenName(right)) || collator.compare(familyNames(left), familyNames(right));
}

/** "Nguyễn Thị Ngữ" → "Ngữ". */
export function givenName(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}

export function familyNames(name: string): string {
  const at = name.lastIndexOf(' ');
  return at < 0 ? '' : name.slice(0, at);
}

/** Key whose plain byte order is close to class order, for the database; screens sort with {@link compareNames}. */
export function sortName(name: string): string {
  return foldForSearch(`${givenName(name)} ${familyNames(name)}`);
}

/** Hides all but the last three characters: "001234567890" → "•••••••••890". */
export function mask(secret: string): string {
  return secret.length <= 3 ? '•'.repeat(secret.length) : '•'.repeat(secret.length - 3) + secret.slice(-3);
}

import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a copied key cannot be misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLength = 32; // bytes
const checkLetters = 4;
const letters = Math.ceil((keyLength * 8) / 5);

/** The last letters, typed back as proof that the key was written down. */
export const proofLength = 4;

/**
 * The database key as a person can copy it on paper: 52 letters of base 32 and 4 of check sum, in 14 groups of 4.
 * @param key 32 bytes
 */
export function toRecoveryKey(key: Uint8Array): string {
  const word = toLetters(key, letters) + checkSum(key);
  return (word.match(/.{4}/g) ?? []).join(' ');
}

/** The database key of a typed recovery key, or null when it is not one (wrong length, a letter misread). Case, spaces and dashes do not matter. */
export function fromRecoveryKey(typed: string): Buffer | null {
  const word = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s\-–—.]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (word.length !== letters + checkLetters) return null;
  const key = fromLetters(word.slice(0, letters));
  return key !== null && checkSum(key) === word.slice(letters) ? key : null;
}

/** Says of a key which one it is without giving it away; 16 hex digits. */
export function keyFingerprint(key: Uint8Array): string {
  return createHash('sha256').update('so-truong database key\n').update(key).digest('hex').slice(0, 16);
}

function checkSum(key: Uint8Array): string {
  return toLetters(createHash('sha256').update('so-truong recovery key\n').update(key).digest(), checkLetters);
}

function toLetters(bytes: Uint8Array, count: number): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('').padEnd(count * 5, '0');
  return Array.from({ length: count }, (_, at) => alphabet[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join('');
}

function fromLetters(word: string): Buffer | null {
  const values = Array.from(word, letter => alphabet.indexOf(letter));
  if (values.includes(-1)) return null;
  const bits = values.map(value => value.toString(2).padStart(5, '0')).join('');
  if (/1/.test(bits.slice(keyLength * 8))) return null;
  return Buffer.from(Array.from({ length: keyLength }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2)));
}

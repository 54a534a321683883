import { randomInt } from 'node:crypto';
import { foldForSearch } from '../kit/names.ts';

const LEAST = 8;
/** Words that everybody tries first. */
const common = ['password', 'matkhau', 'qwerty', 'abcdef', 'abc123', 'iloveyou', 'giaovien', 'hocsinh', 'truong', 'admin', '123456', '111111', '000000'];

/** Why a password is refused, as an error code; null when it is good enough. */
export function passwordFault(password: string, user: string): string | null {
  if (password.normalize('NFC').length < LEAST) return 'accounts.passwordShort';
  const folded = foldForSearch(password).replaceAll(' ', '');
  if (folded.includes(user) || user.includes(folded)) return 'accounts.passwordUser';
  if (new Set(folded).size < 4 || common.some(word => folded.includes(word) && folded.length - word.length < 4)) return 'accounts.passwordCommon';
  return null;
}

/** Without letters and digits that look alike on paper. */
const consonants = 'bcdghkmnprtvx';
const vowels = 'aeiuy';
const digits = '23456789';

/** A password to be read out or written on a slip: "rike-mupa-47". About 34 bits, good until the first sign-in. */
export function slipPassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? '';
  const word = () => `${pick(consonants)}${pick(vowels)}${pick(consonants)}${pick(vowels)}`;
  return `${word()}-${word()}-${word()}-${pick(digits)}${pick(digits)}`;
}

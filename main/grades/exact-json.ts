/** A number that a float may have changed on the way in: an exponent, or sixteen digits and more. */
const DOUBTFUL_NUMBER = /(?:^|[[:,\s])-?(?:[\d.]{16}|[\d.]*\d[eE])/;
const NUMBER = /-?\d[\d.]*(?:[eE][+-]?\d+)?/y;

/**
 * `JSON.parse` that tells numbers apart by their written value where a float could not: 8.0000000000000001 is not read as 8, 1e400 not as
 * infinity. A number that no float holds becomes another one of the same nature: as negative or not, whole or not, on the same side of 10.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseExactJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return DOUBTFUL_NUMBER.test(text) ? JSON.parse(rewriteNumbers(text)) : parsed;
}

/** Only for text that is known to be JSON, so that a quote always opens or closes a string. */
function rewriteNumbers(json: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const char = json.charCodeAt(at);
    if (char === 0x22) {
      at = endOfString(json, at);
    } else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {
      NUMBER.lastIndex = at;
      const written = NUMBER.exec(json)?.[0] ?? '-';
      const stated = sameNature(written);
      if (stated !== written) {
        parts.push(json.slice(copied, at), stated);
        copied = at + written.length;
      }
      at += written.length;
    } else {
      at += 1;
    }
  }
  return parts.join('') + json.slice(copied);
}

function endOfString(json: string, quote: number): number {
  let at = quote + 1;
  while (at < json.length && json.charCodeAt(at) !== 0x22) at += json.charCodeAt(at) === 0x5c ? 2 : 1;
  return at + 1;
}

/** Digits that a float always keeps. */
const SAFE_DIGITS = 15;

function sameNature(written: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written);
  if (!match) return written;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shifted = withoutZeros(whole + fraction, Number(exponent) - fraction.length);
  if (shifted.digits === '') return '0';
  // value = digits × 10^power, the last digit not 0: a whole number exactly when power ≥ 0.
  const { digits, power } = shifted;
  const size = digits.length + power;
  if (power >= 0) return size <= SAFE_DIGITS ? written : `${sign}1e300`;
  if (power === -1 && digits.length <= SAFE_DIGITS) return written;
  return `${sign}${size > 1 ? '10.05' : '0.05'}`;
}

function withoutZeros(digits: string, power: number): { digits: string; power: number } {
  let start = 0;
  while (digits[start] === '0') start += 1;
  let end = digits.length;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return { digits: digits.slice(start, end), power: power + digits.length - end };
}

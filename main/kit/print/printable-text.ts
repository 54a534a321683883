/** What stands in the way of printing a value; the worker sends it to the printer, which makes the named error. */
export interface UnprintableFinding {
  code: 'print.missingGlyph' | 'print.unprintableValue';
  params: { character: string; codePoint: string; text: string; place: string };
}

export class UnprintableText extends Error {
  readonly finding: UnprintableFinding;

  constructor(finding: UnprintableFinding) {
    super(`${finding.code} at ${finding.params.place}`);
    this.finding = finding;
  }
}

/**
 * A copy of `data` ready for the printer: every text is NFC (the print font places no combining marks), line ends are `\n`,
 * invisible format characters that pasting from Word or Excel leaves behind are gone. Only JSON values are taken.
 * Throws {@link UnprintableText} with the character and its place (`years[0].subjects[2].comment`) where a text holds
 * a character outside `glyphs`, so that nothing is ever dropped from a paper in silence.
 */
export function printable(data: unknown, glyphs: ReadonlySet<number>, place = ''): unknown {
  if (typeof data === 'string') return printableText(data, glyphs, place);
  if (data === null || typeof data === 'boolean') return data;
  if (typeof data === 'number' && Number.isFinite(data)) return data;
  if (Array.isArray(data)) return data.map((item, i) => printable(item, glyphs, `${place}[${i}]`));
  if (typeof data === 'object' && isPlain(data)) {
    const entries = Object.entries(data).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries.map(([key, value]) => [key, printable(value, glyphs, place === '' ? key : `${place}.${key}`)]));
  }
  throw new UnprintableText({
    code: 'print.unprintableValue',
    params: { character: '', codePoint: '', text: typeof data, place },
  });
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
/** Characters that only steer line breaks and direction; without them the paper looks the same. */
const invisible = /\p{Cf}/gu;
const combiningMark = /^\p{M}$/u;

function printableText(raw: string, glyphs: ReadonlySet<number>, place: string): string {
  const text = raw.normalize('NFC').replace(lineEnds, '\n').replace(invisible, '').replaceAll('\t', ' ');
  let before = '';
  let position = -1;
  for (const character of text) {
    position++;
    const point = character.codePointAt(0) ?? 0;
    // A mark left over after NFC has no ready-made letter, and the font would draw it beside its letter, not over it.
    const isMark = combiningMark.test(character);
    if (isMark || (character !== '\n' && !glyphs.has(point))) {
      throw new UnprintableText({
        code: 'print.missingGlyph',
        params: {
          character: isMark ? before + character : character,
          codePoint: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
          text: excerpt(text, position),
          place,
        },
      });
    }
    before = character;
  }
  return text;
}

/** The text around the character at fault: long enough to recognise the comment it stands in, short enough for a message. */
function excerpt(text: string, position: number): string {
  const characters = Array.from(text);
  const from = Math.max(0, position - 30);
  const to = Math.min(characters.length, position + 30);
  return `${from > 0 ? '…' : ''}${characters.slice(from, to).join('')}${to < characters.length ? '…' : ''}`;
}

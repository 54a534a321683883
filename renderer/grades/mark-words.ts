import type { MarkColumn, MarkLevel, MarkValue, SheetKind, SheetRow } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { formatTenths } from '../kit/formats.ts';
import { fold } from '../kit/matching.ts';

/** Why typed words are no mark; a key of `grades.fault`. */
export type MarkFault =
  | 'notANumber' | 'aboveTen' | 'decimals' | 'leadingZero' | 'levelInScore' | 'scoreInComment' | 'notALevel'
  | 'notPrimaryLevel' | 'notTraitLevel' | 'notWhole' | 'levelInTest';

/** How the cells of a column are written: as its sheet, but a primary sheet holds levels and, in its `test` column, whole marks. */
export type MarkWay = SheetKind | 'test';

export function wayOf(kind: SheetKind, column: MarkColumn): MarkWay {
  return kind === 'primary' && column === 'kt' ? 'test' : kind;
}

export type ParsedMark = { ok: true; value: MarkValue } | { ok: false; fault: MarkFault };

export interface ParseMarkOptions {
  /** "75" typed as two digits means 7,5. Only for typing: in a pasted block 75 is a fault. */
  twoDigits: boolean;
}

export const emptyMark: MarkValue = { state: 'empty' };

const levelWords: Readonly<Record<'comment' | 'primary' | 'traits', ReadonlyMap<string, MarkLevel>>> = {
  comment: new Map([['d', 'D'], ['dd', 'D'], ['dat', 'D'], ['c', 'CD'], ['cd', 'CD'], ['cdd', 'CD'], ['chua dat', 'CD']]),
  primary: new Map([
    ['t', 'T'], ['tot', 'T'], ['htt', 'T'], ['hoan thanh tot', 'T'], ['h', 'H'], ['ht', 'H'], ['hoan thanh', 'H'],
    ['c', 'C'], ['cht', 'C'], ['chua hoan thanh', 'C'],
  ]),
  traits: new Map([['t', 'T'], ['tot', 'T'], ['d', 'D'], ['dat', 'D'], ['c', 'C'], ['ccg', 'C'], ['can co gang', 'C']]),
};
const notALevel: Readonly<Record<'comment' | 'primary' | 'traits', MarkFault>> = { comment: 'notALevel', primary: 'notPrimaryLevel', traits: 'notTraitLevel' };

/**
 * Reads what a person typed or pasted into a cell: "8,5" and "8.5" are 85 tenths, "10" is 10, "Đ", "đ" and "d" are Đạt, "CĐ" and "c" are
 * Chưa đạt; in primary sheets T, H, C and T, Đ, C by one letter; nothing is the empty cell. What is not clear beyond doubt ("05", "8,55") is
 * a fault, never a guess.
 */
export function parseMark(way: MarkWay, words: string, options: ParseMarkOptions): ParsedMark {
  const trimmed = words.trim();
  if (trimmed === '') return { ok: true, value: emptyMark };
  const folded = fold(trimmed);
  if (way === 'score') return levelWords.comment.has(folded) ? { ok: false, fault: 'levelInScore' } : parseScore(trimmed, options);
  if (way === 'test') return levelWords.primary.has(folded) ? { ok: false, fault: 'levelInTest' } : parseTest(trimmed);
  const level = levelWords[way].get(folded);
  if (level !== undefined) return { ok: true, value: { state: 'level', level } };
  return { ok: false, fault: way === 'comment' && /^\d/.test(trimmed) ? 'scoreInComment' : notALevel[way] };
}

/** A periodic test of primary school: a whole mark (TT 27/2020 Đ7); "75" is never 7,5 here. */
function parseTest(words: string): ParsedMark {
  const parsed = parseScore(words, { twoDigits: false });
  const isWhole = parsed.ok ? parsed.value.state !== 'score' || parsed.value.tenths % 10 === 0 : parsed.fault !== 'decimals';
  return isWhole ? parsed : { ok: false, fault: 'notWhole' };
}

function parseScore(words: string, { twoDigits }: ParseMarkOptions): ParsedMark {
  const [, whole, , decimals = ''] = /^(\d+)([.,](\d+))?$/.exec(words) ?? [];
  if (whole === undefined) return { ok: false, fault: 'notANumber' };
  if (whole.length > 1 && whole.startsWith('0')) return { ok: false, fault: 'leadingZero' };
  if (/[1-9]/.test(decimals.slice(1))) return { ok: false, fault: 'decimals' };
  const isPlain = words === whole;
  if (isPlain && twoDigits && whole.length === 2 && whole !== '10') return { ok: true, value: { state: 'score', tenths: Number(whole) } };
  if (whole.length > 2) return { ok: false, fault: 'aboveTen' };
  const tenths = Number(whole) * 10 + Number(decimals.charAt(0));
  return tenths > 100 ? { ok: false, fault: 'aboveTen' } : { ok: true, value: { state: 'score', tenths } };
}

/** A level as printed. */
export function formatLevel(level: MarkLevel): string {
  if (level === 'D') return 'Đ';
  return level === 'CD' ? 'CĐ' : level;
}

/** A mark as it stands in the cell and on the clipboard: whole numbers without a comma, as in a mark book. */
export function formatMark(value: MarkValue, kind: SheetKind): string {
  switch (value.state) {
    case 'empty': return '';
    case 'score': return value.tenths % 10 === 0 ? String(value.tenths / 10) : formatTenths(value.tenths);
    case 'level': return formatLevel(value.level);
    case 'zeroByRule': return kind === 'score' ? '0' : formatLevel('CD');
  }
  return value satisfies never;
}

export function sameMark(left: MarkValue, right: MarkValue): boolean {
  if (left.state === 'score') return right.state === 'score' && left.tenths === right.tenths;
  if (left.state === 'level') return right.state === 'level' && left.level === right.level;
  if (left.state === 'zeroByRule') return right.state === 'zeroByRule' && left.reason === right.reason;
  return right.state === 'empty';
}

/** Why nothing is typed in a pupil's cells, or what his marks stand for: he is exempt, follows a plan, is tested in theory only. */
export function leftOutWords({ standing }: Pick<SheetRow, 'standing'>): string {
  if (standing === null) return '';
  const words = text(`curriculum.standing.${standing}.sentence`);
  return standing === 'reducedPractice' ? text('curriculum.standing.told', { standing: words }) : text('errors.grades.leftOut.what', { standing: words });
}

import type { MovementTable } from '../../db/schema/movements.ts';
import { dropOutReasons, type MovementKind } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { dateText } from '../kit/display.ts';

export function kindName(kind: MovementKind): string {
  return text(`movements.kind.${kind}`);
}

/** The reason of the catalogue, and what was written beside it. */
export function reasonWords({ reason_code: code, note }: Pick<MovementTable, 'reason_code' | 'note'>): string {
  const known = (dropOutReasons as readonly string[]).includes(code) ? text(`movements.reason.${code}`) : '';
  return [known, note].filter(words => words !== '').join(' – ');
}

/** From or to which school, since when away, why: what stands beside a movement in a list. */
export function detailWords(row: MovementTable): string {
  const school = row.other_school === '' ? '' : text(row.kind === 'transferIn' ? 'movements.fromSchool' : 'movements.toSchool', {
    school: [row.other_school, row.other_province].filter(part => part !== '').join(', '),
  });
  const until = row.expected_on === null ? '' : text('movements.expectedOn', { on: dateText(row.expected_on) });
  const paper = row.paper === '' ? '' : text('movements.byPaper', { paper: row.paper });
  return [school, reasonWords(row), until, paper].filter(words => words !== '').join(' · ');
}

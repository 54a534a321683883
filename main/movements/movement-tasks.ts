import type { HomeTask } from '../../preload/contract/home.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { kindName } from './movement-words.ts';
import { isLate, openCases, stepWords } from './movements-service.ts';

/** More open cases than this are one line that leads to the list. */
const MOST_LINES = 6;

/** Open transfers on the home board of those who settle them, the most urgent first. */
export function movementTasks(ctx: ReadContext): HomeTask[] {
  if (!mayCall(ctx.session.role, 'records.edit')) return [];
  const left = (days: number | null | undefined) => days ?? Number.MAX_SAFE_INTEGER;
  const cases = openCases(ctx).toSorted((one, other) => left(one.urgent?.daysLeft) - left(other.urgent?.daysLeft));
  const rest = cases.length - MOST_LINES;
  const lines = cases.slice(0, MOST_LINES).map((row): HomeTask => {
    const days = row.urgent?.daysLeft ?? null;
    const step = row.urgent === null ? '' : stepWords(row.urgent);
    return {
      kind: 'movements', state: isLate(row) ? 'blocked' : 'needs', classId: null, className: row.className === '' ? null : row.className, count: 1, route: `/movements?case=${row.movementId}`,
      title: text('home.task.movements.title', { name: row.name, act: kindName(row.kind) }),
      detail: days === null ? text('home.task.movements.detail', { step }) : text(days < 0 ? 'home.task.movements.detailLate' : 'home.task.movements.detailLeft', { step, count: Math.abs(days) }),
    };
  });
  if (rest <= 0) return lines;
  const title = text('home.task.movements.more', { count: rest });
  return [...lines, { kind: 'movements', state: 'needs', classId: null, className: null, count: rest, route: '/movements', title, detail: text('home.task.movements.moreDetail') }];
}

import type { CaseStep, MovementRow } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import type { WorkState } from '../kit/StateBadge.tsx';

/** The day on this machine, yyyy-mm-dd. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** "còn 3 ngày làm việc", "hôm nay là hạn", "quá hạn 2 ngày"; '' where nothing is counted. */
export function daysWords({ daysLeft }: Pick<CaseStep, 'daysLeft'>): string {
  if (daysLeft === null) return '';
  if (daysLeft === 0) return text('movements.dueToday');
  return daysLeft > 0 ? text('movements.daysLeft', { count: daysLeft }) : text('movements.daysLate', { count: -daysLeft });
}

export function stepState(step: CaseStep): WorkState {
  if (step.doneOn !== null) return 'done';
  return step.daysLeft !== null && step.daysLeft < 0 ? 'blocked' : 'needs';
}

export function rowState(row: Pick<MovementRow, 'state' | 'urgent'>): WorkState {
  if (row.state === 'open') return row.urgent === null ? 'needs' : stepState(row.urgent);
  return row.state === 'done' ? 'done' : row.state === 'refused' ? 'blocked' : 'quiet';
}

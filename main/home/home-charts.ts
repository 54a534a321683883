import type { HomeCharts } from '../../preload/contract/home.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { sql } from '../../db/handle.ts';
import { rollCallsOfWeek } from './home-week.ts';
import type { ReadContext } from '../call/context.ts';
import { ownSheets } from '../gradebook/missing-board.ts';
import type { SheetProgress } from '../grades/grades-store.ts';
import { stateAt } from '../grades/mark-locks.ts';
import { vietnamDay } from '../kit/display.ts';
import { completenessOf } from '../students/students-store.ts';

/** Upper ends of the bands in which a record's completeness is told, in per cent; the last is a full record. */
const bands = [49, 79, 99, 100] as const;

/** Small charts of the board: of the whole school for the office, of his own classes for a teacher. */
export function homeCharts(ctx: ReadContext, year: string, sheets: readonly SheetProgress[]): HomeCharts {
  const { db, session, services } = ctx;
  const isOwn = ownSheets(ctx);
  const now = services.clock();
  const seen = isOwn === null ? sheets : sheets.filter(isOwn);
  const counts = new Map<string, number>();
  for (const sheet of seen) { const state = stateAt(sheet, now.toISOString()); counts.set(state, (counts.get(state) ?? 0) + 1); }
  const homeroom = session.role === 'teacher'
    ? db.all(sql.selectFrom('school_class').select('id').where('year', '=', year).where('homeroom_staff_id', '=', session.staffId ?? '').where('cancelled', '=', 0)).map(row => row.id)
    : null;
  const hasClasses = homeroom === null || homeroom.length > 0;
  return {
    progress: (['open', 'submitted', 'checked', 'locked', 'reopened'] as const).map(state => ({ state, count: counts.get(state) ?? 0 })),
    attendance: mayCall(session.role, 'attendance.view') && hasClasses ? rollCallsOfWeek(db, year, vietnamDay(now), homeroom) : null,
    completeness: hasClasses && session.role !== 'sealClerk' ? completenessBands(completenessOf(db, year, homeroom)) : null,
  };
}

function completenessBands(percents: readonly number[]): HomeCharts['completeness'] {
  return bands.map((to, index) => {
    const from = index === 0 ? 0 : (bands[index - 1] ?? 0) + 1;
    return { from, to, count: percents.filter(percent => percent >= from && percent <= to).length };
  });
}

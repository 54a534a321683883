import { completenessOf } from '../../preload/contract/record-fields.ts';
import type { SchoolStart } from '../../preload/contract/home.ts';
import { schoolFields } from '../../preload/contract/school-fields.ts';
import { sql } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import { calendarRows } from './calendar-store.ts';
import { profile } from './school-profile.ts';
import { currentYear } from './school-store.ts';

/** What a school that begins has to do, each ticked by what is there. */
export function start(ctx: ReadContext): SchoolStart {
  const { db } = ctx;
  const { year } = currentYear(db);
  const { missing } = completenessOf(schoolFields, profile(ctx).values);
  const found = db.get(sql.selectNoFrom(({ selectFrom, fn }) => [
    selectFrom('staff').where('cancelled', '=', 0).select(fn.countAll<number>().as('count')).as('staff'),
    selectFrom('enrolment').where('cancelled', '=', 0).where('year', '=', year).select(fn.countAll<number>().as('count')).as('pupils'),
    selectFrom('school_class').where('cancelled', '=', 0).where('year', '=', year).where('homeroom_staff_id', 'is', null).select(fn.countAll<number>().as('count')).as('orphans'),
    selectFrom('school_class').where('cancelled', '=', 0).where('year', '=', year).select(fn.countAll<number>().as('count')).as('classes'),
    selectFrom('assignment').innerJoin('school_class', 'school_class.id', 'assignment.class_id').where('assignment.cancelled', '=', 0).where('school_class.year', '=', year)
      .select(fn.countAll<number>().as('count')).as('assignments'),
  ]));
  const count = (key: 'staff' | 'pupils' | 'orphans' | 'classes' | 'assignments') => found?.[key] ?? 0;
  const days = calendarRows(db, year).length;
  const steps: SchoolStart['steps'] = [
    { key: 'profile', isDone: missing.length === 0, count: missing.length, route: '/system/school' },
    { key: 'calendar', isDone: days > 0, count: days, route: '/system/years' },
    { key: 'staff', isDone: count('staff') > 0, count: count('staff'), route: '/imports' },
    { key: 'pupils', isDone: count('pupils') > 0, count: count('pupils'), route: '/imports' },
    { key: 'homeroom', isDone: count('classes') > 0 && count('orphans') === 0, count: count('orphans'), route: '/classes' },
    { key: 'assignments', isDone: count('assignments') > 0, count: count('assignments'), route: '/staff' },
  ];
  return { steps, isDone: steps.every(step => step.isDone) };
}

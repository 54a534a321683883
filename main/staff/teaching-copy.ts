import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { staff } from '../../preload/contract/staff.ts';
import { sql } from '../../db/handle.ts';
import type { WriteContext } from '../call/context.ts';
import { assignmentsOfYear, assignTeacher, taughtInYear } from './assignment-store.ts';
import { isHere } from './staff-status.ts';
import { classesOfYear, requireOpenYear, tellTeaching } from './teaching-service.ts';

/** "6A" a year later: "7A"; null for a name that does not begin with its grade. */
export function nextClassName(name: string, grade: number): string | null {
  return name.startsWith(String(grade)) ? `${grade + 1}${name.slice(String(grade).length)}` : null;
}

/** Fills what is empty with who taught it last in the year before, from the first day of the new one; who has left is not taken over. */
export function copyAssignments(ctx: WriteContext, { from, to, follow }: CheckedInputOf<(typeof staff)['copyAssignments']>): OutputOf<(typeof staff)['copyAssignments']> {
  const { db } = ctx;
  const { starts_on: startsOn } = requireOpenYear(db, to);
  const here = new Set(db.all(sql.selectFrom('staff').select(['id', 'status']).where('cancelled', '=', 0)).filter(row => isHere(row.status)).map(row => row.id));
  const classes = new Map(classesOfYear(db, to).map(row => [row.name, row]));
  const taught = new Set(taughtInYear(db, to).map(row => `${row.class_id}/${row.subject}`));
  const filled = new Set(assignmentsOfYear(db, to).map(row => `${row.class_id}/${row.subject}`));
  const last = new Map(assignmentsOfYear(db, from).map(row => [`${row.class_id}/${row.subject}`, row]));
  let copied = 0;
  let skippedGone = 0;
  const places = new Map(classesOfYear(db, from).map(row => [row.id, follow === 'name' ? row.name : nextClassName(row.name, row.grade)]));
  for (const row of last.values()) {
    const target = classes.get(places.get(row.class_id) ?? '');
    const key = `${target?.id ?? ''}/${row.subject}`;
    if (!target || row.to_date !== null || !taught.has(key) || filled.has(key)) continue;
    if (!here.has(row.staff_id)) skippedGone += 1;
    else if (assignTeacher(ctx, target.id, row.subject, row.staff_id, startsOn)) copied += 1;
  }
  tellTeaching(ctx);
  return { copied, skippedGone };
}

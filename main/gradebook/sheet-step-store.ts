import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { SheetOpeningTable, SheetStepTable } from '../../db/schema/gradebook.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { Session } from '../call/context.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { membersOf, teaches, type SheetWithClass } from '../grades/grades-store.ts';
import { withoutLeftOut } from '../grades/sheet-standings.ts';
import type { SheetPart } from './sheet-step-rules.ts';

const homeroomQuery = prepare<{ classId: string }, { homeroom_staff_id: string | null }>(p => sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', p('classId')));

/** What the signed-in person is to a sheet. */
export function partOf(db: ReadHandle, session: Session, sheet: Pick<SheetWithClass, 'class_id' | 'subject'>): SheetPart {
  const { staffId } = session;
  return {
    isTeacher: staffId !== null && teaches(db, staffId, sheet.class_id, sheet.subject),
    isHomeroom: staffId !== null && homeroomQuery(db, { classId: sheet.class_id })[0]?.homeroom_staff_id === staffId,
    isPrincipal: mayCall(session.role, 'grades.lock'),
  };
}

const stepsQuery = prepare<{ sheetId: string }, SheetStepTable>(p => sql.selectFrom('sheet_step').selectAll().where('sheet_id', '=', p('sheetId')).orderBy('id'));

export function stepsOf(db: ReadHandle, sheetId: string): SheetStepTable[] {
  return stepsQuery(db, { sheetId });
}

const openingsQuery = prepare<{ sheetId: string }, SheetOpeningTable>(p => sql.selectFrom('sheet_opening').selectAll()
  .where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0));

export function openingsOf(db: ReadHandle, sheetId: string): SheetOpeningTable[] {
  return openingsQuery(db, { sheetId });
}

const overdueQuery = prepare<{ now: string }, { id: string }>(p => sql.selectFrom('grade_sheet').select('id')
  .where('state', '=', 'reopened').where('cancelled', '=', 0).where('reopened_until', '<=', p('now')));

/** Reopened sheets whose time is over and that nobody has written down as locked yet. */
export function overdueSheets(db: ReadHandle, now: string): string[] {
  return overdueQuery(db, { now }).map(row => row.id);
}

const filledQuery = prepare<{ sheetId: string }, { count: number }>(p => sql.selectFrom('mark').innerJoin('enrolment', 'enrolment.id', 'mark.enrolment_id')
  .where('mark.sheet_id', '=', p('sheetId')).where('mark.state', '<>', 'empty').where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
  .select(({ fn }) => fn.countAll<number>().as('count')));

/** Cells of the sheet that hold nothing; those of pupils of whom nothing is asked do not count. */
export function missingIn(db: ReadHandle, sheet: SheetWithClass): number {
  const [counted] = withoutLeftOut(db, [{ ...sheet, teacher: null, pupils: membersOf(db, sheet.class_id).length, filled: filledQuery(db, { sheetId: sheet.id })[0]?.count ?? 0 }], sheet.year, sheet.class_id);
  return counted ? Math.max(0, counted.pupils * columnsOf(sheet).length - counted.filled) : 0;
}

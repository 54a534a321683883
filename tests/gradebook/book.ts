import { sql } from '../../db/handle.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { principal } from '../bench/demo-core.ts';

/** A gradebook as its people reach it: through the door. */
export interface Book {
  /** The value of a call; a failure is thrown with its code. */
  value<T>(name: string, input: unknown, session?: Session): T;
  /** 'ok', or the code of the failure. */
  codeOf(name: string, input: unknown, session?: Session): string;
  sheet(sheetId: string): SheetView;
  /** A sheet of class 9A. */
  sheetOf(subject: string, term: 1 | 2): SheetView;
  /** The account of the sheet's teacher. */
  teacherOf(sheet: SheetView): Session;
  /** Another teacher's account. */
  colleagueOf(sheet: SheetView): Session;
}

export function bookOf(core: Core): Book {
  const call = (name: string, input: unknown, session: Session = principal) => core.door.call(name, input, session);
  const value = <T>(name: string, input: unknown, session?: Session): T => {
    const result = call(name, input, session);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
    return result.value as T;
  };
  const sheet = (sheetId: string) => value<SheetView>('grades.openSheet', { sheetId });
  const accounts = (subject: { classId: string; subject: string }, isHis: boolean): Session => {
    const row = core.database.read.get(sql.selectFrom('assignment').innerJoin('account', 'account.staff_id', 'assignment.staff_id')
      .select(['account.user', 'account.name', 'account.staff_id']).where('to_date', 'is', null).where('class_id', '=', subject.classId)
      .where('subject', isHis ? '=' : '<>', subject.subject).orderBy('account.user'));
    if (!row) throw new Error('no such teacher');
    return { user: row.user, name: row.name, role: 'teacher', staffId: row.staff_id, token: null };
  };
  return {
    value, sheet,
    codeOf: (name, input, session) => {
      const result = call(name, input, session);
      return result.ok ? 'ok' : result.error.code;
    },
    sheetOf: (subject, term) => {
      const row = core.database.read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
        .where('subject', '=', subject).where('term', '=', term).where('school_class.name', '=', '9A'));
      return sheet(row?.id ?? '');
    },
    teacherOf: found => accounts(found, true),
    colleagueOf: found => accounts(found, false),
  };
}

import { sql } from '../../db/handle.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

/** A small school whose clock a test sets, and the people of class 9A. */
export interface BookSchool {
  core: Core;
  remove(): Promise<void>;
  /** Moves the school's clock. */
  at(instant: string): void;
  value<T>(name: string, input: unknown, session?: Session): T;
  codeOf(name: string, input: unknown, session?: Session): string;
  job<T>(name: string, input: unknown, session?: Session): Promise<T>;
  sheet(subject: string, term: 1 | 2, session?: Session): SheetView;
  teacherOf(sheet: SheetView): Session;
  homeroomOf(sheet: SheetView): Session;
  raw(statement: string, parameters: unknown[]): string;
}

export { principal };
export const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };
export const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
export const empty: MarkValue = { state: 'empty' };

export const change = (sheet: SheetView, row: number, column: 'gk' | 'ck' | 'tx1' | 'tx2', after: MarkValue) => {
  const pupil = sheet.rows[row];
  return { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: pupil?.enrolmentId, column, before: pupil?.marks[column] ?? empty, after }] };
};

export async function bookSchool(pupils = 40): Promise<BookSchool> {
  let now = new Date('2026-01-05T01:00:00.000Z');
  const { core, remove } = await demoCore({ pupils, clock: () => now });
  const value = <T>(name: string, input: unknown, session: Session = principal): T => {
    const result = core.door.call(name, input, session);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
    return result.value as T;
  };
  const staffSession = (staffId: string | null | undefined): Session => {
    const row = core.database.read.get(sql.selectFrom('account').select(['user', 'name', 'staff_id']).where('staff_id', '=', staffId ?? ''));
    if (!row) throw new Error('nobody');
    return { user: row.user, name: row.name, role: 'teacher', staffId: row.staff_id, token: null };
  };
  return {
    core, remove, value,
    at: instant => { now = new Date(instant); },
    codeOf: (name, input, session = principal) => {
      const result = core.door.call(name, input, session);
      return result.ok ? 'ok' : result.error.code;
    },
    job: async (name, input, session = principal) => {
      const result = await core.door.runJob(name, input, session, { signal: new AbortController().signal, progress: () => undefined });
      if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
      return result.value as never;
    },
    sheet: (subject, term, session = principal) => {
      const row = core.database.read.get(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').select('grade_sheet.id')
        .where('subject', '=', subject).where('term', '=', term).where('school_class.name', '=', '9A'));
      return value<SheetView>('grades.openSheet', { sheetId: row?.id }, session);
    },
    teacherOf: sheet => staffSession(core.database.read.get(sql.selectFrom('assignment').select('staff_id').where('class_id', '=', sheet.classId)
      .where('subject', '=', sheet.subject).where('to_date', 'is', null))?.staff_id),
    homeroomOf: sheet => staffSession(core.database.read.get(sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', sheet.classId))?.homeroom_staff_id),
    raw: (statement, parameters) => {
      try {
        core.database.write({ actor: 'x', path: 'other', reason: null }, tx => tx.writePrepared(statement, parameters));
        return 'ok';
      } catch (fault) {
        return fault instanceof Error ? fault.message : String(fault);
      }
    },
  };
}

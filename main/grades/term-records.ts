import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { grades, TermRecordRow } from '../../preload/contract/grades.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { TermRecordTable } from '../../db/schema/grades.ts';
import type { ReadContext, Session, WriteContext } from '../call/context.ts';
import { countedTotals, planFrom, planRow } from '../attendance/attendance-store.ts';
import { isOwnClass } from '../school/own-classes.ts';
import { findClass, requireClass } from '../school/school-class-store.ts';
import { AppError } from '../kit/errors.ts';
import { schoolYear } from '../school/school-store.ts';
import { conductFault, ruleSetOfClass } from './grades-rules.ts';
import { termLock } from './mark-locks.ts';
import { membersOf, sheetsOfClass } from './grades-store.ts';

type Grades = typeof grades;

const recordQuery = prepare<{ enrolmentId: string; term: 1 | 2 }, TermRecordTable>(p => sql.selectFrom('term_record').selectAll()
  .where('enrolment_id', '=', p('enrolmentId')).where('term', '=', p('term')));
const recordsOfClassQuery = prepare<{ classId: string }, TermRecordTable>(p => sql.selectFrom('term_record')
  .innerJoin('enrolment', 'enrolment.id', 'term_record.enrolment_id').selectAll('term_record').where('enrolment.class_id', '=', p('classId')));

export function termRecordsOfClass(db: ReadHandle, classId: string): TermRecordTable[] {
  return recordsOfClassQuery(db, { classId });
}

/** Conduct, absences and the homeroom teacher's comment are his to write; the office may too. */
export function mayEditTermRecords(db: ReadHandle, session: Session, classId: string): boolean {
  const found = findClass(db, classId);
  if (!found || schoolYear(db, found.year).state === 'closed') return false;
  if (session.role === 'principal' || session.role === 'secretary') return true;
  return session.role === 'teacher' && session.staffId !== null && found.homeroom_staff_id === session.staffId;
}

/** @throws AppError `grades.otherClass`: conduct and absences are read by those who have to do with the class */
export function openTermRecords({ db, session, services }: ReadContext, { classId }: CheckedInputOf<Grades['openTermRecords']>): OutputOf<Grades['openTermRecords']> {
  const found = requireClass(db, classId);
  if (!isOwnClass(db, session, classId)) throw new AppError('grades.otherClass');
  const records = termRecordsOfClass(db, classId);
  const counted = countedTotals(db, found);
  const byKey = new Map(records.map(record => [`${record.enrolment_id}/${record.term}`, record]));
  const rows: TermRecordRow[] = membersOf(db, classId).map((member, index) => {
    const first = byKey.get(`${member.enrolment_id}/1`);
    const second = byKey.get(`${member.enrolment_id}/2`);
    const absences = (record: TermRecordTable | undefined, term: 1 | 2) =>
      counted(member.enrolment_id, term) ?? { excused: record?.absent_excused ?? 0, unexcused: record?.absent_unexcused ?? 0 };
    return {
      enrolmentId: member.enrolment_id, order: index + 1, name: member.name, conduct1: first?.conduct ?? null, conduct2: second?.conduct ?? null,
      conductYear: second?.conduct_year ?? null,
      absences1: absences(first, 1), absences2: absences(second, 2), comment: second?.comment ?? '',
    };
  });
  const now = services.clock().toISOString();
  const isCounted = planFrom(planRow(db, classId)).sources.map(source => source === 'daily') as [boolean, boolean];
  return {
    className: found.name, ruleSet: ruleSetOfClass(sheetsOfClass(db, classId), found), rows, isCounted, mayEdit: mayEditTermRecords(db, session, classId),
    locks: [termLock(db, classId, 1, now), termLock(db, classId, 2, now)],
  };
}

/** Writes what is given and leaves the rest. The year's comment stands with term 2. */
export function saveTermRecord(ctx: WriteContext, input: CheckedInputOf<Grades['saveTermRecord']>): { savedAt: string } {
  const { db, session, stamp } = ctx;
  const enrolment = db.get(sql.selectFrom('enrolment').selectAll().where('id', '=', input.enrolmentId));
  if (!enrolment) throw new AppError('students.unknown');
  if (!mayEditTermRecords(db, session, enrolment.class_id)) throw new AppError('grades.notYourClass');
  const found = requireClass(db, enrolment.class_id);
  const hasAbsences = input.excused !== undefined || input.unexcused !== undefined;
  if (hasAbsences && planFrom(planRow(db, enrolment.class_id)).sources[input.term - 1] === 'daily') throw new AppError('attendance.counted', { field: 'excused' });
  const ruleSet = ruleSetOfClass(sheetsOfClass(db, enrolment.class_id), found);
  const fault = conductFault(ruleSet, input.conduct ?? null, false) ?? conductFault(ruleSet, input.conductYear ?? null, true);
  if (fault !== null) throw new AppError(fault, { field: 'conduct' });
  const lock = termLock(db, enrolment.class_id, input.term, stamp.at);
  if (lock !== null) throw new AppError('grades.termLocked', { params: { lock } });
  refuseChangedMeanwhile(db, input);
  saveTermRecordUnchecked(ctx, input);
  ctx.changed('grades', enrolment.class_id);
  return { savedAt: stamp.at };
}

/** A field that another person changed since the writer looked is refused with both values; one that holds already what he wants is done. */
function refuseChangedMeanwhile(db: ReadHandle, { enrolmentId, term, before, ...wanted }: CheckedInputOf<Grades['saveTermRecord']>): void {
  if (before === undefined) return;
  const known = recordQuery(db, { enrolmentId, term })[0];
  const stored = {
    conduct: known?.conduct ?? null, conductYear: known?.conduct_year ?? null, excused: known?.absent_excused ?? 0, unexcused: known?.absent_unexcused ?? 0, comment: known?.comment ?? '',
  };
  for (const field of Object.keys(stored) as (keyof typeof stored)[]) {
    if (before[field] === undefined || wanted[field] === undefined || before[field] === stored[field] || wanted[field] === stored[field]) continue;
    throw new AppError('grades.changedMeanwhile', { field, params: { stored: String(stored[field] ?? '–') || '–', yours: String(wanted[field] ?? '–') || '–' } });
  }
}

/** For the import, which has checked rights once for the whole file. Answers whether anything changed. */
export function saveTermRecordUnchecked({ db, stamp }: Pick<WriteContext, 'db' | 'stamp'>, input: CheckedInputOf<Grades['saveTermRecord']>): 'created' | 'updated' | 'unchanged' {
  const known = recordQuery(db, { enrolmentId: input.enrolmentId, term: input.term })[0];
  const wanted = {
    conduct: input.conduct === undefined ? (known?.conduct ?? null) : input.conduct,
    conduct_year: input.conductYear === undefined ? (known?.conduct_year ?? null) : input.conductYear,
    absent_excused: input.excused ?? known?.absent_excused ?? 0,
    absent_unexcused: input.unexcused ?? known?.absent_unexcused ?? 0,
    comment: input.comment ?? known?.comment ?? '',
  };
  if (!known) {
    insertRecord(db, stamp, 'term_record', { enrolment_id: input.enrolmentId, term: input.term, ...wanted });
    return 'created';
  }
  const same = known.conduct === wanted.conduct && known.conduct_year === wanted.conduct_year && known.absent_excused === wanted.absent_excused
    && known.absent_unexcused === wanted.absent_unexcused && known.comment === wanted.comment;
  if (same) return 'unchanged';
  updateRecord(db, stamp, 'term_record', known.id, known.version, wanted);
  return 'updated';
}

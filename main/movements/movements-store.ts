import { sql, type ReadHandle } from '../../db/handle.ts';
import type { FormerResultTable, MovementTable } from '../../db/schema/movements.ts';
import type { EnrolmentTable } from '../../db/schema/people.ts';
import type { MovementKind } from '../../preload/contract/movements.ts';
import { AppError } from '../kit/errors.ts';

export interface MovementFilter {
  year?: string | undefined;
  personId?: string | undefined;
  movementId?: string | undefined;
  onlyOpen?: boolean | undefined;
  kind?: MovementKind | undefined;
  /** yyyy-mm: of when it happened, or of the application while it is open. */
  month?: string | undefined;
}

export type MovementWithNames = MovementTable & { person_name: string | null; class_name: string | null; grade: number | null };

/** Movements with the pupil's name and class, newest first; undone ones only where one is asked for by id or person. */
export function movementRows(db: ReadHandle, filter: MovementFilter): MovementWithNames[] {
  let query = sql.selectFrom('movement').leftJoin('person', 'person.id', 'movement.person_id').leftJoin('school_class', 'school_class.id', 'movement.class_id')
    .selectAll('movement').select(['person.name as person_name', 'school_class.name as class_name', 'school_class.grade']).where('movement.cancelled', '=', 0);
  if (filter.movementId !== undefined) query = query.where('movement.id', '=', filter.movementId);
  else if (filter.personId !== undefined) query = query.where('movement.person_id', '=', filter.personId);
  else query = query.where('movement.state', '<>', 'undone');
  if (filter.year !== undefined) query = query.where('movement.year', '=', filter.year);
  if (filter.onlyOpen === true) query = query.where('movement.state', '=', 'open');
  if (filter.kind !== undefined) query = query.where('movement.kind', '=', filter.kind);
  const { month } = filter;
  if (month !== undefined) query = query.where(({ eb, fn, ref }) => eb(fn.coalesce(ref('movement.happened_on'), ref('movement.received_on')), 'like', `${month}%`));
  return db.all(query.orderBy('movement.received_on', 'desc').orderBy('movement.id', 'desc'));
}

/** @throws AppError `movements.unknown` */
export function theMovement(db: ReadHandle, movementId: string): MovementWithNames {
  const [row] = movementRows(db, { movementId });
  if (!row) throw new AppError('movements.unknown');
  return row;
}

export interface Place extends EnrolmentTable {
  class_name: string;
  grade: number;
  name: string;
  birth: string;
  sex: string;
  disability: string;
  personal_id: string;
}

/** A pupil in a class of a year. @throws AppError `students.unknown` */
export function thePlace(db: ReadHandle, enrolmentId: string): Place {
  const row = db.get(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .selectAll('enrolment').select(['school_class.name as class_name', 'school_class.grade', 'person.name', 'person.birth', 'person.sex', 'person.disability', 'person.personal_id'])
    .where('enrolment.id', '=', enrolmentId).where('enrolment.cancelled', '=', 0));
  if (!row) throw new AppError('students.unknown');
  return row;
}

/** The pupil's movements that came after one of them. */
export function laterMovements(db: ReadHandle, of: Pick<MovementTable, 'id' | 'person_id'>): MovementTable[] {
  if (of.person_id === null) return [];
  return db.all(sql.selectFrom('movement').selectAll().where('person_id', '=', of.person_id).where('id', '>', of.id).where('cancelled', '=', 0).where('state', 'in', ['open', 'done']));
}

export function formerResults(db: ReadHandle, movementId: string): FormerResultTable[] {
  return db.all(sql.selectFrom('former_result').selectAll().where('movement_id', '=', movementId).where('cancelled', '=', 0).orderBy('id'));
}

/** The months of a year in which something happened, newest first. */
export function monthsOf(db: ReadHandle, year: string): string[] {
  const rows = db.all(sql.selectFrom('movement').select(({ fn, ref }) => fn.coalesce(ref('happened_on'), ref('received_on')).as('on'))
    .where('year', '=', year).where('cancelled', '=', 0).where('state', '<>', 'undone'));
  return [...new Set(rows.map(row => row.on.slice(0, 7)))].toSorted().toReversed();
}

import type { CountedMember } from '../../preload/contract/reports.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';

const AT_ONCE = 500; // SQLite takes so many parameters without a thought

/** Runs a query over ids in portions. */
export function inPortions<Row>(ids: readonly string[], ask: (portion: string[]) => Row[]): Row[] {
  return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, index) => ask(ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE))).flat();
}

/** Who the ids of a number are, in the order given; records are never deleted, so that also an old snapshot's are found. */
export function namedMembers(db: ReadHandle, of: 'pupils' | 'classes' | 'staff', ids: readonly string[]): CountedMember[] {
  const found = new Map(membersOf(db, of, [...ids]).map(member => [member.id, member]));
  return ids.flatMap(id => found.get(id) ?? []);
}

function membersOf(db: ReadHandle, of: 'pupils' | 'classes' | 'staff', ids: string[]): CountedMember[] {
  switch (of) {
    case 'pupils':
      return inPortions(ids, portion => db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
        .innerJoin('school_class', 'school_class.id', 'enrolment.class_id').where('enrolment.id', 'in', portion)
        .select(['enrolment.id', 'person.name', 'school_class.name as detail', 'person.birth']))).map(row => ({ ...row, route: `/students/${row.id}` }));
    case 'classes':
      return inPortions(ids, portion => db.all(sql.selectFrom('school_class').where('id', 'in', portion).select(['id', 'name', 'year as detail'])))
        .map(row => ({ ...row, birth: '', route: `/classes/${row.id}` }));
    case 'staff':
      return inPortions(ids, portion => db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.id', 'in', portion)
        .select(['staff.id', 'person.name', 'staff.position as detail', 'person.birth']))).map(row => ({ ...row, route: '/staff' }));
  }
}

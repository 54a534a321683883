import type { StaffRow } from '../../preload/contract/students.ts';
import { sql } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import { mask } from '../kit/names.ts';

export function list({ db }: ReadContext): { rows: StaffRow[] } {
  const rows = db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id')
    .leftJoin('school_class', join => join.onRef('school_class.homeroom_staff_id', '=', 'staff.id').on('school_class.cancelled', '=', 0))
    .where('staff.cancelled', '=', 0)
    .select(['staff.id', 'staff.code', 'staff.position', 'staff.qualification', 'staff.subjects', 'staff.status', 'person.name', 'person.birth', 'person.sex',
      'person.phone', 'person.email', 'school_class.name as homeroom'])
    .orderBy('person.sort_name'));
  return {
    rows: rows.map(row => ({
      staffId: row.id, code: row.code, name: row.name, birth: row.birth, sex: row.sex, position: row.position, qualification: row.qualification,
      subjects: row.subjects, homeroomOf: row.homeroom, status: row.status, phone: mask(row.phone), email: row.email,
    })),
  };
}

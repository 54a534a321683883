import { sql, type ReadHandle } from '../../db/handle.ts';
import type { EnrolmentStatus, PersonTable, StaffTable } from '../../db/schema/people.ts';
import type { StaffValues } from '../../preload/contract/staff-fields.ts';
import { valuesOf } from '../staff/staff-store.ts';

export interface KnownPerson {
  person: PersonTable;
  /** Code by which the file may know him. */
  code: string | null;
}

/** Finds a row's person: by code, then by personal ID, then by name and birth when that names exactly one without another code. */
export class PeopleIndex<Known extends KnownPerson> {
  readonly #byCode = new Map<string, Known>();
  readonly #byPersonalId = new Map<string, Known>();
  readonly #byNameAndBirth = new Map<string, Known[]>();

  constructor(known: Iterable<Known>) {
    for (const one of known) {
      if (one.code !== null) this.#byCode.set(one.code, one);
      if (one.person.personal_id !== '') this.#byPersonalId.set(one.person.personal_id, one);
      const key = `${one.person.search_name}|${one.person.birth}`;
      this.#byNameAndBirth.set(key, [...(this.#byNameAndBirth.get(key) ?? []), one]);
    }
  }

  find(code: string | null | undefined, personalId: string | null | undefined, searchName: string, birth: string | null | undefined): Known | undefined {
    const byCode = code ? this.#byCode.get(code) : undefined;
    if (byCode) return byCode;
    const byId = personalId ? this.#byPersonalId.get(personalId) : undefined;
    if (byId) return byId;
    const same = (this.#byNameAndBirth.get(`${searchName}|${birth ?? ''}`) ?? []).filter(one => !code || one.code === null);
    return same.length === 1 ? same[0] : undefined;
  }
}

export interface KnownPupil extends KnownPerson {
  enrolment: { id: string; version: number; class_id: string; status: EnrolmentStatus; status_on: string; is_repeating: 0 | 1 } | null;
}

/** Every pupil the school knows, with his place in `year` if he has one. */
export function knownPupils(db: ReadHandle, year: string): KnownPupil[] {
  const codes = new Map(db.all(sql.selectFrom('pupil_code').select(['person_id', 'code']).where('kind', '=', 'moet').where('valid_to', 'is', null)
    .where('cancelled', '=', 0)).map(row => [row.person_id, row.code]));
  const enrolments = new Map(db.all(sql.selectFrom('enrolment').select(['id', 'version', 'person_id', 'class_id', 'status', 'status_on', 'is_repeating'])
    .where('year', '=', year).where('cancelled', '=', 0)).map(row => [row.person_id, row]));
  const pupils = db.all(sql.selectFrom('person').selectAll().where('cancelled', '=', 0)
    .where('id', 'in', sql.selectFrom('enrolment').select('person_id').where('cancelled', '=', 0)));
  return pupils.map(person => ({ person, code: codes.get(person.id) ?? null, enrolment: enrolments.get(person.id) ?? null }));
}

export interface KnownStaff extends KnownPerson {
  staff: StaffTable;
  values: StaffValues;
}

/** Everybody on the staff with his fields, those who have left included. */
export function knownStaff(db: ReadHandle): KnownStaff[] {
  const people = new Map(db.all(sql.selectFrom('person').selectAll().where('cancelled', '=', 0)
    .where('id', 'in', sql.selectFrom('staff').select('person_id'))).map(person => [person.id, person]));
  const profiles = new Map(db.all(sql.selectFrom('staff_profile').selectAll().where('cancelled', '=', 0)).map(row => [row.staff_id, row]));
  return db.all(sql.selectFrom('staff').selectAll().where('cancelled', '=', 0)).flatMap(staff => {
    const person = people.get(staff.person_id);
    return person ? [{ person, code: staff.code, staff, values: valuesOf({ person, staff, profile: profiles.get(staff.id) }) }] : [];
  });
}

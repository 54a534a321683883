import type { Insertable } from 'kysely';
import type { RecordColumns } from '../../db/schema/base.ts';
import type { PersonTable } from '../../db/schema/people.ts';

export type PersonValues = Omit<Insertable<PersonTable>, keyof RecordColumns>;

/** A person of whom nothing has been said yet. */
export const emptyPerson: PersonValues = {
  name: '', sort_name: '', search_name: '', birth: '', sex: 'unknown', ethnic_group: '', nationality: 'Việt Nam', religion: '', personal_id: '',
  birth_place: '', home_town: '', address: '', commune: '', province: '', phone: '', email: '', policy_group: '', disability: '',
};

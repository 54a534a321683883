import { sql, type ReadHandle } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';

/** Whoever stands in the journal, as people call him. */
export interface ActorNames {
  /** "Lò Thị Mai"; the account itself where nobody is known behind it. */
  name(user: string): string;
  /** "cô Lò Thị Mai (gvtoan1)": what stands in a history. */
  full(user: string): string;
}

/** Reads all accounts once: a school has a hundred. Closed accounts keep their names, for what they did stays. */
export function actorNames(db: ReadHandle): ActorNames {
  const rows = db.all(sql.selectFrom('account').leftJoin('staff', 'staff.id', 'account.staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .select(['account.user', 'account.name', 'person.sex']));
  const known = new Map(rows.map(row => [row.user, row]));
  const name = (user: string) => known.get(user)?.name ?? (hasText(`accounts.actor.${user}`) ? text(`accounts.actor.${user}`) : user);
  return {
    name,
    full: user => {
      const row = known.get(user);
      return row ? text(`accounts.actorNamed.${row.sex ?? 'unknown'}`, { name: row.name, user }).trim() : name(user);
    },
  };
}

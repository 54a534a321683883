import { sql as raw } from 'kysely';

/** True of an assignment that holds today: it began, and has not ended. `to_date` is the first day on which it does not hold any more. */
export const holdsToday = raw<boolean>`assignment.cancelled = 0 and assignment.from_date <= school_today() and (assignment.to_date is null or assignment.to_date > school_today())`;

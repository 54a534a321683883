import { sql, type ReadHandle } from '../../db/handle.ts';
import { pupilSights, type PupilField, type PupilSight } from '../../preload/contract/pupil-fields.ts';
import type { Session } from '../call/context.ts';
import { homeroomClassIds } from '../school/own-classes.ts';

/** How much of a pupil the one who asks may see, by the pupil's enrolments. */
export type SightOf = (enrolment: { class_id: string }) => PupilSight;

/**
 * The office (principal, secretary) sees all. A homeroom teacher sees what he needs of his own class, in the years it is his. Everybody else,
 * subject teachers and the seal clerk, sees what a class list shows: name, class, birth, sex.
 */
export function sightsOf(db: ReadHandle, session: Pick<Session, 'role' | 'staffId'>): SightOf {
  if (session.role === 'principal' || session.role === 'secretary') return () => 'office';
  if (session.role !== 'teacher' || session.staffId === null) return () => 'class';
  const own = homeroomClassIds(db, session.staffId);
  return enrolment => (own.has(enrolment.class_id) ? 'homeroom' : 'class');
}

export function maySee(sight: PupilSight, field: PupilField): boolean {
  return pupilSights.indexOf(sight) >= pupilSights.indexOf(field.sight);
}

/** The widest sight over a person's enrolments: who is his homeroom teacher this year keeps seeing last year's facts. */
export function sightOfPerson(db: ReadHandle, session: Pick<Session, 'role' | 'staffId'>, personId: string): PupilSight {
  const sight = sightsOf(db, session);
  const all = db.all(sql.selectFrom('enrolment').innerJoin('school_year', 'school_year.year', 'enrolment.year').select('enrolment.class_id')
    .where('person_id', '=', personId).where('enrolment.cancelled', '=', 0).where('school_year.is_current', '=', 1)).map(sight);
  if (all.length === 0) return sight({ class_id: '' });
  return all.includes('office') ? 'office' : all.includes('homeroom') ? 'homeroom' : 'class';
}

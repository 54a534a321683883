import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { SchoolYearTable } from '../../db/schema/school.ts';
import type { WriteContext } from '../call/context.ts';
import { ensureSheets } from '../curriculum/class-sheets.ts';
import { carryCurriculum, classSubjects, clusterTermOf, saveClusterTerm } from '../curriculum/curriculum-store.ts';
import { compareNames } from '../kit/names.ts';
import { schoolYear, schoolYears } from '../school/school-store.ts';
import type { Move } from './roll-over-service.ts';
import { lastJournalSeq } from './year-end-store.ts';

type Input = CheckedInputOf<(typeof yearEnd)['rollOver']>;

/** Writes the whole passage and answers the id of its record. */
export function applyRollOver(ctx: WriteContext, input: Input, toYear: string, moves: readonly Move[]): string {
  const { db, stamp, session } = ctx;
  const firstSeq = lastJournalSeq(db) + 1;
  ensureYear(ctx, input, toYear);
  copyCurriculum(ctx, input, toYear);
  const classes = makeClasses(ctx, input, toYear);
  placePupils(ctx, input, toYear, classes, moves);
  switchYear(ctx, input.year, toYear);
  const leavers = moves.filter(({ to }) => to === null).length;
  const id = insertRecord(db, stamp, 'roll_over', {
    from_year: input.year, to_year: toYear, actor: session.name || session.user, classes: classes.size, pupils: moves.length - leavers, leavers,
    first_seq: firstSeq, last_seq: lastJournalSeq(db), state: 'applied',
  });
  for (const feature of ['school', 'students', 'classes', 'grades', 'yearEnd'] as const) ctx.changed(feature);
  return id;
}

function ensureYear({ db, stamp }: WriteContext, { startsOn, endsOn, term2From }: Input, toYear: string): void {
  const days = { starts_on: startsOn, ends_on: endsOn, term2_from: term2From };
  const known = schoolYears(db).find(found => found.year === toYear);
  if (!known) insertRecord(db, stamp, 'school_year', { year: toYear, ...days, state: 'open', is_current: 0 });
  else if (known.starts_on !== startsOn || known.ends_on !== endsOn || known.term2_from !== term2From) updateRecord(db, stamp, 'school_year', known.id, known.version, days);
}

/** A grade that has no curriculum in the next year takes this year's, which may differ from the catalogue at this school. */
function copyCurriculum(ctx: WriteContext, { year, classes }: Input, toYear: string): void {
  const { db } = ctx;
  for (const grade of new Set(classes.map(one => one.grade))) carryCurriculum(ctx, year, toYear, grade);
  const cluster = clusterTermOf(db, year);
  if (cluster !== null && clusterTermOf(db, toYear) === null) saveClusterTerm(ctx, toYear, cluster);
}

/** The classes by name, those that are there already included. Each takes the electives of the class it comes from, where that is of the same level. */
function makeClasses(ctx: WriteContext, { classes }: Input, toYear: string): Map<string, Pick<SchoolClassTable, 'id' | 'grade'>> {
  const { db, stamp } = ctx;
  const known = new Map(db.all(sql.selectFrom('school_class').selectAll().where('year', '=', toYear).where('cancelled', '=', 0)).map(row => [row.name, row]));
  const made = new Map<string, Pick<SchoolClassTable, 'id' | 'grade'>>();
  for (const { name, grade, fromClassId, homeroomStaffId } of classes) {
    const there = known.get(name);
    if (there && there.homeroom_staff_id !== homeroomStaffId) updateRecord(db, stamp, 'school_class', there.id, there.version, { homeroom_staff_id: homeroomStaffId });
    const id = there?.id ?? insertRecord(db, stamp, 'school_class', { year: toYear, code: name, name, grade, homeroom_staff_id: homeroomStaffId });
    if (!there && fromClassId !== null) {
      for (const chosen of classSubjects(db, fromClassId)) insertRecord(db, stamp, 'class_subject', { class_id: id, subject: chosen.subject, has_cluster: chosen.has_cluster });
    }
    ensureSheets(ctx, { id, year: toYear, grade: there?.grade ?? grade, name });
    made.set(name, { id, grade });
  }
  return made;
}

/** In each class by name, after whoever is there already: rolls of the year begin anew. */
function placePupils({ db, stamp }: WriteContext, { startsOn }: Input, toYear: string, classes: ReadonlyMap<string, Pick<SchoolClassTable, 'id' | 'grade'>>, moves: readonly Move[]): void {
  const rolls = new Map(db.all(sql.selectFrom('enrolment').where('year', '=', toYear).where('cancelled', '=', 0).groupBy('class_id')
    .select(({ fn }) => ['class_id', fn.max('roll').as('roll')])).map(row => [row.class_id, row.roll]));
  for (const { pupil, to } of moves.toSorted((left, right) => compareNames(left.pupil.name, right.pupil.name))) {
    const place = to === null ? undefined : classes.get(to);
    if (!place) continue;
    const roll = (rolls.get(place.id) ?? 0) + 1;
    rolls.set(place.id, roll);
    insertRecord(db, stamp, 'enrolment', {
      person_id: pupil.personId, class_id: place.id, year: toYear, roll, status: 'studying', status_on: startsOn, is_repeating: place.grade === pupil.grade ? 1 : 0,
    });
  }
}

/** The new year is the current one, the old one is closed. */
function switchYear(ctx: WriteContext, year: string, toYear: string): void {
  setYear(ctx, year, { state: 'closed', is_current: 0 });
  setYear(ctx, toYear, { state: 'open', is_current: 1 });
}

export function setYear({ db, stamp }: WriteContext, year: string, to: Partial<Pick<SchoolYearTable, 'state' | 'is_current'>>): void {
  const row = schoolYear(db, year);
  updateRecord(db, stamp, 'school_year', row.id, row.version, to);
}

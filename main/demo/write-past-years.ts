import { sql, type WriteHandle } from '../../db/handle.ts';
import { insertRecord, type Stamp } from '../../db/records.ts';
import type { ApproveOutcome } from '../../preload/contract/year-end-steps.ts';
import type { JobContext, Session, WriteContext } from '../call/context.ts';
import type { Door } from '../call/door.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { ensureSheets } from '../curriculum/class-sheets.ts';
import { noAverage, ruleSetOfClass, termStanding, withTerm } from '../grades/grades-rules.ts';
import { saveAverage, saveMark, sheetsOfClass, type SheetWithClass } from '../grades/grades-store.ts';
import { saveTermRecordUnchecked } from '../grades/term-records.ts';
import { AppError } from '../kit/errors.ts';
import { foldForSearch, sortName } from '../kit/names.ts';
import { setYear } from '../year-end/roll-over-apply.ts';
import type { DemoPupil, DemoSchool } from './demo-school.ts';
import { PastMarks } from './past-marks.ts';
import type { PastClass, PastPupil, PastYear } from './past-years.ts';

/** Where a leaver's marks end: after the first term, or the second point of a primary year. */
const LEAVERS_LAST_TERM = { secondary: 1, primary: 2 } as const;

export function writeSchoolYear(tx: WriteHandle, stamp: Stamp, year: string, isCurrent: boolean): void {
  const [first = '', second = ''] = year.split('-');
  insertRecord(tx, stamp, 'school_year', {
    year, starts_on: `${first}-09-05`, ends_on: `${second}-05-31`, term2_from: `${second}-01-19`, state: 'open', is_current: isCurrent ? 1 : 0,
  });
}

/**
 * Writes the past years of a demo school, the oldest first, each class in one journalled transaction. Results, locks and approvals come from the
 * same calls as in the present year; then the year is closed.
 */
export async function writePastYears(door: Door, operator: Session, school: DemoSchool, years: readonly PastYear[], work: Pick<JobContext, 'signal' | 'progress'>): Promise<void> {
  const ctx = door.jobContext(operator, work);
  const staff = new Map(ctx.db.all(sql.selectFrom('staff').select(['code', 'id'])).map(row => [row.code, row.id]));
  const people = new Map<DemoPupil, string>();
  const total = years.reduce((sum, { classes }) => sum + classes.length, 0);
  let done = 0;
  for (const { year, classes } of years) {
    ctx.write({ path: 'other', reason: null }, write => { writeSchoolYear(write.db, write.stamp, year, false); });
    for (const found of classes) {
      stopIfCancelled(ctx.signal);
      ctx.progress(done, total, `${found.name} · ${year}`);
      ctx.write({ path: 'other', reason: null }, write => { new PastClassWriter(write, school, year, people).write(found, staff.get(found.homeroom) ?? null); });
      done += 1;
      // Other calls get their turn between two classes.
      await new Promise(resolve => { setImmediate(resolve); });
    }
    await finishYear(door, operator, year, work);
  }
}

async function finishYear(door: Door, operator: Session, year: string, work: Pick<JobContext, 'signal' | 'progress'>): Promise<void> {
  const run = async (call: string, input: object): Promise<unknown> => {
    const result = await door.runJob(call, { year, ...input }, operator, work);
    if (!result.ok) throw new AppError('demo.step', { params: { heading: result.error.heading, what: result.error.what } });
    return result.value;
  };
  for (const to of ['submitted', 'checked', 'locked']) await run('gradebook.stepMany', { to });
  await run('yearEnd.compute', {});
  const ctx = door.jobContext(operator, work);
  // A class kept as printed has no results to approve.
  const classIds = ctx.db.all(sql.selectFrom('year_result').innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id').select('enrolment.class_id').distinct()
    .where('enrolment.year', '=', year)).map(row => row.class_id);
  for (const stage of classIds.length === 0 ? [] : ['year', 'final']) {
    const { refused } = await run('yearEnd.approve', { classIds, stage }) as ApproveOutcome;
    if (refused[0]) throw new AppError('demo.step', { params: { heading: `${refused[0].className} · ${year}`, what: refused[0].why } });
  }
  ctx.write({ path: 'other', reason: null }, write => { setYear(write, year, { state: 'closed' }); });
}

class PastClassWriter {
  readonly #ctx: WriteContext;
  readonly #school: DemoSchool;
  readonly #year: string;
  /** Ids of those who are written already. */
  readonly #people: Map<DemoPupil, string>;

  constructor(ctx: WriteContext, school: DemoSchool, year: string, people: Map<DemoPupil, string>) {
    this.#ctx = ctx;
    this.#school = school;
    this.#year = year;
    this.#people = people;
  }

  write({ name, grade, electives, pupils }: PastClass, homeroom: string | null): void {
    const { db, stamp } = this.#ctx;
    const year = this.#year;
    const id = insertRecord(db, stamp, 'school_class', { year, code: name, name, grade, homeroom_staff_id: homeroom });
    for (const subject of electives) insertRecord(db, stamp, 'class_subject', { class_id: id, subject, has_cluster: 0 });
    ensureSheets(this.#ctx, { id, year, grade, name });
    const sheets = sheetsOfClass(db, id);
    const ruleSet = ruleSetOfClass(sheets, { grade, year });
    for (const [index, past] of pupils.entries()) {
      const personId = this.#person(past.pupil);
      const enrolmentId = insertRecord(db, stamp, 'enrolment', {
        person_id: personId, class_id: id, year, roll: index + 1, status: past.status, status_on: past.statusOn, is_repeating: past.isRepeating ? 1 : 0,
      });
      if (ruleSet === 'AS-PRINTED') this.#printed(personId, name, grade, past);
      else this.#results(enrolmentId, sheets, past);
    }
  }

  #person(pupil: DemoPupil): string {
    const known = this.#people.get(pupil);
    if (known !== undefined) return known;
    const { db, stamp } = this.#ctx;
    const { commune, province } = this.#school.profile;
    const id = insertRecord(db, stamp, 'person', {
      name: pupil.name, sort_name: sortName(pupil.name), search_name: foldForSearch(pupil.name), birth: pupil.birth, sex: pupil.sex,
      ethnic_group: pupil.ethnicGroup.name, nationality: 'Việt Nam', religion: pupil.religion, personal_id: pupil.personalId,
      birth_place: `${commune.name}, ${province.name}`, home_town: `${commune.name}, ${province.name}`,
      address: `${pupil.hamlet}, ${commune.name}, ${province.name}`, commune: commune.name, province: province.name, phone: pupil.phone, email: '',
      policy_group: pupil.policyGroup, disability: pupil.disability,
    });
    const code = { person_id: id, book: '', valid_from: `${this.#year.slice(0, 4)}-09-05`, valid_to: null };
    insertRecord(db, stamp, 'pupil_code', { ...code, kind: 'moet', code: pupil.code });
    insertRecord(db, stamp, 'pupil_code', { ...code, kind: 'register', code: pupil.registerNumber });
    for (const relation of ['father', 'mother'] as const) {
      const { name, job, birthYear, phone } = pupil[relation];
      insertRecord(db, stamp, 'guardian', { person_id: id, relation, name, occupation: job, birth_year: String(birthYear), phone, personal_id: '', email: '', kinship: '' });
    }
    this.#people.set(pupil, id);
    return id;
  }

  #results(enrolmentId: string, sheets: readonly SheetWithClass[], past: PastPupil): void {
    const { db, stamp } = this.#ctx;
    const marks = new PastMarks(this.#school.plan.seed, this.#year, past);
    const isGone = past.outcome === 'gone';
    for (const ofSubject of Map.groupBy(sheets, ({ subject }) => subject).values()) {
      let average = noAverage(enrolmentId, ofSubject[0]?.subject ?? '');
      for (const sheet of ofSubject) {
        if (isGone && sheet.term > LEAVERS_LAST_TERM[sheet.rule_set === 'TT27-2020' ? 'primary' : 'secondary']) continue;
        const row = marks.row(sheet);
        for (const [column, value] of Object.entries(row)) saveMark(db, stamp, sheet.id, enrolmentId, column as keyof typeof row, value);
        average = withTerm(average, sheet.term, termStanding(sheet, row));
      }
      if (sheets[0]?.rule_set !== 'TT27-2020') saveAverage(db, average);
    }
    const ruleSet = sheets[0]?.rule_set ?? 'AS-PRINTED';
    const conduct = marks.conduct(ruleSet);
    const [first, second] = marks.absences();
    saveTermRecordUnchecked(this.#ctx, { enrolmentId, term: 1, conduct: conduct?.[0] ?? null, excused: first[0], unexcused: first[1] });
    if (isGone) return;
    saveTermRecordUnchecked(this.#ctx, {
      enrolmentId, term: 2, conduct: conduct?.[1] ?? null, conductYear: conduct?.[2] ?? null, excused: second[0], unexcused: second[1], comment: marks.comment(ruleSet),
    });
  }

  /** Years before the regulations that the program computes: as a book shows them. */
  #printed(personId: string, className: string, grade: number, { outcome }: PastPupil): void {
    if (outcome === 'gone') return;
    insertRecord(this.#ctx.db, this.#ctx.stamp, 'printed_result', {
      person_id: personId, year: this.#year, grade, school: this.#school.profile.name, class_name: className, lines: '[]', learning: '', conduct: '',
      outcome: grade === 5 ? 'Hoàn thành chương trình tiểu học' : 'Hoàn thành chương trình lớp học, được lên lớp', award: '', absences: '',
    });
  }
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { Award, Promotion, yearEnd, YearEndCounts, YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { ownClasses } from '../school/own-classes.ts';
import { classesOf } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { sheetsWithProgress, type ClassMember } from '../grades/grades-store.ts';
import { sheetTitle } from '../grades/grades-service.ts';
import { AppError } from '../kit/errors.ts';
import { assessClass, flagsOf, resultValues, saveResult, type AssessedPupil, type ResultValues } from './year-results.ts';
import { mayFile, stageOf } from './year-end-approval.ts';
import { countUndecided } from './decisions-service.ts';
import { isAsPrinted, printedClass, undecidedPrinted, type PrintedPupil } from './printed-class.ts';
import { KeptByClass } from './kept-by-class.ts';
import { YearEndBoard } from './year-end-board.ts';
import { approvalsOfClass, resultsOfClass } from './year-end-store.ts';

type YearEnd = typeof yearEnd;

export function countResults(rows: readonly { promotion: Promotion; award: Award | null }[]): YearEndCounts {
  const count = (...wanted: Promotion[]) => rows.filter(row => wanted.includes(row.promotion)).length;
  const awarded = (award: Award) => rows.filter(row => row.award === award).length;
  return {
    pupils: rows.length, promoted: count('promoted'), reassess: count('reassess'),
    summerTraining: count('summer-training', 'summer-training-then-reassess'), repeat: count('repeat'), incomplete: count('incomplete'),
    support: count('support'), principalDecides: count('principal-decides'),
    awards: { XS: awarded('XS'), G: awarded('G'), TT: awarded('TT'), TB: awarded('TB') },
  };
}

/** Computes and files the results, class by class: a stop leaves whole classes done. Approved results stay as they are; the overview tells where they differ. */
export async function compute(ctx: JobContext, { year, classId }: CheckedInputOf<YearEnd['compute']>): Promise<YearEndCounts> {
  const classes = classesOf(ctx.db, year).filter(found => classId === undefined || found.id === classId).map(found => ({ ...found, year }));
  if (classes.length === 0) throw new AppError('classes.none', { params: { year } });
  if (schoolYear(ctx.db, year).state === 'closed') throw new AppError('yearEnd.yearClosed');
  const all: Pick<ResultValues, 'promotion' | 'award'>[] = [];
  for (const [index, found] of classes.entries()) {
    stopIfCancelled(ctx.signal);
    ctx.progress(index, classes.length, found.name);
    ctx.write({ path: 'rule', reason: null }, write => {
      const stored = resultsOfClass(write.db, found.id);
      const stage = stageOf(approvalsOfClass(write.db, found.id));
      let saved = 0;
      const results = isAsPrinted(write.db, found) ? printedClass(write.db, found).map(({ values }) => values) : assessClass(write.db, found.id).map(resultValues);
      for (const fresh of results) {
        const filed = stored.get(fresh.enrolment_id);
        const files = mayFile(stage, filed, fresh);
        if (files) saved += Number(saveResult(write.db, write.stamp, filed, fresh));
        all.push(files ? fresh : filed ?? fresh);
      }
      if (saved > 0) write.changed('yearEnd', found.id);
    });
    // Other calls of the school get their turn between two classes.
    await new Promise(resolve => { setImmediate(resolve); });
  }
  ctx.progress(classes.length, classes.length, '');
  return countResults(all);
}

/** What the overview shows of a class, without the pupils' marks. */
interface ClassLook {
  pupils: PupilLook[];
  undecided: number;
  withoutConduct: number;
}

interface PupilLook {
  member: ClassMember;
  fresh: ResultValues;
  conduct: YearResultRow['conduct1'][];
  awardCandidate: boolean;
  flags: string[];
}

const looks = new KeptByClass<ClassLook>();

function lookAt(db: ReadHandle, classId: string): ClassLook {
  const assessed = assessClass(db, classId);
  return {
    undecided: countUndecided(db, classId, assessed), withoutConduct: assessed.filter(lacksConduct).length,
    pupils: assessed.map(pupil => {
      const { facts, assessment } = pupil;
      return {
        member: facts.member, fresh: resultValues(pupil), conduct: facts.pupil.ruleSet === 'TT27-2020' ? [null, null] : [...facts.pupil.conduct],
        awardCandidate: assessment.ruleSet === 'TT27-2020' && assessment.awardCandidate, flags: flagsOf(pupil),
      };
    }),
  };
}

/** The results as they stand now, beside what is filed: `isStale` when they are no longer the same. A teacher sees those of his own classes. */
export function overview({ db, session }: ReadContext, { year, classId }: CheckedInputOf<YearEnd['overview']>): YearEndOverview {
  const own = ownClasses(db, session);
  const isShown = (id: string) => (classId === undefined || id === classId) && (own?.has(id) ?? true);
  const classes = classesOf(db, year).filter(found => isShown(found.id)).map(found => ({ ...found, year }));
  const rows: YearResultRow[] = [];
  const missing: YearEndOverview['missing'] = [];
  const board = new YearEndBoard(db, year);
  // One class is worked out as it stands; of the school only what has changed since the last look.
  const kept = classId === undefined ? looks.refresh(db) : null;
  let computedAt: string | null = null;
  for (const found of classes) {
    const stored = resultsOfClass(db, found.id);
    if (isAsPrinted(db, found)) {
      const printed = printedClass(db, found);
      board.addClass(found, printed.length, undecidedPrinted(printed));
      printed.forEach((pupil, index) => {
        const filed = stored.get(pupil.member.enrolment_id);
        if (filed && (computedAt === null || filed.computed_at > computedAt)) computedAt = filed.computed_at;
        rows.push(printedRow(pupil, board.addPupil(found, { member: pupil.member, fresh: pupil.values }, filed), index + 1, found));
      });
      continue;
    }
    const { pupils, undecided, withoutConduct } = kept === null ? lookAt(db, found.id) : kept(found.id, () => lookAt(db, found.id));
    board.addClass(found, pupils.length, undecided);
    pupils.forEach((pupil, index) => {
      const filed = stored.get(pupil.fresh.enrolment_id);
      if (filed && (computedAt === null || filed.computed_at > computedAt)) computedAt = filed.computed_at;
      rows.push(resultRow(pupil, board.addPupil(found, pupil, filed), index + 1, found));
    });
    if (withoutConduct > 0) missing.push({ className: found.name, what: text('yearEnd.missingConduct'), count: withoutConduct, route: `/grades/class/${found.id}` });
    board.addMissing(found.id, withoutConduct);
  }
  for (const sheet of sheetsWithProgress(db, year, classId)) {
    const short = sheet.pupils * columnsOf(sheet).length - sheet.filled;
    if (short > 0 && isShown(sheet.class_id)) {
      board.addMissing(sheet.class_id, short);
      missing.push({
        className: sheet.class_name, what: text('yearEnd.missingMarks', { sheet: sheetTitle(sheet) }),
        count: short, route: `/grades/sheet/${sheet.id}`,
      });
    }
  }
  return { ...countResults(rows), classId: classId ?? null, year, missing, rows, computedAt, isStale: board.isStale, classes: board.classes, differences: board.differences };
}

function lacksConduct({ facts: { pupil } }: AssessedPupil): boolean {
  if (pupil.ruleSet === 'TT27-2020') return false;
  return pupil.conduct.includes(null) || (pupil.ruleSet !== 'TT22-2021' && pupil.conductYear === null);
}

function printedRow({ member, values: { flags } }: PrintedPupil, shown: Omit<ResultValues, 'enrolment_id'>, order: number, found: { name: string; grade: number }): YearResultRow {
  return {
    enrolmentId: member.enrolment_id, order, code: member.code ?? '', name: member.name, className: found.name, grade: found.grade, ruleSet: 'AS-PRINTED',
    learning1: null, learning2: null, learningYear: null, conduct1: null, conduct2: null, conductYear: null, averageYear: null, overall: null, completedProgramme: null,
    absences: shown.absences, promotionYear: shown.promotion_year, promotion: shown.promotion, award: null, awardCandidate: false, flags: JSON.parse(flags) as string[],
  };
}

function resultRow({ member, conduct, awardCandidate, flags }: PupilLook, fresh: Omit<ResultValues, 'enrolment_id'>, order: number, found: { name: string; grade: number }): YearResultRow {
  const [conduct1 = null, conduct2 = null] = conduct;
  return {
    enrolmentId: member.enrolment_id, order, code: member.code ?? '', name: member.name, className: found.name, grade: found.grade, ruleSet: fresh.rule_set,
    learning1: fresh.learning1, learning2: fresh.learning2, learningYear: fresh.learning_year, conduct1, conduct2, conductYear: fresh.conduct_year,
    averageYear: fresh.average_year, overall: fresh.overall, completedProgramme: fresh.completed_programme === null ? null : fresh.completed_programme === 1,
    absences: fresh.absences, promotionYear: fresh.promotion_year, promotion: fresh.promotion, award: fresh.award,
    awardCandidate, flags,
  };
}

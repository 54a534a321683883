import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { Promotion, yearEnd, YearEndCounts, YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import type { ReadHandle, WriteHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord, type Stamp } from '../../db/records.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { classesOf, findClass } from '../school/school-class-store.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { sheetsWithProgress } from '../grades/grades-store.ts';
import { subjectName } from '../grades/grades-service.ts';
import { pupilFactsOfClass, readingsOf, type PupilFacts } from '../grades/pupil-facts.ts';
import { explainPupil } from '../grades/rules/explain-pupil.ts';
import { assess22, type Assessment22 } from '../grades/rules/tt22-2021.ts';
import { termRecordsOfClass } from '../grades/term-records.ts';
import { AppError } from '../kit/errors.ts';
import { findStudent } from '../students/students-store.ts';
import { explanationWords } from './explanation-words.ts';
import { resultsOfClass } from './year-end-store.ts';

type YearEnd = typeof yearEnd;

export interface AssessedPupil {
  facts: PupilFacts;
  assessment: Assessment22;
}

/** The results as the rules see them at this moment, nothing written. */
export function assessClass(db: ReadHandle, classId: string): AssessedPupil[] {
  const found = findClass(db, classId);
  if (!found) throw new AppError('classes.unknown');
  return pupilFactsOfClass(db, classId, found.grade, readingsOf(db)).map(facts => ({ facts, assessment: assess22(facts.pupil) }));
}

type ResultValues = Omit<YearResultTable, 'id' | 'version' | 'device' | 'created_at' | 'updated_at' | 'cancelled' | 'computed_at'>;

/** The stored form of an assessment. */
export function resultValues({ facts, assessment }: AssessedPupil): ResultValues {
  return {
    enrolment_id: facts.member.enrolment_id, rule_set: assessment.ruleSet,
    learning1: assessment.learning[0]?.level ?? null, learning2: assessment.learning[1]?.level ?? null,
    learning_year: assessment.learningYear?.level ?? null, learning_final: assessment.learningFinal?.level ?? null,
    conduct_year: assessment.conductYear, conduct_final: assessment.conductFinal, absences: facts.pupil.absences,
    promotion: assessment.decision.promotion, award: assessment.award, flags: JSON.stringify([...assessment.flags].sort()),
  };
}

function differs(stored: YearResultTable, fresh: ResultValues): boolean {
  return Object.entries(fresh).some(([column, value]) => stored[column as keyof ResultValues] !== value);
}

function saveResult(tx: WriteHandle, stamp: Stamp, stored: YearResultTable | undefined, fresh: ResultValues): boolean {
  if (!stored) insertRecord(tx, stamp, 'year_result', { ...fresh, computed_at: stamp.at });
  else if (differs(stored, fresh)) updateRecord(tx, stamp, 'year_result', stored.id, stored.version, { ...fresh, computed_at: stamp.at });
  else return false;
  return true;
}

export function countResults(rows: readonly { promotion: Promotion; award: 'XS' | 'G' | null }[]): YearEndCounts {
  const count = (...wanted: Promotion[]) => rows.filter(row => wanted.includes(row.promotion)).length;
  return {
    pupils: rows.length, promoted: count('promoted'), reassess: count('reassess'),
    summerTraining: count('summer-training', 'summer-training-then-reassess'), repeat: count('repeat'), incomplete: count('incomplete'),
    awards: { XS: rows.filter(row => row.award === 'XS').length, G: rows.filter(row => row.award === 'G').length },
  };
}

/** Computes and files the results, class by class: a stop leaves whole classes done. */
export async function compute(ctx: JobContext, { year, classId }: CheckedInputOf<YearEnd['compute']>): Promise<YearEndCounts> {
  const classes = classesOf(ctx.db, year).filter(found => classId === undefined || found.id === classId);
  if (classes.length === 0) throw new AppError('classes.none', { params: { year } });
  const all: ResultValues[] = [];
  for (const [index, found] of classes.entries()) {
    stopIfCancelled(ctx.signal);
    ctx.progress(index, classes.length, found.name);
    ctx.write({ path: 'rule', reason: null }, write => {
      const stored = resultsOfClass(write.db, found.id);
      let saved = 0;
      for (const pupil of assessClass(write.db, found.id)) {
        const fresh = resultValues(pupil);
        saved += Number(saveResult(write.db, write.stamp, stored.get(fresh.enrolment_id), fresh));
        all.push(fresh);
      }
      if (saved > 0) write.changed('yearEnd', found.id);
    });
    // Other calls of the school get their turn between two classes.
    await new Promise(resolve => { setImmediate(resolve); });
  }
  ctx.progress(classes.length, classes.length, '');
  return countResults(all);
}

/** The results as they stand now, beside what is filed: `isStale` when they are no longer the same. */
export function overview({ db }: ReadContext, { year, classId }: CheckedInputOf<YearEnd['overview']>): YearEndOverview {
  const classes = classesOf(db, year).filter(found => classId === undefined || found.id === classId);
  const rows: YearResultRow[] = [];
  const missing: YearEndOverview['missing'] = [];
  let isStale = false;
  let computedAt: string | null = null;
  for (const found of classes) {
    const stored = resultsOfClass(db, found.id);
    const records = new Map(termRecordsOfClass(db, found.id).map(record => [`${record.enrolment_id}/${record.term}`, record.conduct]));
    let withoutConduct = 0;
    assessClass(db, found.id).forEach((pupil, index) => {
      const fresh = resultValues(pupil);
      const filed = stored.get(fresh.enrolment_id);
      if (!filed || differs(filed, fresh)) isStale = true;
      if (filed && (computedAt === null || filed.computed_at > computedAt)) computedAt = filed.computed_at;
      const conduct = ([1, 2] as const).map(term => records.get(`${fresh.enrolment_id}/${term}`) ?? null);
      withoutConduct += Number(conduct.includes(null));
      rows.push({
        enrolmentId: fresh.enrolment_id, order: index + 1, code: pupil.facts.member.code ?? '', name: pupil.facts.member.name, className: found.name,
        learning1: fresh.learning1, learning2: fresh.learning2, learningYear: fresh.learning_year,
        conduct1: conduct[0] ?? null, conduct2: conduct[1] ?? null, conductYear: fresh.conduct_year, absences: fresh.absences,
        promotion: fresh.promotion, award: fresh.award, flags: JSON.parse(fresh.flags) as string[],
      });
    });
    if (withoutConduct > 0) missing.push({ className: found.name, what: text('yearEnd.missingConduct'), count: withoutConduct, route: `/grades/class/${found.id}` });
  }
  for (const sheet of sheetsWithProgress(db, year, classId)) {
    const short = sheet.pupils * columnsOf(sheet.ongoing).length - sheet.filled;
    if (short > 0) {
      missing.push({
        className: sheet.class_name, what: text('yearEnd.missingMarks', { subject: subjectName(sheet.subject, sheet.grade), term: sheet.term }),
        count: short, route: `/grades/sheet/${sheet.id}`,
      });
    }
  }
  return { ...countResults(rows), classId: classId ?? null, year, missing, rows, computedAt, isStale };
}

export function explain({ db }: ReadContext, { enrolmentId }: CheckedInputOf<YearEnd['explain']>) {
  const student = findStudent(db, enrolmentId);
  const assessed = student && assessClass(db, student.classId).find(({ facts }) => facts.member.enrolment_id === enrolmentId);
  if (!student || !assessed) throw new AppError('students.unknown');
  return { name: student.name, because: explanationWords(explainPupil(assessed.facts.pupil, assessed.assessment), assessed.facts.pupil) };
}

import { sql, type ReadHandle } from '../../db/handle.ts';
import type { SummerSubject, SummerTraining, SummerValue } from '../../preload/contract/year-end-steps.ts';
import type { MarkLevel, RuleSetCode } from '../../preload/contract/grades.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import type { ReassessmentTable } from '../../db/schema/year-end.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { subjectByCode, TRAITS } from '../../resources/catalogues/subject-catalogue.ts';
import { markText, tenthsText } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { REASSESSED_BELOW } from '../grades/rules/subject-results.ts';
import { END_OF_YEAR } from '../grades/primary-facts.ts';

/** A pupil whose year was approved without being settled, with all that the summer may and did bring. */
export interface SummerFacts {
  result: YearResultTable;
  enrolmentId: string;
  name: string;
  code: string;
  classId: string;
  className: string;
  grade: number;
  homeroomStaffId: string | null;
  subjects: SummerSubject[];
  training: SummerTraining | null;
  /** Who said that no further subject is assessed again, and why. */
  over: { by: string; reason: string } | null;
}

export interface SummerScope {
  year: string;
  classId?: string | undefined;
  enrolmentId?: string | undefined;
}

/** Decisions of the year that lead into the summer. */
const reassessed = ['reassess', 'summer-training-then-reassess', 'support'] as const;
const trained = ['summer-training', 'summer-training-then-reassess'] as const;
const leadsOn = [...new Set([...reassessed, ...trained])];

export function needsReassessment({ promotion_year: promotion }: Pick<YearResultTable, 'promotion_year'>): boolean {
  return reassessed.some(one => one === promotion);
}

export function needsTraining({ promotion_year: promotion }: Pick<YearResultTable, 'promotion_year'>): boolean {
  return trained.some(one => one === promotion);
}

/** Levels of conduct by rule set, from the best (TT 22/2021 Đ8; TT 58/2011 Đ4). */
export function conductLevels(ruleSet: RuleSetCode): readonly string[] {
  return ruleSet === 'TT22-2021' ? ['T', 'K', 'D', 'CD'] : ['T', 'K', 'TB', 'Y'];
}

/** Everybody of the approved classes whose promotion waits, or waited, for the summer; in the order of the class lists. */
export function summerPupils(db: ReadHandle, scope: SummerScope): SummerFacts[] {
  let query = sql.selectFrom('year_result').innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('year_approval', join => join.onRef('year_approval.class_id', '=', 'school_class.id').on('year_approval.stage', '=', 'year').on('year_approval.cancelled', '=', 0))
    .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.kind', '=', 'moet')
      .on('pupil_code.valid_to', 'is', null).on('pupil_code.cancelled', '=', 0))
    .where('enrolment.year', '=', scope.year).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
    .where('year_result.promotion_year', 'in', leadsOn).where('year_result.cancelled', '=', 0).selectAll('year_result')
    .select(['enrolment.class_id', 'school_class.name as class_name', 'school_class.grade', 'school_class.homeroom_staff_id', 'person.name', 'pupil_code.code']);
  if (scope.classId !== undefined) query = query.where('enrolment.class_id', '=', scope.classId);
  if (scope.enrolmentId !== undefined) query = query.where('enrolment.id', '=', scope.enrolmentId);
  const rows = db.all(query.orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
  const ids = new Set(rows.map(row => row.enrolment_id));
  const ruleSets = new Map(rows.map(row => [row.enrolment_id, row.rule_set]));
  const found = [...secondaryPlaces(db, scope, ruleSets), ...primaryPlaces(db, scope)].filter(place => ids.has(place.enrolmentId));
  const places = Map.groupBy(found, place => place.enrolmentId);
  const entered = new Map(ofScope(db, scope).map(row => [`${row.enrolment_id}/${row.subject}/${row.part}`, row]));
  const trainings = new Map(db.all(inScope(sql.selectFrom('summer_training').innerJoin('enrolment', 'enrolment.id', 'summer_training.enrolment_id')
    .selectAll('summer_training').where('summer_training.cancelled', '=', 0), scope)).map(row => [row.enrolment_id, row]));
  const over = new Map(db.all(inScope(sql.selectFrom('year_decision').innerJoin('enrolment', 'enrolment.id', 'year_decision.enrolment_id')
    .selectAll('year_decision').where('year_decision.cancelled', '=', 0).where('matter', '=', 'noMoreReassessment'), scope)).map(row => [row.enrolment_id, row]));
  return rows.map(row => {
    const said = over.get(row.enrolment_id);
    const training = trainings.get(row.enrolment_id);
    return {
      result: row, enrolmentId: row.enrolment_id, name: row.name, code: row.code ?? '', classId: row.class_id, className: row.class_name, grade: row.grade,
      homeroomStaffId: row.homeroom_staff_id,
      subjects: needsReassessment(row) ? (places.get(row.enrolment_id) ?? []).map(place => summerSubject(place, row.grade, entered)) : [],
      training: !needsTraining(row) ? null : {
        task: training?.task ?? '', informedOn: training?.informed_on ?? null, reportOn: training?.report_on ?? null, proposedOn: training?.proposed_on ?? null,
        level: training?.level ?? null, decisionNo: training?.decision_no ?? '',
      },
      over: said ? { by: said.decided_by, reason: said.reason } : null,
    };
  });
}

/** A value low enough to be assessed again, as the year left it. */
interface LowPlace {
  enrolmentId: string;
  subject: string;
  part: string;
  tenths: number | null;
  level: string | null;
}

/**
 * Secondary: subjects below 5,0 or Chưa đạt over the year (TT 22/2021 Đ14, TT 58/2011 Đ16). Strands on sheets of their own are, under
 * TT 22/2021, one subject that is assessed again as one.
 */
function secondaryPlaces(db: ReadHandle, scope: SummerScope, ruleSets: ReadonlyMap<string, RuleSetCode>): LowPlace[] {
  const rows = db.all(inScope(sql.selectFrom('subject_average').innerJoin('enrolment', 'enrolment.id', 'subject_average.enrolment_id')
    .where(({ or, eb }) => or([eb('subject_average.year', '<', REASSESSED_BELOW), eb('subject_average.level_year', '=', 'CD')]))
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .select(['subject_average.enrolment_id', 'subject_average.subject', 'subject_average.year', 'subject_average.level_year', 'school_class.grade']), scope));
  const places = rows.map(row => ({
    enrolmentId: row.enrolment_id, part: 'year', tenths: row.year, level: row.level_year,
    subject: (ruleSets.get(row.enrolment_id) === 'TT22-2021' ? subjectByCode(row.subject, row.grade)?.strandOf : undefined) ?? row.subject,
  }));
  return [...new Map(places.map(place => [`${place.enrolmentId}/${place.subject}`, place])).values()];
}

/** Primary: what stands below "Hoàn thành" at the end of the year: a level C, a test below 5 (TT 27/2020 Đ9, Đ11). */
function primaryPlaces(db: ReadHandle, scope: SummerScope): LowPlace[] {
  const rows = db.all(inScope(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').innerJoin('enrolment', 'enrolment.id', 'mark.enrolment_id')
    .where('grade_sheet.rule_set', '=', 'TT27-2020').where('grade_sheet.term', '=', END_OF_YEAR).where('grade_sheet.cancelled', '=', 0)
    .where(({ or, eb }) => or([eb('mark.level', '=', 'C'), eb('mark.tenths', '<', REASSESSED_BELOW)]))
    .select(['mark.enrolment_id', 'grade_sheet.subject', 'mark.col', 'mark.tenths', 'mark.level']), scope));
  return rows.map(row => ({ enrolmentId: row.enrolment_id, subject: row.subject, part: row.col, tenths: row.tenths, level: row.level }));
}

interface Scoped<Query> { where(column: 'enrolment.year' | 'enrolment.class_id' | 'enrolment.id', operator: '=', value: string): Query }

/** Narrows a query that has joined `enrolment`. */
function inScope<Query extends Scoped<Query>>(query: Query, { year, classId, enrolmentId }: SummerScope): Query {
  if (enrolmentId !== undefined) return query.where('enrolment.id', '=', enrolmentId);
  return classId === undefined ? query.where('enrolment.year', '=', year) : query.where('enrolment.class_id', '=', classId);
}

function ofScope(db: ReadHandle, scope: SummerScope): ReassessmentTable[] {
  return db.all(inScope(sql.selectFrom('reassessment').innerJoin('enrolment', 'enrolment.id', 'reassessment.enrolment_id').selectAll('reassessment')
    .where('reassessment.cancelled', '=', 0), scope));
}

function summerSubject(place: LowPlace, grade: number, entered: ReadonlyMap<string, ReassessmentTable>): SummerSubject {
  const row = entered.get(`${place.enrolmentId}/${place.subject}/${place.part}`);
  return {
    subject: place.subject, part: place.part, name: placeName(place, grade), takes: whatItTakes(place),
    original: place.tenths === null ? (place.level === null ? '' : markText({ state: 'level', level: place.level as MarkLevel }) ?? '') : place.part === 'kt' ? String(place.tenths / 10) : tenthsText(place.tenths),
    again: valueIn(row), takenOn: row?.taken_on ?? '', paper: row?.paper ?? '',
  };
}

function placeName({ subject, part }: LowPlace, grade: number): string {
  const column = hasText(`grades.column.${part}`) ? text(`grades.column.${part}`) : part;
  if (part === 'year') return subjectName(subject, grade);
  return subject === TRAITS ? column : `${subjectName(subject, grade)} · ${column}`;
}

function whatItTakes({ subject, part, level }: LowPlace): SummerSubject['takes'] {
  if (part === 'kt') return 'whole';
  if (part === 'muc') return ['T', 'H', 'C'];
  if (subject === TRAITS) return ['T', 'D', 'C'];
  return level === null ? 'tenths' : ['D', 'CD'];
}

function valueIn(row: ReassessmentTable | undefined): SummerValue {
  if (!row) return { state: 'empty' };
  if (row.tenths !== null) return { state: 'score', tenths: row.tenths };
  return row.level === null ? { state: 'absent' } : { state: 'level', level: row.level as MarkLevel };
}

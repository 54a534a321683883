import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { curriculum, CurriculumField } from '../../preload/contract/curriculum.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { ongoingCount, subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { requireClass } from '../school/school-class-store.ts';
import { schoolYear } from '../school/school-store.ts';
import { fitSheets } from './class-sheets.ts';
import { catalogueRows, departures, editableFields, mayRemove, type CurriculumSubject } from './curriculum-rules.ts';
import { carryCurriculum, classesOfGrade, classSubjects, saveClusterTerm, startCurriculum } from './curriculum-store.ts';

type Curriculum = typeof curriculum;
type Place = { year: string; grade: number; subject: string };

function requireOpen({ db }: WriteContext, year: string): void {
  if (schoolYear(db, year).state === 'closed') throw new AppError('grades.yearClosed');
}

const nameOf = ({ subject, grade, year }: Place) => subjectByCode(subject, grade, year)?.name[currentLanguage()] ?? subject;

/** @throws AppError `curriculum.notTaught` when the grade does not have the subject */
function requireRow(ctx: WriteContext, place: Place) {
  requireOpen(ctx, place.year);
  const row = startCurriculum(ctx, place.year, place.grade).find(found => found.subject === place.subject);
  if (!row) throw new AppError('curriculum.notTaught', { params: { subject: nameOf(place), grade: place.grade }, field: 'subject' });
  return row;
}

/** Sheets of every class of the grade follow the table. */
function fitGrade(ctx: WriteContext, { year, grade }: Pick<Place, 'year' | 'grade'>): { sheets: number } {
  const sheets = fitSheets(ctx, classesOfGrade(ctx.db, year, grade));
  ctx.changed('curriculum', year);
  return { sheets };
}

/**
 * @throws AppError `curriculum.fixedByRule` for a field the regulation fixes, `curriculum.tooFewOngoing`, `curriculum.reasonMissing`, and those of
 *   {@link fitSheets}
 */
export function saveSubject(ctx: WriteContext, { year, grade, subject, changes, reason }: CheckedInputOf<Curriculum['saveSubject']>): { sheets: number } {
  const row = requireRow(ctx, { year, grade, subject });
  const { ruleSet, article } = ruleSetOf(grade, year);
  const name = nameOf({ subject, grade, year });
  const editable = editableFields(row, ruleSet, subjectByCode(subject, grade, year));
  const fixed = (Object.keys(changes) as CurriculumField[]).find(field => changes[field] !== undefined && !editable.includes(field));
  if (fixed !== undefined) throw new AppError('curriculum.fixedByRule', { params: { subject: name, article }, field: `changes.${fixed}` });
  const periods = changes.periods ?? row.periods;
  const required = ongoingCount(row.kind, periods, ruleSet);
  const ongoing = ruleSet === 'TT58-2011' ? changes.ongoing ?? Math.max(row.ongoing, required) : required;
  if (ongoing < required) throw new AppError('curriculum.tooFewOngoing', { params: { subject: name, required, article }, field: 'changes.ongoing' });
  const wanted: CurriculumSubject = {
    subject, kind: row.kind, choice: changes.choice ?? row.choice, periods, ongoing, periodic: changes.periodic ?? row.periodic,
    tested_at: changes.testedAt === undefined ? row.tested_at : [...new Set(changes.testedAt)].sort((a, b) => a - b).join(','),
    strands: changes.strands ?? row.strands, position: changes.order ?? row.position, reason: reason ?? row.reason,
  };
  const differs = departures(wanted, catalogueRows(year, grade).find(found => found.subject === subject)).length > 0;
  if (differs && wanted.reason === '') throw new AppError('curriculum.reasonMissing', { params: { subject: name }, field: 'reason' });
  updateRecord(ctx.db, ctx.stamp, 'curriculum_subject', row.id, row.version, { ...wanted, reason: differs ? wanted.reason : '' });
  return fitGrade(ctx, { year, grade });
}

/** Takes a subject of the catalogue into the grade's table. @throws AppError `curriculum.notInCatalogue`, `curriculum.subjectKnown` */
export function addSubject(ctx: WriteContext, { year, grade, subject }: CheckedInputOf<Curriculum['addSubject']>): { sheets: number } {
  requireOpen(ctx, year);
  const rows = startCurriculum(ctx, year, grade);
  const params = { subject: nameOf({ subject, grade, year }), grade };
  const row = catalogueRows(year, grade).find(found => found.subject === subject);
  if (!row) throw new AppError('curriculum.notInCatalogue', { params, field: 'subject' });
  if (rows.some(found => found.subject === subject)) throw new AppError('curriculum.subjectKnown', { params, field: 'subject' });
  insertRecord(ctx.db, ctx.stamp, 'curriculum_subject', { year, grade, ...row, position: Math.max(0, ...rows.map(found => found.position)) + 1 });
  return fitGrade(ctx, { year, grade });
}

/** @throws AppError `curriculum.mayNotRemove` for what the programme makes compulsory, and those of {@link fitSheets} */
export function removeSubject(ctx: WriteContext, { year, grade, subject }: CheckedInputOf<Curriculum['removeSubject']>): { sheets: number } {
  const row = requireRow(ctx, { year, grade, subject });
  if (!mayRemove(ruleSetOf(grade, year).ruleSet, subjectByCode(subject, grade, year))) {
    throw new AppError('curriculum.mayNotRemove', { params: { subject: nameOf({ subject, grade, year }) }, field: 'subject' });
  }
  cancelRecord(ctx.db, ctx.stamp, 'curriculum_subject', row.id, row.version);
  for (const found of classesOfGrade(ctx.db, year, grade)) {
    for (const chosen of classSubjects(ctx.db, found.id)) {
      if (chosen.subject === subject) cancelRecord(ctx.db, ctx.stamp, 'class_subject', chosen.id, chosen.version);
    }
  }
  return fitGrade(ctx, { year, grade });
}

/** A grade that has come under another regulation since starts from the catalogue instead. @throws AppError `curriculum.nothingToCopy` */
export function copyYear(ctx: WriteContext, { from, to }: CheckedInputOf<Curriculum['copyYear']>): { grades: number[] } {
  requireOpen(ctx, to);
  const grades = Array.from({ length: 12 }, (_, index) => index + 1).filter(grade => carryCurriculum(ctx, from, to, grade));
  if (grades.length === 0) throw new AppError('curriculum.nothingToCopy', { params: { from, to } });
  ctx.changed('curriculum', to);
  return { grades };
}

/** Where the mark of a topic cluster stands: the school's own reading, since TT 22/2021 Đ6 k3 does not say. */
export function setClusterTerm(ctx: WriteContext, { year, term }: CheckedInputOf<Curriculum['setClusterTerm']>): { sheets: number } {
  requireOpen(ctx, year);
  saveClusterTerm(ctx, year, term);
  const sheets = [10, 11, 12].reduce((sum, grade) => sum + fitSheets(ctx, classesOfGrade(ctx.db, year, grade)), 0);
  ctx.changed('curriculum', year);
  return { sheets };
}

/** The electives, optional subjects and topic clusters of a class, all of them. @throws AppError `curriculum.clusterWithoutMarks` */
export function saveClass(ctx: WriteContext, { classId, subjects }: CheckedInputOf<Curriculum['saveClass']>): { sheets: number } {
  const found = requireClass(ctx.db, classId);
  const wanted = new Map(subjects.map(row => [row.subject, row]));
  for (const { subject, hasCluster } of wanted.values()) {
    const row = requireRow(ctx, { year: found.year, grade: found.grade, subject });
    if (hasCluster && (row.kind !== 'score' || found.grade < 10)) {
      throw new AppError('curriculum.clusterWithoutMarks', { params: { subject: nameOf({ subject, grade: found.grade, year: found.year }) }, field: 'subjects' });
    }
    if (row.choice === 'compulsory' && !hasCluster) wanted.delete(subject);
  }
  requireOpen(ctx, found.year);
  for (const known of classSubjects(ctx.db, classId)) {
    const row = wanted.get(known.subject);
    wanted.delete(known.subject);
    if (!row) cancelRecord(ctx.db, ctx.stamp, 'class_subject', known.id, known.version);
    else if (Number(row.hasCluster) !== known.has_cluster) {
      updateRecord(ctx.db, ctx.stamp, 'class_subject', known.id, known.version, { has_cluster: row.hasCluster ? 1 : 0 });
    }
  }
  for (const { subject, hasCluster } of wanted.values()) {
    insertRecord(ctx.db, ctx.stamp, 'class_subject', { class_id: classId, subject, has_cluster: hasCluster ? 1 : 0 });
  }
  const sheets = fitSheets(ctx, [found]);
  ctx.changed('curriculum', found.year);
  return { sheets };
}

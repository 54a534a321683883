import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { ClassSubjectTable, CurriculumSubjectTable } from '../../db/schema/curriculum.ts';
import type { GradeSheetTable } from '../../db/schema/grades.ts';
import type { SchoolClassTable } from '../../db/schema/people.ts';
import type { ClusterTerm } from '../../preload/contract/curriculum.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { WriteContext } from '../call/context.ts';
import { readSetting, writeSetting } from '../school/school-store.ts';
import { catalogueRows, type CurriculumSubject } from './curriculum-rules.ts';

const storedRowsQuery = prepare<{ year: string; grade: number }, CurriculumSubjectTable>(p => sql.selectFrom('curriculum_subject').selectAll()
  .where('year', '=', p('year')).where('grade', '=', p('grade')).where('cancelled', '=', 0).orderBy('position').orderBy('subject'));

/** What the school stored for a grade; empty before it or a class of it came into being. */
export function storedRows(db: ReadHandle, year: string, grade: number): CurriculumSubjectTable[] {
  return storedRowsQuery(db, { year, grade });
}

/** The table of a grade: the school's own, or that of the catalogue while nothing is stored. */
export function curriculumRows(db: ReadHandle, year: string, grade: number): CurriculumSubject[] {
  const stored = storedRows(db, year, grade);
  return stored.length > 0 ? stored : catalogueRows(year, grade);
}

/** Stores the catalogue's table of a grade where the school has none yet, so that a later catalogue changes no past year. */
export function startCurriculum({ db, stamp }: Pick<WriteContext, 'db' | 'stamp'>, year: string, grade: number): CurriculumSubjectTable[] {
  if (storedRows(db, year, grade).length === 0) {
    for (const row of catalogueRows(year, grade)) insertRecord(db, stamp, 'curriculum_subject', { year, grade, ...row });
  }
  return storedRows(db, year, grade);
}

/**
 * Gives a grade of `to` the table it had in `from` and answers whether it did: not where it has one already, nor where another regulation applies
 * since, whose catalogue it starts from then.
 */
export function carryCurriculum({ db, stamp }: Pick<WriteContext, 'db' | 'stamp'>, from: string, to: string, grade: number): boolean {
  const rows = storedRows(db, from, grade);
  if (rows.length === 0 || storedRows(db, to, grade).length > 0 || ruleSetOf(grade, from).ruleSet !== ruleSetOf(grade, to).ruleSet) return false;
  for (const { subject, kind, choice, periods, ongoing, periodic, tested_at: testedAt, strands, position, reason } of rows) {
    insertRecord(db, stamp, 'curriculum_subject', { year: to, grade, subject, kind, choice, periods, ongoing, periodic, tested_at: testedAt, strands, position, reason });
  }
  return true;
}

/** Where a subject stands among those of its grade: as the school has ordered them, a strand where its subject stands, the rest by the transcript. */
export function subjectOrder(db: ReadHandle, year: string): (place: { grade: number; subject: string }) => number {
  const rows = db.all(sql.selectFrom('curriculum_subject').select(['grade', 'subject', 'position']).where('year', '=', year).where('cancelled', '=', 0));
  const positions = new Map(rows.map(row => [`${row.grade}/${row.subject}`, row.position]));
  return ({ grade, subject }) => {
    const known = subjectByCode(subject, grade, year);
    // Strands follow each other in the order of their subject.
    const strands = known?.strandOf === undefined ? [] : subjectByCode(known.strandOf, grade, year)?.strands ?? [];
    return (positions.get(`${grade}/${known?.strandOf ?? subject}`) ?? known?.transcriptOrder ?? 99) + Math.max(0, strands.indexOf(subject)) / 10;
  };
}

const classSubjectsQuery = prepare<{ classId: string }, ClassSubjectTable>(p => sql.selectFrom('class_subject').selectAll()
  .where('class_id', '=', p('classId')).where('cancelled', '=', 0));

export function classSubjects(db: ReadHandle, classId: string): ClassSubjectTable[] {
  return classSubjectsQuery(db, { classId });
}

export function classSubjectsOfYear(db: ReadHandle, year: string): ClassSubjectTable[] {
  return db.all(sql.selectFrom('class_subject').innerJoin('school_class', 'school_class.id', 'class_subject.class_id').selectAll('class_subject')
    .where('school_class.year', '=', year).where('class_subject.cancelled', '=', 0));
}

export function classesOfGrade(db: ReadHandle, year: string, grade: number): SchoolClassTable[] {
  return db.all(sql.selectFrom('school_class').selectAll().where('year', '=', year).where('grade', '=', grade).where('cancelled', '=', 0).orderBy('name'));
}

const sheetsQuery = prepare<{ classId: string }, GradeSheetTable>(p => sql.selectFrom('grade_sheet').selectAll()
  .where('class_id', '=', p('classId')).where('cancelled', '=', 0));

export function storedSheets(db: ReadHandle, classId: string): GradeSheetTable[] {
  return sheetsQuery(db, { classId });
}

const usedColumnsQuery = prepare<{ sheetId: string }, { col: MarkColumn }>(p => sql.selectFrom('mark').select('col').distinct()
  .where('sheet_id', '=', p('sheetId')).where('state', '<>', 'empty').orderBy('col'));

/** Columns in which something stands. */
export function usedColumns(db: ReadHandle, sheetId: string): MarkColumn[] {
  return usedColumnsQuery(db, { sheetId }).map(row => row.col);
}

const clusterKey = (year: string) => `curriculum.clusterTerm.${year}`;

export function clusterTermOf(db: ReadHandle, year: string): ClusterTerm | null {
  return readSetting<ClusterTerm>(db, clusterKey(year)) ?? null;
}

export function saveClusterTerm({ db, stamp }: WriteContext, year: string, term: ClusterTerm): void {
  writeSetting(db, stamp, clusterKey(year), term);
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ClassCurriculum, curriculum, CurriculumRow, CurriculumView, GradeCurriculum } from '../../preload/contract/curriculum.ts';
import { schoolLevels, levelOfGrade } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { ruleSetOf } from '../../resources/catalogues/rule-sets.ts';
import { subjectByCode, subjectsOfGrade } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { levelsOf, schoolYear, schoolYears, theSchool } from '../school/school-store.ts';
import {
  catalogueRows, CLUSTERS_OF_CLASS, departures, editableFields, ELECTIVES_OF_CLASS, mayRemove, type ClassSubject, type CurriculumSubject,
} from './curriculum-rules.ts';
import { classSubjectsOfYear, clusterTermOf, storedRows } from './curriculum-store.ts';

type Curriculum = typeof curriculum;

const nameOf = (code: string, grade: number, year: string) => subjectByCode(code, grade, year)?.name[currentLanguage()] ?? code;

/** What the school teaches in a year: a table per grade, the choices of its classes. */
export function view({ db }: ReadContext, { year }: CheckedInputOf<Curriculum['view']>): CurriculumView {
  const state = schoolYear(db, year);
  const classes = db.all(sql.selectFrom('school_class').select(['id', 'name', 'grade']).where('year', '=', year).where('cancelled', '=', 0)
    .orderBy('grade').orderBy('name'));
  const levels = levelsOf(theSchool(db));
  const isTaught = (grade: number) => levels.includes(levelOfGrade(grade)) || classes.some(found => found.grade === grade);
  const taught = Array.from({ length: 12 }, (_, index) => index + 1).filter(isTaught);
  const grades = taught.map(grade => gradeView(db, year, grade));
  const chosen = Map.groupBy(classSubjectsOfYear(db, year), row => row.class_id);
  const before = schoolYears(db).find(found => found.year < year)?.year ?? null;
  return {
    year, isClosed: state.state === 'closed', grades,
    classes: classes.flatMap(found => {
      const rows = grades.find(candidate => candidate.grade === found.grade)?.rows ?? [];
      const shown = classView(found, rows, chosen.get(found.id) ?? []);
      return shown.subjects.length === 0 ? [] : [shown];
    }),
    clusterTerm: clusterTermOf(db, year),
    copyFrom: before !== null && grades.some(({ grade, isStored }) => !isStored && storedRows(db, before, grade).length > 0) ? before : null,
  };
}

function gradeView(db: ReadHandle, year: string, grade: number): GradeCurriculum {
  const { ruleSet, article } = ruleSetOf(grade, year);
  const stored = storedRows(db, year, grade);
  const catalogue = catalogueRows(year, grade);
  const rows: readonly CurriculumSubject[] = stored.length > 0 ? stored : catalogue;
  return {
    grade, ruleSet, article, isStored: stored.length > 0,
    rows: rows.map((row): CurriculumRow => {
      const subject = subjectByCode(row.subject, grade, year);
      return {
        subject: row.subject, name: nameOf(row.subject, grade, year), kind: row.kind, choice: row.choice, periods: row.periods, ongoing: row.ongoing,
        periodic: row.periodic, testedAt: row.tested_at === '' ? [] : row.tested_at.split(',').map(Number), strands: row.strands,
        strandNames: (subject?.strands ?? []).map(code => subjectByCode(code, grade, year)?.short[currentLanguage()] ?? code),
        order: row.position, reason: row.reason, differs: departures(row, catalogue.find(found => found.subject === row.subject)),
        editable: editableFields(row, ruleSet, subject), mayRemove: mayRemove(ruleSet, subject),
      };
    }),
    addable: subjectsOfGrade(grade, year).filter(subject => !rows.some(row => row.subject === subject.code))
      .map(subject => ({ subject: subject.code, name: nameOf(subject.code, grade, year) })),
  };
}

/** What a class may choose: subjects that are not everybody's, and at THPT the topic clusters of its scored subjects. */
function classView(found: { id: string; name: string; grade: number }, rows: readonly CurriculumRow[], chosen: readonly ClassSubject[]): ClassCurriculum {
  const isUpper = levelOfGrade(found.grade) === schoolLevels[2];
  const taken = new Map(chosen.map(row => [row.subject, row]));
  const subjects = rows.filter(row => row.choice !== 'compulsory' || (isUpper && row.kind === 'score')).map(row => ({
    subject: row.subject, name: row.name, choice: row.choice, isTaken: row.choice === 'compulsory' || taken.has(row.subject),
    hasCluster: taken.get(row.subject)?.has_cluster === 1,
  }));
  const hasElectives = isUpper && rows.some(row => row.choice === 'elective');
  return {
    classId: found.id, name: found.name, grade: found.grade, subjects: hasElectives ? subjects : subjects.filter(row => row.choice !== 'compulsory'),
    electives: hasElectives ? { taken: subjects.filter(row => row.choice === 'elective' && row.isTaken).length, needed: ELECTIVES_OF_CLASS } : null,
    clusters: hasElectives ? { taken: subjects.filter(row => row.hasCluster).length, needed: CLUSTERS_OF_CLASS } : null,
  };
}

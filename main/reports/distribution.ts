import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ClassDistribution, Distribution, reports } from '../../preload/contract/reports.ts';
import { sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { ownSheets } from '../gradebook/missing-board.ts';
import { columnTitle } from '../grades/column-words.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { sheetsWithProgress, type SheetProgress } from '../grades/grades-store.ts';
import { AppError } from '../kit/errors.ts';

type Reports = typeof reports;
type Question = CheckedInputOf<Reports['distribution']>;

/** Ranges of marks as the circular's levels cut them (TT 22/2021 Đ9), in tenths from the upper end. */
const ranges = [80, 65, 50, 35, 0] as const;
const levelOrder = ['D', 'CD', 'T', 'H', 'C'] as const;

interface Mark {
  class_id: string;
  tenths: number | null;
  level: string | null;
  count: number;
}

/** How many marks of each value a class has, for a column or for the average of the term: one query for all classes of the grade. */
function marksOf({ db }: ReadContext, { year, grade, subject, term, column }: Question): Mark[] {
  if (column !== 'average') {
    return db.all(sql.selectFrom('mark').innerJoin('grade_sheet', 'grade_sheet.id', 'mark.sheet_id').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
      .innerJoin('enrolment', 'enrolment.id', 'mark.enrolment_id').where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn'])
      .where('school_class.year', '=', year).where('school_class.grade', '=', grade).where('grade_sheet.subject', '=', subject).where('grade_sheet.term', '=', term as 1)
      .where('grade_sheet.cancelled', '=', 0).where('mark.col', '=', column).where('mark.state', '<>', 'empty')
      .select(({ eb, ref, fn }) => [
        'grade_sheet.class_id', eb.case().when('mark.state', '=', 'zeroByRule').then(0).else(ref('mark.tenths')).end().as('tenths'), 'mark.level',
        fn.countAll<number>().as('count'),
      ]).groupBy(['grade_sheet.class_id', 'mark.tenths', 'mark.level', 'mark.state']));
  }
  const [score, level] = term === 1 ? ['term1', 'level1'] as const : ['term2', 'level2'] as const;
  return db.all(sql.selectFrom('subject_average').innerJoin('enrolment', 'enrolment.id', 'subject_average.enrolment_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id').where('school_class.year', '=', year).where('school_class.grade', '=', grade)
    .where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn']).where('subject_average.subject', '=', subject)
    .where(({ or, eb }) => or([eb(`subject_average.${score}`, 'is not', null), eb(`subject_average.${level}`, 'is not', null)]))
    .select(({ fn }) => ['enrolment.class_id', `subject_average.${score} as tenths`, `subject_average.${level} as level`, fn.countAll<number>().as('count')])
    .groupBy(['enrolment.class_id', `subject_average.${score}`, `subject_average.${level}`]));
}

/** Marks of one class by whole mark and by level. */
export function distributionOf(marks: readonly Pick<Mark, 'tenths' | 'level' | 'count'>[]): Pick<ClassDistribution, 'wholes' | 'levels'> {
  const scores = marks.filter(mark => mark.tenths !== null);
  const sum = (some: readonly Pick<Mark, 'count'>[]) => some.reduce((total, mark) => total + mark.count, 0);
  const tenths = (mark: Pick<Mark, 'tenths'>) => mark.tenths ?? 0;
  if (scores.length > 0) {
    return {
      wholes: Array.from({ length: 11 }, (_, whole) => sum(scores.filter(mark => Math.trunc(tenths(mark) / 10) === whole))),
      levels: ranges.map((from, index) => ({ key: `from${from}`, count: sum(scores.filter(mark => tenths(mark) >= from && tenths(mark) < (ranges[index - 1] ?? 101))) })),
    };
  }
  const found = new Set(marks.map(mark => mark.level));
  return { wholes: [], levels: levelOrder.filter(level => found.has(level)).map(level => ({ key: level, count: sum(marks.filter(mark => mark.level === level)) })) };
}

/** @throws AppError `grades.unknownSheet` when no class of the grade has such a sheet, or none that this person may see */
export function distribution(ctx: ReadContext, question: Question): Distribution {
  const isOwn = ownSheets(ctx);
  const sheets = sheetsWithProgress(ctx.db, question.year)
    .filter(sheet => sheet.grade === question.grade && sheet.subject === question.subject && sheet.term === question.term && (isOwn?.(sheet) ?? true));
  const [first] = sheets;
  if (first === undefined) throw new AppError('grades.unknownSheet');
  const marks = Map.groupBy(marksOf(ctx, question), mark => mark.class_id);
  return {
    subjectName: subjectName(first.subject, first.grade), kind: first.kind, columns: columnChoices(first),
    classes: sheets.toSorted((a, b) => a.class_name.localeCompare(b.class_name, 'vi', { numeric: true })).map(sheet => {
      const ofClass = marks.get(sheet.class_id) ?? [];
      return {
        classId: sheet.class_id, className: sheet.class_name, sheetId: sheet.id, pupils: sheet.pupils, ...distributionOf(ofClass),
        missing: Math.max(0, sheet.pupils - ofClass.reduce((total, mark) => total + mark.count, 0)),
      };
    }),
  };
}

function columnChoices(sheet: SheetProgress): Distribution['columns'] {
  const columns = columnsOf(sheet).map(column => ({ column: column as string, title: columnTitle(column, sheet.grade) }));
  return sheet.grade <= 5 ? columns : [...columns, { column: 'average', title: text('reports.distribution.average') }];
}

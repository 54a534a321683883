import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { yearEnd } from '../../preload/contract/year-end.ts';
import type { YearEndList } from '../../preload/contract/year-end-steps.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { logExport, traceLine } from '../accounts/export-trace.ts';
import type { JobContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { printList as printPaper, type ListDocument } from '../kit/print/list-document.ts';
import { ownClasses } from '../school/own-classes.ts';
import { classesOf } from '../school/school-class-store.ts';
import { theSchool } from '../school/school-store.ts';
import { endsLevel } from './roll-over-plan.ts';
import { summerPupils, type SummerFacts } from './summer-pupils.ts';

type Row = YearResultTable & { name: string; birth: string; sex: string; class_id: string; class_name: string; grade: number };

/** Whether a filed result stands in a list. Who was re-assessed or trained stays in that list of the summer. */
export function isListed(list: YearEndList, row: Pick<YearResultTable, 'promotion' | 'promotion_year' | 'award'> & { grade: number }): boolean {
  switch (list) {
    case 'promoted': return row.promotion === 'promoted' && !endsLevel(row.grade);
    case 'completed': return row.promotion === 'promoted' && endsLevel(row.grade);
    case 'repeat': return row.promotion === 'repeat';
    case 'reassess': return ['reassess', 'support', 'summer-training-then-reassess'].includes(row.promotion_year);
    case 'summer': return ['summer-training', 'summer-training-then-reassess'].includes(row.promotion_year);
    default: return row.award === list;
  }
}

function filedResults(db: ReadHandle, year: string, classId?: string): Row[] {
  let query = sql.selectFrom('year_result').innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id').innerJoin('person', 'person.id', 'enrolment.person_id')
    .innerJoin('school_class', 'school_class.id', 'enrolment.class_id').selectAll('year_result')
    .select(['person.name', 'person.birth', 'person.sex', 'enrolment.class_id', 'school_class.name as class_name', 'school_class.grade'])
    .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn']).where('year_result.cancelled', '=', 0);
  if (classId !== undefined) query = query.where('enrolment.class_id', '=', classId);
  return db.all(query.orderBy('school_class.grade').orderBy('school_class.name').orderBy('enrolment.roll'));
}

interface Column {
  id: string;
  align: 'left' | 'center';
  value: (row: Row, summer: SummerFacts | undefined) => string;
}

const level = (value: string | null) => (value === null ? '' : hasText(`yearEnd.level.${value}`) ? text(`yearEnd.level.${value}`) : value);
const learning: Column = { id: 'learning', align: 'center', value: row => level(row.learning_year ?? row.overall_first) };
const conduct: Column = { id: 'conduct', align: 'center', value: row => level(row.conduct_year) };
const absences: Column = { id: 'absences', align: 'center', value: row => String(row.absences) };
const learningNow: Column = { id: 'learningNow', align: 'center', value: row => (row.promotion === row.promotion_year ? '' : level(row.learning_final ?? row.overall)) };
const outcome: Column = { id: 'outcome', align: 'left', value: row => (row.promotion === row.promotion_year ? '' : text(`yearEnd.promotion.${row.promotion}`)) };

/** What the paper shows beside name, birth, sex and class (TT 22/2021 Đ20: the lists a homeroom teacher proposes and the principal approves). */
const columns: Record<YearEndList, readonly Column[]> = {
  promoted: [learning, conduct, absences, { id: 'note', align: 'left', value: row => (row.promotion_year === 'promoted' ? '' : text('yearEnd.paper.afterSummer')) }],
  completed: [learning, conduct, absences, { id: 'note', align: 'left', value: row => (row.promotion_year === 'promoted' ? '' : text('yearEnd.paper.afterSummer')) }],
  repeat: [learning, conduct, absences, { id: 'note', align: 'left', value: row => (row.promotion_year === 'repeat' ? '' : text('yearEnd.paper.afterSummer')) }],
  reassess: [
    learning, { id: 'subjects', align: 'left', value: (_row, summer) => (summer?.subjects ?? []).map(one => `${one.name} (${one.original})`).join('; ') }, learningNow, outcome,
  ],
  summer: [conduct, { id: 'task', align: 'left', value: (_row, summer) => summer?.training?.task ?? '' },
    { id: 'conductNow', align: 'center', value: (_row, summer) => level(summer?.training?.level ?? null) }, outcome],
  XS: [learning, conduct], G: [learning, conduct], TB: [learning], TT: [learning, conduct],
};

/** One of the lists a year ends with, for a class or the school (to a teacher: of his own classes), with letterhead and room to sign. */
export async function printList(ctx: JobContext, { year, classId, list }: CheckedInputOf<(typeof yearEnd)['printList']>): Promise<PdfFile> {
  const classes = classesOf(ctx.db, year);
  const found = classId === undefined ? null : classes.find(one => one.id === classId);
  if (found === undefined) throw new AppError('classes.unknown');
  const title = text(`yearEnd.paper.title.${list}`);
  ctx.progress(0, 1, title);
  const own = ownClasses(ctx.db, ctx.session);
  const rows = filedResults(ctx.db, year, classId).filter(row => (own?.has(row.class_id) ?? true) && isListed(list, row));
  const isSummer = list === 'reassess' || list === 'summer';
  const summer = new Map(isSummer ? summerPupils(ctx.db, { year, classId }).map(one => [one.enrolmentId, one]) : []);
  const school = theSchool(ctx.db);
  const now = ctx.services.clock();
  const isPrimary = rows.every(row => row.rule_set === 'TT27-2020');
  const shown = columns[list].filter(column => !isPrimary || rows.length === 0 || (column.id !== 'conduct' && column.id !== 'conductNow'));
  const heads = ['number', 'name', 'birth', 'female', ...(found === null ? ['class'] : []), ...shown.map(column => column.id)];
  const female = rows.filter(row => row.sex === 'female').length;
  const document: ListDocument = {
    school: { authority: school.superior, name: school.name }, motto: true, title,
    subtitle: [...(found === null ? [] : [text('yearEnd.paper.class', { name: found.name })]), text('yearEnd.paper.year', { year })],
    landscape: isSummer,
    columns: heads.map(id => ({ title: text(`yearEnd.paper.column.${id}`), align: id === 'name' || shown.some(column => column.id === id && column.align === 'left') ? 'left' : 'center' })),
    rows: rows.map((row, index) => [
      String(index + 1), row.name, dateText(row.birth), row.sex === 'female' ? 'x' : '', ...(found === null ? [row.class_name] : []),
      ...shown.map(column => column.value(row, summer.get(row.enrolment_id))),
    ]),
    notes: [text('yearEnd.paper.total', { count: rows.length, female })], place: school.commune, date: vietnamDay(now),
    foot: traceLine(ctx),
    signatures: [
      { title: text(found === null ? 'yearEnd.paper.signMaker' : 'yearEnd.paper.signHomeroom'), how: text('yearEnd.paper.signHow'), name: found?.homeroom ?? '' },
      { title: text('yearEnd.paper.signPrincipal'), how: text('yearEnd.paper.signSeal'), name: '' },
    ],
  };
  const paper = await printPaper(await ctx.services.printer(), document, now);
  ctx.progress(1, 1, title);
  const fileName = `${title}${found === null ? '' : ` ${found.name}`} ${year}.pdf`;
  ctx.write({ path: 'other', reason: null }, tx => { logExport(tx, { what: 'yearEndList', fileName, count: rows.length, purpose: '' }); });
  return { fileName, bytes: paper.pdf, pages: paper.pages };
}

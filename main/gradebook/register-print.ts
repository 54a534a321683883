import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { sealCalls } from '../../preload/contract/gradebook-seals.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { SubjectAverageTable } from '../../db/schema/grades.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { columnsOf, markText, tenthsText } from '../grades/grades-rules.ts';
import { requireSheet, subjectName, termName } from '../grades/grades-service.ts';
import { averagesOfClass, marksOfSheet, membersOf, valueOf, type SheetWithClass } from '../grades/grades-store.ts';
import { vietnamDay, whenText } from '../kit/display.ts';
import { printList, type ListDocument } from '../kit/print/list-document.ts';
import { teachersOf } from '../school/school-class-store.ts';
import { theSchool } from '../school/school-store.ts';
import { canonical, contentOf, hashOf, sealCode } from './seal-content.ts';
import { lastSeal } from './sheet-seals.ts';

/**
 * One subject of the class register (TT 22/2021, sổ theo dõi và đánh giá học sinh theo lớp học): ongoing marks, mid-term, end of term, ĐTBmhk;
 * semester II adds ĐTBmcn and the re-assessment, which is written by hand here. The teacher of the subject signs at the end of the list.
 */
export async function printRegister(ctx: JobContext, { sheetId }: CheckedInputOf<(typeof sealCalls)['printRegister']>): Promise<PdfFile> {
  const sheet = requireSheet(ctx.db, sheetId);
  const title = `${subjectName(sheet.subject, sheet.grade)} ${sheet.class_name}`;
  ctx.progress(0, 1, title);
  const printer = await ctx.services.printer();
  const now = ctx.services.clock();
  const paper = await printList(printer, registerDocument(ctx.db, sheet, now), now);
  ctx.progress(1, 1, title);
  return { fileName: `${text('gradebook.register.file', { subject: subjectName(sheet.subject, sheet.grade), class: sheet.class_name, term: termName(sheet) })}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

export function registerDocument(db: ReadHandle, sheet: SheetWithClass, now: Date): ListDocument {
  const school = theSchool(db);
  const columns = columnsOf(sheet);
  const isSecondary = sheet.kind === 'score' || sheet.kind === 'comment';
  const closing = isSecondary ? ['term', ...(sheet.term === 2 ? ['year', 'again'] : [])] : [];
  const corrections = db.get(sql.selectFrom('correction').where('sheet_id', '=', sheet.id).where('cancelled', '=', 0).select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;
  const teacher = teachersOf(db, sheet.class_id).find(row => row.subject === sheet.subject)?.teacher ?? '';
  const center = (words: string) => ({ title: words, align: 'center' as const });
  return {
    school: { authority: school.superior, name: school.name }, motto: false,
    title: text('gradebook.register.title'),
    subtitle: [
      text('gradebook.register.subject', { subject: subjectName(sheet.subject, sheet.grade), class: sheet.class_name, term: termName(sheet) }),
      text('gradebook.register.year', { year: sheet.year.replace('-', ' – ') }),
    ],
    landscape: false,
    columns: [
      center(text('gradebook.register.column.order')), { title: text('gradebook.register.column.name'), align: 'left' },
      ...columns.map(column => center(text(`grades.column.${column}`))),
      ...closing.map(column => center(text(`gradebook.register.column.${column}.${sheet.kind}`))), { title: text('gradebook.register.column.note'), align: 'left' },
    ],
    rows: rowsOf(db, sheet, columns, closing),
    notes: [text('gradebook.register.corrections', { count: corrections }), sealNote(db, sheet)],
    place: school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, ''), date: vietnamDay(now),
    signatures: [
      { title: text('gradebook.register.homeroom'), how: text('gradebook.register.how'), name: '' }, { title: text('gradebook.register.teacher'), how: text('gradebook.register.how'), name: teacher },
    ],
    foot: sealFoot(db, sheet),
  };
}

function rowsOf(db: ReadHandle, sheet: SheetWithClass, columns: readonly MarkColumn[], closing: readonly string[]): string[][] {
  const averages = new Map(averagesOfClass(db, sheet.class_id, sheet.subject).map(row => [row.enrolment_id, row]));
  const marks = new Map<string, MarkValue>(marksOfSheet(db, sheet.id).map(cell => [`${cell.enrolment_id}/${cell.col}`, valueOf(cell)]));
  return membersOf(db, sheet.class_id).map((member, index) => [
    String(index + 1), member.name,
    ...columns.map(column => markText(marks.get(`${member.enrolment_id}/${column}`) ?? { state: 'empty' }) ?? ''),
    ...closing.map(column => standingText(averages.get(member.enrolment_id), sheet.term, column)), '',
  ]);
}

function standingText(row: SubjectAverageTable | undefined, term: SheetWithClass['term'], column: string): string {
  if (!row || column === 'again') return '';
  const [tenths, level] = column === 'year' ? [row.year, row.level_year] : term === 1 ? [row.term1, row.level1] : [row.term2, row.level2];
  if (tenths !== null) return tenthsText(tenths);
  return level === null ? '' : markText({ state: 'level', level }) ?? '';
}

function sealNote(db: ReadHandle, sheet: SheetWithClass): string {
  const seal = lastSeal(db, sheet.id);
  if (!seal) return text('gradebook.register.notSealed');
  const equal = hashOf(canonical(contentOf(db, sheet, seal.sealed_at, seal.journal_seq))) === seal.hash;
  return text(equal ? 'gradebook.register.sealed' : 'gradebook.register.differs', { code: sealCode(seal.hash), at: whenText(seal.sealed_at) });
}

function sealFoot(db: ReadHandle, sheet: SheetWithClass): string {
  const seal = lastSeal(db, sheet.id);
  return seal ? text('gradebook.register.foot', { code: sealCode(seal.hash), seq: seal.journal_seq }) : text('gradebook.register.footNone');
}

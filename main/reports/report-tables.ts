import type { CrossTable, ReportChoice, SnapshotDifference, Statistics, StatisticsSection } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { missingBoard } from '../gradebook/missing-board.ts';
import { dateText, momentText } from '../kit/display.ts';
import { cross } from './cross-table.ts';
import { difference } from './snapshot-difference.ts';
import { snapshot } from './snapshots.ts';
import { statistics } from './statistics-service.ts';

/** A report as rows and columns, for paper and for a workbook alike. A row with one cell is a heading within the table. */
export interface ReportTable {
  title: string;
  subtitle: string[];
  columns: { title: string; isNumber: boolean }[];
  rows: (string | number | null)[][];
  notes: string[];
}

/** Sections below one another under the columns of all of them; what a section does not count stays blank. */
function sectionsTable({ year, asOf, sections }: Statistics, title: string, extra: string[]): ReportTable {
  const titles = new Map(sections.flatMap(section => section.columns.map(column => [column.key, column.title] as const)));
  const keys = [...titles.keys()].toSorted((a, b) => Number(/^g\d/.test(a)) - Number(/^g\d/.test(b)) || (Number(a.slice(1)) || 0) - (Number(b.slice(1)) || 0));
  const cells = (section: StatisticsSection, counts: readonly number[]) => keys.map(key => {
    const at = section.columns.findIndex(column => column.key === key);
    return at < 0 ? null : counts[at] ?? 0;
  });
  return {
    title, subtitle: [text('reports.print.year', { year }), text('reports.print.asOf', { day: dateText(asOf) }), ...extra],
    columns: [{ title: text('reports.print.indicator'), isNumber: false }, ...keys.map(key => ({ title: titles.get(key) ?? key, isNumber: true }))],
    rows: sections.flatMap(section => [[section.title], ...section.rows.map(row => [`${row.indent === 1 ? '   – ' : ''}${row.title}`, ...cells(section, row.counts)])]),
    notes: sections.map(section => `${section.title}: ${section.how}`),
  };
}

function crossPaper(table: CrossTable, title: string, subtitle: string[], corner: string): ReportTable {
  return {
    title, subtitle,
    columns: [{ title: corner, isNumber: false }, ...table.columns.map(column => ({ title: column.title, isNumber: true })), { title: text('reports.column.total'), isNumber: true }],
    rows: [...table.rows.map(row => [row.title, ...row.counts, row.total]), [text('reports.column.total'), ...table.columns.map(column => column.total), table.total]],
    notes: [],
  };
}

function differenceTable({ numbers, members }: SnapshotDifference, title: string, subtitle: string[]): ReportTable {
  return {
    title, subtitle,
    columns: ['what', 'where', 'before', 'after', 'at', 'by'].map(key => ({ title: text(`reports.print.difference.${key}`), isNumber: false })),
    rows: [
      [text('reports.print.difference.numbers')], ...numbers.map(one => [`${one.section}: ${one.row}`, one.column, one.before, one.after, '', '']),
      [text('reports.print.difference.members')],
      ...members.flatMap(member => (member.changes.length === 0
        ? [[`${member.name} (${member.detail})`, text('reports.difference.noChange'), '', '', '', '']]
        : member.changes.map(change => [`${member.name} (${member.detail})`, change.what, change.before ?? '–', change.after ?? '–', momentText(change.at), change.actor]))),
    ],
    notes: [text('reports.print.difference.note')],
  };
}

/** What a person chose to print or to take along. */
export function reportTable(ctx: ReadContext, choice: ReportChoice): ReportTable {
  switch (choice.of) {
    case 'statistics':
      return sectionsTable(statistics(ctx, choice), text('reports.print.title', { period: text(`reports.period.${choice.period}`) }), []);
    case 'snapshot': {
      const { line, statistics: frozen } = snapshot(ctx, { snapshotId: choice.snapshotId });
      const extra = [text('reports.print.frozen', { at: momentText(line.takenAt), by: line.by, sha: line.sha256.slice(0, 12) }), ...line.note === '' ? [] : [line.note]];
      return sectionsTable(frozen, text('reports.print.title', { period: text(`reports.period.${line.period}`) }), extra);
    }
    case 'difference': {
      const { line } = snapshot(ctx, { snapshotId: choice.snapshotId });
      return differenceTable(difference(ctx, choice), text('reports.print.difference.title'), [line.title, text('reports.print.frozen', { at: momentText(line.takenAt), by: line.by, sha: line.sha256.slice(0, 12) })]);
    }
    case 'cross': {
      const { question } = choice;
      const table = cross(ctx, question);
      const [by, across] = [text(`reports.dimension.${question.rows}`), text(`reports.dimension.${question.columns}`)];
      const filters = question.filters.map(({ by: of, key }) => `${text(`reports.dimension.${of}`)}: ${table.choices[of].find(one => one.key === key)?.title ?? key}`);
      return crossPaper(table, text('reports.print.cross', { rows: by.toLocaleLowerCase('vi'), columns: across.toLocaleLowerCase('vi') }),
        [text('reports.print.year', { year: question.year }), text('reports.print.asOf', { day: dateText(question.asOf) }), ...filters], `${by} \\ ${across}`);
    }
    case 'missing':
      return {
        title: text('reports.print.missing'), subtitle: [text('reports.print.year', { year: choice.year })],
        columns: ['point', 'class', 'subject', 'teacher', 'missing'].map(key => ({ title: text(`reports.board.column.${key}`), isNumber: key === 'missing' })),
        rows: missingBoard(ctx, choice.year).sheets.map(sheet => [text(`gradebook.point.${sheet.point}`), sheet.className, sheet.subjectName, sheet.teacher ?? '', sheet.missing]), notes: [],
      };
  }
}

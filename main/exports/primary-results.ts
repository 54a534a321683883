import { sql, type ReadHandle } from '../../db/handle.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { columnOfTrait } from '../grades/column-words.ts';
import { marksOfSheet, membersOf, sheetsOfClass, valueOf } from '../grades/grades-store.ts';
import { dateText } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import type { MergedArea, WrittenCell, WrittenWorkbook } from '../kit/excel/workbook.ts';
import { TRAIT_CAPTIONS, type Trait } from '../imports/primary-columns.ts';
import { requireClass } from '../school/school-class-store.ts';

interface Column {
  heads: readonly [string, string, string];
  /** `TOAN/muc`, `TOAN/kt`, `trait/patriotism`, or an outcome of the year. */
  key: string;
}

const SUBJECTS = 'Môn học và hoạt động giáo dục';
const level = (name: string, code: string): Column => ({ heads: [SUBJECTS, name, 'Mức đạt được'], key: `${code}/muc` });
const test = (name: string, code: string): Column => ({ heads: [SUBJECTS, name, 'Điểm KTĐK'], key: `${code}/kt` });
const traits = (group: string, names: readonly Trait[]): Column[] => names.map(name => ({ heads: [group, TRAIT_CAPTIONS[name], TRAIT_CAPTIONS[name]], key: `trait/${name}` }));
const alone = (caption: string, key: string): Column => ({ heads: [caption, caption, caption], key });

/**
 * The 35 columns A–AI of the sector database's result form for grades 1 and 2 (KetQuaHocTapImportExcel). What is known of the form names all but
 * one; that a foreign language has a test there too is taken from the number of columns.
 */
const LOWER: readonly Column[] = [
  alone('STT', 'order'), alone('Mã lớp', 'class'), alone('Mã HS', 'code'), alone('Họ tên', 'name'), alone('Ngày sinh', 'birth'),
  level('Toán', 'TOAN'), test('Toán', 'TOAN'), level('Tiếng Việt', 'TV'), test('Tiếng Việt', 'TV'), level('Đạo đức', 'DD'), level('Tự nhiên và Xã hội', 'TNXH'),
  level('Ngoại ngữ', 'NN1'), test('Ngoại ngữ', 'NN1'), level('Tiếng dân tộc', 'TDT'), level('Tin học', 'TIN'), level('Âm nhạc', 'AN'), level('Mĩ thuật', 'MT'),
  level('Hoạt động trải nghiệm', 'HDTN'), level('Giáo dục thể chất', 'GDTC'),
  ...traits('Năng lực chung', ['selfReliance', 'communication', 'problemSolving']), ...traits('Năng lực đặc thù', ['language', 'calculation', 'science', 'aesthetics', 'physical']),
  ...traits('Phẩm chất', ['patriotism', 'compassion', 'diligence', 'honesty', 'responsibility']),
  alone('Hoàn thành CTLH', 'completed'), alone('Lên lớp', 'promoted'), alone('Xếp loại', 'overall'),
];

/** Grades 3 to 5 have other subjects and seven specific competences; the heads stay those of the form. */
const UPPER: readonly Column[] = [
  ...LOWER.slice(0, 10), level('Khoa học', 'KH'), test('Khoa học', 'KH'), level('Lịch sử và Địa lí', 'LSDL'), test('Lịch sử và Địa lí', 'LSDL'), level('Tự nhiên và Xã hội', 'TNXH'),
  level('Ngoại ngữ', 'NN1'), test('Ngoại ngữ', 'NN1'), level('Tiếng dân tộc', 'TDT'), test('Tiếng dân tộc', 'TDT'), level('Tin học', 'TIN'), test('Tin học', 'TIN'), level('Công nghệ', 'CN'), test('Công nghệ', 'CN'),
  ...LOWER.slice(15, 19), ...LOWER.slice(19, 22),
  ...traits('Năng lực đặc thù', ['language', 'calculation', 'science', 'technology', 'informatics', 'aesthetics', 'physical']), ...LOWER.slice(-8),
];

/** Title, the line that marks the copy, then three rows of headers. */
const HEAD_ROW = 3;

/**
 * Levels, tests, traits and the outcome of a class at one point of the year, as the sector database takes them back.
 * @throws AppError `classes.unknown`, `exports.notPrimary`
 */
export function primaryResults(db: ReadHandle, classId: string, point: 1 | 2 | 3 | 4, at: string, mark: string): { workbook: WrittenWorkbook; count: number; className: string } {
  const found = requireClass(db, classId);
  if (found.grade > 5) throw new AppError('exports.notPrimary', { params: { name: found.name } });
  const columns = found.grade <= 2 ? LOWER : UPPER;
  const cells = new Map<string, MarkValue>();
  for (const sheet of sheetsOfClass(db, classId).filter(one => one.term === point)) {
    for (const cell of marksOfSheet(db, sheet.id)) cells.set(`${cell.enrolment_id}/${sheet.kind === 'traits' ? '' : `${sheet.subject}/`}${cell.col}`, valueOf(cell));
  }
  const outcomes = new Map(db.all(sql.selectFrom('year_result').innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id')
    .select(['year_result.enrolment_id', 'year_result.completed_programme', 'year_result.promoted', 'year_result.overall']).where('enrolment.class_id', '=', classId)
    .where('year_result.cancelled', '=', 0)).map(row => [row.enrolment_id, row]));
  const members = membersOf(db, classId);
  const rows = members.map((pupil, index) => columns.map(({ key }): WrittenCell | null => {
    const outcome = point === 4 ? outcomes.get(pupil.enrolment_id) : undefined;
    switch (key) {
      case 'order': return { value: index + 1 };
      case 'class': return { value: found.name, style: 'text' };
      case 'code': return { value: pupil.code, style: 'text' };
      case 'name': return { value: pupil.name, style: 'text' };
      case 'birth': return { value: dateText(pupil.birth), style: 'text' };
      case 'completed': return { value: outcome?.completed_programme === 1 ? 'x' : null };
      case 'promoted': return { value: outcome?.promoted === 1 ? 'x' : null };
      case 'overall': return { value: outcome?.overall ?? null, style: 'text' };
      default: return shown(cells.get(`${pupil.enrolment_id}/${columnOf(key, found.grade)}`));
    }
  }));
  const heads = ([0, 1, 2] as const).map(row => columns.map((column): WrittenCell => ({ value: column.heads[row], style: 'header' })));
  return {
    count: rows.length, className: found.name,
    workbook: {
      createdAt: at,
      sheets: [{
        name: 'Sheet1', page: 'landscape', frozenRows: HEAD_ROW + 2, frozenColumns: 4, merged: mergedHeads(columns), widths: columns.map(({ key }) => ({ order: 5, code: 14, name: 28, birth: 12 })[key] ?? 9),
        rows: [[{ value: `KẾT QUẢ HỌC TẬP LỚP ${found.name} NĂM HỌC ${found.year}`, style: 'title' }], [{ value: mark, style: 'note' }], ...heads, ...rows],
      }],
    },
  };
}

function columnOf(key: string, grade: number): string {
  return key.startsWith('trait/') ? (columnOfTrait(key.slice(6), grade) satisfies MarkColumn | null) ?? '' : key;
}

function shown(value: MarkValue | undefined): WrittenCell | null {
  if (value?.state === 'score') return { value: value.tenths / 10 };
  if (value?.state !== 'level') return null;
  return { value: value.level === 'D' ? 'Đ' : value.level, style: 'text' };
}

/** Equal headers side by side are one; equal ones below each other are one all the way down. */
function mergedHeads(columns: readonly Column[]): MergedArea[] {
  const areas: MergedArea[] = [];
  columns.forEach(({ heads: [top, middle, bottom] }, index) => {
    const column = index + 1;
    if (top === bottom) areas.push({ firstRow: HEAD_ROW, lastRow: HEAD_ROW + 2, firstColumn: column, lastColumn: column });
    else if (middle === bottom) areas.push({ firstRow: HEAD_ROW + 1, lastRow: HEAD_ROW + 2, firstColumn: column, lastColumn: column });
  });
  for (const row of [0, 1] as const) {
    let first = 0;
    columns.forEach(({ heads }, index) => {
      const next = columns[index + 1]?.heads;
      if (next?.[0] === heads[0] && next[row] === heads[row]) return;
      if (first < index && heads[row] !== heads[2]) areas.push({ firstRow: HEAD_ROW + row, lastRow: HEAD_ROW + row, firstColumn: first + 1, lastColumn: index + 1 });
      first = index + 1;
    });
  }
  return areas;
}

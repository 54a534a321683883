import type { MarkValue } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { traitOf } from '../grades/column-words.ts';
import { competenceColumns, qualityColumns } from '../grades/grades-rules.ts';
import type { MergedArea, WrittenCell, WrittenSheet } from '../kit/excel/workbook.ts';
import { FORM_VERSION, formMarkText, sheetName } from './marks-form.ts';
import { TRAIT_CAPTIONS, type Trait } from './primary-columns.ts';

export interface PrimaryFormPupil {
  code: string;
  name: string;
  /** As the list shows it. */
  birth: string;
  /** By column: `TOAN/muc`, `TOAN/kt`, `pc1`, `nl1`. */
  marks: Readonly<Record<string, MarkValue>>;
}

export interface PrimaryFormSheet {
  schoolYear: string;
  className: string;
  grade: number;
  point: 1 | 2 | 3 | 4;
  subjects: readonly { code: string; name: string; short: string; hasTest: boolean; teacher: string }[];
  pupils: readonly PrimaryFormPupil[];
}

const POINT_NAMES = { 1: 'giữa học kì I', 2: 'cuối học kì I', 3: 'giữa học kì II', 4: 'cuối năm' } as const;
const POINT_TABS = { 1: 'Giữa HK I', 2: 'Cuối HK I', 3: 'Giữa HK II', 4: 'Cuối năm' } as const;
/** Title, note, hidden mark, then three rows of headers as in the ministry's form. */
const MARK_ROW = 3;
const HEAD_ROW = 4;
const HEAD_ROWS = 3;

interface FormColumn {
  key: string;
  heads: readonly [string, string, string];
  width: number;
}

const person = (caption: string, width: number): FormColumn => ({ key: '', heads: [caption, caption, caption], width });

function columnsOf({ subjects, grade }: PrimaryFormSheet): FormColumn[] {
  const levels = (caption: string) => ['Môn học và hoạt động giáo dục', caption] as const;
  const traits = (group: string, columns: readonly string[]) => columns.map((key): FormColumn => {
    const trait = traitOf(key as 'pc1', grade) as Trait | null;
    return { key, heads: [group, trait === null ? '' : TRAIT_CAPTIONS[trait], trait === null ? '' : TRAIT_CAPTIONS[trait]], width: 10 };
  });
  const competences = competenceColumns(grade);
  return [
    person('STT', 6), person('Mã lớp', 9), person('Mã HS', 14), person('Họ tên', 28), person('Ngày sinh', 12),
    ...subjects.flatMap((subject): FormColumn[] => [
      { key: `${subject.code}/muc`, heads: [...levels(subject.name), 'Mức đạt được'], width: 8 },
      ...(subject.hasTest ? [{ key: `${subject.code}/kt`, heads: [...levels(subject.name), 'Điểm KTĐK'] as const, width: 8 }] : []),
    ]),
    ...traits('Năng lực chung', competences.slice(0, 3)), ...traits('Năng lực đặc thù', competences.slice(3)), ...traits('Phẩm chất', qualityColumns),
  ];
}

/** The sheet of one class at one point, with the columns of the ministry's form; it can be filled and read again. */
export function primaryFormSheet(form: PrimaryFormSheet): WrittenSheet {
  const columns = columnsOf(form);
  const teachers = form.subjects.map(subject => `${subject.code}:${subject.teacher}`).join(' ');
  const mark = formMarkText({
    form: 'primary', version: FORM_VERSION, schoolYear: form.schoolYear, className: form.className, subjectCode: '', term: String(form.point), kind: '', ongoing: '', teacher: teachers,
  });
  const body = form.pupils.map((pupil, index): WrittenCell[] => [
    { value: index + 1, style: 'locked' }, { value: form.className, style: 'locked' }, { value: pupil.code, style: 'locked' }, { value: pupil.name, style: 'locked' },
    { value: pupil.birth, style: 'locked' }, ...columns.slice(5).map(({ key }): WrittenCell => ({ value: shown(pupil.marks[key]), style: 'input' })),
  ]);
  const heads = ([0, 1, 2] as const).map(row => columns.map((column): WrittenCell => ({ value: column.heads[row], style: 'header' })));
  return {
    name: sheetName(POINT_TABS[form.point]), protected: true, page: 'landscape', hiddenRows: [MARK_ROW], frozenRows: HEAD_ROW + HEAD_ROWS - 1, frozenColumns: 4,
    widths: columns.map(({ width }) => width), merged: mergedHeads(columns),
    rows: [
      [{ value: `KẾT QUẢ ĐÁNH GIÁ ${POINT_NAMES[form.point].toLocaleUpperCase('vi')} · LỚP ${form.className} · NĂM HỌC ${form.schoolYear}`, style: 'title' }],
      [{ value: text('imports.marksForm.note.primary'), style: 'note' }], [{ value: mark, style: 'plain' }], ...heads, ...body,
    ],
  };
}

function shown(value: MarkValue | undefined): string | number | null {
  if (value?.state === 'score') return value.tenths / 10;
  if (value?.state !== 'level') return null;
  return value.level === 'D' ? 'Đ' : value.level;
}

/** Equal headers side by side are one in the first two rows; equal ones below each other are one all the way down. */
function mergedHeads(columns: readonly FormColumn[]): MergedArea[] {
  const areas: MergedArea[] = [];
  const add = (first: number, last: number, top: number, bottom: number): void => {
    if (first < last || top < bottom) areas.push({ firstRow: HEAD_ROW + top, lastRow: HEAD_ROW + bottom, firstColumn: first + 1, lastColumn: last + 1 });
  };
  columns.forEach(({ heads: [top, middle, bottom] }, index) => {
    if (top === bottom) add(index, index, 0, 2);
    else if (middle === bottom) add(index, index, 1, 2);
  });
  for (const row of [0, 1] as const) {
    let first = 0;
    columns.forEach(({ heads }, index) => {
      const next = columns[index + 1]?.heads;
      if (next?.[0] === heads[0] && next[row] === heads[row]) return;
      if (heads[row] !== heads[2]) add(first, index, row, row);
      first = index + 1;
    });
  }
  return areas;
}

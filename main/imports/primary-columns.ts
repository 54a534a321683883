import { allSubjects, subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import type { Sheet } from '../kit/excel/workbook.ts';
import type { FoundTable } from './header-row.ts';
import { cellText, plainHeader } from './import-text.ts';
import { SheetGrid } from './sheet-grid.ts';

/** Official names of TT 27/2020 Đ5, by the names the program gives them; on paper they stay Vietnamese in every language. */
export const TRAIT_CAPTIONS = {
  selfReliance: 'Tự chủ và tự học', communication: 'Giao tiếp và hợp tác', problemSolving: 'Giải quyết vấn đề và sáng tạo',
  language: 'Ngôn ngữ', calculation: 'Tính toán', science: 'Khoa học', technology: 'Công nghệ', informatics: 'Tin học', aesthetics: 'Thẩm mĩ', physical: 'Thể chất',
  patriotism: 'Yêu nước', compassion: 'Nhân ái', diligence: 'Chăm chỉ', honesty: 'Trung thực', responsibility: 'Trách nhiệm',
} as const;
export type Trait = keyof typeof TRAIT_CAPTIONS;

/** A column of a primary results form: who it is, the level or test of a subject, a trait, or what the year ended in. */
export type PrimaryField =
  | 'order' | 'classCode' | 'pupilCode' | 'fullName' | 'birth' | 'completed' | 'promoted' | 'overall' | `muc/${string}` | `kt/${string}` | `trait/${Trait}`;

const PERSON: ReadonlyMap<string, PrimaryField> = new Map([
  ['stt', 'order'], ['tt', 'order'], ['ma lop', 'classCode'], ['lop', 'classCode'], ['ten lop', 'classCode'],
  ['ma hs', 'pupilCode'], ['ma hoc sinh', 'pupilCode'], ['ma dinh danh hs', 'pupilCode'],
  ['ho ten', 'fullName'], ['ho va ten', 'fullName'], ['ngay sinh', 'birth'],
]);
const OUTCOME: ReadonlyMap<string, PrimaryField> = new Map([
  ['hoan thanh ctlh', 'completed'], ['hoan thanh chuong trinh lop hoc', 'completed'], ['len lop', 'promoted'], ['duoc len lop', 'promoted'],
  ['xep loai', 'overall'], ['danh gia kqgd', 'overall'], ['danh gia ket qua giao duc', 'overall'], ['xep loai giao duc', 'overall'],
]);
const TRAITS: ReadonlyMap<string, Trait> = new Map([
  ...(Object.keys(TRAIT_CAPTIONS) as Trait[]).map(trait => [plainHeader(TRAIT_CAPTIONS[trait]), trait] as const),
  ['tham my', 'aesthetics'], ['tu chu va tu hoc (tc-th)', 'selfReliance'], ['giai quyet van de va sang tao (gqvd-st)', 'problemSolving'],
]);
/** Names under which a subject is found beside those of the catalogue. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ['ngoai ngu', 'NN1'], ['nn', 'NN1'], ['tieng anh', 'NN1'], ['tieng dt', 'TDT'], ['tieng dan toc', 'TDT'], ['my thuat', 'MT'], ['mi thuat', 'MT'],
  ['th-cn (tin hoc)', 'TIN'], ['th-cn (cong nghe)', 'CN'], ['nghe thuat (am nhac)', 'AN'], ['nghe thuat (my thuat)', 'MT'], ['hoat dong trai nghiem', 'HDTN'],
  ['tn va xh', 'TNXH'], ['ls va dl', 'LSDL'], ['lich su & dia li', 'LSDL'], ['lich su va dia ly', 'LSDL'], ['the duc', 'GDTC'],
];
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ...allSubjects(['tieu-hoc']).flatMap(subject => [subject, ...(subject.strands ?? []).flatMap(code => subjectByCode(code, 5) ?? [])])
    .flatMap(subject => [subject.name.vi, subject.short.vi, subject.code].map(name => [plainHeader(name), subject.code] as const)),
  ...OTHER_NAMES,
]);
const TEST_WORDS = /^(diem|diem kt|diem ktdk|diem ktdk cuoi ky|kt|ktdk)$/;
const LEVEL_WORDS = /^(muc|muc dat duoc|muc dd|muc danh gia)$/;
const DEEPEST_HEADER = 40;
/** The ministry's form heads its columns in three rows. */
const HEADER_ROWS = 3;

/**
 * The table of a primary results form ("KetQuaHocTapImportExcel" of the sector database, or the program's own sheet of a class at one point), or
 * null. Columns are found by the words over them, whatever their number: groups, subjects, then level and test.
 */
export function findPrimaryTable(sheet: Sheet): FoundTable<PrimaryField> | null {
  const grid = new SheetGrid(sheet);
  for (let row = 1; row <= Math.min(DEEPEST_HEADER, grid.lastRow); row += 1) {
    const code = grid.filledColumns(row).find(column => PERSON.get(plainHeader(cellText(grid.own(row, column)))) === 'pupilCode');
    if (code === undefined) continue;
    const table = readHead(grid, row, code);
    const subjects = [...table.columns.keys()].filter(field => field.startsWith('muc/')).length;
    const traits = [...table.columns.keys()].filter(field => field.startsWith('trait/')).length;
    if (subjects >= 2 || traits >= 3) return table;
  }
  return null;
}

function readHead(grid: SheetGrid, top: number, code: number): FoundTable<PrimaryField> {
  let bottom = grid.area(top, code)?.lastRow ?? top;
  // Not every form merges "Mã HS" down: the head goes on while no pupil has a code.
  while (bottom - top + 1 < HEADER_ROWS && bottom < grid.lastRow && cellText(grid.own(bottom + 1, code)) === '' && grid.filledColumns(bottom + 1).length > 0) bottom += 1;
  const columns = new Map<PrimaryField, { column: number; header: string }>();
  const others: { column: number; header: string }[] = [];
  const twice: { field: PrimaryField; column: number; header: string }[] = [];
  const last = Math.max(...Array.from({ length: bottom - top + 1 }, (_, index) => grid.lastColumn(top + index)));
  for (let column = 1; column <= last; column += 1) {
    const words = [...new Set(Array.from({ length: bottom - top + 1 }, (_, index) => cellText(grid.shown(top + index, column))).filter(word => word !== ''))];
    const header = words.join(' · ');
    const field = fieldOf(words.map(plainHeader));
    if (header === '') continue;
    if (field === undefined) others.push({ column, header });
    else if (columns.has(field)) twice.push({ field, column, header });
    else columns.set(field, { column, header });
  }
  const next = grid.filledColumns(bottom + 1).map(column => cellText(grid.own(bottom + 1, column)).replace(/[()]/g, ''));
  const isNumbered = next.length >= 3 && next.every((value, index) => value === String(index + 1) || /^[A-Z]{1,2}$/.test(value));
  return { grid, headerRow: bottom, firstDataRow: bottom + (isNumbered ? 2 : 1), columns, others, twice };
}

/** The field under a stack of headers, outermost first. "Khoa học" is a subject, but a competence under "Năng lực". */
function fieldOf(words: readonly string[]): PrimaryField | undefined {
  const isTrait = words.some(word => word.startsWith('nang luc') || word.startsWith('pham chat') || word.startsWith('nl ') || word.startsWith('pc '));
  for (const word of words.toReversed()) {
    const bare = word.replace(/^(nang luc|pham chat|nl|pc) /, '');
    const trait = isTrait ? TRAITS.get(word) ?? TRAITS.get(bare) : undefined;
    if (trait !== undefined) return `trait/${trait}`;
  }
  if (isTrait) return undefined;
  const isTest = words.some(word => TEST_WORDS.test(word)) || /(^| )diem( ktdk)?$/.test(words.at(-1) ?? '');
  for (const word of words.toReversed()) {
    const plain = PERSON.get(word) ?? OUTCOME.get(word);
    if (plain !== undefined) return plain;
    if (TEST_WORDS.test(word) || LEVEL_WORDS.test(word)) continue;
    const subject = SUBJECTS.get(word) ?? SUBJECTS.get(word.replace(/[ -]+(diem ktdk|diem kt|diem|muc dat duoc|muc)$/, ''));
    if (subject !== undefined) return isTest ? `kt/${subject}` : `muc/${subject}`;
  }
  // "Yêu nước" alone, without a heading over it, is a quality all the same; no subject has its name.
  const alone = words.map(word => TRAITS.get(word)).find(trait => trait !== undefined);
  return alone === undefined ? undefined : `trait/${alone}`;
}

import { ETHNIC_GROUPS } from '../../resources/catalogues/code-catalogues.ts';
import { allSubjects, type SchoolLevel } from '../../resources/catalogues/subject-catalogue.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { CatalogueLookup, learnCatalogues } from './catalogue-lookup.ts';
import { CodeColumn } from './code-checks.ts';
import { checkSchoolYear, listTitle } from './form-title.ts';
import { columnsFound, otherColumns, withColumns } from './header-row.ts';
import { ProblemList } from './import-problems.ts';
import type { ListExpectations, StaffReading, StaffRecord, StaffRole } from './import-records.ts';
import { plainText } from './import-text.ts';
import { parseCode, parseDate, parseFlag, parseName, parsePersonalId, parsePhone, parseSex, parseText } from './import-values.ts';
import { ListRow } from './list-row.ts';
import { eachPerson, reportDoubleColumns, requireTable } from './list-rows.ts';
import { checkPersonalId, readCoded, withoutUndefined } from './record-fields.ts';
import { moreStaffFields, STAFF_HEADERS } from './staff-form.ts';
import { parseTyped } from './pupil-form.ts';
import { STAFF_COLUMNS, type StaffField } from './staff-columns.ts';

type Row = ListRow<StaffField>;

/**
 * Reads a list of staff: the sector database's export CSDL_GiaoVien or a list the school keeps, with one person a row.
 * The roles are proposals from the words of the list and the e-mail column is not a login (it often holds a shared office address).
 * @throws imports.headerMissing, imports.columnsMissing, imports.listOtherYear
 */
export function readStaffWorkbook(workbook: Workbook, expected: ListExpectations = {}): StaffReading {
  const table = requireTable<StaffField>(workbook, withColumns(STAFF_COLUMNS, expected.words?.columns), [
    { anyOf: ['fullName'], header: 'Họ tên' },
    { anyOf: ['position', 'positionGroup', 'status', 'subjects', 'staffCode'], header: 'Vị trí việc làm' },
  ]);
  const schoolYear = checkSchoolYear(table, expected);
  const problems = new ProblemList(table.grid.sheet.name);
  reportDoubleColumns(table, problems);
  const catalogues = learnCatalogues(workbook);
  const ethnicGroups = new CatalogueLookup(ETHNIC_GROUPS, [...catalogues, ...(expected.words?.catalogues ?? [])].find((catalogue) => catalogue.sheet === 'DAN_TOC'), expected.words?.values.get('ethnicGroups'));
  const subjects = subjectWords(expected.levels, expected.words?.values.get('subjects'));
  const row: Row = new ListRow(table, problems);
  const codes = new CodeColumn<StaffField>('staffCode');
  const personalIds = new CodeColumn<StaffField>('personalId');
  const records: StaffRecord[] = [];

  const rowCount = eachPerson(table, row, { order: 'order', name: 'fullName', codes: ['staffCode', 'personalId'], facts: ['birth', 'sex', 'position', 'positionGroup', 'status', 'email'] }, () => {
    const record = readStaff(row, ethnicGroups, subjects);
    codes.note(row, record.staffCode);
    personalIds.note(row, record.personalId);
    checkPersonalId(row, 'personalId', record);
    records.push(record);
  }, () => false);
  codes.finish(row);
  personalIds.finish(row);
  const unknownValues = row.finish();
  const national = table.columns.has('status') && table.columns.has('positionGroup');
  return {
    kind: 'staff', title: listTitle('staff', national, table, expected), sheet: table.grid.sheet.name, headerRow: table.headerRow, schoolYear,
    columns: columnsFound(table), records, rowCount, errors: problems.errors, warnings: problems.warnings, catalogues, unknownValues,
    otherColumns: otherColumns(table, expected.words?.columns, STAFF_HEADERS),
  };
}

function readStaff(row: Row, ethnicGroups: CatalogueLookup<(typeof ETHNIC_GROUPS)[number]>, subjects: ReadonlyMap<string, string>): StaffRecord {
  const fullName = row.read('fullName', parseName) ?? '';
  if (row.shown('fullName') === '') row.error('fullName', 'nameMissing');
  const status = row.read('status', parseText);
  const position = row.read('position', parseText);
  const positionGroup = row.read('positionGroup', parseText);
  const record: StaffRecord = { row: row.row, fullName, working: isWorking(status), role: proposeRole(position ?? '', positionGroup ?? ''), more: readMore(row), extra: row.extra() };
  const optional = {
    staffCode: row.read('staffCode', parseCode), birth: row.read('birth', (cell) => parseDate(cell, true)), sex: row.read('sex', parseSex), personalId: row.read('personalId', parsePersonalId),
    ethnicGroup: readCoded(row, 'ethnicGroup', 'ethnicGroups', ethnicGroups), email: readEmail(row), phone: row.read('phone', parsePhone), status, position, positionGroup,
    contract: row.read('contract', parseText), subjects: readSubjects(row, subjects), qualification: row.read('qualification', parseText), partyMember: row.read('partyMember', parseFlag),
    religion: row.read('religion', parseText), nationality: row.read('nationality', parseText), address: row.read('address', parseText),
  };
  return Object.assign(record, withoutUndefined(optional));
}

/** The fields of the form that need no more than their type says, as they are stored. Empty cells say nothing. */
function readMore(row: Row): Record<string, string> {
  return Object.fromEntries(moreStaffFields.flatMap(field => {
    const value = row.read(`more.${field.key}`, parseTyped(field.type));
    return value === null || value === undefined ? [] : [[field.key, value]];
  }));
}

function readEmail(row: Row): string | null | undefined {
  const email = row.read('email', parseText);
  if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) row.warn('email', 'emailStrange');
  return email;
}

/** "Chuyển đi", "Nghỉ hưu", "Thôi việc", "Đã mất" have left; whoever has no status works here. */
function isWorking(status: string | null | undefined): boolean {
  return !/^(da )?(chuyen di|chuyen cong tac|nghi huu|thoi viec|nghi viec|mat|qua doi|tu tran|buoc thoi viec|cham dut)/.test(plainText(status ?? ''));
}

function proposeRole(position: string, group: string): StaffRole {
  const words = plainText(`${position} ${group}`);
  if (/pho hieu truong/.test(words)) return 'vicePrincipal';
  if (/hieu truong/.test(words)) return 'principal';
  return /giao vien|day hoc|to truong chuyen mon|tong phu trach/.test(words) && !/nhan vien/.test(plainText(position)) ? 'teacher' : 'officer';
}

function subjectWords(levels: readonly SchoolLevel[] | undefined, said: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const words = new Map<string, string>();
  for (const subject of allSubjects(levels)) {
    for (const word of [subject.name.vi, subject.short.vi, subject.code]) words.set(plainText(word), subject.code);
  }
  for (const [word, code] of SPOKEN_NAMES) if ([...words.values()].includes(code)) words.set(word, code);
  for (const [word, name] of said) {
    const code = words.get(plainText(name));
    if (code !== undefined) words.set(word, code);
  }
  return words;
}

/** What lists call a subject besides its official name, in plain form. */
const SPOKEN_NAMES: readonly (readonly [string, string])[] = [
  ['van', 'VAN'], ['tieng anh', 'NN1'], ['ngoai ngu', 'NN1'], ['anh', 'NN1'], ['the duc', 'GDTC'], ['khoa hoc tu nhien (khtn)', 'KHTN'],
  ['am nhac', 'NT'], ['mi thuat', 'NT'], ['my thuat', 'NT'], ['am nhac', 'AN'], ['mi thuat', 'MT'], ['my thuat', 'MT'], ['gdcd', 'GDCD'], ['hdtn', 'HDTN'],
  ['hoat dong trai nghiem', 'HDTN'], ['giao duc dia phuong', 'NDDP'], ['ly', 'LI'], ['vat ly', 'LI'], ['hoa', 'HOA'], ['sinh', 'SINH'], ['su', 'SU'], ['dia', 'DIA'], ['quoc phong', 'GDQPAN'], ['gdqp', 'GDQPAN'],
];

function readSubjects(row: Row, words: ReadonlyMap<string, string>): StaffRecord['subjects'] {
  const text = row.read('subjects', parseText);
  if (text === undefined || text === null) return text;
  return text.split(/\s*[,;/+\n]\s*/).filter((raw) => raw !== '').map((raw) => {
    const code = words.get(plainText(raw)) ?? null;
    if (code === null) row.noteUnknown('subjects', raw, 'subjects');
    return { code, raw };
  });
}

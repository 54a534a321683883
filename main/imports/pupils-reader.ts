import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PUPIL_STATUSES, type CatalogueEntry } from '../../resources/catalogues/code-catalogues.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { CatalogueLookup, learnCatalogues } from './catalogue-lookup.ts';
import { CodeColumn } from './code-checks.ts';
import { checkSchoolYear, firstYear, listTitle } from './form-title.ts';
import { columnsFound, otherColumns, withColumns } from './header-row.ts';
import { ProblemList } from './import-problems.ts';
import type { Address, LearnedCatalogue, ListExpectations, Parent, PupilRecord, PupilsReading } from './import-records.ts';
import { plainText } from './import-text.ts';
import { parseClassName, parseCode, parseDate, parseFlag, parseName, parsePersonalId, parsePhone, parseSex, parseTenths, parseText, parseYear, type ClassName } from './import-values.ts';
import type { SchoolWords } from './import-records.ts';
import { ListRow } from './list-row.ts';
import { eachPerson, reportDoubleColumns, requireTable } from './list-rows.ts';
import { checkPersonalId, readCoded, withoutUndefined } from './record-fields.ts';
import { PUPIL_FORM } from './pupil-form.ts';
import { readMore, readTuition } from './pupils-more.ts';
import { PUPIL_COLUMNS, type PupilField } from './pupils-columns.ts';

export type PupilRow = ListRow<PupilField>;
type Row = PupilRow;

export interface Lookups {
  ethnicGroup: CatalogueLookup<CatalogueEntry>;
  disability: CatalogueLookup<CatalogueEntry>;
  policyGroup: CatalogueLookup<CatalogueEntry>;
  status: CatalogueLookup<(typeof PUPIL_STATUSES)[number]>;
  /** What words of other catalogues were said to mean. */
  values: SchoolWords['values'];
}

const GRADES = { 'tieu-hoc': [1, 5], thcs: [6, 9], thpt: [10, 12] } as const;

/**
 * Reads a list of pupils: the sector database's export (C1/C2/C3-HocSinh, CSDL_HocSinh) or a list the school keeps, with one pupil a row.
 * Nothing is guessed: a value that cannot be read is an error with its place, and its field is null in the record.
 * @throws imports.headerMissing, imports.columnsMissing, imports.listOtherYear
 */
export function readPupilsWorkbook(workbook: Workbook, expected: ListExpectations = {}): PupilsReading {
  const table = requireTable<PupilField>(workbook, withColumns(PUPIL_COLUMNS, expected.words?.columns), [
    { anyOf: ['fullName'], header: 'Họ tên' },
    { anyOf: ['pupilCode', 'personalId', 'birth'], header: 'Mã học sinh' },
  ]);
  const schoolYear = checkSchoolYear(table, expected);
  const problems = new ProblemList(table.grid.sheet.name);
  reportDoubleColumns(table, problems);
  const catalogues = learnCatalogues(workbook);
  const lookups = lookupsFrom(catalogues, expected.words);
  const row: Row = new ListRow(table, problems);
  const codes = new CodeColumn<PupilField>('pupilCode');
  const personalIds = new CodeColumn<PupilField>('personalId');
  const records: PupilRecord[] = [];
  const persons = new Map<string, number>();
  let groupClass: ClassName | null = null;

  const rowCount = eachPerson(table, row, { order: 'order', name: 'fullName', codes: ['pupilCode', 'personalId'], facts: ['birth', 'sex', 'className', 'classCode'] }, () => {
    const record = readPupil(row, lookups, groupClass);
    codes.note(row, record.pupilCode);
    personalIds.note(row, record.personalId);
    checkPersonalId(row, 'personalId', record);
    checkAge(row, record, schoolYear ?? expected.schoolYear);
    checkLevel(row, record, expected);
    checkTwice(row, record, persons);
    records.push(record);
  }, (value) => {
    const group = /^l[oớ]p\s+\S/iu.test(value) ? parseClassName({ kind: 'text', text: value }) : null;
    if (group === null || !group.ok || group.value === null) return false;
    groupClass = group.value;
    return true;
  });
  codes.finish(row);
  personalIds.finish(row);
  const unknownValues = row.finish();
  const national = table.columns.has('classCode') && table.columns.has('status');
  return {
    kind: 'pupils', title: listTitle('pupils', national, table, expected), sheet: table.grid.sheet.name, headerRow: table.headerRow, schoolYear,
    columns: columnsFound(table), records, rowCount, errors: problems.errors, warnings: problems.warnings, catalogues, unknownValues,
    otherColumns: otherColumns(table, expected.words?.columns, PUPIL_FORM.map(column => column.header)),
  };
}

function lookupsFrom(catalogues: readonly LearnedCatalogue[], words: SchoolWords | undefined): Lookups {
  const learned = (...names: string[]) => [...catalogues, ...(words?.catalogues ?? [])].find((catalogue) => names.includes(catalogue.sheet));
  const values = words?.values ?? new Map<string, ReadonlyMap<string, string>>();
  return {
    ethnicGroup: new CatalogueLookup(ETHNIC_GROUPS, learned('DAN_TOC'), values.get('ethnicGroups')),
    disability: new CatalogueLookup(DISABILITY_KINDS, learned('LOAI_KHUYET_TAT', 'KHUYET_TAT'), values.get('disabilityKinds')),
    policyGroup: new CatalogueLookup(POLICY_GROUPS, learned('DOI_TUONG_CHINH_SACH', 'DIEN_CHINH_SACH'), values.get('policyGroups')),
    status: new CatalogueLookup(PUPIL_STATUSES, learned('TRANG_THAI', 'TRANG_THAI_HS'), values.get('pupilStatuses')),
    values,
  };
}

function readPupil(row: Row, lookups: Lookups, groupClass: ClassName | null): PupilRecord {
  const fullName = row.read('fullName', parseName) ?? '';
  if (row.shown('fullName') === '') row.error('fullName', 'nameMissing');
  const schoolClass = readClass(row, groupClass);
  const pupilCode = row.read('pupilCode', parseCode) ?? null;
  if (row.has('pupilCode') && row.shown('pupilCode') === '') row.warn('pupilCode', 'pupilCodeNotYet');
  const record: PupilRecord = { row: row.row, pupilCode, fullName, className: schoolClass?.name ?? '', grade: schoolClass?.grade ?? 0, more: readMore(row, lookups.values), extra: row.extra() };
  // A field stays away from the record when its column is not in the file.
  const optional = {
    personalId: row.read('personalId', parsePersonalId), otherName: row.read('otherName', parseText), birth: row.read('birth', (cell) => parseDate(cell, true)), sex: row.read('sex', parseSex),
    status: readStatus(row, lookups.status), statusDate: row.read('statusDate', (cell) => parseDate(cell, false)),
    ethnicGroup: readCoded(row, 'ethnicGroup', 'ethnicGroups', lookups.ethnicGroup), nationality: row.read('nationality', parseText), religion: row.read('religion', parseText),
    disability: readCoded(row, 'disability', 'disabilityKinds', lookups.disability), policyGroup: readCoded(row, 'policyGroup', 'policyGroups', lookups.policyGroup),
    birthPlace: row.read('birthPlace', parseText), birthProvince: row.read('birthProvince', parseText), currentAddress: row.read('currentAddress', parseText),
    permanentAddress: readAddress(row, ['permanentProvince', 'permanentDistrict', 'permanentCommune', 'permanentHamlet']),
    homeTown: readAddress(row, ['homeProvince', 'homeDistrict', 'homeCommune', 'homeHamlet']),
    phone: row.read('phone', parsePhone), email: row.read('email', parseText),
    father: readParent(row, ['fatherName', 'fatherJob', 'fatherYear', 'fatherPhone', 'fatherId']), mother: readParent(row, ['motherName', 'motherJob', 'motherYear', 'motherPhone', 'motherId']),
    guardian: readParent(row, ['guardianName', 'guardianJob', 'guardianYear', 'guardianPhone']),
    repeating: row.read('repeating', parseFlag), youngPioneer: row.read('youngPioneer', parseFlag), youthUnion: row.read('youthUnion', parseFlag), boarding: row.read('boarding', parseFlag),
    registerNumber: row.read('registerNumber', parseText), vemisCode: row.read('vemisCode', parseCode), moetCode: row.read('moetCode', parseCode), note: row.read('note', parseText),
    idIssuedOn: row.read('idIssuedOn', (cell) => parseDate(cell, false)), idIssuedAt: row.read('idIssuedAt', parseText), tuitionRelief: readTuition(row, lookups.values),
    fullBoarding: row.read('fullBoarding', parseFlag), height: row.read('height', parseTenths(300, 2500)), weight: row.read('weight', parseTenths(20, 3000)),
  };
  return Object.assign(record, withoutUndefined(optional));
}

function readClass(row: Row, groupClass: ClassName | null): ClassName | null {
  const field = row.has('className') ? 'className' : 'classCode';
  if (!row.has(field)) {
    if (groupClass === null) row.error('fullName', 'classMissing');
    return groupClass;
  }
  const schoolClass = row.read(field, parseClassName) ?? null;
  if (row.shown(field) !== '') return schoolClass;
  if (groupClass === null) row.error(field, 'classMissing');
  return groupClass;
}

function readStatus(row: Row, lookup: Lookups['status']): PupilRecord['status'] {
  const raw = row.read('status', parseText);
  if (raw === undefined || raw === null) return raw;
  const entry = lookup.entry(raw);
  if (entry === undefined) row.noteUnknown('status', raw, 'pupilStatuses');
  return { raw, code: entry?.code ?? null, name: entry?.name ?? null, state: entry?.state ?? null };
}

function readAddress(row: Row, [province, district, commune, hamlet]: readonly [PupilField, PupilField, PupilField, PupilField]): Address | undefined {
  const address = withoutUndefined({ province: row.read(province, parseText), district: row.read(district, parseText), commune: row.read(commune, parseText), hamlet: row.read(hamlet, parseText) });
  return Object.keys(address).length === 0 ? undefined : address;
}

function readParent(row: Row, [name, job, year, phone, id]: readonly [PupilField, PupilField, PupilField, PupilField, PupilField?]): Parent | undefined {
  const parent = withoutUndefined({
    fullName: row.read(name, parseName), job: row.read(job, parseText), birthYear: row.read(year, parseYear), phone: row.read(phone, parsePhone),
    personalId: id === undefined ? undefined : row.read(id, parsePersonalId),
  });
  return Object.keys(parent).length === 0 ? undefined : parent;
}

function checkAge(row: Row, record: PupilRecord, schoolYear: string | undefined): void {
  if (record.birth === null || record.birth === undefined || schoolYear === undefined || record.grade === 0) return;
  const age = firstYear(schoolYear) - Number(record.birth.slice(0, 4));
  const usual = record.grade + 5;
  if (age < 3) row.error('birth', 'birthTooLate', { schoolYear });
  else if (age < usual - 1 || age > usual + 4) row.warn('birth', 'ageUnusual', { age, grade: record.grade });
}

function checkLevel(row: Row, record: PupilRecord, expected: ListExpectations): void {
  if (expected.levels === undefined || record.grade === 0) return;
  if (expected.levels.includes(levelOfGrade(record.grade))) return;
  const spans = expected.levels.map(level => GRADES[level]);
  const first = Math.min(...spans.map(span => span[0]));
  const last = Math.max(...spans.map(span => span[1]));
  row.error(row.has('className') ? 'className' : 'classCode', 'gradeOutsideSchool', { grade: record.grade, first, last });
}

function checkTwice(row: Row, record: PupilRecord, persons: Map<string, number>): void {
  if (record.birth === null || record.birth === undefined) return;
  const key = `${plainText(record.fullName)}|${record.birth}|${record.className}`;
  const first = persons.get(key);
  if (first === undefined) persons.set(key, record.row);
  else row.warn('fullName', 'personTwice', { row: first });
}

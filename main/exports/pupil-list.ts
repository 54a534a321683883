import type { ReadHandle } from '../../db/handle.ts';
import { sql } from '../../db/handle.ts';
import { pupilField, type PupilField } from '../../preload/contract/pupil-fields.ts';
import { PROVINCES, PUPIL_STATUSES } from '../../resources/catalogues/code-catalogues.ts';
import { dateToSerial } from '../kit/excel/excel-dates.ts';
import type { InputRule, WrittenCell, WrittenSheet, WrittenWorkbook } from '../kit/excel/workbook.ts';
import { PUPIL_FORM, choiceWord, type PupilFormColumn, type PupilFormSpecial } from '../imports/pupil-form.ts';
import { knownPupils, type KnownPupil } from '../imports/people-index.ts';
import { homeColumns } from '../imports/pupil-says.ts';
import { readSides, type PupilSides } from '../imports/pupil-sides.ts';
import { schoolYear, theSchool } from '../school/school-store.ts';
import { catalogueSheets } from './catalogue-sheets.ts';

type Value = WrittenCell | null;
type YearFacts = ReturnType<typeof schoolYear>;

const worded = (value: string): Value => (value === '' ? null : { value, style: 'text' });
/** A whole day is a day to Excel too; a birth known only in part stays text. */
const dated = (value: string): Value => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? { value: dateToSerial(value), style: 'date' } : worded(value.split('-').toReversed().join('/')));
const ticked = (isSet: boolean): Value => worded(isSet ? 'x' : '');

interface Listed {
  pupil: KnownPupil & { enrolment: NonNullable<KnownPupil['enrolment']> };
  className: string;
  sides: PupilSides;
  values: (field: PupilField) => string;
  statusName: string;
}

const TITLE_ROWS = 4;

/** The pupils of a year in the form of the sector database, third version; `mark` says who took them out, when, and what for. */
export function pupilList(db: ReadHandle, year: string, at: string, mark: string, classId?: string): { workbook: WrittenWorkbook; count: number } {
  const sides = readSides(db, year);
  const facts = schoolYear(db, year);
  const classes = db.all(sql.selectFrom('school_class').select(['id', 'name', 'grade']).where('year', '=', year).where('cancelled', '=', 0).orderBy('grade').orderBy('name'));
  const names = new Map(classes.map(row => [row.id, row.name]));
  const order = new Map(classes.map((row, index) => [row.id, index]));
  const codes = new Map(db.all(sql.selectFrom('pupil_status').select(['enrolment_id', 'code']).where('cancelled', '=', 0).orderBy('from_date').orderBy('id')).map(row => [row.enrolment_id, row.code]));
  const rolls = new Map(db.all(sql.selectFrom('enrolment').select(['id', 'roll']).where('year', '=', year)).map(row => [row.id, row.roll]));
  const listed = knownPupils(db, year).flatMap((pupil): Listed[] => {
    const { enrolment } = pupil;
    if (enrolment === null || (classId !== undefined && enrolment.class_id !== classId)) return [];
    return [{ pupil: { ...pupil, enrolment }, className: names.get(enrolment.class_id) ?? '', sides, values: sides.valuesOf(pupil), statusName: statusName(enrolment, codes.get(enrolment.id) ?? '', facts) }];
  }).toSorted((a, b) => (order.get(a.pupil.enrolment.class_id) ?? 0) - (order.get(b.pupil.enrolment.class_id) ?? 0)
    || (rolls.get(a.pupil.enrolment.id) ?? 0) - (rolls.get(b.pupil.enrolment.id) ?? 0));
  const rows = listed.map((one, index) => PUPIL_FORM.map(column => cellOf(column, one, index + 1)));
  const catalogues = catalogueSheets(db, ['GIOI_TINH', 'DAN_TOC', 'TRANG_THAI', 'TINH', 'LOAI_KHUYET_TAT', 'DOI_TUONG_CHINH_SACH'], true);
  const school = theSchool(db);
  const first = TITLE_ROWS + 2;
  const list: WrittenSheet = {
    name: 'Sheet1', frozenRows: TITLE_ROWS + 1, frozenColumns: 4, widths: PUPIL_FORM.map(column => column.width ?? 11),
    merged: [1, 2, 3, 4].map(row => ({ firstRow: row, lastRow: row, firstColumn: 1, lastColumn: 8 })),
    inputRules: [['Giới tính', 'GIOI_TINH'], ['Trạng thái HS', 'TRANG_THAI'], ['Dân tộc', 'DAN_TOC']].flatMap(([header = '', name = '']): InputRule[] => {
      const sheet = catalogues.find(one => one.name === name);
      const column = PUPIL_FORM.findIndex(one => one.header === header) + 1;
      return sheet === undefined ? [] : [{ kind: 'listFrom', column, firstRow: first, lastRow: first + rows.length, sheet: name, listColumn: 2, firstListRow: 2, lastListRow: sheet.rows.length }];
    }),
    rows: [
      [{ value: school.superior, style: 'plain' }], [{ value: school.name.toLocaleUpperCase('vi'), style: 'plain' }], [{ value: `DANH SÁCH HỌC SINH NĂM HỌC ${year}`, style: 'title' }],
      [{ value: mark, style: 'note' }], PUPIL_FORM.map((column): WrittenCell => ({ value: column.header, style: 'header' })), ...rows,
    ],
  };
  return { workbook: { createdAt: at, sheets: [list, ...catalogues] }, count: rows.length };
}

function cellOf({ key, special }: PupilFormColumn, one: Listed, order: number): Value {
  if (special !== undefined) return specialCell(special, one, order);
  const field = key === undefined ? undefined : pupilField(key);
  if (field === undefined) return null;
  const value = one.values(field);
  if (value === '') return null;
  switch (field.type) {
    case 'flag': return ticked(value === '1');
    case 'date':
    case 'partialDate': return dated(value);
    case 'choice': return worded(value === 'none' ? '' : choiceWord(field, value));
    case 'sex': return worded({ male: 'Nam', female: 'Nữ' }[value] ?? '');
    default: return worded(value);
  }
}

function specialCell(special: PupilFormSpecial, one: Listed, order: number): Value {
  const { pupil, sides } = one;
  const of = (key: string) => { const field = pupilField(key); return field ? one.values(field) : ''; };
  const card = sides.cards.get(pupil.person.id);
  const health = sides.health.get(pupil.person.id);
  const home = homeColumns(pupil.person.home_town);
  const measured = (value: number | null | undefined): Value => (value === null || value === undefined ? null : { value: value / 10 });
  switch (special) {
    case 'order': return { value: order };
    case 'className': return worded(one.className);
    case 'pupilCode': return worded(pupil.code ?? '');
    case 'status': return worded(one.statusName);
    case 'statusDate': return dated(pupil.enrolment.status_on);
    case 'issuedOn': return dated(card?.issued_on ?? '');
    case 'issuedAt': return worded(card?.issued_at ?? '');
    case 'homeProvince': return worded(home.province);
    case 'homeDistrict': return worded(home.district);
    case 'homeCommune': return worded(home.commune);
    case 'homeHamlet': return worded(home.hamlet);
    case 'birthProvince': return worded(PROVINCES.find(entry => entry.code === of('birthProvinceCode'))?.name ?? '');
    case 'tuitionExempt': return ticked(of('tuitionRelief') === 'exempt');
    case 'tuitionReduced': return worded({ reduced70: '70%', reduced50: '50%' }[of('tuitionRelief')] ?? '');
    case 'boardingDay': return ticked(of('boarding') === 'day');
    case 'boardingFull': return ticked(of('boarding') === 'full');
    case 'repeating': return ticked(pupil.enrolment.is_repeating === 1);
    case 'height': return measured(health?.height);
    case 'weight': return measured(health?.weight);
    case 'registerNumber': return worded(sides.register.get(pupil.person.id) ?? '');
    case 'vemisCode': return worded(sides.vemis.get(pupil.person.id) ?? '');
    case 'fatherMinority': return ticked(isMinority(of('fatherEthnic')));
    case 'motherMinority': return ticked(isMinority(of('motherEthnic')));
  }
}

const isMinority = (group: string): boolean => group !== '' && group !== 'Kinh';

/** The national name of a status: as recorded, else by where its day lies in the year. */
function statusName(enrolment: Listed['pupil']['enrolment'], code: string, year: YearFacts): string {
  const recorded = PUPIL_STATUSES.find(entry => entry.code === code && (entry.state === enrolment.status || (entry.state === 'droppedOut' && enrolment.status === 'left')));
  if (recorded) return recorded.name;
  if (enrolment.status === 'studying') return 'Đang học';
  const when = enrolment.status_on < year.starts_on || enrolment.status_on > year.ends_on ? 'trong hè' : enrolment.status_on < year.term2_from ? 'kỳ 1' : 'kỳ 2';
  return `${{ transferredIn: 'Chuyển đến', transferredOut: 'Chuyển đi', left: 'Thôi học' }[enrolment.status]} ${when}`;
}

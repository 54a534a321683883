import { staffField, type StaffValues } from '../../preload/contract/staff-fields.ts';
import type { StaffWarning } from '../../preload/contract/staff.ts';
import { ETHNIC_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { text } from '../../resources/language/language.ts';
import { subjectCode, subjectList } from './staff-fields.ts';

type Found = { field: string; code: string; params?: Record<string, string | number> };

/** What looks wrong in a staff record. It never keeps anybody from saving; what is merely not recorded is no warning. */
export function checkStaff(values: StaffValues, today: string): StaffWarning[] {
  return [...checkPersonalId(values), ...checkShapes(values, today), ...checkSense(values)]
    .map(({ field, code, params }) => ({ field, message: text(`staff.warning.${code}`, params ?? {}) }));
}

/** The fourth digit of a personal id is century and sex (even male), the next two the year of birth (NĐ 137/2015 Đ13). */
function checkPersonalId(values: StaffValues): Found[] {
  const id = values['personalId'] ?? '';
  if (id === '') return [];
  if (!/^\d{12}$/.test(id)) return [{ field: 'personalId', code: 'personalIdShape', params: { length: id.length } }];
  const digit = Number(id[3]);
  const digits = 1900 + Math.floor(digit / 2) * 100 + Number(id.slice(4, 6));
  const year = (values['birth'] ?? '').slice(0, 4);
  const sex = values['sex'];
  return [
    ...((sex === 'male' || sex === 'female') && sex !== (digit % 2 === 0 ? 'male' : 'female') ? [{ field: 'personalId', code: 'personalIdSex' }] : []),
    ...(year !== '' && Number(year) !== digits ? [{ field: 'personalId', code: 'personalIdBirth', params: { year, digits } }] : []),
  ];
}

const catalogues = { ethnicGroups: ETHNIC_GROUPS, provinces: PROVINCES };

function checkShapes(values: StaffValues, today: string): Found[] {
  return Object.entries(values).flatMap(([key, value]): Found[] => {
    const field = staffField(key);
    if (field === undefined || value === '') return [];
    if (field.type === 'phone' && !/^(0\d{9,10}|\+\d{9,14})$/.test(value)) return [{ field: key, code: 'phone' }];
    if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return [{ field: key, code: 'email' }];
    if ((field.type === 'date' || field.type === 'partialDate') && value > today) return [{ field: key, code: 'future' }];
    if (field.type === 'name' && /[\d@#_=<>{}[\]|\\]/.test(value)) return [{ field: key, code: 'nameLetters' }];
    if (field.type === 'subjects') return subjectList(value).filter(word => subjectCode(word) === undefined).map(word => ({ field: key, code: 'subject', params: { word } }));
    const entries = field.catalogue === 'ethnicGroups' || field.catalogue === 'provinces' ? catalogues[field.catalogue] : null;
    return entries !== null && !entries.some(entry => entry.name === value) ? [{ field: key, code: 'notInCatalogue' }] : [];
  });
}

const YOUNGEST = 18;

function checkSense(values: StaffValues): Found[] {
  const found: Found[] = [];
  const of = (key: string) => values[key] ?? '';
  if ((of('partyOn') !== '' || of('partyOfficialOn') !== '') && of('partyMember') !== '1') found.push({ field: 'partyMember', code: 'partyDate' });
  if (of('partyOn') !== '' && of('partyOfficialOn') !== '' && of('partyOfficialOn') < of('partyOn')) found.push({ field: 'partyOfficialOn', code: 'partyOrder' });
  if (of('joinedOn') !== '' && of('birth') !== '' && Number(of('joinedOn').slice(0, 4)) - Number(of('birth').slice(0, 4)) < YOUNGEST) found.push({ field: 'joinedOn', code: 'young' });
  if (of('job') === 'teacher' && of('subjects') === '') found.push({ field: 'subjects', code: 'noSubjects' });
  return found;
}

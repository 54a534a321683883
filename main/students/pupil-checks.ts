import { pupilField, type PupilValues, type PupilWarning } from '../../preload/contract/pupil-fields.ts';
import { PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { text } from '../../resources/language/language.ts';
import { isInCatalogue } from './pupil-fields.ts';

export interface CheckSurroundings {
  /** yyyy-mm-dd. */
  today: string;
  /** Of the pupil's class, and the first year of its school year; null without a class. */
  place: { grade: number; startYear: number } | null;
}

type Found = Omit<PupilWarning, 'message'> & { params?: Record<string, string | number> };

/**
 * What looks wrong in a pupil's record. Nothing here keeps anybody from saving: real papers hold stranger things.
 * A value that is not recorded is never a warning; that is what completeness is for.
 */
export function checkPupil(values: PupilValues, around: CheckSurroundings): PupilWarning[] {
  const found = [
    ...checkPersonalId(values), ...checkBirth(values, around), ...checkFamily(values), ...checkPlaces(values), ...checkShapes(values, around), ...checkSense(values),
  ];
  return found.map(({ field, code, params }) => ({ field, code, message: text(`students.warning.${code}`, params ?? {}) }));
}

/** The fourth digit of a personal id is century and sex (even male), the next two the year of birth (NĐ 137/2015 Đ13). */
export function personalIdSays(personalId: string): { sex: 'male' | 'female'; birthYear: number } | null {
  if (!/^\d{12}$/.test(personalId)) return null;
  const digit = Number(personalId[3]);
  return { sex: digit % 2 === 0 ? 'male' : 'female', birthYear: 1900 + Math.floor(digit / 2) * 100 + Number(personalId.slice(4, 6)) };
}

function checkPersonalId(values: PupilValues): Found[] {
  const found: Found[] = [];
  for (const field of ['personalId', 'father.personalId', 'mother.personalId', 'guardian.personalId']) {
    const id = values[field] ?? '';
    if (id === '') continue;
    const says = personalIdSays(id);
    if (says === null) {
      found.push({ field, code: 'personalIdShape', params: { length: id.length } });
      continue;
    }
    const sex = field === 'personalId' ? values['sex'] : field === 'father.personalId' ? 'male' : field === 'mother.personalId' ? 'female' : '';
    const year = (field === 'personalId' ? values['birth'] : values[field.replace('personalId', 'birthYear')] ?? '')?.slice(0, 4) ?? '';
    if ((sex === 'male' || sex === 'female') && sex !== says.sex) found.push({ field, code: 'personalIdSex' });
    if (year !== '' && Number(year) !== says.birthYear) found.push({ field, code: 'personalIdBirth', params: { year, digits: says.birthYear } });
  }
  return found;
}

/**
 * Age is counted by calendar year: grade 1 at 6, grade 6 at 11, grade 10 at 15, one year more each grade (Điều lệ trường tiểu học, TT 28/2020
 * Đ33; Điều lệ trường THCS và THPT, TT 32/2020 Đ33). Up to three years older is allowed to several groups; younger only by decision.
 */
export const YEARS_LATE = 3;

function checkBirth(values: PupilValues, { today, place }: CheckSurroundings): Found[] {
  const birth = values['birth'] ?? '';
  if (birth === '') return [];
  if (birth > today) return [{ field: 'birth', code: 'future' }];
  if (place === null) return [];
  const age = place.startYear - Number(birth.slice(0, 4));
  const expected = place.grade + 5;
  const params = { age, grade: place.grade, expected };
  if (age < expected) return [{ field: 'birth', code: 'ageYoung', params }];
  return age > expected + YEARS_LATE ? [{ field: 'birth', code: 'ageOld', params }] : [];
}

const YOUNGEST_PARENT = 15;
const OLDEST_PARENT = 65;

function checkFamily(values: PupilValues): Found[] {
  const birthYear = Number((values['birth'] ?? '').slice(0, 4));
  const found: Found[] = [];
  for (const relation of ['father', 'mother', 'guardian']) {
    const year = values[`${relation}.birthYear`] ?? '';
    if (year === '' || birthYear === 0) continue;
    const older = birthYear - Number(year);
    const isUnlikely = relation === 'guardian' ? older < YOUNGEST_PARENT : older < YOUNGEST_PARENT || older > OLDEST_PARENT;
    if (isUnlikely) found.push({ field: `${relation}.birthYear`, code: 'parentAge', params: { years: older } });
  }
  for (const relation of ['father', 'mother']) {
    if ((values[`${relation}.name`] ?? '') !== '' && values[`${relation}.name`] === values['name']) found.push({ field: `${relation}.name`, code: 'ownName' });
  }
  return found;
}

const addressCodes = [['communeCode', 'provinceCode', 'province'], ['permanentCommuneCode', 'permanentProvinceCode', 'permanentProvince'],
  ['birthCommuneCode', 'birthProvinceCode', ''], ['homeCommuneCode', 'homeProvinceCode', '']] as const;

/** Codes of QĐ 19/2025/QĐ-TTg: two digits of the province, five of the commune. No list of communes is kept, so a commune is checked by shape alone. */
function checkPlaces(values: PupilValues): Found[] {
  return addressCodes.flatMap(([communeField, provinceField, nameField]) => {
    const found: Found[] = [];
    const commune = values[communeField] ?? '';
    const code = values[provinceField] ?? '';
    const province = PROVINCES.find(entry => entry.code === code);
    if (commune !== '' && !/^\d{5}$/.test(commune)) found.push({ field: communeField, code: 'communeCode' });
    if (code !== '' && province === undefined) found.push({ field: provinceField, code: 'provinceCode' });
    const name = values[nameField] ?? '';
    if (province !== undefined && name !== '' && name !== province.name && !province.aliases.includes(name)) {
      found.push({ field: provinceField, code: 'provinceName', params: { name: province.name } });
    }
    return found;
  });
}

function checkShapes(values: PupilValues, { today }: CheckSurroundings): Found[] {
  return Object.entries(values).flatMap(([key, value]): Found[] => {
    const field = pupilField(key);
    if (field === undefined || value === '') return [];
    if (field.type === 'phone' && !/^(0\d{9,10}|\+\d{9,14})$/.test(value)) return [{ field: key, code: 'phone' }];
    if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return [{ field: key, code: 'email' }];
    if (field.type === 'date' && value > today) return [{ field: key, code: 'future' }];
    if (field.type === 'name' && /[\d@#_=<>{}[\]|\\]/.test(value)) return [{ field: key, code: 'nameLetters' }];
    return field.type === 'catalogue' && !isInCatalogue(field, value) ? [{ field: key, code: 'notInCatalogue' }] : [];
  });
}

/** Facts that contradict each other. */
function checkSense(values: PupilValues): Found[] {
  const found: Found[] = [];
  const has = (key: string) => (values[key] ?? '') !== '' && values[key] !== '0' && values[key] !== 'none';
  if (has('disabilityDegree') && !has('disability')) found.push({ field: 'disability', code: 'disabilityKind' });
  if (has('pioneerOn') && !has('pioneer')) found.push({ field: 'pioneer', code: 'dateWithoutFact' });
  if (has('unionOn') && !has('unionMember')) found.push({ field: 'unionMember', code: 'dateWithoutFact' });
  return found;
}

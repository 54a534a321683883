import { pupilField } from '../../preload/contract/pupil-fields.ts';
import { PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { fieldOf, storedValue } from '../students/pupil-fields.ts';
import type { FieldValue } from '../students/pupil-record-store.ts';
import type { Parent, PupilRecord } from './import-records.ts';
import { plainText } from './import-text.ts';

type Said = Record<string, string | null | undefined>;

/**
 * What a row says of a pupil's fields, as they are stored. A column the file lacks, and an empty cell, say nothing: what is stored is never
 * erased by an import.
 */
export function pupilSays(record: PupilRecord): FieldValue[] {
  const { permanentAddress: permanent, homeTown } = record;
  const said: Said = {
    ...record.more,
    name: record.fullName, otherName: record.otherName, birth: record.birth, sex: record.sex === 'unknown' ? null : record.sex, personalId: record.personalId,
    ethnicGroup: record.ethnicGroup?.name ?? record.ethnicGroup?.raw, nationality: record.nationality, religion: record.religion,
    birthPlace: record.birthPlace ?? record.birthProvince, birthProvinceCode: provinceCode(record.birthProvince),
    homeTown: joined(homeTown?.hamlet, homeTown?.commune, homeTown?.district, homeTown?.province),
    permanentAddress: permanent?.hamlet, permanentCommune: permanent?.commune, permanentDistrict: permanent?.district, permanentProvince: permanent?.province,
    address: record.currentAddress, phone: record.phone, email: record.email,
    policyGroup: record.policyGroup?.name ?? record.policyGroup?.raw, disability: record.disability?.name ?? record.disability?.raw,
    pioneer: flag(record.youngPioneer), unionMember: flag(record.youthUnion), boarding: boarding(record), tuitionRelief: record.tuitionRelief,
    ...family('father', record.father), ...family('mother', record.mother), ...family('guardian', record.guardian),
  };
  return Object.entries(said).flatMap(([key, value]) => {
    if (value === null || value === undefined || value === '') return [];
    const field = fieldOf(key);
    return [{ field, value: storedValue(field, value) }];
  });
}

/**
 * A pupil the school does not know yet lives where the list says he is registered, as long as it says nothing else; of a known one only the
 * registered address is taken over.
 */
export function newPupilSays(record: PupilRecord): FieldValue[] {
  const says = pupilSays(record);
  const at = record.permanentAddress;
  const lives = [['address', record.currentAddress ?? at?.hamlet], ['commune', at?.commune], ['province', at?.province]] as const;
  for (const [key, value] of lives) {
    const field = pupilField(key);
    if (field && value && !says.some(one => one.field.key === key)) says.push({ field, value: storedValue(field, value) });
  }
  return says;
}

function family(relation: 'father' | 'mother' | 'guardian', parent: Parent | undefined): Said {
  return {
    [`${relation}.name`]: parent?.fullName, [`${relation}.occupation`]: parent?.job, [`${relation}.birthYear`]: parent?.birthYear?.toString(),
    [`${relation}.phone`]: parent?.phone, ...(parent?.personalId ? { [`${relation}.personalId`]: parent.personalId } : {}),
  };
}

const flag = (value: boolean | null | undefined): string | undefined => (value === null || value === undefined ? undefined : value ? '1' : '0');

function boarding(record: PupilRecord): string | undefined {
  if (record.fullBoarding === true) return 'full';
  return record.boarding === true ? 'day' : undefined;
}

function joined(...parts: (string | null | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== null && part !== '').join(', ');
}

function provinceCode(words: string | null | undefined): string | undefined {
  if (!words) return undefined;
  const plain = plainText(words).replace(/^(tinh|thanh pho|tp\.?) /, '');
  return PROVINCES.find(({ code, name, aliases }) => code === words || [name, ...aliases].some(one => plainText(one).replace(/^(tinh|thanh pho|tp\.?) /, '') === plain))?.code;
}

/** A home town in the four columns of the form; what does not come apart stays in the narrowest. The reader puts it together again. */
export function homeColumns(homeTown: string): { province: string; district: string; commune: string; hamlet: string } {
  const parts = homeTown.split(', ').map(part => part.trim());
  if (parts.length < 2 || parts.some(part => part === '') || parts.join(', ') !== homeTown) return { province: '', district: '', commune: '', hamlet: homeTown };
  return { province: parts.at(-1) ?? '', district: '', commune: parts.at(-2) ?? '', hamlet: parts.slice(0, -2).join(', ') };
}

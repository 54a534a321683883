/**
 * The one definition of a pupil's fields. The form, the list's columns, the checks, the completeness of a record, masking, import and export
 * all read it; where a value is stored follows from `of` and the last part of `key` (`otherName` → `other_name`).
 */
export interface PupilField {
  /** Unique; of a parent `father.phone`. Its name in words is `students.field.<key>`. */
  key: string;
  group: PupilFieldGroup;
  /** Whose: the person himself, his school profile, his year in a class, or one of his family. */
  of: 'person' | 'profile' | 'year' | 'father' | 'mother' | 'guardian';
  type: PupilFieldType;
  /** Allowed values of a `choice`, in words `students.choice.<choices>.<value>`; a catalogue also takes words it does not know. */
  choices?: PupilChoices;
  catalogue?: PupilCatalogue;
  /** Who sees it: anyone who teaches here, the pupil's homeroom teacher, or the office only. */
  sight: PupilSight;
  /** Masked until somebody asks to see it, which is logged. */
  isSensitive?: true;
  /** Part of a complete record. */
  counts?: true;
}

export type PupilFieldGroup = 'identity' | 'address' | 'family' | 'policy' | 'health' | 'learning' | 'supports';
export type PupilFieldType = 'name' | 'text' | 'partialDate' | 'date' | 'year' | 'sex' | 'flag' | 'choice' | 'catalogue' | 'personalId' | 'phone' | 'email' | 'communeCode' | 'provinceCode';
export type PupilChoices = keyof typeof pupilChoices;
export type PupilCatalogue = 'ethnicGroups' | 'religions' | 'policyGroups' | 'disabilityKinds' | 'provinces' | 'nationalities' | 'languages';
export const pupilSights = ['class', 'homeroom', 'office'] as const;
export type PupilSight = (typeof pupilSights)[number];

/** Values as stored, in the order of a list. */
export const pupilChoices = {
  orphan: ['none', 'father', 'mother', 'both'],
  disabilityDegree: ['mild', 'severe', 'verySevere'],
  bloodGroup: ['A', 'B', 'AB', 'O'],
  poorHousehold: ['none', 'poor', 'nearPoor'],
  boarding: ['none', 'day', 'full'],
  tuitionRelief: ['none', 'exempt', 'reduced70', 'reduced50'],
  area: ['1', '2', '2NT', '3'],
} as const;

type Extra = Partial<Pick<PupilField, 'isSensitive' | 'counts' | 'choices' | 'catalogue'>>;
const counts = { counts: true } as const;
const secret = { isSensitive: true } as const;

function field(of: PupilField['of'], group: PupilFieldGroup, sight: PupilSight) {
  return (key: string, type: PupilFieldType, extra: Extra = {}): PupilField => ({ key, group, of, type, sight, ...extra });
}

const seen = field('person', 'identity', 'class');
const own = field('person', 'identity', 'homeroom');
const person = field('profile', 'identity', 'homeroom');
const lives = field('person', 'address', 'homeroom');
const address = field('profile', 'address', 'homeroom');
const policy = field('profile', 'policy', 'homeroom');
const health = field('profile', 'health', 'homeroom');
const learning = field('profile', 'learning', 'homeroom');
const yearly = field('year', 'learning', 'homeroom');
const support = field('year', 'supports', 'homeroom');

function family(relation: 'father' | 'mother' | 'guardian'): PupilField[] {
  const of = field(relation, 'family', 'homeroom');
  const expected: Extra = relation === 'guardian' ? {} : counts;
  return [
    of(`${relation}.name`, 'name', expected),
    ...(relation === 'guardian' ? [of('guardian.kinship', 'text')] : []),
    of(`${relation}.birthYear`, 'year', expected),
    of(`${relation}.occupation`, 'text', expected),
    of(`${relation}.phone`, 'phone', { ...secret, ...expected }),
    of(`${relation}.personalId`, 'personalId', secret),
    of(`${relation}.email`, 'email', secret),
  ];
}

export const pupilFields: readonly PupilField[] = [
  seen('name', 'name', counts), person('otherName', 'name'), seen('birth', 'partialDate', counts), seen('sex', 'sex', counts),
  own('personalId', 'personalId', { ...secret, ...counts }), own('ethnicGroup', 'catalogue', { catalogue: 'ethnicGroups', ...counts }),
  person('fatherEthnic', 'catalogue', { catalogue: 'ethnicGroups' }), person('motherEthnic', 'catalogue', { catalogue: 'ethnicGroups' }),
  own('nationality', 'catalogue', { catalogue: 'nationalities', ...counts }), own('religion', 'catalogue', { catalogue: 'religions', ...secret }),
  own('birthPlace', 'text', counts), person('birthProvinceCode', 'provinceCode'), person('birthCommuneCode', 'communeCode'),
  own('homeTown', 'text', counts), person('homeProvinceCode', 'provinceCode'), person('homeCommuneCode', 'communeCode'), person('universalNumber', 'text'),

  lives('address', 'text', counts), lives('commune', 'text', counts), lives('province', 'catalogue', { catalogue: 'provinces', ...counts }),
  address('communeCode', 'communeCode', counts), address('provinceCode', 'provinceCode', counts), address('district', 'text'),
  address('permanentAddress', 'text', counts), address('permanentCommune', 'text', counts),
  address('permanentProvince', 'catalogue', { catalogue: 'provinces', ...counts }),
  address('permanentCommuneCode', 'communeCode'), address('permanentProvinceCode', 'provinceCode'), address('permanentDistrict', 'text'),
  lives('phone', 'phone', secret), lives('email', 'email', secret), address('area', 'choice', { choices: 'area' }),

  ...family('father'), ...family('mother'), ...family('guardian'),

  field('person', 'policy', 'homeroom')('policyGroup', 'catalogue', { catalogue: 'policyGroups', ...secret }),
  policy('orphan', 'choice', { choices: 'orphan', ...secret }),
  field('year', 'policy', 'homeroom')('poorHousehold', 'choice', { choices: 'poorHousehold', ...secret }),
  field('year', 'policy', 'homeroom')('hardArea', 'flag'),
  field('person', 'policy', 'homeroom')('disability', 'catalogue', { catalogue: 'disabilityKinds', ...secret }),
  policy('disabilityDegree', 'choice', { choices: 'disabilityDegree', ...secret }), policy('disabilityUnassessed', 'flag', secret),
  policy('disabilityPaper', 'text', secret),

  health('bloodGroup', 'choice', { choices: 'bloodGroup', ...secret }), health('swims', 'flag'),

  learning('pioneer', 'flag'), learning('pioneerOn', 'date'), learning('unionMember', 'flag'), learning('unionOn', 'date'),
  yearly('boarding', 'choice', { choices: 'boarding' }), yearly('boardingSchool', 'flag'), yearly('twoSessions', 'flag'),
  yearly('foreignLanguage1', 'catalogue', { catalogue: 'languages' }), yearly('foreignLanguage2', 'catalogue', { catalogue: 'languages' }),
  yearly('languageHelp', 'flag'), yearly('ethnicLanguage', 'flag'), yearly('extraVietnamese', 'flag'), yearly('teachingAide', 'flag'),

  support('tuitionRelief', 'choice', { choices: 'tuitionRelief', ...secret }), support('studySupport', 'flag', secret), support('lunchSupport', 'flag', secret),
  support('moneySupport', 'flag', secret), support('riceSupport', 'flag', secret), support('housingSupport', 'flag', secret), support('ministryProgramme', 'flag'),
];

const byKey = new Map(pupilFields.map(one => [one.key, one]));

export function pupilField(key: string): PupilField | undefined {
  return byKey.get(key);
}

/** The fields a complete record has. */
export const countedFields: readonly PupilField[] = pupilFields.filter(one => one.counts === true);

/** Values by key of field; '' is not recorded. */
export type PupilValues = Readonly<Record<string, string>>;

/** Something that looks wrong with a value and may yet be right: told, never in the way of saving. */
export interface PupilWarning {
  field: string;
  code: string;
  message: string;
}

import type { RecordField } from './record-fields.ts';

/**
 * The one definition of what a school says of itself (QĐ 4998, the national dictionary's "điểm trường chính"); form, completeness, storage and
 * history read it. Of `school` are the fields that papers print; the others lie in the profile. Words: `school.field.<key>`.
 */
export interface SchoolField extends RecordField<SchoolFieldGroup> {
  of: 'school' | 'profile';
}

export const schoolFieldGroups = ['identity', 'contact', 'letterhead', 'head', 'teaching', 'facilities'] as const;
export type SchoolFieldGroup = (typeof schoolFieldGroups)[number];

type Extra = Partial<Pick<SchoolField, 'choices' | 'counts'>>;
const counts = { counts: true } as const;

function field(of: SchoolField['of'], group: SchoolFieldGroup) {
  return (key: string, type: SchoolField['type'], extra: Extra = {}): SchoolField => ({ key, group, of, type, ...extra });
}

const known = field('school', 'identity');
const identity = field('profile', 'identity');
const contact = field('profile', 'contact');
const reached = field('school', 'contact');
const head = field('profile', 'head');
const teaching = field('profile', 'teaching');
const facility = field('profile', 'facilities');

export const schoolFields: readonly SchoolField[] = [
  known('name', 'text', counts), identity('orgCode', 'text'), identity('ownership', 'choice', { choices: ['1', '2', '3'], ...counts }),
  identity('kind', 'text'), identity('area', 'choice', { choices: ['0', '1', '2', '3', '4'], ...counts }), identity('region', 'text'),
  identity('hardRegion', 'text'), identity('rank', 'choice', { choices: ['1', '2', '3'] }), identity('accreditation', 'choice', { choices: ['1', '2', '3', '4'] }),
  identity('nationalStandard', 'flag'), identity('founded', 'partialDate', counts), identity('surface', 'number', counts),

  reached('address', 'text', counts), reached('commune', 'text', counts), contact('communeCode', 'text', counts), reached('province', 'text', counts),
  contact('provinceCode', 'text', counts), contact('district', 'text'), reached('phone', 'phone', counts), contact('email', 'email', counts),
  contact('fax', 'phone'), contact('website', 'text'),

  field('school', 'letterhead')('superior', 'text', counts), field('profile', 'letterhead')('signer', 'choice', { choices: ['principal', 'deputy'] }),
  field('profile', 'letterhead')('deputyName', 'text'),
  head('principalName', 'text', counts), head('principalPhone', 'phone'), head('principalEmail', 'email'),

  ...['partyCell', 'international', 'disabledPupils', 'dayBoarding', 'fullBoarding', 'hardArea', 'twoSessions', 'sexEducation', 'lifeSkills', 'vocational',
    'ordinaryClasses', 'counselling', 'onlineLearning'].map(key => teaching(key, 'flag')),
  ...['computers', 'internet', 'electricity', 'cleanWater', 'separateToilets', 'handWashing', 'minimumEquipment', 'disabledAccess'].map(key => facility(key, 'flag')),
];

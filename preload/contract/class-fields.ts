import type { RecordField } from './record-fields.ts';
import type { SchoolLevel } from './school.ts';

/**
 * What a class says of itself beyond name, grade and homeroom teacher (QĐ 4998, classes of primary and of secondary schools). One list for form,
 * completeness and storage. Words: `classes.field.<key>`.
 */
export interface ClassField extends RecordField<ClassFieldGroup> {
  /** Levels whose form asks it. */
  levels: readonly SchoolLevel[];
}

export const classFieldGroups = ['teaching', 'languages', 'conditions'] as const;
export type ClassFieldGroup = (typeof classFieldGroups)[number];

const all: readonly SchoolLevel[] = ['tieu-hoc', 'thcs', 'thpt'];
const primary: readonly SchoolLevel[] = ['tieu-hoc'];
const secondary: readonly SchoolLevel[] = ['thcs', 'thpt'];

type Extra = Partial<Pick<ClassField, 'choices' | 'counts' | 'levels'>>;
function field(group: ClassFieldGroup) {
  return (key: string, type: ClassField['type'], extra: Extra = {}): ClassField => ({ key, group, type, levels: all, ...extra });
}
const teaching = field('teaching');
const language = field('languages');
const condition = field('conditions');

export const classFields: readonly ClassField[] = [
  teaching('twoSessions', 'flag', { counts: true }), teaching('weekSessions', 'choice', { choices: ['5', '6-8', '9-10'], counts: true }),
  teaching('specialised', 'flag', { levels: ['thpt'] }), teaching('speciality', 'text', { levels: ['thpt'] }), teaching('branch', 'text', { levels: ['thpt'] }),
  teaching('vocational', 'flag', { levels: secondary }),
  language('foreignLanguage1', 'text', { counts: true }), language('foreignPeriods1', 'number', { levels: primary }),
  language('foreignLanguage2', 'text'), language('foreignPeriods2', 'number', { levels: primary }),
  condition('boarding', 'flag', { levels: ['tieu-hoc', 'thcs'] }), condition('boardingKind', 'text', { levels: ['tieu-hoc', 'thcs'] }),
  condition('disabledPupils', 'flag'), condition('classParents', 'flag'), condition('schoolParents', 'flag'),
  condition('vietnameseKit', 'flag', { levels: primary }), condition('mathKit', 'flag', { levels: primary }),
];

/** Posts of pupils in their class. A pupil holds at most one. */
export const classPosts = ['monitor', 'deputyStudy', 'deputyLabour', 'deputyArts', 'treasurer', 'teamLeader', 'teamDeputy'] as const;
export type ClassPost = (typeof classPosts)[number];

import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import type { StudentHistoryEntry, StudentRow, StudentView } from '../../preload/contract/students.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName, foldForSearch, mask, sortName } from '../kit/names.ts';
import { changedFields } from '../kit/row-difference.ts';
import { findPerson, findStudent, guardiansOf, journalOfPerson, listStudents, transcriptsOf, yearsOf } from './students-store.ts';

type Students = typeof students;

/** Rows of the year, narrowed; `text` matches name, code or class without regard to marks. */
export function list({ db }: ReadContext, input: CheckedInputOf<Students['list']>): { rows: StudentRow[] } {
  const wanted = foldForSearch(input.text ?? '');
  const rows = listStudents(db, input);
  const found = wanted === '' ? rows : rows.filter(row =>
    row.searchName.includes(wanted) || row.code.toLowerCase().includes(wanted) || row.className.toLowerCase() === wanted);
  return { rows: found.map(({ searchName: _searchName, ...row }) => row) };
}

export function open({ db }: ReadContext, { enrolmentId }: CheckedInputOf<Students['open']>): StudentView {
  const row = findStudent(db, enrolmentId);
  const person = row && findPerson(db, row.personId);
  if (!row || !person) throw new AppError('students.unknown');
  return {
    ...row, version: person.version, birthPlace: person.birth_place, address: person.address, commune: person.commune, province: person.province,
    nationality: person.nationality, policyGroup: person.policy_group, phone: mask(person.phone),
    guardians: guardiansOf(db, person.id).map(found => ({
      relation: found.relation, name: found.name, occupation: found.occupation, birthYear: found.birth_year, phone: mask(found.phone),
    })),
    results: yearsOf(db, person.id).map(year => ({
      year: year.year, className: year.class_name, learning: year.learning_year, conduct: year.conduct_year, promotion: year.promotion, award: year.award,
    })),
    transcripts: transcriptsOf(db, person.id).map(paper => ({ transcriptId: paper.id, year: paper.year, state: paper.state, preparedAt: paper.created_at })),
  };
}

/** @throws AppError `database.changedMeanwhile` when somebody saved the record after it was opened */
export function save({ db, stamp, changed }: WriteContext, { personId, expectedVersion, changes }: CheckedInputOf<Students['save']>): { version: number } {
  const person = findPerson(db, personId);
  if (!person) throw new AppError('students.unknown');
  const name = changes.name === undefined ? undefined : cleanName(changes.name);
  if (name === '') throw new AppError('students.noName', { field: 'changes.name' });
  const clean = Object.fromEntries(Object.entries({
    ...(name === undefined ? {} : { name, sort_name: sortName(name), search_name: foldForSearch(name) }),
    birth: changes.birth, sex: changes.sex, ethnic_group: changes.ethnicGroup, birth_place: changes.birthPlace, address: changes.address,
    phone: changes.phone, policy_group: changes.policyGroup,
  }).filter(([, value]) => value !== undefined));
  const version = updateRecord(db, stamp, 'person', personId, expectedVersion, clean);
  changed('students', personId);
  return { version };
}

/** Shows a sensitive field in clear; that somebody looked stands in the log of looks. */
export function unmask({ db, stamp, session }: WriteContext, { personId, field }: CheckedInputOf<Students['unmask']>): OutputOf<Students['unmask']> {
  const person = findPerson(db, personId);
  if (!person) throw new AppError('students.unknown');
  insertRecord(db, stamp, 'sensitive_look', { person_id: personId, field, actor: session.user });
  return { value: person.personal_id };
}

const shownFields: ReadonlySet<string> = new Set(['name', 'birth', 'sex', 'ethnic_group', 'nationality', 'religion', 'personal_id', 'birth_place',
  'home_town', 'address', 'commune', 'province', 'phone', 'email', 'policy_group', 'disability', 'occupation', 'birth_year', 'relation', 'code', 'status',
  'class_id', 'roll', 'cancelled']);
const maskedFields: ReadonlySet<string> = new Set(['personal_id', 'phone']);

export function history({ db }: ReadContext, { personId }: CheckedInputOf<Students['history']>): { entries: StudentHistoryEntry[] } {
  const entries = journalOfPerson(db, personId).flatMap(row =>
    changedFields(row.before, row.after).filter(change => shownFields.has(change.field) && (change.before ?? '') !== (change.after ?? '')).map(change => ({
      at: row.at, actor: row.actor, path: row.path, reason: row.reason,
      field: text(`students.field.${change.field}`),
      before: maskedFields.has(change.field) && change.before !== null ? mask(change.before) : change.before,
      after: maskedFields.has(change.field) && change.after !== null ? mask(change.after) : change.after,
    })));
  return { entries: entries.toReversed() };
}

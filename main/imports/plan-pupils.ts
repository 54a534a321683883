import type { ReadHandle } from '../../db/handle.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { EnrolmentStatus, GuardianTable } from '../../db/schema/people.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { ensureSheets } from '../curriculum/class-sheets.ts';
import { foldForSearch } from '../kit/names.ts';
import { givePupilCode as addCode, registerBook } from '../students/pupil-codes.ts';
import type { ImportPlan, PlanItem } from './import-plan.ts';
import { problemView } from './import-plan.ts';
import type { Parent, PupilRecord, PupilsReading } from './import-records.ts';
import { knownPupils, PeopleIndex, type KnownPupil } from './people-index.ts';
import { fieldChanges, newPerson, onlyChanged, personValues } from './person-plan.ts';

/** Ids of classes by name; those the import itself makes appear as it goes. */
type ClassIds = Map<string, string>;

const relations = ['father', 'mother', 'guardian'] as const;

/** What a pupils' list does to the school year: new pupils, changed fields, changed classes. Pupils the file lacks are left alone. */
export function planPupils(db: ReadHandle, reading: PupilsReading, year: string): ImportPlan {
  const index = new PeopleIndex<KnownPupil>(knownPupils(db, year));
  const classIds: ClassIds = new Map(db.all(sql.selectFrom('school_class').select(['name', 'id']).where('year', '=', year).where('cancelled', '=', 0))
    .map(row => [row.name, row.id]));
  const rolls = new Map<string, number>();
  const guardians = Map.groupBy(db.all(sql.selectFrom('guardian').selectAll().where('cancelled', '=', 0)), row => row.person_id);
  const items = reading.records.map(record => {
    const known = index.find(record.pupilCode, record.personalId, foldForSearch(record.fullName), record.birth);
    return known
      ? planKnown(record, known, year, classIds, guardians.get(known.person.id) ?? [])
      : planNew(record, year, classIds, rolls);
  });
  return {
    kind: 'pupils', title: reading.title, rows: reading.rowCount, items,
    errors: reading.errors.map(problem => problemView(problem, 'error')), warnings: reading.warnings.map(problem => problemView(problem, 'warning')),
  };
}

function planNew(record: PupilRecord, year: string, classIds: ClassIds, rolls: Map<string, number>): PlanItem {
  const said = personValues(record);
  return {
    row: record.row, title: `${record.fullName} · ${record.className}`, outcome: 'created', changes: fieldChanges(undefined, said),
    write: ctx => {
      const { db, stamp } = ctx;
      const personId = insertRecord(db, stamp, 'person', newPerson(said));
      if (record.pupilCode) addCode(ctx, personId, 'moet', record.pupilCode);
      if (record.registerNumber) addCode(ctx, personId, 'register', record.registerNumber, registerBook(db, record.grade));
      for (const relation of relations) saveGuardian(ctx, personId, relation, record[relation], undefined);
      const classId = classIn(ctx, year, record, classIds);
      const roll = (rolls.get(classId) ?? lastRoll(db, classId)) + 1;
      rolls.set(classId, roll);
      insertRecord(db, stamp, 'enrolment', {
        person_id: personId, class_id: classId, year, roll, status: statusOf(record) ?? 'studying', status_on: record.statusDate ?? stamp.at.slice(0, 10),
        is_repeating: record.repeating === true ? 1 : 0,
      });
      ctx.changed('students', personId);
    },
  };
}

function planKnown(record: PupilRecord, known: KnownPupil, year: string, classIds: ClassIds, guardians: GuardianTable[]): PlanItem {
  const said = onlyChanged(known.person, personValues(record));
  const changes = fieldChanges(known.person, said);
  const moves = known.enrolment !== null && known.enrolment.class_id !== classIds.get(record.className);
  const status = statusOf(record);
  const statusChanges = known.enrolment !== null && status !== null && status !== known.enrolment.status;
  const newCode = record.pupilCode !== null && known.code === null ? record.pupilCode : null;
  const changedGuardians = relations.filter(relation => guardianChanges(record[relation], guardians.find(row => row.relation === relation)));
  if (known.enrolment === null || moves) changes.push({ field: text('students.field.class_id'), before: null, after: record.className });
  if (statusChanges) changes.push({ field: text('students.field.status'), before: known.enrolment?.status ?? null, after: status });
  if (newCode !== null) changes.push({ field: text('students.field.code'), before: null, after: newCode });
  for (const relation of changedGuardians) changes.push({ field: text(`students.relation.${relation}`), before: null, after: record[relation]?.fullName ?? '' });
  return {
    row: record.row, title: `${record.fullName} · ${record.className}`, outcome: changes.length === 0 ? 'unchanged' : 'updated', changes,
    write: ctx => {
      if (changes.length === 0) return;
      const { db, stamp } = ctx;
      const { person, enrolment } = known;
      if (Object.keys(said).length > 0) updateRecord(db, stamp, 'person', person.id, person.version, said);
      if (newCode !== null) addCode(ctx, person.id, 'moet', newCode);
      for (const relation of changedGuardians) saveGuardian(ctx, person.id, relation, record[relation], guardians.find(row => row.relation === relation));
      if (enrolment === null || moves || statusChanges) {
        const classId = classIn(ctx, year, record, classIds);
        const place = { class_id: classId, status: status ?? 'studying', status_on: record.statusDate ?? stamp.at.slice(0, 10) } as const;
        if (enrolment) updateRecord(db, stamp, 'enrolment', enrolment.id, enrolment.version, { ...place, ...(moves ? { roll: lastRoll(db, classId) + 1 } : {}) });
        else insertRecord(db, stamp, 'enrolment', { ...place, person_id: person.id, year, roll: lastRoll(db, classId) + 1, is_repeating: record.repeating === true ? 1 : 0 });
      }
      ctx.changed('students', person.id);
    },
  };
}

function statusOf(record: PupilRecord): EnrolmentStatus | null {
  const state = record.status?.state ?? null;
  return state === 'droppedOut' ? 'left' : state;
}

function lastRoll(db: ReadHandle, classId: string): number {
  return db.get(sql.selectFrom('enrolment').select(({ fn }) => fn.max('roll').as('roll')).where('class_id', '=', classId))?.roll ?? 0;
}

function guardianSays(parent: Parent | undefined): Partial<GuardianTable> {
  const said = { name: parent?.fullName, occupation: parent?.job, birth_year: parent?.birthYear?.toString(), phone: parent?.phone, personal_id: parent?.personalId };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

function guardianChanges(parent: Parent | undefined, stored: GuardianTable | undefined): boolean {
  const said = guardianSays(parent);
  return stored ? Object.keys(onlyChanged(stored, said)).length > 0 : said.name !== undefined;
}

function saveGuardian({ db, stamp }: WriteContext, personId: string, relation: (typeof relations)[number], parent: Parent | undefined, stored: GuardianTable | undefined): void {
  const said = guardianSays(parent);
  if (stored) {
    const changed = onlyChanged(stored, said);
    if (Object.keys(changed).length > 0) updateRecord(db, stamp, 'guardian', stored.id, stored.version, changed);
  } else if (said.name !== undefined) {
    insertRecord(db, stamp, 'guardian', { person_id: personId, relation, name: said.name, occupation: said.occupation ?? '', birth_year: said.birth_year ?? '', phone: said.phone ?? '', personal_id: said.personal_id ?? '', email: '', kinship: '' });
  }
}

/** The class of a row; a class seen for the first time is made with the sheets of its grade's curriculum. */
function classIn(ctx: WriteContext, year: string, record: PupilRecord, classIds: ClassIds): string {
  const known = classIds.get(record.className);
  if (known !== undefined) return known;
  const classId = insertRecord(ctx.db, ctx.stamp, 'school_class', { year, code: record.className, name: record.className, grade: record.grade, homeroom_staff_id: null });
  classIds.set(record.className, classId);
  ensureSheets(ctx, { id: classId, year, grade: record.grade, name: record.className });
  ctx.changed('classes', classId);
  return classId;
}

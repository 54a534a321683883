import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { EnrolmentStatus } from '../../db/schema/people.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { ensureSheets } from '../curriculum/class-sheets.ts';
import { vietnamDay } from '../kit/display.ts';
import { foldForSearch } from '../kit/names.ts';
import { givePupilCode as addCode, giveTemporaryCode } from '../students/pupil-codes.ts';
import { columnOf, nameColumns } from '../students/pupil-fields.ts';
import { readPupilRecord, writePupilRecord, type FieldValue } from '../students/pupil-record-store.ts';
import { changeStatus } from '../students/pupil-status.ts';
import type { ImportPlan, PlanItem } from './import-plan.ts';
import { listPlan } from './import-plan.ts';
import type { PupilRecord, PupilsReading } from './import-records.ts';
import { knownPupils, PeopleIndex, type KnownPupil } from './people-index.ts';
import { emptyPerson } from './person-plan.ts';
import { planSides, type PupilSides, readSides } from './pupil-sides.ts';
import { newPupilSays, pupilSays } from './pupil-says.ts';
import { fieldWords } from './pupil-words.ts';

/** In the place of a field: the pupil as a whole, whom the program does not know yet. */
const NEW_PUPIL = 'new';

/** Ids of classes by name; those the import itself makes appear as it goes. */
type ClassIds = Map<string, string>;

interface Around {
  year: string;
  classIds: ClassIds;
  rolls: Map<string, number>;
  sides: PupilSides;
}

/**
 * What a pupils' list does to the school year: new pupils, changed fields, changed classes. Pupils the file lacks are left alone.
 * With `take` only the changes named in it are made, each `<row>/<field>`.
 */
export function planPupils(db: ReadHandle, reading: PupilsReading, year: string, take?: ReadonlySet<string>): ImportPlan {
  const known = knownPupils(db, year);
  const index = new PeopleIndex<KnownPupil>(known);
  const classIds: ClassIds = new Map(db.all(sql.selectFrom('school_class').select(['name', 'id']).where('year', '=', year).where('cancelled', '=', 0))
    .map(row => [row.name, row.id]));
  const around: Around = { year, classIds, rolls: new Map(), sides: readSides(db, year) };
  const found = new Set<string>();
  const items = reading.records.flatMap(record => {
    const pupil = index.find(record.pupilCode, record.personalId, foldForSearch(record.fullName), record.birth);
    if (pupil) found.add(pupil.person.id);
    if (pupil) return [planKnown(record, pupil, around, key => take?.has(`${record.row}/${key}`) !== false)];
    return take?.has(`${record.row}/${NEW_PUPIL}`) === false ? [] : [planNew(record, around)];
  });
  const names = new Map([...classIds].map(([name, id]) => [id, name]));
  return {
    ...listPlan('pupils', reading, items),
    absent: known.filter(({ person, enrolment }) => enrolment !== null && !found.has(person.id))
      .map(({ person, code, enrolment }) => ({ name: person.name, className: names.get(enrolment?.class_id ?? '') ?? '', code: code ?? '', birth: person.birth })),
  };
}

function planNew(record: PupilRecord, around: Around): PlanItem {
  const says = newPupilSays(record);
  const { year, classIds, rolls } = around;
  return {
    row: record.row, title: `${record.fullName} · ${record.className}`, outcome: 'created',
    changes: says.map(({ field, value }) => ({ key: field.key, ...fieldWords(field, '', value), before: null })),
    write: ctx => {
      const { db, stamp } = ctx;
      const own = Object.fromEntries(says.filter(one => one.field.of === 'person').map(({ field, value }) => [columnOf(field), value]));
      const personId = insertRecord(db, stamp, 'person', { ...emptyPerson, ...own, ...nameColumns(record.fullName) });
      const classId = classIn(ctx, year, record, classIds);
      const roll = (rolls.get(classId) ?? lastRoll(db, classId)) + 1;
      rolls.set(classId, roll);
      const enrolmentId = insertRecord(db, stamp, 'enrolment', {
        person_id: personId, class_id: classId, year, roll, status: statusOf(record) ?? 'studying', status_on: record.statusDate ?? vietnamDay(stamp.at),
        is_repeating: record.repeating === true ? 1 : 0,
      });
      const beside = says.filter(one => one.field.of !== 'person');
      if (beside.length > 0) writePupilRecord(ctx, readPupilRecord(db, personId, enrolmentId), beside);
      if (record.pupilCode) addCode(ctx, personId, 'moet', record.pupilCode);
      else if (record.personalId) giveTemporaryCode(ctx, { id: personId, personal_id: record.personalId, name: record.fullName }, year.slice(0, 4));
      for (const side of planSides(record, undefined, around.sides)) side.write(ctx, personId);
      ctx.changed('students', personId);
    },
  };
}

function planKnown(record: PupilRecord, known: KnownPupil, around: Around, isTaken: (key: string) => boolean): PlanItem {
  const { year, classIds, sides } = around;
  const { enrolment, person } = known;
  const stored = sides.valuesOf(known);
  const says: FieldValue[] = pupilSays(record).filter(({ field, value }) => stored(field) !== value && isTaken(field.key));
  const changes: PlanItem['changes'] = says.map(({ field, value }) => ({ key: field.key, ...fieldWords(field, stored(field), value) }));
  const className = [...classIds].find(([, id]) => id === enrolment?.class_id)?.[0] ?? null;
  const moves = (enrolment === null || className !== record.className) && isTaken('class');
  const status = statusOf(record);
  const statusChanges = enrolment !== null && status !== null && status !== enrolment.status && isTaken('status');
  const repeating = record.repeating === true ? 1 : 0;
  const repeats = enrolment !== null && typeof record.repeating === 'boolean' && repeating !== enrolment.is_repeating && isTaken('repeating');
  const newCode = record.pupilCode !== null && known.code === null && isTaken('code') ? record.pupilCode : null;
  const beside = planSides(record, known, sides).filter(side => isTaken(side.key));
  if (moves) changes.push({ key: 'class', field: text('students.field.class_id'), before: className, after: record.className });
  if (statusChanges) changes.push({ key: 'status', field: text('students.field.status'), before: text(`students.status.${enrolment.status}`), after: record.status?.name ?? text(`students.status.${status}`) });
  if (repeats) changes.push({ key: 'repeating', field: text('imports.pupil.repeating'), before: text(`imports.pupil.flag.${enrolment.is_repeating}`), after: text(`imports.pupil.flag.${repeating}`) });
  if (newCode !== null) changes.push({ key: 'code', field: text('students.field.code'), before: null, after: newCode });
  for (const { key, field, before, after } of beside) changes.push({ key, field, before, after });
  return {
    row: record.row, title: `${record.fullName} · ${record.className}`, outcome: changes.length === 0 ? 'unchanged' : 'updated', changes,
    write: ctx => {
      if (changes.length === 0) return;
      const { db, stamp } = ctx;
      let enrolmentId = enrolment?.id ?? null;
      if (moves) {
        const classId = classIn(ctx, year, record, classIds);
        const place = { class_id: classId, roll: lastRoll(db, classId) + 1 };
        if (enrolment) updateRecord(db, stamp, 'enrolment', enrolment.id, enrolment.version, { ...place, ...(repeats ? { is_repeating: repeating } : {}) });
        else enrolmentId = insertRecord(db, stamp, 'enrolment', { ...place, person_id: person.id, year, status: status ?? 'studying',
          status_on: record.statusDate ?? vietnamDay(stamp.at), is_repeating: repeating });
      } else if (repeats) {
        updateRecord(db, stamp, 'enrolment', enrolment.id, enrolment.version, { is_repeating: repeating });
      }
      if (statusChanges) {
        changeStatus(ctx, { enrolmentId: enrolment.id, status, code: statusCode(record), on: statusDay(record, enrolment.status_on, stamp.at), reason: '', paper: '', movementId: null });
      }
      if (says.length > 0) writePupilRecord(ctx, readPupilRecord(db, person.id, enrolmentId), says);
      if (newCode !== null) addCode(ctx, person.id, 'moet', newCode);
      for (const side of beside) side.write(ctx, person.id);
      ctx.changed('students', person.id);
    },
  };
}

function statusOf(record: PupilRecord): EnrolmentStatus | null {
  const state = record.status?.state ?? null;
  return state === 'droppedOut' ? 'left' : state;
}

/** A list's day before the status it follows on cannot be right: the day of the import stands for it. */
function statusDay(record: PupilRecord, since: string, at: string): string {
  return record.statusDate && record.statusDate >= since ? record.statusDate : vietnamDay(at);
}

const statusCode = (record: PupilRecord): string => record.status?.code ?? '';

function lastRoll(db: ReadHandle, classId: string): number {
  return db.get(sql.selectFrom('enrolment').select(({ fn }) => fn.max('roll').as('roll')).where('class_id', '=', classId))?.roll ?? 0;
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

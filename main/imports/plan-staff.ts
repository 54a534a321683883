import type { StaffStatus } from '../../preload/contract/staff.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import { foldForSearch } from '../kit/names.ts';
import type { ImportPlan, PlanItem } from './import-plan.ts';
import { listPlan } from './import-plan.ts';
import type { StaffReading, StaffRecord } from './import-records.ts';
import { knownStaff, PeopleIndex, type KnownStaff } from './people-index.ts';
import { fieldChanges, newPerson, onlyChanged, personValues } from './person-plan.ts';

type StaffSays = Partial<KnownStaff['staff']>;

/** The words of the sector database as one of the school's own states; who is not said to have left works here. */
function statusOf({ status, working }: StaffRecord): StaffStatus {
  const words = foldForSearch(status ?? '');
  if (working) return /^(dang )?(nghi|tam nghi|di hoc|biet phai)/.test(words) ? 'leave' : 'working';
  if (/nghi huu/.test(words)) return 'retired';
  return /chuyen/.test(words) ? 'moved' : 'left';
}

/** What a staff list does. It never touches an account or its role: a position in the list is a proposal, not a right. */
export function planStaff(db: ReadHandle, reading: StaffReading): ImportPlan {
  const index = new PeopleIndex<KnownStaff>(knownStaff(db));
  return listPlan('staff', reading, reading.records.map(record => {
    const known = index.find(record.staffCode, record.personalId, foldForSearch(record.fullName), record.birth);
    return known ? planKnown(record, known) : planNew(record);
  }));
}

function staffSays(record: StaffRecord): StaffSays {
  const said = {
    code: record.staffCode, position: record.position ?? record.positionGroup, job: record.role, qualification: record.qualification,
    subjects: record.subjects?.map(subject => subject.code ?? subject.raw).join(', '), contract: record.contract,
    status: statusOf(record),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

function planNew(record: StaffRecord): PlanItem {
  const person = personValues(record);
  const staff = staffSays(record);
  return {
    row: record.row, title: record.fullName, outcome: 'created', changes: [...fieldChanges(undefined, person), ...fieldChanges<StaffSays>(undefined, staff)],
    write: ctx => {
      const { db, stamp } = ctx;
      const personId = insertRecord(db, stamp, 'person', newPerson(person));
      const staffId = insertRecord(db, stamp, 'staff', {
        person_id: personId, code: staff.code ?? personId, position: staff.position ?? '', job: staff.job ?? '', qualification: staff.qualification ?? '',
        subjects: staff.subjects ?? '', contract: staff.contract ?? '', status: staff.status ?? 'working',
      });
      ctx.changed('staff', staffId);
    },
  };
}

function planKnown(record: StaffRecord, known: KnownStaff): PlanItem {
  const person = onlyChanged(known.person, personValues(record));
  const staff = onlyChanged<StaffSays>(known.staff, staffSays(record));
  const changes = [...fieldChanges(known.person, person), ...fieldChanges<StaffSays>(known.staff, staff)];
  return {
    row: record.row, title: record.fullName, outcome: changes.length === 0 ? 'unchanged' : 'updated', changes,
    write: ctx => {
      const { db, stamp } = ctx;
      if (Object.keys(person).length > 0) updateRecord(db, stamp, 'person', known.person.id, known.person.version, person);
      const { id: _id, version: _version, ...values } = staff;
      if (Object.keys(values).length > 0) updateRecord(db, stamp, 'staff', known.staff.id, known.staff.version, values);
      if (changes.length > 0) ctx.changed('staff', known.staff.id);
    },
  };
}

import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { StaffStatus } from '../../preload/contract/staff.ts';
import type { StaffField } from '../../preload/contract/staff-fields.ts';
import { text } from '../../resources/language/language.ts';
import { foldForSearch } from '../kit/names.ts';
import { fieldOf, storedValue, subjectWords } from '../staff/staff-fields.ts';
import { isHere } from '../staff/staff-status.ts';
import { nameColumns, readStaffRecord, writeStaffRecord, type FieldValue } from '../staff/staff-store.ts';
import type { ImportPlan, PlanItem } from './import-plan.ts';
import { listPlan, problemView } from './import-plan.ts';
import type { StaffReading, StaffRecord } from './import-records.ts';
import { plainText } from './import-text.ts';
import { knownStaff, PeopleIndex, type KnownStaff } from './people-index.ts';
import { emptyPerson } from './person-plan.ts';

/** What a staff list does. It never touches an account or its role: a position in the list is a proposal, not a right. */
export function planStaff(db: ReadHandle, reading: StaffReading): ImportPlan {
  const index = new PeopleIndex<KnownStaff>(knownStaff(db));
  const plan = listPlan('staff', reading, []);
  for (const record of reading.records) {
    const known = index.find(record.staffCode, record.personalId, foldForSearch(record.fullName), record.birth);
    plan.items.push(known ? planKnown(record, known) : planNew(record));
    // Whoever leaves loses his classes and his account: that is decided on his own record, not by a list.
    if (known && isHere(statusOf(record)) !== isHere(known.staff.status)) {
      plan.warnings.push(problemView({
        sheet: reading.sheet, row: record.row, column: '', letter: '', value: record.status ?? '', code: 'staffStatusDiffers',
        message: text('imports.problems.staffStatusDiffers.message', { name: record.fullName, value: record.status ?? '' }), remedy: text('imports.problems.staffStatusDiffers.remedy'),
      }, 'warning'));
    }
  }
  return plan;
}

/** What a row says, as it is stored; empty cells say nothing. */
function staffSays(record: StaffRecord): FieldValue[] {
  const said: Record<string, string | null | undefined> = {
    ...record.more, name: record.fullName, birth: record.birth, sex: record.sex === 'unknown' ? null : record.sex, personalId: record.personalId,
    ethnicGroup: record.ethnicGroup?.name ?? record.ethnicGroup?.raw, religion: record.religion, nationality: record.nationality, address: record.address,
    phone: record.phone, email: record.email, code: record.staffCode, position: record.position ?? record.positionGroup, positionGroup: record.positionGroup,
    contract: record.contract, qualification: record.qualification, subjects: record.subjects?.map(subject => subject.code ?? subject.raw).join(', '),
    partyMember: record.partyMember === null || record.partyMember === undefined ? null : record.partyMember ? '1' : '0',
  };
  return Object.entries(said).flatMap(([key, value]) => {
    if (value === null || value === undefined || value === '') return [];
    const field = fieldOf(key);
    return [{ field, value: storedValue(field, value) }];
  });
}

function statusOf(record: StaffRecord): StaffStatus {
  const words = plainText(record.status ?? '');
  if (record.working) return /thai san|nghi om|biet phai|di hoc|nghi khong luong/.test(words) ? 'leave' : 'working';
  return /huu/.test(words) ? 'retired' : 'moved';
}

function changeOf(field: StaffField, before: string, after: string): PlanItem['changes'][number] {
  const words = (value: string) => (field.type === 'flag' && value !== '' ? text(`students.flag.${value === '1' ? 'yes' : 'no'}`)
    : field.type === 'sex' && value !== '' ? text(`students.sex.${value}`) : field.type === 'subjects' ? subjectWords(value) : value);
  return { key: field.key, field: text(`staff.field.${field.key}`), before: words(before), after: words(after) };
}

function planNew(record: StaffRecord): PlanItem {
  const says = [...staffSays(record), { field: fieldOf('job'), value: record.role }];
  return {
    row: record.row, title: record.fullName, outcome: 'created', changes: says.map(({ field, value }) => ({ ...changeOf(field, '', value), before: null })),
    write: ctx => {
      const { db, stamp } = ctx;
      const code = says.find(one => one.field.key === 'code')?.value;
      const personId = insertRecord(db, stamp, 'person', { ...emptyPerson, ...nameColumns(record.fullName), birth: record.birth ?? '' });
      const staffId = insertRecord(db, stamp, 'staff', {
        person_id: personId, code: code ?? personId, position: '', job: '', qualification: '', subjects: '', contract: '', status: statusOf(record),
      });
      writeStaffRecord(ctx, readStaffRecord(db, staffId), says);
      ctx.changed('staff', staffId);
    },
  };
}

function planKnown(record: StaffRecord, known: KnownStaff): PlanItem {
  const proposed = known.values['job'] === '' ? [{ field: fieldOf('job'), value: record.role }] : [];
  const says = [...staffSays(record), ...proposed].filter(({ field, value }) => known.values[field.key] !== value);
  return {
    row: record.row, title: record.fullName, outcome: says.length === 0 ? 'unchanged' : 'updated',
    changes: says.map(({ field, value }) => changeOf(field, known.values[field.key] ?? '', value)),
    write: ctx => {
      if (says.length === 0) return;
      writeStaffRecord(ctx, readStaffRecord(ctx.db, known.staff.id), says);
      ctx.changed('staff', known.staff.id);
    },
  };
}

import type { ChangedMember } from '../../preload/contract/reports.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { inJournalIndex } from '../../db/journal.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import { changedFields } from '../kit/row-difference.ts';
import { inPortions } from './report-members.ts';

type Change = ChangedMember['changes'][number];

/** Tables whose rows hang on an enrolment by `enrolment_id`. */
const ofEnrolment = ['pupil_year', 'pupil_status', 'term_record', 'year_result'] as const;

/** Personal facts that are not written out: that they changed is enough. */
const unspoken: ReadonlySet<string> = new Set(['person.disability', 'person.ethnic_group', 'person.policy_group', 'pupil_year.poor_household']);

/** The rows behind each member, as `table` and id of the row. */
function rowsBehind(db: ReadHandle, members: readonly { id: string; of: 'pupils' | 'classes' | 'staff' }[]): { table: string; rowId: string; member: string }[] {
  const idsOf = (of: string) => members.filter(member => member.of === of).map(member => member.id);
  const pupils = idsOf('pupils');
  const enrolments = inPortions(pupils, portion => db.all(sql.selectFrom('enrolment').where('id', 'in', portion).select(['id', 'person_id', 'class_id'])));
  const hanging = ofEnrolment.flatMap(table => inPortions(pupils, portion => db.all(sql.selectFrom(table as 'pupil_year').where('enrolment_id', 'in', portion).select(['id', 'enrolment_id'])))
    .map(row => ({ table, rowId: row.id, member: row.enrolment_id })));
  const staff = inPortions(idsOf('staff'), portion => db.all(sql.selectFrom('staff').where('id', 'in', portion).select(['id', 'person_id'])));
  return [
    ...enrolments.flatMap(row => [
      { table: 'enrolment', rowId: row.id, member: row.id }, { table: 'person', rowId: row.person_id, member: row.id }, { table: 'school_class', rowId: row.class_id, member: row.id },
    ]),
    ...hanging, ...idsOf('classes').map(id => ({ table: 'school_class', rowId: id, member: id })),
    ...staff.flatMap(row => [{ table: 'staff', rowId: row.id, member: row.id }, { table: 'person', rowId: row.person_id, member: row.id }]),
  ];
}

/** What the journal says happened to the records of each member after row `since`, oldest first, in the fields that statistics read. */
export function changesBehind(db: ReadHandle, members: readonly { id: string; of: 'pupils' | 'classes' | 'staff' }[], since: number): Map<string, Change[]> {
  const behind = Map.groupBy(rowsBehind(db, members), row => `${row.table}/${row.rowId}`);
  const actors = actorNames(db);
  const classNames = new Map(db.all(sql.selectFrom('school_class').select(['id', 'name'])).map(row => [row.id, row.name]));
  const changes = new Map<string, Change[]>();
  const byTable = Map.groupBy([...behind.values()].flatMap(rows => rows[0] ?? []), row => row.table);
  const journal = [...byTable].flatMap(([table, rows]) => inPortions(rows.map(row => row.rowId), portion => db.all(sql.selectFrom('journal')
    .where(inJournalIndex).where('tbl', '=', table).where('row_id', 'in', portion).where('seq', '>', since)
    .select(['seq', 'at', 'actor', 'tbl', 'row_id', 'before', 'after', 'reason'])))).toSorted((a, b) => a.seq - b.seq);
  const shown = (table: string, field: string, value: string | null): string | null => {
    if (value === null || value === '') return null;
    if (unspoken.has(`${table}.${field}`)) return '••••••';
    if (field === 'class_id') return classNames.get(value) ?? value;
    const words = [`reports.value.${field}.${value}`, `students.told.${table}.${field}.${value}`, `students.${field}.${value}`, `students.level.${value}`].find(key => hasText(key));
    return words === undefined ? value : text(words);
  };
  for (const row of journal) {
    for (const { field, before, after } of changedFields(row.before, row.after)) {
      const key = `reports.changed.${row.tbl}.${field}`;
      if (!hasText(key) || (before ?? '') === (after ?? '')) continue;
      const change: Change = { at: row.at, actor: actors.full(row.actor), what: text(key), before: shown(row.tbl, field, before), after: shown(row.tbl, field, after), reason: row.reason };
      for (const { member } of behind.get(`${row.tbl}/${row.row_id}`) ?? []) changes.set(member, [...changes.get(member) ?? [], change]);
    }
  }
  return changes;
}

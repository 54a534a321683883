import { sql as raw, type Kysely } from 'kysely';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { RecordTableName } from '../../db/records.ts';
import { tableFacts } from '../../db/schema/schema.ts';

/** Tables known by name only, such as those that other features hang on a person. */
type AnyRow = Record<'id' | 'person_id' | 'enrolment_id' | 'state', string> & Record<'version' | 'cancelled', number>;
const anyTable = sql as unknown as Kysely<Record<'record', AnyRow>>;
const named = (table: string) => table as 'record';

/** Record tables that hold rows of `column`, in the order of the schema. */
function tablesWith(db: ReadHandle, column: 'person_id' | 'enrolment_id', except: readonly string[]): RecordTableName[] {
  return tableFacts.map(facts => facts.table as RecordTableName).filter(table => !except.includes(table)
    && db.runPrepared('select 1 from pragma_table_info(?) where name = ?', [table, column]).length > 0);
}

/** Rows of other tables that hang on a person and follow him when two records become one. */
export function rowsOfPerson(db: ReadHandle, personId: string): { table: RecordTableName; id: string; version: number }[] {
  return tablesWith(db, 'person_id', ['guardian', 'pupil_code', 'enrolment', 'pupil_profile', 'staff', 'sensitive_look'])
    .flatMap(table => db.all(anyTable.selectFrom(named(table)).select(['id', 'version']).where('person_id', '=', personId)).map(row => ({ table, ...row })));
}

/** Whether marks, results, papers, absences or anything else of the school's work stands on an enrolment. */
export function isWorkedOn(db: ReadHandle, enrolmentId: string): boolean {
  return tablesWith(db, 'enrolment_id', ['pupil_year', 'pupil_status', 'movement']).some(table => {
    const rows = anyTable.selectFrom(named(table)).select(raw<number>`1`.as('one')).where('enrolment_id', '=', enrolmentId).limit(1);
    if ((table as string) === 'mark') return db.get(rows.where('state', '<>', 'empty')) !== undefined;
    return db.get(rows.where('cancelled', '=', 0)) !== undefined;
  });
}

/** The newest merge into this person that still stands, or null. */
export function openMergeOf(db: ReadHandle, personId: string): string | null {
  return db.get(sql.selectFrom('pupil_merge').select('id').where('kept_id', '=', personId).where('state', '=', 'merged').orderBy('id', 'desc').limit(1))?.id ?? null;
}

export function versionOf(db: ReadHandle, table: RecordTableName, id: string): number {
  return db.get(anyTable.selectFrom(named(table)).select('version').where('id', '=', id))?.version ?? 0;
}

export function journalEnd(db: ReadHandle): number {
  return db.get(sql.selectFrom('journal').select(({ fn }) => fn.max('seq').as('seq')))?.seq ?? 0;
}

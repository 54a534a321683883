import { accountsTables, type AccountsSchema } from './accounts.ts';
import { attendanceTables, type AttendanceSchema } from './attendance.ts';
import type { TableFacts } from './base.ts';
import { exchangeTables, type ExchangeSchema } from './exchange.ts';
import { gradebookTables, type GradebookSchema } from './gradebook.ts';
import { curriculumTables, type CurriculumSchema } from './curriculum.ts';
import { gradebookNotesTables, type GradebookNotesSchema } from './gradebook-notes.ts';
import { gradesTables, type GradesSchema } from './grades.ts';
import { markSheetsTables, type MarkSheetsSchema } from './mark-sheets.ts';
import { movementsTables, type MovementsSchema } from './movements.ts';
import { papersTables, type PapersSchema } from './papers.ts';
import { peopleTables, type PeopleSchema } from './people.ts';
import { personalDataTables, type PersonalDataSchema } from './personal-data.ts';
import { pupilsTables, type PupilsSchema } from './pupils.ts';
import { reportsTables, type ReportsSchema } from './reports.ts';
import { schoolTables, type SchoolSchema } from './school.ts';
import { staffTables, type StaffSchema } from './staff.ts';
import { schoolRecordsTables, type SchoolRecordsSchema } from './school-records.ts';
import { yearEndTables, type YearEndSchema } from './year-end.ts';

/** One row of the change log; see `db/journal.ts`. */
export interface JournalTable {
  seq: number;
  at: string;
  actor: string;
  device: string;
  /** How the change came: typed, pasted, imported, rule, undo … */
  path: string;
  tbl: string;
  row_id: string;
  version: number;
  event: 'NEW' | 'UPDATE' | 'CANCEL';
  before: string | null;
  after: string | null;
  reason: string | null;
  hash: string;
  /** The journal row before this one of the same record, in linked tables. */
  previous: number | null;
}

export interface Schema extends
  SchoolSchema, AccountsSchema, PeopleSchema, StaffSchema, SchoolRecordsSchema, PupilsSchema, CurriculumSchema, AttendanceSchema, GradesSchema, GradebookSchema,
  GradebookNotesSchema, MarkSheetsSchema, PapersSchema, YearEndSchema, ReportsSchema, MovementsSchema, ExchangeSchema, PersonalDataSchema {
  journal: JournalTable;
}

/** Facts of every record table, in the order in which a receiver can apply them. */
export const tableFacts: readonly TableFacts[] = [
  ...schoolTables, ...accountsTables, ...peopleTables, ...staffTables, ...schoolRecordsTables, ...pupilsTables, ...curriculumTables, ...attendanceTables, ...gradesTables,
  ...gradebookTables, ...gradebookNotesTables, ...markSheetsTables, ...papersTables, ...yearEndTables, ...reportsTables, ...movementsTables, ...exchangeTables,
  ...personalDataTables,
];

import { recordTable, type RecordColumns } from './base.ts';

export interface SchoolTable extends RecordColumns {
  code: string;
  name: string;
  /** `SchoolLevel`s, from the lowest, joined by ",". */
  levels: string;
  superior: string;
  commune: string;
  province: string;
  address: string;
  phone: string;
  is_demo: 0 | 1;
}

export interface SchoolYearTable extends RecordColumns {
  /** "2025-2026" */
  year: string;
  starts_on: string;
  ends_on: string;
  /** First day of semester II. */
  term2_from: string;
  state: 'open' | 'closed';
  is_current: 0 | 1;
}

/** What this PC is called and how it is set up. `key` is unique; values are JSON. */
export interface SettingTable extends RecordColumns {
  key: string;
  value: string;
}

export interface SchoolSchema {
  school: SchoolTable;
  school_year: SchoolYearTable;
  setting: SettingTable;
}

export const schoolTables = [recordTable('school'), recordTable('school_year'), recordTable('setting', { sync: false })];

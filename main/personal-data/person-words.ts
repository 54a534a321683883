import { pupilFields, type PupilField } from '../../preload/contract/pupil-fields.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { subjectName } from '../grades/grades-service.ts';
import { dateText, momentText } from '../kit/display.ts';
import { columnOf } from '../students/pupil-fields.ts';
import { fieldName } from '../students/pupil-history.ts';
import type { RecordsOfPerson, StoredRow } from './person-records.ts';

/** Bookkeeping of the program; the file for machines has it all. */
const bookkeeping: ReadonlySet<string> = new Set(['id', 'version', 'device', 'created_at', 'updated_at', 'cancelled', 'search_name', 'sort_name', 'journal_seq', 'first_seq', 'last_seq']);
const ownerOf: Record<string, PupilField['of']> = { person: 'person', pupil_profile: 'profile', pupil_year: 'year' };
const fields = new Map(pupilFields.map(field => [`${field.of}.${columnOf(field)}`, field]));

export interface PersonLine {
  /** Kind of record, in words. */
  title: string;
  content: string;
  /** When it was written last. */
  at: string;
}

/** Names of what the rows point to. */
interface Names {
  classes: ReadonlyMap<string, string>;
  sheets: ReadonlyMap<string, string>;
  purposes: ReadonlyMap<string, string>;
}

function namesOf(db: ReadHandle): Names {
  const classes = db.all(sql.selectFrom('school_class').select(['id', 'name', 'year', 'grade']));
  const sheets = db.all(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id')
    .select(['grade_sheet.id', 'grade_sheet.subject', 'grade_sheet.term', 'school_class.grade', 'school_class.name', 'school_class.year']));
  return {
    classes: new Map(classes.map(row => [row.id, `${row.name} (${row.year})`])),
    sheets: new Map(sheets.map(row => [row.id, `${subjectName(row.subject, row.grade)} · ${text('personalData.paper.term', { term: row.term })} · ${row.name} (${row.year})`])),
    purposes: new Map(db.all(sql.selectFrom('processing_purpose').select(['id', 'name'])).map(row => [row.id, row.name])),
  };
}

/** Everything in words, in the order of the schema: a person's own row field by field, marks by sheet, the rest a line per record. */
export function personLines(db: ReadHandle, records: readonly RecordsOfPerson[]): PersonLine[] {
  const names = namesOf(db);
  return records.flatMap(({ table, rows }) => {
    const title = tableName(table);
    const standing = rows.filter(row => row['cancelled'] !== 1);
    if (table === 'mark') return markLines(title, standing, names);
    return standing.flatMap(row => {
      const said = Object.entries(row).flatMap(([column, value]) => told(table, row, column, value, names));
      const at = momentOf(row);
      return table === 'person' ? said.map(content => ({ title, content, at })) : [{ title, content: said.join(' · '), at }];
    });
  });
}

export function tableName(table: string): string {
  return hasText(`personalData.table.${table}`) ? text(`personalData.table.${table}`) : table;
}

function momentOf(row: StoredRow): string {
  const at = row['updated_at'];
  return typeof at === 'string' ? momentText(at).slice(0, 16) : '';
}

function markLines(title: string, rows: readonly StoredRow[], names: Names): PersonLine[] {
  return [...Map.groupBy(rows.filter(row => row['state'] !== 'empty'), row => String(row['sheet_id']))].map(([sheetId, marks]) => ({
    title,
    content: `${names.sheets.get(sheetId) ?? ''}: ${marks.toSorted((left, right) => rankOf(left) - rankOf(right)).map(mark => `${text(`grades.column.${String(mark['col'])}`)} ${markWords(mark)}`).join('; ')}`,
    at: marks.map(momentOf).toSorted().at(-1) ?? '',
  }));
}

/** Ongoing marks first, as in the book. */
function rankOf(mark: StoredRow): number {
  return ['gk', 'ck'].indexOf(String(mark['col']));
}

function markWords(mark: StoredRow): string {
  if (mark['state'] === 'zeroByRule') return `0 (${String(mark['reason'])})`;
  return typeof mark['tenths'] === 'number' ? tenthsWords(mark['tenths']) : String(mark['level'] ?? '');
}

function tenthsWords(tenths: number): string {
  return `${Math.trunc(tenths / 10)},${tenths % 10}`;
}

function told(table: string, row: StoredRow, column: string, value: string | number | null, names: Names): string[] {
  if (value === null || value === '' || bookkeeping.has(column) || column.endsWith('_sha256')) return [];
  const field = fields.get(`${table === 'guardian' ? String(row['relation']) : ownerOf[table] ?? ''}.${column}`);
  if (field) return [`${fieldName(field)}: ${fieldWords(field, String(value))}`];
  if (table === 'guardian' && column === 'relation') return [];
  const named = column === 'class_id' ? names.classes.get(String(value)) : column === 'sheet_id' ? names.sheets.get(String(value))
    : column === 'purpose_id' ? names.purposes.get(String(value)) : undefined;
  if (named === undefined && column.endsWith('_id')) return [];
  return [`${columnName(table, column)}: ${named ?? codeWords(table, column, value) ?? plainWords(column, value)}`];
}

function columnName(table: string, column: string): string {
  const key = table.startsWith('staff') ? `staff.field.${column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}` : '';
  return [key, `personalData.column.${column}`].filter(hasText).map(one => text(one))[0] ?? column;
}

const yesNo = /^(is_|must_|made_)|^(promoted|completed_programme|one_session|two_sessions|combined_class|disabled_class|youth_work|life_skills|party_member|union_member|trade_union|management_training)$/;

/** The word of a code, or undefined where the value is a word itself. */
function codeWords(table: string, column: string, value: string | number): string | undefined {
  if (yesNo.test(column)) return text(`personalData.flag.${value}`);
  const isLevel = /^(learning|conduct|level)/.test(column);
  return [`students.told.${table}.${column}.${value}`, isLevel ? `personalData.level.${value}` : `personalData.word.${value}`].filter(hasText).map(key => text(key))[0];
}

function fieldWords(field: PupilField, value: string): string {
  const key = field.type === 'sex' ? `students.sex.${value}` : field.type === 'flag' ? `personalData.flag.${value}` : `students.choice.${field.choices ?? ''}.${value}`;
  return hasText(key) ? text(key) : plainWords(field.key, value);
}

const tenthsColumns = /^(tenths|average\d|average_year|term[12]|height|weight)$/;

function plainWords(column: string, value: string | number): string {
  if (typeof value === 'number') return tenthsColumns.test(column) && value > 4 ? tenthsWords(value) : String(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return momentText(value);
  return /^\d{4}-\d{2}(-\d{2})?$/.test(value) ? dateText(value) : value;
}

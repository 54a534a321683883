import { columnOfKey, type RecordField, type RecordValues } from '../../preload/contract/record-fields.ts';
import { AppError } from './errors.ts';
import { cleanName } from './names.ts';

const MAX_LENGTH = 250;
const shapes: Partial<Record<RecordField['type'], RegExp>> = {
  number: /^\d{1,9}(,\d{1,2})?$/, flag: /^[01]$/, partialDate: /^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$/, phone: /^[+\d][\d .()-]{5,28}$/, email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

/**
 * A typed value as it is stored: composed, single blanks; '' is not recorded.
 * @throws AppError `record.badValue` with the field
 */
export function storedRecordValue(field: RecordField, typed: string): string {
  const value = cleanName(typed);
  if (value === '') return '';
  const isRight = value.length <= MAX_LENGTH && (shapes[field.type]?.test(value) ?? true) && (field.type !== 'choice' || (field.choices ?? []).includes(value));
  if (!isRight || (field.type === 'partialDate' && value.length === 10 && !isDay(value))) throw new AppError('record.badValue', { field: field.key, params: { value } });
  return value;
}

/** Checks every change against the list of fields. @throws AppError `record.unknownField`, `record.badValue` */
export function storedRecordValues<Field extends RecordField>(fields: readonly Field[], changes: RecordValues): { field: Field; value: string }[] {
  const byKey = new Map(fields.map(field => [field.key, field]));
  return Object.entries(changes).map(([key, typed]) => {
    const field = byKey.get(key);
    if (!field) throw new AppError('record.unknownField', { field: key, params: { field: key } });
    return { field, value: storedRecordValue(field, typed) };
  });
}

/** The values of fields in a row with a column for each; a row that is not there has recorded nothing. */
export function recordValuesOf(fields: readonly RecordField[], row: object | undefined): Record<string, string> {
  const columns = (row ?? {}) as Record<string, string | undefined>;
  return Object.fromEntries(fields.map(field => [field.key, columns[columnOfKey(field.key)] ?? '']));
}

/** Columns with what is to be stored in them. */
export function recordColumnsOf(values: readonly { field: RecordField; value: string }[]): Record<string, string> {
  return Object.fromEntries(values.map(({ field, value }) => [columnOfKey(field.key), value]));
}

function isDay(value: string): boolean {
  return new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
}

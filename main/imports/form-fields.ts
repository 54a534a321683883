import type { ImportKind } from '../../preload/contract/imports.ts';
import { pupilField } from '../../preload/contract/pupil-fields.ts';
import { fieldName } from '../students/pupil-history.ts';
import type { ColumnNames } from './header-row.ts';
import { plainHeader } from './import-text.ts';
import { PUPIL_FORM } from './pupil-form.ts';
import { PUPIL_COLUMNS } from './pupils-columns.ts';
import { STAFF_COLUMNS } from './staff-columns.ts';
import { STAFF_HEADERS } from './staff-form.ts';

/** The fields a column may be said to hold, by the headers that the sector database's form has for them. */
export function formFields(kind: ImportKind): { id: string; name: string }[] {
  if (kind === 'pupils') return named(PUPIL_COLUMNS, PUPIL_FORM.map(column => column.header));
  return kind === 'staff' ? named(STAFF_COLUMNS, STAFF_HEADERS) : [];
}

function named(names: ColumnNames<string>, headers: readonly string[]): { id: string; name: string }[] {
  return Object.entries(names).flatMap(([id, known]) => {
    const header = headers.find(one => known.includes(plainHeader(one)))?.replaceAll('\n', ' ');
    const field = pupilField(id);
    const name = header ?? (field && fieldName(field));
    return id === 'order' || name === undefined ? [] : [{ id, name }];
  }).toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
}

import { text } from '../../resources/language/language.ts';
import { AppError } from '../kit/errors.ts';
import { textAbove, type FoundTable } from './header-row.ts';
import { plainText } from './import-text.ts';
import type { ListExpectations } from './import-records.ts';

/** `2025-2026` where a text names a school year, else null. */
export function schoolYearIn(value: string): string | null {
  const years = /(20\d\d)\s*[-–/]\s*(20\d\d)/.exec(value);
  return years?.[1] !== undefined && Number(years[2]) === Number(years[1]) + 1 ? `${years[1]}-${years[2]}` : null;
}

/**
 * The school year a list says it is of.
 * @throws imports.listOtherYear when the caller expects another
 */
export function checkSchoolYear(table: FoundTable<string>, expected: ListExpectations): string | null {
  const found = schoolYearIn(textAbove(table)) ?? schoolYearIn(table.grid.sheet.name);
  if (found !== null && expected.schoolYear !== undefined && found !== expected.schoolYear) {
    throw new AppError('imports.listOtherYear', { params: { found, expected: expected.schoolYear } });
  }
  return found;
}

/** "Danh sách học sinh, mẫu CSDL ngành ver3": what the preview calls the file. */
export function listTitle(kind: 'pupils' | 'staff', national: boolean, table: FoundTable<string>, expected: ListExpectations): string {
  const version = /ver\s*[-_.]?(\d+)/i.exec(`${expected.fileName ?? ''} ${plainText(textAbove(table))}`)?.[1];
  const form = national ? text(`imports.form.national`, { version: version === undefined ? '' : ` ver${version}` }).trim() : text('imports.form.own');
  return text(`imports.title.${kind}`, { form });
}

/** The `2025` of `2025-2026`. */
export function firstYear(schoolYear: string): number {
  return Number(schoolYear.slice(0, 4));
}

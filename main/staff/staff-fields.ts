import type { StaffProfileColumn } from '../../db/schema/staff.ts';
import { columnOfKey } from '../../preload/contract/record-fields.ts';
import { staffField, staffJobs, type StaffField } from '../../preload/contract/staff-fields.ts';
import { ETHNIC_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { allSubjects } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage } from '../../resources/language/language.ts';
import { AppError } from '../kit/errors.ts';
import { cleanName, foldForSearch, mask } from '../kit/names.ts';

export type StaffColumn = 'code' | 'position' | 'job' | 'qualification' | 'subjects' | 'contract' | StaffProfileColumn;

export function columnOf(field: StaffField): string {
  return columnOfKey(field.key);
}

/** @throws AppError `staff.unknownField` */
export function fieldOf(key: string): StaffField {
  const field = staffField(key);
  if (!field) throw new AppError('staff.unknownField', { params: { field: key } });
  return field;
}

const MAX_LENGTH = 250;
const shapes: Partial<Record<StaffField['type'], RegExp>> = {
  partialDate: /^\d{4}(-\d{2}(-\d{2})?)?$/, date: /^\d{4}-\d{2}-\d{2}$/, year: /^\d{4}$/, flag: /^[01]$/, sex: /^(male|female|unknown)$/, periods: /^\d{1,2}(,\d)?$/,
};

/**
 * A value as it is stored: composed, single blanks, digits without separators, catalogue words in the catalogue's spelling, subjects as codes.
 * @throws AppError `staff.badValue`, `staff.noName`, `staff.noCode`
 */
export function storedValue(field: StaffField, typed: string): string {
  const value = cleanName(typed);
  if (value === '') {
    if (field.key === 'name') throw new AppError('staff.noName', { field: 'name' });
    if (field.key === 'code') throw new AppError('staff.noCode', { field: 'code' });
    return field.key === 'sex' ? 'unknown' : '';
  }
  const isRight = value.length <= MAX_LENGTH && (shapes[field.type]?.test(value) ?? true) && (field.type !== 'job' || (staffJobs as readonly string[]).includes(value))
    && ((field.type !== 'date' && field.type !== 'partialDate') || isCalendarDate(value));
  if (!isRight) throw new AppError('staff.badValue', { field: field.key });
  if (field.type === 'personalId' || field.type === 'phone') return value.replaceAll(/[ .-]/g, '');
  if (field.type === 'subjects') return subjectCodes(value);
  return field.catalogue === 'ethnicGroups' || field.catalogue === 'provinces' ? spellings.get(`${field.catalogue}/${foldForSearch(value)}`) ?? value : value;
}

export function isCalendarDate(value: string): boolean {
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const spellings = new Map(([['ethnicGroups', ETHNIC_GROUPS], ['provinces', PROVINCES]] as const).flatMap(([name, entries]) =>
  entries.flatMap(entry => [entry.name, ...entry.aliases].map(word => [`${name}/${foldForSearch(word)}`, entry.name] as const))));

const subjectNames = new Map(allSubjects().map(subject => [subject.code, subject.short]));
const codesByWord = new Map(allSubjects().flatMap(subject => [subject.code, subject.name.vi, subject.short.vi].map(word => [foldForSearch(word), subject.code] as const)));

/** The code of a subject somebody wrote in words, or undefined. */
export function subjectCode(words: string): string | undefined {
  return codesByWord.get(foldForSearch(words));
}

export function subjectList(stored: string): string[] {
  return stored.split(',').map(word => word.trim()).filter(word => word !== '');
}

function subjectCodes(value: string): string {
  return [...new Set(subjectList(value).map(word => subjectCode(word) ?? word))].join(', ');
}

/** "TOAN, TIN" → "Toán, Tin học"; a word that is no code stays. */
export function subjectWords(stored: string): string {
  return subjectList(stored).map(code => subjectNames.get(code)?.[currentLanguage()] ?? code).join(', ');
}

/** What stands in place of a sensitive value: digits keep their last three, words show nothing. */
export function maskedValue(field: StaffField, value: string): string {
  if (value === '') return '';
  return field.type === 'phone' || field.type === 'personalId' || field.key === 'socialInsurance' || field.key === 'taxCode' ? mask(value) : '••••••';
}

import { pupilField } from '../../preload/contract/pupil-fields.ts';
import { ETHNIC_GROUPS } from '../../resources/catalogues/code-catalogues.ts';
import type { SchoolWords } from './import-records.ts';
import { cellText, plainText } from './import-text.ts';
import { parseText } from './import-values.ts';
import { catalogueOf, choiceFor, moreColumns, parseField } from './pupil-form.ts';
import type { PupilRow } from './pupils-reader.ts';

/** The fields of a row that the definition of pupil fields describes whole, as they are stored. Empty cells say nothing. */
export function readMore(row: PupilRow, said: SchoolWords['values']): Record<string, string> {
  const more: Record<string, string> = {};
  for (const column of moreColumns) {
    const field = pupilField(column);
    const value = field?.type === 'choice' ? readChoice(row, column, said) : row.read(column, parseField(column));
    if (value !== null && value !== undefined && value !== '') more[column] = value;
  }
  for (const [column, key] of [['fatherMinority', 'fatherEthnic'], ['motherMinority', 'motherEthnic']] as const) {
    // The form asks for a tick, which no field holds; lists often name the group.
    const group = cellText(row.cell(column));
    if (more[key] === undefined && ETHNIC_GROUPS.some(entry => plainText(entry.name) === plainText(group))) more[key] = group;
  }
  const poor = readChoice(row, 'poorHousehold', said);
  if (poor !== null) more['poorHousehold'] = poor;
  return more;
}

function readChoice(row: PupilRow, column: (typeof moreColumns)[number] | 'poorHousehold', said: SchoolWords['values']): string | null {
  const field = pupilField(column);
  const words = row.read(column, parseText);
  if (field === undefined || words === null || words === undefined) return null;
  const value = choiceFor(field, said.get(catalogueOf(field))?.get(plainText(words)) ?? words);
  if (value === undefined) row.noteUnknown(column, words, catalogueOf(field), true);
  return value ?? null;
}

/** Two columns of the form, one field: free of fees, or how much of them is let off. Null when neither says anything. */
export function readTuition(row: PupilRow, said: SchoolWords['values']): string | null | undefined {
  if (!row.has('tuitionExempt') && !row.has('tuitionReduced')) return undefined;
  if (isTicked(row.shown('tuitionExempt'))) return 'exempt';
  const words = row.shown('tuitionReduced');
  if (words === '' || plainText(words) === 'khong') return null;
  const share = /(70|50) ?%?/.exec(said.get('tuitionRelief')?.get(plainText(words)) ?? words)?.[1];
  if (share === undefined) row.noteUnknown('tuitionReduced', words, 'tuitionRelief', true);
  return share === undefined ? null : `reduced${share}`;
}

const isTicked = (words: string): boolean => words !== '' && !['khong', '0'].includes(plainText(words));

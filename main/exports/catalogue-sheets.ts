import type { ReadHandle } from '../../db/handle.ts';
import { SEXES } from '../../resources/catalogues/code-catalogues.ts';
import { BUNDLED } from '../imports/catalogues.ts';
import { learnedCatalogues } from '../imports/words-store.ts';
import type { WrittenSheet } from '../kit/excel/workbook.ts';

/**
 * The hidden catalogue sheets of a form: as the school's own export brought them, else as they come with the program. With `allLearned` whatever
 * else was learned goes along.
 */
export function catalogueSheets(db: ReadHandle, names: readonly string[], allLearned = false): WrittenSheet[] {
  const learned = new Map(learnedCatalogues(db).map(({ sheet, entries }) => [sheet, entries]));
  const bundled = new Map<string, readonly { code: string; name: string }[]>([
    ...Object.entries(BUNDLED).map(([sheet, { entries }]) => [sheet, entries] as const), ['GIOI_TINH', SEXES.map(({ code, name }) => ({ code: `0${code}`, name }))],
  ]);
  return [...new Set([...names, ...(allLearned ? learned.keys() : [])])].flatMap(name => {
    const entries = learned.get(name) ?? bundled.get(name);
    return entries === undefined ? [] : [sheetOf(name, entries)];
  });
}

function sheetOf(name: string, entries: readonly { code: string; name: string }[]): WrittenSheet {
  return { name, visibility: 'hidden', rows: [['Mã', 'Tên'], ...entries.map(entry => [{ value: entry.code, style: 'text' as const }, { value: entry.name, style: 'text' as const }])] };
}

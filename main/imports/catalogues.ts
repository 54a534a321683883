import type { CatalogueDifference, CatalogueView, ImportUnknown } from '../../preload/contract/imports.ts';
import { pupilChoices, pupilFields } from '../../preload/contract/pupil-fields.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PROVINCES, PUPIL_STATUSES, type CatalogueEntry } from '../../resources/catalogues/code-catalogues.ts';
import { allSubjects } from '../../resources/catalogues/subject-catalogue.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { levelsOf, theSchool } from '../school/school-store.ts';
import type { LearnedCatalogue, UnknownValue } from './import-records.ts';
import { choiceWord } from './pupil-form.ts';
import { learnedEntries } from './words-store.ts';

/** The catalogues that come with the program, by the names of their sheets in the sector database's files. */
export const BUNDLED: Readonly<Record<string, { catalogue: string; entries: readonly CatalogueEntry[] }>> = {
  DAN_TOC: { catalogue: 'ethnicGroups', entries: ETHNIC_GROUPS }, LOAI_KHUYET_TAT: { catalogue: 'disabilityKinds', entries: DISABILITY_KINDS },
  DOI_TUONG_CHINH_SACH: { catalogue: 'policyGroups', entries: POLICY_GROUPS }, TRANG_THAI: { catalogue: 'pupilStatuses', entries: PUPIL_STATUSES },
  TINH: { catalogue: 'provinces', entries: PROVINCES },
};

function title(sheet: string): string {
  const key = `imports.catalogue.${sheet}`;
  return hasText(key) ? text(key) : sheet;
}

/** Those of the program, and beside them what files of the school brought. */
export function catalogueViews(db: ReadHandle): CatalogueView[] {
  const bundled = Object.entries(BUNDLED).map(([sheet, { entries }]): CatalogueView => ({
    sheet, title: title(sheet), source: text('imports.catalogue.bundled'), edition: 0, validFrom: '', entries: entries.map(({ code, name }) => ({ code, name })),
  }));
  const learned = [...Map.groupBy(learnedEntries(db), row => row.catalogue)].map(([sheet, rows]): CatalogueView => {
    const last = rows.reduce((newest, row) => (row.edition > newest.edition ? row : newest));
    return { sheet, title: title(sheet), source: last.source, edition: last.edition, validFrom: last.valid_from, entries: rows.map(({ code, name }) => ({ code, name })) };
  });
  return [...bundled, ...learned].toSorted((a, b) => a.title.localeCompare(b.title, 'vi') || a.edition - b.edition);
}

/** A file's catalogues against those in force: what was learned before, or else what comes with the program. */
export function catalogueDifferences(db: ReadHandle, found: readonly LearnedCatalogue[]): CatalogueDifference[] {
  const views = catalogueViews(db);
  return found.map(({ sheet, entries }) => {
    const learned = views.find(view => view.sheet === sheet && view.edition > 0);
    const before = new Map((learned ?? views.find(view => view.sheet === sheet))?.entries.map(({ code, name }) => [code, name]) ?? []);
    const after = new Map(entries.map(({ code, name }) => [code, name]));
    return {
      sheet, title: title(sheet),
      fresh: [...after].filter(([code]) => !before.has(code)).map(([code, name]) => ({ code, name })),
      changed: [...after].flatMap(([code, name]) => { const old = before.get(code); return old === undefined || old === name ? [] : [{ code, before: old, after: name }]; }),
      gone: [...before].filter(([code]) => !after.has(code)).map(([code, name]) => ({ code, name })),
      same: [...after].filter(([code, name]) => before.get(code) === name).length,
    };
  });
}

/** What a person may choose for a word of a catalogue. */
function optionsOf(db: ReadHandle, catalogue: string): string[] {
  const bundled = Object.entries(BUNDLED).find(([, one]) => one.catalogue === catalogue);
  if (bundled) {
    const brought = learnedEntries(db).filter(row => row.catalogue === bundled[0]).map(row => row.name);
    return [...new Set([...bundled[1].entries.map(entry => entry.name), ...brought])];
  }
  if (catalogue === 'subjects') return allSubjects(levelsOf(theSchool(db))).map(subject => subject.name.vi);
  const field = pupilFields.find(one => one.choices === catalogue);
  return field?.choices === undefined ? [] : pupilChoices[field.choices].map(value => choiceWord(field, value));
}

export function unknownViews(db: ReadHandle, unknown: readonly UnknownValue[]): ImportUnknown[] {
  return unknown.map(({ catalogue, column, value, rows }) => ({ catalogue, column, value, rows: rows.length, options: optionsOf(db, catalogue) }));
}

import type { CatalogueEntry } from '../../resources/catalogues/code-catalogues.ts';
import type { Sheet, Workbook } from '../kit/excel/workbook.ts';
import type { CodedValue, LearnedCatalogue } from './import-records.ts';
import { cellText, plainText } from './import-text.ts';

/** Catalogue sheets are named like DAN_TOC or XA_PHUONG. */
const CATALOGUE_SHEET = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** The catalogues that an export of the sector database brings along on (usually hidden) sheets of their own. */
export function learnCatalogues(workbook: Workbook): LearnedCatalogue[] {
  return workbook.sheets.filter((sheet) => CATALOGUE_SHEET.test(sheet.name) && !/^SHEET\d*$/.test(sheet.name))
    .map((sheet) => ({ sheet: sheet.name, entries: entriesOf(sheet) })).filter((catalogue) => catalogue.entries.length > 0);
}

function entriesOf(sheet: Sheet): { code: string; name: string }[] {
  const lines = sheet.rows.map((row) => row.cells.map(cellText).filter((value) => value !== ''));
  const entries: { code: string; name: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const [first = '', second] = line;
    if (index === 0 && /^(ma|ten|stt|code|name)\b/.test(plainText(first))) continue;
    if (second === undefined) {
      const entry = splitCodeAndName(first);
      entries.push(entry ?? { code: first, name: first });
    } else {
      // Some sheets have the name first: the code is the shorter one, without blanks.
      const nameFirst = first.includes(' ') && !second.includes(' ');
      entries.push(nameFirst ? { code: second, name: first } : { code: first, name: second });
    }
  }
  return entries;
}

function splitCodeAndName(value: string): { code: string; name: string } | null {
  const parts = /^([A-Z0-9]{1,10})\s*[-–.:]\s*(.+)$/.exec(value);
  return parts?.[1] !== undefined && parts[2] !== undefined ? { code: parts[1], name: parts[2] } : null;
}

/** Finds the national entry for what a cell says: a name, a code, or both ("01-Kinh"). */
export class CatalogueLookup<Entry extends CatalogueEntry> {
  private readonly byName = new Map<string, Entry>();
  private readonly byCode = new Map<string, Entry>();
  private readonly fileCodes = new Map<string, string>();
  private readonly said: ReadonlyMap<string, string>;

  /** `said` is what people said of words before. `learned` is the file's own catalogue: where there is one, codes mean what it says, since provinces number some lists in another order. */
  constructor(national: readonly Entry[], learned: LearnedCatalogue | undefined, said: ReadonlyMap<string, string> = new Map()) {
    this.said = said;
    for (const entry of national) {
      for (const name of [entry.name, ...entry.aliases]) this.byName.set(plainName(name), entry);
      if (learned === undefined) this.byCode.set(plainCode(entry.code), entry);
    }
    for (const { code, name } of learned?.entries ?? []) this.fileCodes.set(plainCode(code), name);
  }

  /** The national entry, or undefined for a value no catalogue knows. */
  entry(word: string): Entry | undefined {
    const raw = this.said.get(plainText(word)) ?? word;
    const named = this.byName.get(plainName(raw));
    if (named !== undefined) return named;
    const fileName = this.fileCodes.get(plainCode(raw));
    if (fileName !== undefined) return this.byName.get(plainName(fileName));
    const coded = this.byCode.get(plainCode(raw));
    if (coded !== undefined) return coded;
    const parts = splitCodeAndName(raw);
    return parts === null ? undefined : this.byName.get(plainName(parts.name));
  }

  /** The value with its national code; a name that only the file's catalogue knows keeps that name, without a code. */
  resolve(raw: string): CodedValue {
    const entry = this.entry(raw);
    if (entry !== undefined) return { raw, code: entry.code, name: entry.name };
    return { raw, code: null, name: this.fileCodes.get(plainCode(raw)) ?? this.said.get(plainText(raw)) ?? null };
  }
}

/** "1" and "01" are one code. */
function plainCode(code: string): string {
  return code.replace(/^0+(?=.)/, '').toUpperCase();
}

/** "H’Mông", "H'mông" and "H Mông" are one name, "Khơ-me" and "Khơ me" too. */
function plainName(name: string): string {
  return plainText(name).replace(/[\s'’‘`´.\-–]/g, '');
}

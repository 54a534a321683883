import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcePath } from '../resources.ts';

/** What a template's `source.md` states at its head: the paper, the rule it follows, and for whom and when it may be used. */
export interface TemplateFacts {
  /** Folder name under `resources/templates`; what `Printer.print` takes. */
  code: string;
  /** What is printed with it, e.g. `transcript`; several templates may print the same paper for other years or levels. */
  paper: string;
  /** Circular and appendix, in Vietnamese. */
  legalBasis: string;
  /** School level (`thcs`, `thpt`, …); null for a paper of any level. */
  level: string | null;
  /** First school year (`2021-2022`) per grade: a circular comes into force grade by grade. Empty for a paper not bound to years. */
  firstYears: ReadonlyMap<number, string>;
  /** Last school year it may be used for; null while in force. */
  lastYear: string | null;
}

/** The templates that state their facts, in order of code. A folder without `source.md` holds shared parts. Throws a plain Error naming the file whose head cannot be read. */
export function listTemplates(folder: string = resourcePath('templates')): TemplateFacts[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'source.md')))
    .map((entry) => readFacts(entry.name, readFileSync(join(folder, entry.name, 'source.md'), 'utf8')))
    .toSorted((a, b) => a.code.localeCompare(b.code));
}

/**
 * The template of `paper` for a level and school year (`2025-2026`); the newest where several are valid. With a grade, the year
 * must be one in which that grade follows it; without, one in which every grade of the level does. Undefined where none is.
 */
export function findTemplate(templates: TemplateFacts[], paper: string, level: string, schoolYear: string, grade?: number): TemplateFacts | undefined {
  return templates
    .filter((t) => t.paper === paper && (t.level === null || t.level === level))
    .filter((t) => isValidIn(t, schoolYear, grade))
    .toSorted((a, b) => earliestYear(b).localeCompare(earliestYear(a)))[0];
}

function isValidIn({ firstYears, lastYear }: TemplateFacts, schoolYear: string, grade: number | undefined): boolean {
  if (lastYear !== null && schoolYear > lastYear) return false;
  if (firstYears.size === 0) return true;
  if (grade === undefined) return [...firstYears.values()].every((first) => first <= schoolYear);
  const first = firstYears.get(grade);
  return first !== undefined && first <= schoolYear;
}

function earliestYear({ firstYears }: TemplateFacts): string {
  return [...firstYears.values()].toSorted()[0] ?? '';
}

function readFacts(code: string, source: string): TemplateFacts {
  const head = /^---\r?\n(.*?)\r?\n---\r?\n/su.exec(source)?.[1];
  if (head === undefined) throw new Error(`${code}/source.md does not begin with its facts between two --- lines`);
  const facts = new Map(head.split(/\r?\n/u).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
  }));
  const stated = (key: string): string => {
    const value = facts.get(key);
    if (value === undefined) throw new Error(`${code}/source.md does not state "${key}"`);
    return value;
  };
  return {
    code,
    paper: stated('paper'),
    legalBasis: stated('legal basis'),
    level: stated('level') || null,
    firstYears: readFirstYears(code, stated('first years')),
    lastYear: stated('last year') || null,
  };
}

/** "6 from 2021-2022, 7 from 2022-2023" */
function readFirstYears(code: string, text: string): Map<number, string> {
  const years = new Map<number, string>();
  for (const part of text.split(',').map((p) => p.trim()).filter((p) => p !== '')) {
    const [, grade, year] = /^(\d{1,2}) from (\d{4}-\d{4})$/u.exec(part) ?? [];
    if (grade === undefined || year === undefined) throw new Error(`${code}/source.md: cannot read first year "${part}"`);
    years.set(Number(grade), year);
  }
  return years;
}

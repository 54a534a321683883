import type {
  AdjustmentReading,
  AdjustmentSubject,
  CommentLevel,
  Pair,
  PrimaryRecord,
  PrimarySubject,
  Pupil,
  Pupil22,
  Pupil27,
  Pupil58,
  SecondaryRuleSet,
  Subject,
  TermEntries,
} from './rules/assessment-types.ts';
import { ongoingAllowed } from './rules/subject-results.ts';
import { tenthsOf } from './rules/tenths.ts';
import type { Tenths } from './rules/tenths.ts';
import { competencesIn } from './rules/tt27-2020.ts';

export type RefusalCode =
  | 'json'
  | 'field'
  | 'type'
  | 'range'
  | 'decimals'
  | 'level'
  | 'grade'
  | 'ruleset'
  | 'count'
  | 'duplicate';

/** The first fault found in a line; `path` is like `subjects[3].terms[0].mid`, empty for the whole line. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly path: string;

  constructor(code: RefusalCode, path: string) {
    super(`${code} ${path}`);
    this.name = 'Refusal';
    this.code = code;
    this.path = path;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const RULE_SETS = ['TT22-2021', 'TT58-2011', 'TT26-2020', 'TT27-2020'] as const;
const LEVELS_22 = ['T', 'K', 'D', 'CD'] as const;
const CONDUCT_58 = ['T', 'K', 'TB', 'Y'] as const;
const COMMENT_LEVELS = ['D', 'CD'] as const;
const SUBJECT_LEVELS_27 = ['T', 'H', 'C'] as const;
const QUALITY_LEVELS_27 = ['T', 'D', 'C'] as const;
const KINDS = ['score', 'comment'] as const;
const READINGS: readonly AdjustmentReading[] = ['waive', 'exclude'];
const ADJUSTMENT_SUBJECTS: readonly AdjustmentSubject[] = ['any', 'scored'];
const QUALITIES = 5;

function objectAt(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('type', path);
  return value as Fields;
}

function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal('type', path);
  return value;
}

/** A field that must be there. Own fields only, so that `__proto__` and `constructor` are names like any other. */
function field(owner: Fields, name: string, path: string): unknown {
  if (!Object.hasOwn(owner, name)) throw new Refusal('field', path);
  return owner[name];
}

function optional(owner: Fields, name: string, otherwise: unknown): unknown {
  return Object.hasOwn(owner, name) ? owner[name] : otherwise;
}

function textAt(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new Refusal('type', path);
  return value;
}

function flagAt(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw new Refusal('type', path);
  return value;
}

function wordAt<Word extends string>(value: unknown, words: readonly Word[], path: string, code: RefusalCode): Word {
  const written = textAt(value, path);
  const word = words.find((known) => known === written);
  if (word === undefined) throw new Refusal(code, path);
  return word;
}

function levelOrNull<Level extends string>(value: unknown, levels: readonly Level[], path: string): Level | null {
  return value === null ? null : wordAt(value, levels, path, 'level');
}

function wholeAt(value: unknown, path: string): number {
  if (typeof value !== 'number') throw new Refusal('type', path);
  if (!Number.isInteger(value)) throw new Refusal('decimals', path);
  return value;
}

function wholeFrom(value: unknown, least: number, most: number, path: string): number {
  const whole = wholeAt(value, path);
  if (whole < least || whole > most) throw new Refusal('range', path);
  return whole + 0;
}

function markOrNull(value: unknown, path: string): Tenths | null {
  if (value === null) return null;
  if (typeof value !== 'number') throw new Refusal('type', path);
  if (value < 0 || value > 10) throw new Refusal('range', path);
  const tenths = tenthsOf(value);
  if (tenths === null) throw new Refusal('decimals', path);
  return tenths;
}

const commentOrNull = (value: unknown, path: string): CommentLevel | null => levelOrNull(value, COMMENT_LEVELS, path);

/** The id to answer with, also when the rest of the line is refused: null when it cannot be read. */
export function readableId(line: unknown): string | null {
  if (typeof line !== 'object' || line === null || !Object.hasOwn(line, 'id')) return null;
  const { id } = line as Fields;
  return typeof id === 'string' ? id : null;
}

/**
 * Checks one parsed line and turns its marks into tenths.
 * @throws Refusal at the first fault.
 */
export function readPupil(parsed: unknown): Pupil {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Refusal('json', '');
  const line = parsed as Fields;
  textAt(field(line, 'id', 'id'), 'id');
  const ruleSet = wordAt(field(line, 'ruleSet', 'ruleSet'), RULE_SETS, 'ruleSet', 'ruleset');
  const grade = wholeAt(field(line, 'grade', 'grade'), 'grade');
  const [lowest, highest] = ruleSet === 'TT27-2020' ? [1, 5] : [6, 12];
  if (grade < lowest || grade > highest) throw new Refusal('grade', 'grade');
  if (ruleSet === 'TT27-2020') return readPupil27(line, grade);
  return ruleSet === 'TT22-2021' ? readPupil22(line, grade) : readPupil58(line, ruleSet, grade);
}

function readPupil22(line: Fields, grade: number): Pupil22 {
  const options = objectAt(optional(line, 'options', {}), 'options');
  return {
    ruleSet: 'TT22-2021',
    grade,
    subjects: readSubjects(line, 'TT22-2021', grade),
    conduct: readConduct(line, LEVELS_22),
    summerConduct: levelOrNull(optional(line, 'summerConduct', null), LEVELS_22, 'summerConduct'),
    absences: readAbsences(line),
    adjustmentReading: wordAt(
      optional(options, 'adjustmentReading', 'waive'),
      READINGS,
      'options.adjustmentReading',
      'type',
    ),
    adjustmentSubject: wordAt(
      optional(options, 'adjustmentSubject', 'any'),
      ADJUSTMENT_SUBJECTS,
      'options.adjustmentSubject',
      'type',
    ),
  };
}

function readPupil58(line: Fields, ruleSet: Pupil58['ruleSet'], grade: number): Pupil58 {
  const subjects = readSubjects(line, ruleSet, grade);
  if (!subjects.some(({ kind, core }) => kind === 'score' && core)) throw new Refusal('count', 'subjects');
  return {
    ruleSet,
    grade,
    subjects,
    conduct: readConduct(line, CONDUCT_58),
    conductYear: levelOrNull(field(line, 'conductYear', 'conductYear'), CONDUCT_58, 'conductYear'),
    summerConduct: levelOrNull(optional(line, 'summerConduct', null), CONDUCT_58, 'summerConduct'),
    absences: readAbsences(line),
  };
}

function readAbsences(line: Fields): number {
  return wholeFrom(field(line, 'absences', 'absences'), 0, Infinity, 'absences');
}

/** A shorter list is one filled up with null, as for every list of entries. */
function readConduct<Level extends string>(line: Fields, levels: readonly Level[]): Pair<Level | null> {
  const given = arrayAt(field(line, 'conduct', 'conduct'), 'conduct');
  if (given.length > 2) throw new Refusal('count', 'conduct');
  const level = (term: 0 | 1): Level | null => levelOrNull(given[term] ?? null, levels, `conduct[${term}]`);
  return [level(0), level(1)];
}

function readSubjects(line: Fields, ruleSet: SecondaryRuleSet, grade: number): Subject[] {
  const given = arrayAt(field(line, 'subjects', 'subjects'), 'subjects');
  if (given.length === 0) throw new Refusal('count', 'subjects');
  const codes = new Set<string>();
  return given.map((value, index) => readSubject(value, `subjects[${index}]`, ruleSet, grade, codes));
}

function readCode(owner: Fields, path: string, codes: Set<string>): string {
  const code = textAt(field(owner, 'code', `${path}.code`), `${path}.code`);
  if (codes.has(code)) throw new Refusal('duplicate', `${path}.code`);
  codes.add(code);
  return code;
}

function readSubject(value: unknown, path: string, ruleSet: SecondaryRuleSet, grade: number, codes: Set<string>): Subject {
  const owner = objectAt(value, path);
  const code = readCode(owner, path, codes);
  const kind = wordAt(field(owner, 'kind', `${path}.kind`), KINDS, `${path}.kind`, 'type');
  const periodsPath = `${path}.periodsPerYear`;
  const periodsPerYear = wholeFrom(field(owner, 'periodsPerYear', periodsPath), 1, Infinity, periodsPath);
  // TT22 knows no core subjects, so the field is one of the unknown ones there.
  const core = ruleSet === 'TT22-2021' ? false : flagAt(optional(owner, 'core', false), `${path}.core`);
  const most = ongoingAllowed(ruleSet, grade, kind, periodsPerYear);
  const reassessed = optional(owner, 'reassessed', null);
  const frame = { code, periodsPerYear, core };
  return kind === 'score'
    ? {
        ...frame,
        kind,
        terms: readTerms(owner, path, ruleSet, most, markOrNull),
        reassessed: markOrNull(reassessed, `${path}.reassessed`),
      }
    : {
        ...frame,
        kind,
        terms: readTerms(owner, path, ruleSet, most, commentOrNull),
        reassessed: commentOrNull(reassessed, `${path}.reassessed`),
      };
}

type ReadEntry<Entry> = (value: unknown, path: string) => Entry | null;

function readTerms<Entry>(
  owner: Fields,
  path: string,
  ruleSet: SecondaryRuleSet,
  most: number,
  read: ReadEntry<Entry>,
): Pair<TermEntries<Entry>> {
  const termsPath = `${path}.terms`;
  const given = arrayAt(field(owner, 'terms', termsPath), termsPath);
  if (given.length !== 2) throw new Refusal('count', termsPath);
  const term = (index: 0 | 1): TermEntries<Entry> => readTerm(given[index], `${termsPath}[${index}]`, ruleSet, most, read);
  return [term(0), term(1)];
}

function readTerm<Entry>(
  value: unknown,
  path: string,
  ruleSet: SecondaryRuleSet,
  most: number,
  read: ReadEntry<Entry>,
): TermEntries<Entry> {
  const owner = objectAt(value, path);
  const ongoing = readEntries(owner, 'ongoing', path, read);
  if (ongoing.length > most) throw new Refusal('count', `${path}.ongoing`);
  const periodic =
    ruleSet === 'TT58-2011'
      ? readEntries(owner, 'periodic', path, read)
      : [read(field(owner, 'mid', `${path}.mid`), `${path}.mid`)];
  return { ongoing, periodic, final: read(field(owner, 'final', `${path}.final`), `${path}.final`) };
}

function readEntries<Entry>(owner: Fields, name: string, path: string, read: ReadEntry<Entry>): (Entry | null)[] {
  const listPath = `${path}.${name}`;
  return arrayAt(field(owner, name, listPath), listPath).map((entry, index) => read(entry, `${listPath}[${index}]`));
}

function readPupil27(line: Fields, grade: number): Pupil27 {
  const record = readRecord(line, '', grade);
  const supplement = optional(line, 'supplement', null);
  const principalPromotes = optional(line, 'principalPromotes', null);
  return {
    ruleSet: 'TT27-2020',
    grade,
    ...record,
    supplement: supplement === null ? null : readSupplement(supplement, grade, record.subjects),
    principalPromotes: principalPromotes === null ? null : flagAt(principalPromotes, 'principalPromotes'),
    recognised: flagAt(optional(line, 'recognised', false), 'recognised'),
  };
}

/** @param prefix empty for the line itself, `supplement.` inside it. */
function readRecord(owner: Fields, prefix: string, grade: number): PrimaryRecord {
  const subjectsPath = `${prefix}subjects`;
  const given = arrayAt(field(owner, 'subjects', subjectsPath), subjectsPath);
  if (given.length === 0) throw new Refusal('count', subjectsPath);
  const codes = new Set<string>();
  const subjects = given.map((value, index): PrimarySubject => {
    const path = `${subjectsPath}[${index}]`;
    const subject = objectAt(value, path);
    const code = readCode(subject, path, codes);
    const level = levelOrNull(field(subject, 'level', `${path}.level`), SUBJECT_LEVELS_27, `${path}.level`);
    const testPath = `${path}.endOfYearTest`;
    const test = field(subject, 'endOfYearTest', testPath);
    return { code, level, endOfYearTest: test === null ? null : wholeFrom(test, 0, 10, testPath) };
  });
  const levels = (name: 'qualities' | 'competences', count: number) => {
    const path = prefix + name;
    const list = arrayAt(field(owner, name, path), path);
    if (list.length !== count) throw new Refusal('count', path);
    return list.map((level, index) => levelOrNull(level, QUALITY_LEVELS_27, `${path}[${index}]`));
  };
  return { subjects, qualities: levels('qualities', QUALITIES), competences: levels('competences', competencesIn(grade)) };
}

/** After support nothing may be missing, and the subjects are those of the year. */
function readSupplement(value: unknown, grade: number, year: readonly PrimarySubject[]): PrimaryRecord {
  const record = readRecord(objectAt(value, 'supplement'), 'supplement.', grade);
  if (record.subjects.length !== year.length) throw new Refusal('count', 'supplement.subjects');
  for (const [index, { code, level, endOfYearTest }] of record.subjects.entries()) {
    const path = `supplement.subjects[${index}]`;
    const before = year[index]!;
    if (code !== before.code) throw new Refusal('field', `${path}.code`);
    if (level === null) throw new Refusal('type', `${path}.level`);
    if (endOfYearTest === null && before.endOfYearTest !== null) throw new Refusal('type', `${path}.endOfYearTest`);
  }
  for (const name of ['qualities', 'competences'] as const) {
    const gap = record[name].indexOf(null);
    if (gap >= 0) throw new Refusal('type', `supplement.${name}[${gap}]`);
  }
  return record;
}

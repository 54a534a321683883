import { assessLine } from '../../main/grades/assess.ts';

/** One line of `so-truong assess` before it is written as JSON: tests bend it in ways the types would forbid. */
export type Line = Record<string, unknown>;
export type Because = { field: string; rule: string; article: string; facts: Record<string, unknown> };
export type Answer = {
  id: string | null;
  subjects: { code: string; terms: unknown[]; year: unknown; final: unknown }[];
  flags: string[];
  because: Because[];
  error?: { code: string; path: string; message: string };
} & Record<string, unknown>;

/** The answer to one line, through the same text the command reads and writes. */
export function answerTo(line: unknown, explain = false): Answer {
  const answered = assessLine(JSON.stringify(line), { explain });
  if (answered === null) throw new Error('a pupil was taken for an empty line');
  return JSON.parse(answered.json) as Answer;
}

/** The same value entered everywhere: the terms and the year are that value too. */
export function steady(code: string, value: number | 'D' | 'CD', more: Line = {}): Line {
  const term = { ongoing: [value, value, value, value].slice(0, typeof value === 'number' ? 4 : 2), mid: value, final: value };
  return { code, kind: typeof value === 'number' ? 'score' : 'comment', periodsPerYear: 105, terms: [term, term], ...more };
}

/** Scored subjects S0, S1, … with these year values, then comment subjects N0, N1, … with theirs. */
export function subjectsOf(scores: readonly number[], comments: readonly ('D' | 'CD')[] = ['D', 'D', 'D', 'D']): Line[] {
  return [...scores.map((score, index) => steady(`S${index}`, score)), ...comments.map((level, index) => steady(`N${index}`, level))];
}

export function pupil22(subjects: readonly Line[], more: Line = {}): Line {
  return { id: 'HS1', ruleSet: 'TT22-2021', grade: 8, subjects, conduct: ['T', 'T'], absences: 0, ...more };
}

/** TT58-2011 and TT26-2020 write their terms differently; the first two scored subjects are core, under TT26 the third too. */
export function pupil58(ruleSet: 'TT58-2011' | 'TT26-2020', subjects: readonly Line[], more: Line = {}): Line {
  const cores = ruleSet === 'TT58-2011' ? 2 : 3;
  return {
    id: 'HS1',
    ruleSet,
    grade: 9,
    subjects: subjects.map((subject, index) => ({ core: index < cores, ...in58(subject, ruleSet) })),
    conduct: ['T', 'T'],
    conductYear: 'T',
    absences: 0,
    ...more,
  };
}

function in58(subject: Line, ruleSet: string): Line {
  if (subject['kind'] === 'comment' && ruleSet === 'TT26-2020') {
    const terms = (subject['terms'] as Line[]).map((term) => ({ ...term, ongoing: Array<unknown>(4).fill(term['final']) }));
    return { ...subject, terms };
  }
  if (ruleSet !== 'TT58-2011') return subject;
  const terms = (subject['terms'] as Line[]).map(({ mid, final }) => ({ ongoing: [mid, mid, mid, mid], periodic: [mid], final }));
  return { ...subject, terms };
}

export interface PrimaryLevels {
  grade?: number;
  levels: readonly (string | null)[];
  tests: readonly (number | null)[];
  /** Qualities, then competences. */
  qualities: readonly (string | null)[];
}

/** The tests belong to the first subjects, the others have none. */
export function pupil27({ grade = 4, levels, tests, qualities }: PrimaryLevels, more: Line = {}): Line {
  return { id: 'HS1', ruleSet: 'TT27-2020', grade, ...record27({ levels, tests, qualities }), ...more };
}

export function record27({ levels, tests, qualities }: PrimaryLevels): Line {
  return {
    subjects: levels.map((level, index) => ({ code: `S${index}`, level, endOfYearTest: tests[index] ?? null })),
    qualities: qualities.slice(0, 5),
    competences: qualities.slice(5),
  };
}

export function times<Value>(count: number, value: Value): Value[] {
  return Array<Value>(count).fill(value);
}

/** A copy of the line with the value at `path` (`['subjects', 0, 'kind']`) replaced, or taken out when `value` is undefined. */
export function bent(line: Line, path: readonly (string | number)[], value: unknown): Line {
  // Through JSON, because the two terms of a steady subject are one object and only one of them is to change.
  const copy = JSON.parse(JSON.stringify(line)) as Line;
  let owner: Record<string | number, unknown> = copy;
  for (const step of path.slice(0, -1)) owner = owner[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return copy;
}

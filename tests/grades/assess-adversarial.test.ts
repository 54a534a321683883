import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { assessLine } from '../../main/grades/assess.ts';
import { anyPupil } from './pupil-arbitraries.ts';
import type { Answer, Line } from './pupil-lines.ts';

/** Thousands of lines with one thing wrong, or everything: each is answered, and what is refused is refused by the contract. */

const CODES = ['json', 'field', 'type', 'range', 'decimals', 'level', 'grade', 'ruleset', 'count', 'duplicate'];
const PATH = /^(?:[a-zA-Z]+(?:\[\d+\])?(?:\.[a-zA-Z]+(?:\[\d+\])?)*)?$/;

const HOSTILE = [
  'null', 'true', 'false', '""', '"8"', '"T"', '"D"', '"CD"', '"KEM"', '"TB"', '"H"', '"HTXS"', '"Đ"', '"t"', '"__proto__"', '"toString"',
  '{}', '[]', '[null]', '[[]]', '[8,8,8,8,8,8,8]', '{"length":2}', '{"__proto__":{"code":"X"}}', '{"toString":1}',
  '-1', '-0', '-0.0', '0', '5', '10', '10.1', '11', '8.55', '8.50', '1e1', '85e-1', '1e400', '-1e400', '1e-400', '8.0000000000000001',
  '8.1', '9.95', '45', '46', '1e308', '9007199254740993', '0.1e-7', '13', '6.5', '2',
];
/** Written as JSON text, so that numbers no float can hold are among them. */
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.json({ maxDepth: 2 }),
);

interface Place {
  owner: Record<string, unknown>;
  key: string;
}

/** Every place of the line that holds a value, those of lists too. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}

const MARKER = '<the hostile value>';
interface Mutation {
  kind: 'replace' | 'remove' | 'repeat' | 'cut' | 'insert';
  at: number;
  value: string;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom<Mutation['kind'][]>('replace', 'replace', 'replace', 'replace', 'remove', 'repeat', 'cut', 'insert'),
  at: fc.nat(),
  value: hostile,
});

function mutated(line: Line, { kind, at, value }: Mutation): string {
  const copy = JSON.parse(JSON.stringify(line)) as Line;
  const text = JSON.stringify(copy);
  if (kind === 'cut') return text.slice(0, at % text.length);
  if (kind === 'insert') return text.slice(0, at % text.length) + value + text.slice(at % text.length);
  const places = placesIn(copy);
  const { owner, key } = places[at % places.length]!;
  if (kind === 'repeat' && Array.isArray(owner)) owner.push(owner[Number(key)]);
  else if (kind === 'remove' && Array.isArray(owner)) owner.splice(Number(key), 1);
  else if (kind === 'remove') delete owner[key];
  else owner[key] = MARKER;
  return JSON.stringify(copy).replace(JSON.stringify(MARKER), () => value);
}

/** Whether the path leads into the line: to a value, or to a field that its owner lacks. */
function leadsIntoLine(line: unknown, path: string): boolean {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  let owner: unknown = line;
  for (const step of steps.slice(0, -1)) {
    if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, step)) return false;
    owner = (owner as Record<string, unknown>)[step];
  }
  return typeof owner === 'object' && owner !== null;
}

function expectContract(text: string): { refused: boolean; code: string | undefined } {
  const answered = assessLine(text, { explain: false });
  if (answered === null) {
    expect(text.trim()).toBe('');
    return { refused: false, code: undefined };
  }
  const answer = JSON.parse(answered.json) as Answer;
  expect(answered.json).not.toContain('\n');
  if (!answered.refused) {
    expect(answer.error).toBeUndefined();
    expect(Array.isArray(answer.flags)).toBe(true);
    return { refused: false, code: undefined };
  }
  expect(Object.keys(answer)).toEqual(['id', 'error']);
  expect(Object.keys(answer.error ?? {})).toEqual(['code', 'path', 'message']);
  const { code, path, message } = answer.error ?? { code: '', path: '', message: '' };
  expect(CODES).toContain(code);
  expect(path).toMatch(PATH);
  expect(message).toMatch(/[À-ỹ]/);
  expect(message).not.toContain('{{');
  if (code === 'json') expect(path).toBe('');
  else {
    const line = JSON.parse(text) as Line;
    expect(leadsIntoLine(line, path), path).toBe(true);
    expect(answer.id).toBe(typeof line['id'] === 'string' ? line['id'] : null);
  }
  return { refused: true, code };
}

test('four and a half thousand pupils with one thing changed', () => {
  const codes = new Map<string, number>();
  let accepted = 0;
  fc.assert(
    fc.property(anyPupil, mutation, (line, change) => {
      const { refused, code } = expectContract(mutated(line, change));
      if (refused) codes.set(code ?? '', (codes.get(code ?? '') ?? 0) + 1);
      else accepted += 1;
    }),
    { numRuns: 4_500, seed: 22_2021 },
  );
  expect([...codes.keys()].toSorted()).toEqual(CODES.toSorted());
  expect(accepted).toBeGreaterThan(500);
});

test('a thousand pupils with several things changed', () => {
  fc.assert(
    fc.property(anyPupil, fc.array(mutation.filter(({ kind }) => kind !== 'cut' && kind !== 'insert'), { minLength: 2, maxLength: 8 }), (line, changes) => {
      let text = JSON.stringify(line);
      for (const change of changes) text = mutated(JSON.parse(text) as Line, change);
      expectContract(text);
    }),
    { numRuns: 1_000 },
  );
});

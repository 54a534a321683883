import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import en from '../../resources/language/en.json' with { type: 'json' };
import vi from '../../resources/language/vi.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..', '..');

function leaves(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value]] as [string, string][] : leaves(value as object, `${prefix}${key}.`)));
}

test('every word of the shell stands in both languages, with the same gaps to fill', () => {
  const gaps = (words: string): string[] => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(found => found[1] ?? '').toSorted();
  const english = new Map(leaves(en.shell));
  expect([...english.keys()]).toEqual(leaves(vi.shell).map(([key]) => key));
  for (const [key, words] of leaves(vi.shell)) expect(gaps(english.get(key) ?? ''), key).toEqual(gaps(words));
});

test('every text the shell asks for exists, and none is kept that nobody asks for', () => {
  const sources = [...globSync('main/electron/*.ts', { cwd: root }), 'main/entry/desktop-shell.ts', 'main/entry/app.ts'].map(file => readFileSync(path.join(root, file), 'utf8')).join('\n');
  const asked = [...sources.matchAll(/['"`](shell\.[\w.]+)(['"`]|\$\{)/g)].map(([, key, end]) => ({ key: key ?? '', isWhole: end !== '${' }));
  const known = leaves({ shell: vi.shell }).map(([key]) => key);
  for (const { key, isWhole } of asked) expect(known.some(one => (isWhole ? one === key : one.startsWith(key))), key).toBe(true);
  const unused = known.filter(one => !asked.some(({ key, isWhole }) => (isWhole ? one === key : one.startsWith(key))));
  // Kinds of menus and files are asked for by their name in a template: `shell.menu.${name}`, `shell.save.kinds.${kind}`.
  expect(unused).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract } from '../preload/contract/index.ts';
import { tableFacts } from '../db/schema/schema.ts';

const root = path.resolve(import.meta.dirname, '..');
type Tree = { [key: string]: string | Tree };
const read = (language: string) => JSON.parse(readFileSync(path.join(root, `resources/language/${language}.json`), 'utf8')) as Tree;
const leaves = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : leaves(value, `${prefix}${key}.`)));
const vi = new Map(leaves(read('vi')));
const en = new Map(leaves(read('en')));
const sources = globSync(['main/**/*.ts', 'renderer/**/*.{ts,tsx}', 'db/**/*.ts', 'district/**/*.ts'], { cwd: root }).map(file => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

describe('the message catalogue', () => {
  test('every text exists in Vietnamese and in English, with the same placeholders', () => {
    expect([...vi.keys()].filter(key => !en.has(key))).toEqual([]);
    expect([...en.keys()].filter(key => !vi.has(key))).toEqual([]);
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1] ?? '').sort((a, b) => a.localeCompare(b)).join(',');
    expect([...vi].filter(([key, text]) => holes(text) !== holes(en.get(key) ?? '')).map(([key]) => key)).toEqual([]);
  });

  test('Vietnamese texts are composed (NFC), so that every font shows them whole', () => {
    expect([...vi].filter(([, text]) => text !== text.normalize('NFC')).map(([key]) => key)).toEqual([]);
  });

  test('every key written in the code is in the catalogue', () => {
    const missing = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\b(?:text|t)\(\s*'([a-zA-Z][\w.-]*\.[\w.-]+)'/g)].map(match => match[1] ?? '').filter(key => !vi.has(key)).map(key => `${file}: ${key}`));
    expect(missing).toEqual([]);
  });

  test('every named error tells what happened and what to do', () => {
    const codes = new Set(sources.flatMap(({ text }) => [...text.matchAll(/new AppError\(\s*'([\w.]+)'/g)].map(match => match[1] ?? '')));
    const incomplete = [...codes].filter(code => !['heading', 'what', 'remedy'].every(part => vi.has(`errors.${code}.${part}`)));
    expect(codes.size).toBeGreaterThan(60);
    expect(incomplete).toEqual([]);
  });

  test('every job has a title, every record table a word for the history', () => {
    const jobs = Object.entries(contract).flatMap(([feature, calls]) => Object.entries(calls).filter(([, spec]) => spec.kind === 'job').map(([call]) => `jobs.${feature}.${call}`));
    expect(jobs.filter(key => !vi.has(key))).toEqual([]);
    expect(tableFacts.filter(facts => facts.sync).map(facts => `home.act.${facts.table}`).filter(key => !vi.has(key))).toEqual([]);
  });

  test('the help of the command line names every command, in both languages', () => {
    const commands = globSync('main/entry/commands/*.ts', { cwd: root }).map(file => path.basename(file, '.ts'));
    expect(commands.length).toBeGreaterThan(15);
    expect([vi, en].flatMap(words => commands.filter(name => !new RegExp(`^  ${name} `, 'm').test(words.get('cli.usage') ?? '')))).toEqual([]);
  });

  test('no message blames or says nothing', () => {
    expect([...vi.values()].filter(text => /đã có lỗi xảy ra|lỗi không xác định/i.test(text))).toEqual([]);
  });
});

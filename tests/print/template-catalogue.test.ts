import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codePointsOf } from '../../main/kit/print/font-coverage.ts';
import { findTemplate, listTemplates } from '../../main/kit/print/template-catalogue.ts';
import { resourcePath } from '../../main/kit/resources.ts';
import { temporaryFolder } from './print-fixture.ts';

const templatesFolder = resourcePath('templates');
const folders = readdirSync(templatesFolder).filter((name) => name !== 'shared');

function folderWith(sources: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [code, source] of Object.entries(sources)) {
    mkdirSync(join(folder, code));
    writeFileSync(join(folder, code, 'source.md'), source);
  }
  return folder;
}

function facts(lines: Partial<Record<'paper' | 'level' | 'first years' | 'last year' | 'legal basis', string>>): string {
  const all = { paper: 'transcript', level: 'thcs', 'first years': '6 from 2021-2022', 'last year': '', 'legal basis': 'Thông tư', ...lines };
  return `---\n${Object.entries(all).map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n\n# Mẫu\n`;
}

describe('the shipped templates', () => {
  it('each state paper, level, years and legal basis, and bring a sample', () => {
    expect(listTemplates().map((template) => template.code)).toEqual(folders.toSorted());
    for (const folder of folders) {
      expect(JSON.parse(readFileSync(join(templatesFolder, folder, 'sample.json'), 'utf8'))).toBeTypeOf('object');
    }
    for (const { legalBasis, paper } of listTemplates()) {
      expect(legalBasis).not.toBe('');
      expect(paper).not.toBe('');
    }
  });

  it('hold no character the print font lacks', () => {
    const fonts = [['400Regular', 'Tinos_400Regular.ttf'], ['400Regular_Italic', 'Tinos_400Regular_Italic.ttf'], ['700Bold', 'Tinos_700Bold.ttf'], ['700Bold_Italic', 'Tinos_700Bold_Italic.ttf']];
    const coverage = fonts.map((parts) => codePointsOf(readFileSync(resourcePath('fonts', ...parts))));
    const sources = readdirSync(templatesFolder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.typ'));
    expect(sources.length).toBeGreaterThan(3);
    for (const file of sources) {
      const text = readFileSync(join(templatesFolder, file), 'utf8').replaceAll('\n', '');
      expect(text).toBe(text.normalize('NFC'));
      const missing = new Set(Array.from(text).filter((character) => coverage.some((points) => !points.has(character.codePointAt(0) ?? 0))));
      expect([file, [...missing]]).toEqual([file, []]);
    }
  });
});

describe('choosing among templates', () => {
  it('takes the newest form valid in the year, and the older one for older years', () => {
    const templates = listTemplates(folderWith({
      'transcript-old': facts({ 'first years': '6 from 2011-2012, 7 from 2011-2012', 'last year': '2026-2027' }),
      'transcript-new': facts({ 'first years': '6 from 2025-2026, 7 from 2026-2027' }),
    }));
    const chosen = (year: string, grade?: number): string | undefined => findTemplate(templates, 'transcript', 'thcs', year, grade)?.code;
    expect(chosen('2024-2025', 6)).toBe('transcript-old');
    expect(chosen('2025-2026', 6)).toBe('transcript-new');
    expect(chosen('2025-2026', 7)).toBe('transcript-old');
    expect(chosen('2025-2026')).toBe('transcript-old');
    expect(chosen('2026-2027')).toBe('transcript-new');
    expect(chosen('2010-2011')).toBeUndefined();
    expect(findTemplate(templates, 'transcript', 'thpt', '2026-2027')).toBeUndefined();
    expect(findTemplate(templates, 'register', 'thcs', '2026-2027')).toBeUndefined();
  });

  it('refuses a form after its last year', () => {
    const templates = listTemplates(folderWith({ old: facts({ 'last year': '2023-2024' }) }));
    expect(findTemplate(templates, 'transcript', 'thcs', '2023-2024', 6)?.code).toBe('old');
    expect(findTemplate(templates, 'transcript', 'thcs', '2024-2025', 6)).toBeUndefined();
  });

  it('reads facts saved with Windows line ends, and names the file and line it cannot read', () => {
    expect(listTemplates(folderWith({ a: facts({}).replaceAll('\n', '\r\n') }))[0]?.firstYears).toEqual(new Map([[6, '2021-2022']]));
    expect(() => listTemplates(folderWith({ a: '# Mẫu\n' }))).toThrow('a/source.md does not begin with its facts');
    expect(() => listTemplates(folderWith({ a: '---\npaper: x\n---\n' }))).toThrow('a/source.md does not state "legal basis"');
    expect(() => listTemplates(folderWith({ a: facts({ 'first years': 'lớp 6: 2021' }) }))).toThrow('a/source.md: cannot read first year "lớp 6: 2021"');
  });
});

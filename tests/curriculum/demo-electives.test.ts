import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CurriculumView } from '../../preload/contract/curriculum.ts';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { buildDemoSchool } from '../../main/demo/build-demo-school.ts';
import { emptyCore, principal, type School } from './empty-school.ts';

const year = '2025-2026';
let school: School;
beforeAll(async () => {
  school = await emptyCore();
  await buildDemoSchool(school.core.door, principal, {
    pupils: 45, level: 'thpt', seed: 1, year, importFolder: school.importFolder, signal: new AbortController().signal, progress: () => undefined,
  });
});
afterAll(async () => { await school.close(); });

test('upper secondary: the workbooks of marks tell which electives a class takes, and its sheets are those of its choice', () => {
  const { classes } = school.value<CurriculumView>('curriculum.view', { year });
  const { sheets } = school.value<{ sheets: SheetSummary[] }>('grades.listSheets', { year });
  expect(classes.length).toBeGreaterThan(1);
  const choices = classes.map(found => {
    expect(found.electives).toEqual({ taken: 4, needed: 4 });
    const taken = found.subjects.filter(subject => subject.isTaken && subject.choice === 'elective').map(subject => subject.subject);
    const own = new Set(sheets.filter(sheet => sheet.classId === found.classId).map(sheet => sheet.subject));
    expect(taken.every(subject => own.has(subject))).toBe(true);
    expect(own.size).toBe(8 + 4);
    return taken.join();
  });
  expect(new Set(choices).size).toBe(2);
  expect(sheets.every(sheet => sheet.filled === sheet.expected)).toBe(true);
});

import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateSchool } from '../../main/demo/demo-school.ts';
import { writeSchoolWorkbooks } from '../../main/demo/school-workbooks.ts';

/** The school of the committed sample files: two classes of twelve. */
export const FIXTURE_SCHOOL = { pupils: 24, level: 'thcs', seed: 7, year: '2025-2026', classSize: 12 } as const;
export const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures');

/** Writes the sample .xlsx files anew: `node tests/fake/import-fixtures.ts`. The .xls beside them are these files saved by LibreOffice 7.4. */
async function writeFixtures(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mau-nhap-'));
  const files = await writeSchoolWorkbooks(generateSchool(FIXTURE_SCHOOL), folder);
  mkdirSync(FIXTURES, { recursive: true });
  copyFileSync(files.pupils, path.join(FIXTURES, 'hoc-sinh.xlsx'));
  copyFileSync(files.staff, path.join(FIXTURES, 'can-bo.xlsx'));
  for (const { className, file } of files.marks) copyFileSync(file, path.join(FIXTURES, `bang-diem-${className.toLowerCase()}.xlsx`));
  rmSync(folder, { recursive: true });
}

if (import.meta.main) await writeFixtures();

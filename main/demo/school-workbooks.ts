import path from 'node:path';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { writeWorkbook, type WrittenWorkbook } from '../kit/excel/workbook.ts';
import { marksFormSheet, summaryFormSheet } from '../imports/marks-form.ts';
import type { DemoClass, DemoSchool } from './demo-school.ts';
import { pupilsWorkbook } from './pupils-workbook.ts';
import { staffWorkbook } from './staff-workbook.ts';

export interface SchoolFiles {
  pupils: string;
  staff: string;
  marks: { className: string; file: string }[];
}

/** Writes the workbooks a school would import, one after another so that only one is in memory; returns their paths. */
export async function writeSchoolWorkbooks(school: DemoSchool, folder: string): Promise<SchoolFiles> {
  const stage = school.plan.level === 'thcs' ? 'C2' : 'C3';
  const write = async (name: string, workbook: WrittenWorkbook): Promise<string> => {
    const file = path.join(folder, name);
    writeFileAtomic(file, await writeWorkbook(workbook));
    return file;
  };
  const pupils = await write(`Filemau-${stage}-HocSinhDiaPhuong-ver3-data.xlsx`, pupilsWorkbook(school));
  const staff = await write('CSDL_GiaoVien.xlsx', staffWorkbook(school));
  const marks: SchoolFiles['marks'] = [];
  for (const schoolClass of school.classes) marks.push({ className: schoolClass.name, file: await write(`Bảng điểm ${schoolClass.name} ${school.plan.year}.xlsx`, classWorkbook(school, schoolClass)) });
  return { pupils, staff, marks };
}

/** A class's marks: a sheet for each subject and term, and the year's summary. */
export function classWorkbook(school: DemoSchool, schoolClass: DemoClass): WrittenWorkbook {
  const person = (code: string) => ({ code, name: school.staff.find((entry) => entry.code === code)?.name ?? '' });
  const shared = { schoolYear: school.plan.year, className: schoolClass.name };
  const sheets = ([1, 2] as const).flatMap((term) => schoolClass.subjects.map((subject) => marksFormSheet({
    ...shared, subject, term, ongoingCount: subject.ongoingCount, teacher: person(subject.teacher),
    pupils: schoolClass.pupils.map((pupil) => ({ code: pupil.code, name: pupil.name, ...pupil.marks[subject.code]?.[term - 1] })),
  })));
  const summary = summaryFormSheet({
    ...shared, homeroom: person(schoolClass.homeroom),
    pupils: schoolClass.pupils.map((pupil) => ({
      code: pupil.code, name: pupil.name, conduct: pupil.conduct, absentWithLeave: pupil.absentWithLeave, absentWithoutLeave: pupil.absentWithoutLeave, homeroomComment: pupil.homeroomComment,
    })),
  });
  return { createdAt: `${school.plan.year.slice(5)}-05-25T08:00:00Z`, sheets: [...sheets, summary] };
}

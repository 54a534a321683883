import path from 'node:path';
import { writeFileAtomic } from '../kit/atomic-file.ts';
import { writeWorkbook, type WrittenSheet, type WrittenWorkbook } from '../kit/excel/workbook.ts';
import { marksFormSheet, summaryFormSheet } from '../imports/marks-form.ts';
import { primaryFormSheet } from '../imports/primary-form.ts';
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
  const stage = { 'tieu-hoc': 'C1', thcs: 'C2', thpt: 'C3' }[school.plan.level];
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
  const person = (code: string) => ({ code, name: nameOf(school, code) });
  const shared = { schoolYear: school.plan.year, className: schoolClass.name };
  if (school.plan.level === 'tieu-hoc') return primaryWorkbook(school, schoolClass);
  const sheets = ([1, 2] as const).flatMap((term) => schoolClass.subjects.map((subject) => marksFormSheet({
    ...shared, subject, term, ongoingCount: subject.ongoingCount, teacher: person(subject.teacher),
    pupils: schoolClass.pupils.map((pupil) => ({ code: pupil.code, name: pupil.name, ...pupil.marks[subject.code]?.[term - 1] })),
  })));
  return { createdAt: createdAt(school), sheets: [...sheets, summarySheet(school, schoolClass)] };
}

/** A primary class: the results of each of the four points, in the columns of the ministry's form, and the year's summary. */
function primaryWorkbook(school: DemoSchool, schoolClass: DemoClass): WrittenWorkbook {
  const sheets = ([1, 2, 3, 4] as const).map((point) => primaryFormSheet({
    schoolYear: school.plan.year, className: schoolClass.name, grade: schoolClass.grade, point,
    subjects: schoolClass.subjects.map((subject) => ({ code: subject.code, name: subject.name, short: subject.short, teacher: subject.teacher, hasTest: subject.testedAt.includes(point) })),
    pupils: schoolClass.pupils.map((pupil) => ({ code: pupil.code, name: pupil.name, birth: pupil.birth.split('-').toReversed().join('/'), marks: pupil.points[point - 1] ?? {} })),
  }));
  return { createdAt: createdAt(school), sheets: [...sheets, summarySheet(school, schoolClass)] };
}

function summarySheet(school: DemoSchool, schoolClass: DemoClass): WrittenSheet {
  return summaryFormSheet({
    schoolYear: school.plan.year, className: schoolClass.name, homeroom: { code: schoolClass.homeroom, name: nameOf(school, schoolClass.homeroom) },
    withConduct: school.plan.level !== 'tieu-hoc',
    pupils: schoolClass.pupils.map((pupil) => ({
      code: pupil.code, name: pupil.name, conduct: pupil.conduct, absentWithLeave: pupil.absentWithLeave, absentWithoutLeave: pupil.absentWithoutLeave, homeroomComment: pupil.homeroomComment,
    })),
  });
}

function nameOf(school: DemoSchool, code: string): string {
  return school.staff.find((entry) => entry.code === code)?.name ?? '';
}

function createdAt(school: DemoSchool): string {
  return `${school.plan.year.slice(5)}-05-25T08:00:00Z`;
}

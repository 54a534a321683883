import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ClassCard, classes, ClassView } from '../../preload/contract/classes.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { listSheets, subjectName } from '../grades/grades-service.ts';
import { sheetsWithProgress } from '../grades/grades-store.ts';
import { AppError } from '../kit/errors.ts';
import { list as listPupils } from '../students/students-service.ts';
import { classesOf, findClass, teachersOf, waitingClasses } from '../school/school-class-store.ts';
import { dutiesOf } from './class-roll.ts';

type Classes = typeof classes;

export function classCards(db: ReadHandle, year: string, classId?: string): ClassCard[] {
  const waiting = waitingClasses(db, year);
  const progress = Map.groupBy(sheetsWithProgress(db, year, classId), sheet => sheet.class_id);
  return classesOf(db, year).filter(found => classId === undefined || found.id === classId).map(found => {
    const sheets = progress.get(found.id) ?? [];
    return {
      classId: found.id, name: found.name, grade: found.grade, homeroom: found.homeroom, pupils: found.pupils ?? 0, female: found.female ?? 0,
      isWaiting: waiting.has(found.id), sheets: sheets.length, sheetsComplete: sheets.filter(sheet => sheet.filled >= sheet.pupils * columnsOf(sheet).length).length,
    };
  });
}

export function list({ db }: ReadContext, { year }: CheckedInputOf<Classes['list']>): { classes: ClassCard[] } {
  return { classes: classCards(db, year) };
}

export function open(ctx: ReadContext, { classId }: CheckedInputOf<Classes['open']>): ClassView {
  const found = findClass(ctx.db, classId);
  const card = found && classCards(ctx.db, found.year, classId)[0];
  if (!found || !card) throw new AppError('classes.unknown');
  const { sheets } = listSheets(ctx, { year: found.year, classId });
  const teachers = new Map(teachersOf(ctx.db, classId).map(row => [row.subject, row.teacher]));
  return {
    ...card, year: found.year, duties: dutiesOf(ctx.db, classId),
    pupilRows: listPupils(ctx, { year: found.year, classId }).rows,
    teachers: [...new Set(sheets.map(sheet => sheet.subject))].map(subject => ({ subject, subjectName: subjectName(subject, found.grade), teacher: teachers.get(subject) ?? null })),
    sheetList: sheets.map(({ sheetId, subjectName: name, term, filled, expected, state }) => ({ sheetId, subjectName: name, term, filled, expected, state })),
  };
}

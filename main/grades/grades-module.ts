import { defineModule } from '../call/module.ts';
import { listSheets, markHistory, openSheet, saveMarks } from './grades-service.ts';
import { openTermRecords, saveTermRecord } from './term-records.ts';

export const gradesModule = defineModule('grades', {
  listSheets, openSheet, saveMarks, markHistory, openTermRecords, saveTermRecord,
});

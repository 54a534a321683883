import { defineModule } from '../call/module.ts';
import { listSheets, lockSheet, markHistory, openSheet, saveMarks, unlockSheet } from './grades-service.ts';
import { openTermRecords, saveTermRecord } from './term-records.ts';

export const gradesModule = defineModule('grades', {
  listSheets, openSheet, saveMarks, markHistory, lockSheet, unlockSheet, openTermRecords, saveTermRecord,
});

import { defineModule } from '../call/module.ts';
import { add } from './pupil-add.ts';
import { bulkPreview, bulkSave } from './pupil-bulk.ts';
import { codes, giveCode, giveTemporaryCodes, register, registerSetting, saveRegisterSetting } from './pupil-codes-service.ts';
import { addDocument, documents, openDocument, photo, replaceDocument, savePhoto } from './pupil-documents.ts';
import { duplicates, keepApart, similar } from './pupil-duplicates-service.ts';
import { addHealthCheck, openHealth } from './pupil-health.ts';
import { history, restore } from './pupil-history.ts';
import { addIdentityPaper, cancelIdentityPaper } from './pupil-identity-papers.ts';
import { merge, mergePreview, merges, undoMerge } from './pupil-merge.ts';
import { check, list, open, save, unmask } from './students-service.ts';

export const studentsModule = defineModule('students', {
  list, open, save, unmask, history, check, add, similar, bulkPreview, bulkSave, restore,
  codes, giveCode, giveTemporaryCodes, register, registerSetting, saveRegisterSetting,
  photo, savePhoto, documents, openDocument, addDocument, replaceDocument, addIdentityPaper, cancelIdentityPaper, openHealth, addHealthCheck,
  duplicates, keepApart, mergePreview, merge, undoMerge, merges,
});

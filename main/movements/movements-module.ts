import { defineModule } from '../call/module.ts';
import { admit, candidates } from './admissions.ts';
import { documents, paper, takeNumber, voidDocument } from './document-numbers.ts';
import { makePaper } from './letters-print.ts';
import { act, completable, completeLevel } from './movement-acts.ts';
import { previewAct } from './movement-preview.ts';
import { undo } from './movement-undo.ts';
import { course, list, open, rollOn } from './movements-service.ts';
import { saveSettings, settings } from './movements-settings.ts';
import { printDocuments, printMonth, printRegister, registerBooks } from './registers-print.ts';
import { decide, handOver, holdPapers, letGo, openTransferIn, openTransferOut, place, saveFormerResults } from './transfer-cases.ts';

export const movementsModule = defineModule('movements', {
  list, open, course, rollOn, previewAct, act, candidates, admit, completable, completeLevel,
  openTransferOut, openTransferIn, holdPapers, decide, saveFormerResults, place, letGo, handOver, undo,
  makePaper, paper, documents, takeNumber, voidDocument, printRegister, printMonth, printDocuments, registerBooks, settings, saveSettings,
});

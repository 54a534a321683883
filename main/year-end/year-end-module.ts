import { defineModule } from '../call/module.ts';
import { rollOver, rollPreview } from './roll-over-service.ts';
import { closeYear, reopenYear, undoRollOver } from './roll-over-undo.ts';
import { approve, withdraw } from './year-end-approval.ts';
import { printList } from './year-end-lists.ts';
import { decide, decisions, withdrawDecision } from './decisions-service.ts';
import { explain } from './explain-service.ts';
import { previewReading, readings, saveReading } from './readings-service.ts';
import { compute, overview } from './year-end-service.ts';
import { endReassessment, saveReassessment, saveTraining, summer } from './year-end-summer.ts';

export const yearEndModule = defineModule('yearEnd', {
  overview, compute, explain, approve, withdraw, printList, summer, saveReassessment, endReassessment, saveTraining,
  rollPreview, rollOver, undoRollOver, closeYear, reopenYear,
  decisions, decide, withdrawDecision, readings, previewReading, saveReading,
});

import { defineModule } from '../call/module.ts';
import { addSubject, copyYear, removeSubject, saveClass, saveSubject, setClusterTerm } from './curriculum-service.ts';
import { view } from './curriculum-view.ts';
import { cancelPrinted, printedResults, savePrinted } from './printed-results.ts';
import { addStanding, cancelStanding, standings } from './standing-service.ts';

export const curriculumModule = defineModule('curriculum', {
  view, saveSubject, addSubject, removeSubject, copyYear, setClusterTerm, saveClass, standings, addStanding, cancelStanding,
  printedResults, savePrinted, cancelPrinted,
});

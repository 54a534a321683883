import { comments, conductComments, draftComments, saveComment } from './comments.ts';
import { phrases, removePhrase, savePhrase } from './comment-phrases.ts';
import { printMarkProof, printSheetProof, printSubjectProof } from './proof-print.ts';
import { markProof, sheetProof, subjectProof } from './proof-service.ts';
import { dropReading, finishReading, openReading, readCell, readings, settleDifference, startReading } from './second-reading.ts';
import { noteWarning, warnings } from './warnings.ts';

/** The history of marks, second readings, warnings, comments. */
export const proofHandlers = {
  markProof, printMarkProof, sheetProof, printSheetProof, subjectProof, printSubjectProof,
  readings, startReading, openReading, readCell, finishReading, settleDifference, dropReading,
  warnings, noteWarning,
  comments, saveComment, draftComments, conductComments, phrases, savePhrase, removePhrase,
};

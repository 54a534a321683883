import type { Result } from '../../preload/contract/failure.ts';
import { KeptOutbox, type KeptEntry } from './kept-outbox.ts';
import type { Shelf } from './outbox-shelf.ts';
import type { RecordColumn, SaveRecordInput } from './term-record-words.ts';

/** One written cell of the term records, on its way. */
export interface RecordEntry extends KeptEntry {
  classId: string;
  enrolmentId: string;
  column: RecordColumn;
  words: string;
  /** With what the writer saw, so that nothing is written over what he has not seen. */
  input: SaveRecordInput;
}

/** Term record cells of one person on their way into the book. */
export class RecordOutbox extends KeptOutbox<RecordEntry> {
  constructor(save: (input: SaveRecordInput) => Promise<Result<{ savedAt: string }>>, shelf: Shelf<RecordEntry>) {
    super(({ input }) => save(input), shelf, ({ enrolmentId, column }) => `${enrolmentId} ${column}`);
  }
}

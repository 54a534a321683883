import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { Shelf } from './outbox-shelf.ts';
import type { RecordColumn, SaveRecordInput } from './term-record-words.ts';

/** One written cell of the term records, on its way. */
export interface RecordEntry {
  classId: string;
  enrolmentId: string;
  column: RecordColumn;
  words: string;
  /** With what the writer saw, so that nothing is written over what he has not seen. */
  input: SaveRecordInput;
  /** Why the book did not take it; it waits for a person. */
  failure?: Failure;
}

export interface RecordStatus {
  waiting: readonly RecordEntry[];
  refused: readonly { entry: RecordEntry; failure: Failure }[];
  isHeld: boolean;
  lastSavedAt: string | null;
}

const passing: ReadonlySet<string> = new Set(['connection.lost', 'connection.timeout', 'call.signInFirst', 'core.died']);

/**
 * Term record cells of one person on their way into the book, one after the other, kept on this machine from the first moment: held while
 * the program is out of reach, and what it refused stays until its writer has decided.
 */
export class RecordOutbox {
  readonly #save: (input: SaveRecordInput) => Promise<Result<{ savedAt: string }>>;
  readonly #shelf: Shelf<RecordEntry>;
  readonly #watchers = new Set<() => void>();
  #status: RecordStatus = { waiting: [], refused: [], isHeld: false, lastSavedAt: null };
  #isSending = false;

  constructor(save: (input: SaveRecordInput) => Promise<Result<{ savedAt: string }>>, shelf: Shelf<RecordEntry>) {
    this.#save = save;
    this.#shelf = shelf;
    this.#take(shelf.load());
  }

  get status(): RecordStatus {
    return this.#status;
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => { this.#watchers.delete(watcher); };
  }

  /** Takes a cell; what was refused for it before is forgotten. */
  add(entry: RecordEntry): void {
    this.#set({ waiting: [...this.#status.waiting, entry], refused: this.#status.refused.filter(one => !isSameCell(one.entry, entry)) });
    void this.flush();
  }

  /** Takes what another window of this person left behind; it is older than what is here. */
  adopt(entries: readonly RecordEntry[]): void {
    if (entries.length === 0) return;
    this.#take(entries);
    void this.flush();
  }

  /** Gives a refused cell up: what is in the book stays. */
  giveUp(entry: RecordEntry): void {
    this.#set({ refused: this.#status.refused.filter(one => !isSameCell(one.entry, entry)) });
  }

  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let entry = this.#status.waiting[0]; entry !== undefined; entry = this.#status.waiting[0]) {
        const result = await this.#save(entry.input);
        if (!result.ok && passing.has(result.error.code)) {
          this.#set({ isHeld: true });
          return;
        }
        const waiting = this.#status.waiting.slice(1);
        if (result.ok) this.#set({ waiting, isHeld: false, lastSavedAt: result.value.savedAt });
        else this.#set({ waiting, isHeld: false, refused: [...this.#status.refused.filter(one => !isSameCell(one.entry, entry)), { entry, failure: result.error }] });
      }
    } finally {
      this.#isSending = false;
    }
  }

  #take(entries: readonly RecordEntry[]): void {
    const refused = entries.flatMap(({ failure, ...entry }) => (failure === undefined ? [] : [{ entry, failure }]));
    this.#set({ waiting: [...entries.filter(entry => entry.failure === undefined), ...this.#status.waiting], refused: [...refused, ...this.#status.refused] });
  }

  #set(change: Partial<RecordStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#shelf.keep([...this.#status.refused.map(({ entry, failure }) => ({ ...entry, failure })), ...this.#status.waiting]);
    for (const watcher of this.#watchers) watcher();
  }
}

function isSameCell(left: RecordEntry, right: RecordEntry): boolean {
  return left.enrolmentId === right.enrolmentId && left.column === right.column;
}

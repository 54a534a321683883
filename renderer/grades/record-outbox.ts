import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { RecordColumn, SaveRecordInput } from './term-record-words.ts';

/** One written cell of the term records, on its way. */
export interface RecordEntry {
  classId: string;
  enrolmentId: string;
  column: RecordColumn;
  words: string;
  input: SaveRecordInput;
}

export interface RecordStatus {
  waiting: readonly RecordEntry[];
  refused: readonly { entry: RecordEntry; failure: Failure }[];
  isHeld: boolean;
  lastSavedAt: string | null;
}

const passing: ReadonlySet<string> = new Set(['connection.lost', 'connection.timeout', 'call.signInFirst', 'core.died']);

/** Term record cells on their way into the book, one after the other; held in this window while the program is out of reach. */
export class RecordOutbox {
  readonly #save: (input: SaveRecordInput) => Promise<Result<{ savedAt: string }>>;
  readonly #watchers = new Set<() => void>();
  #status: RecordStatus = { waiting: [], refused: [], isHeld: false, lastSavedAt: null };
  #isSending = false;

  constructor(save: (input: SaveRecordInput) => Promise<Result<{ savedAt: string }>>) {
    this.#save = save;
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
        else this.#set({ waiting, isHeld: false, refused: [...this.#status.refused, { entry, failure: result.error }] });
      }
    } finally {
      this.#isSending = false;
    }
  }

  #set(change: Partial<RecordStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}

function isSameCell(left: RecordEntry, right: RecordEntry): boolean {
  return left.enrolmentId === right.enrolmentId && left.column === right.column;
}

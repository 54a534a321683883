import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { Shelf } from './outbox-shelf.ts';
import { isPassing } from '../kit/passing-failures.ts';

/** A piece of writing on its way into the book; `failure` tells why the book did not take it: it waits for a person. */
export interface KeptEntry {
  failure?: Failure | undefined;
}

export interface KeptStatus<Entry> {
  waiting: readonly Entry[];
  refused: readonly { entry: Entry; failure: Failure }[];
  isHeld: boolean;
  lastSavedAt: string | null;
}

/**
 * What one person wrote on its way into the book, one after the other, kept on this machine from the first moment: held while the program is
 * out of reach, and what it refused stays until its writer has decided.
 */
export class KeptOutbox<Entry extends KeptEntry> {
  readonly #send: (entry: Entry) => Promise<Result<{ savedAt: string }>>;
  readonly #keyOf: (entry: Entry) => string;
  readonly #shelf: Shelf<Entry>;
  readonly #watchers = new Set<() => void>();
  #status: KeptStatus<Entry> = { waiting: [], refused: [], isHeld: false, lastSavedAt: null };
  #isSending = false;

  /** @param keyOf what an entry is about: a later one of the same key takes the place of one that was refused. */
  constructor(send: (entry: Entry) => Promise<Result<{ savedAt: string }>>, shelf: Shelf<Entry>, keyOf: (entry: Entry) => string) {
    this.#send = send;
    this.#keyOf = keyOf;
    this.#shelf = shelf;
    this.#take(shelf.load());
  }

  get status(): KeptStatus<Entry> {
    return this.#status;
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => { this.#watchers.delete(watcher); };
  }

  /** Takes what was written; what was refused for the same place before is forgotten. */
  add(entry: Entry): void {
    this.#set({ waiting: [...this.#status.waiting, entry], refused: this.#status.refused.filter(one => !this.#isSame(one.entry, entry)) });
    void this.flush();
  }

  /** Takes what another window of this person left behind; it is older than what is here. */
  adopt(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#take(entries);
    void this.flush();
  }

  /** Gives up what was refused: what is in the book stays. */
  giveUp(entry: Entry): void {
    this.#set({ refused: this.#status.refused.filter(one => !this.#isSame(one.entry, entry)) });
  }

  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let entry = this.#status.waiting[0]; entry !== undefined; entry = this.#status.waiting[0]) {
        const result = await this.#send(entry);
        if (!result.ok && isPassing(result.error)) {
          this.#set({ isHeld: true });
          return;
        }
        const waiting = this.#status.waiting.slice(1);
        if (result.ok) this.#set({ waiting, isHeld: false, lastSavedAt: result.value.savedAt });
        else this.#set({ waiting, isHeld: false, refused: [...this.#status.refused.filter(one => !this.#isSame(one.entry, entry)), { entry, failure: result.error }] });
      }
    } finally {
      this.#isSending = false;
    }
  }

  #take(entries: readonly Entry[]): void {
    const refused = entries.flatMap(entry => (entry.failure === undefined ? [] : [{ entry: { ...entry, failure: undefined }, failure: entry.failure }]));
    this.#set({ waiting: [...entries.filter(entry => entry.failure === undefined), ...this.#status.waiting], refused: [...refused, ...this.#status.refused] });
  }

  #set(change: Partial<KeptStatus<Entry>>): void {
    this.#status = { ...this.#status, ...change };
    this.#shelf.keep([...this.#status.refused.map(({ entry, failure }) => ({ ...entry, failure })), ...this.#status.waiting]);
    for (const watcher of this.#watchers) watcher();
  }

  #isSame(left: Entry, right: Entry): boolean {
    return this.#keyOf(left) === this.#keyOf(right);
  }
}

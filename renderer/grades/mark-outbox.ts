import type { RecomputedRow, SheetView } from '../../preload/contract/grades.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { cellKey } from './mark-grid-state.ts';
import type { MarkBatch, MarkChange } from './mark-grid-state.ts';
import { emptyMark, sameMark } from './mark-words.ts';

/** A batch on its way to the program. */
export interface OutboxEntry {
  sheetId: string;
  batch: MarkBatch;
}

export interface SaveAnswer {
  savedAt: string;
  rows: RecomputedRow[];
  filled: number;
}

/** A cell where the book holds another value than the writer saw. */
export interface Conflict {
  change: MarkChange;
  /** What stands in the book now. */
  stored: MarkChange['before'];
}

export type OutboxNews =
  | { kind: 'saved'; sheetId: string; batch: MarkBatch; answer: SaveAnswer }
  | { kind: 'refused'; sheetId: string; batch: MarkBatch; failure: Failure }
  /** Someone changed cells meanwhile; `settle` must be told what counts before this sheet goes on. */
  | { kind: 'conflict'; sheetId: string; batch: MarkBatch; conflicts: Conflict[]; fresh: SheetView }
  /** The waiting batches of a sheet were rewritten. */
  | { kind: 'requeued'; sheetId: string };

export interface OutboxDoor {
  save(sheetId: string, batch: MarkBatch): Promise<Result<SaveAnswer>>;
  open(sheetId: string): Promise<Result<SheetView>>;
}

export interface OutboxShelf {
  load(): OutboxEntry[];
  keep(entries: readonly OutboxEntry[]): void;
}

export interface OutboxStatus {
  /** Cells not yet in the book. */
  cells: number;
  /** True while the program does not answer: what is written here is kept on this machine. */
  isHeld: boolean;
  /** Sheets that wait for a person to choose between two values. */
  conflicts: string[];
  lastSavedAt: string | null;
}

/** Failures after which the same batch may well be taken a little later. */
const passing: ReadonlySet<string> = new Set(['connection.lost', 'connection.timeout', 'call.signInFirst', 'core.died']);

/**
 * Marks on their way into the book: kept on this machine from the first moment, sent one batch after the other in the order they were
 * written, held while the program is out of reach, asked about when another person changed the same cell meanwhile.
 * A batch leaves only when the program has said that it is saved, or refused it for good.
 */
export class MarkOutbox {
  readonly #door: OutboxDoor;
  readonly #shelf: OutboxShelf;
  readonly #news = new Set<(news: OutboxNews) => void>();
  readonly #watchers = new Set<() => void>();
  #entries: OutboxEntry[];
  #conflicts = new Map<string, OutboxNews & { kind: 'conflict' }>();
  #isSending = false;
  #isHeld = false;
  #lastSavedAt: string | null = null;
  #answered = 0;
  #status: OutboxStatus | null = null;

  constructor(door: OutboxDoor, shelf: OutboxShelf) {
    this.#door = door;
    this.#shelf = shelf;
    this.#entries = shelf.load();
  }

  /** Counts answered batches: a sheet read while it grew may be older than what was saved. */
  get answered(): number {
    return this.#answered;
  }

  get status(): OutboxStatus {
    this.#status ??= {
      cells: this.#entries.reduce((sum, entry) => sum + entry.batch.changes.length, 0),
      isHeld: this.#isHeld,
      conflicts: [...this.#conflicts.keys()],
      lastSavedAt: this.#lastSavedAt,
    };
    return this.#status;
  }

  /** The sheet whose marks wait longest. */
  get firstSheet(): string | null {
    return this.#entries[0]?.sheetId ?? null;
  }

  /** Waiting batches of one sheet, oldest first. */
  batchesOf(sheetId: string): MarkBatch[] {
    return this.#entries.filter(entry => entry.sheetId === sheetId).map(entry => entry.batch);
  }

  /** The question that waits for an answer on this sheet, if any. */
  conflictOf(sheetId: string): (OutboxNews & { kind: 'conflict' }) | null {
    return this.#conflicts.get(sheetId) ?? null;
  }

  onNews(listener: (news: OutboxNews) => void): () => void {
    this.#news.add(listener);
    return () => { this.#news.delete(listener); };
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => { this.#watchers.delete(watcher); };
  }

  /** Takes a batch; one that is here already is left alone. */
  add(sheetId: string, batch: MarkBatch): void {
    if (this.#entries.some(entry => entry.batch.id === batch.id)) return;
    this.#store([...this.#entries, { sheetId, batch }]);
    void this.flush();
  }

  /** Takes entries that another window of this person left behind; they are older than what is here. */
  adopt(entries: readonly OutboxEntry[]): void {
    const known = new Set(this.#entries.map(entry => entry.batch.id));
    const fresh = entries.filter(entry => !known.has(entry.batch.id));
    if (fresh.length === 0) return;
    this.#store([...fresh, ...this.#entries]);
    for (const sheetId of new Set(fresh.map(entry => entry.sheetId))) this.#tell({ kind: 'requeued', sheetId });
    void this.flush();
  }

  /** Sends what waits, until nothing is left or the program stops answering. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let entry = this.#next(); entry !== undefined; entry = this.#next()) {
        const goesOn = await this.#send(entry);
        if (!goesOn) break;
      }
    } finally {
      this.#isSending = false;
      this.#changed();
    }
  }

  #next(): OutboxEntry | undefined {
    return this.#entries.find(entry => !this.#conflicts.has(entry.sheetId));
  }

  async #send({ sheetId, batch }: OutboxEntry): Promise<boolean> {
    const result = await this.#door.save(sheetId, batch);
    if (result.ok) {
      this.#answered++;
      this.#isHeld = false;
      this.#lastSavedAt = result.value.savedAt;
      this.#drop(batch.id);
      this.#tell({ kind: 'saved', sheetId, batch, answer: result.value });
      return true;
    }
    if (passing.has(result.error.code)) return this.#hold();
    this.#isHeld = false;
    if (result.error.code === 'grades.changedMeanwhile') return this.#ask(sheetId, batch, result.error);
    this.#drop(batch.id);
    this.#tell({ kind: 'refused', sheetId, batch, failure: result.error });
    return true;
  }

  #hold(): false {
    this.#isHeld = true;
    this.#changed();
    return false;
  }

  /** Finds out which cells differ. An answer that got lost shows up here too: then the book already holds what was wanted. */
  async #ask(sheetId: string, batch: MarkBatch, failure: Failure): Promise<boolean> {
    const read = await this.#door.open(sheetId);
    if (!read.ok) {
      if (passing.has(read.error.code)) return this.#hold();
      this.#drop(batch.id);
      this.#tell({ kind: 'refused', sheetId, batch, failure });
      return true;
    }
    const fresh = read.value;
    const { conflicts, rest } = compareWithBook(batch, fresh);
    if (conflicts.length === 0) {
      this.#replace(sheetId, batch.id, rest, []);
      this.#answered++;
      this.#tell({ kind: 'requeued', sheetId });
      return true;
    }
    const question: OutboxNews & { kind: 'conflict' } = { kind: 'conflict', sheetId, batch, conflicts, fresh };
    this.#conflicts.set(sheetId, question);
    this.#changed();
    this.#tell(question);
    return true;
  }

  /** Answers the question of a sheet: `mine` writes this person's values over what is in the book, `theirs` leaves the book as it is. */
  settle(sheetId: string, choice: 'mine' | 'theirs'): void {
    const question = this.#conflicts.get(sheetId);
    if (question === undefined) return;
    this.#conflicts.delete(sheetId);
    const { rest } = compareWithBook(question.batch, question.fresh);
    const mine = question.conflicts.map(({ change, stored }) => ({ ...change, before: stored }));
    this.#replace(sheetId, question.batch.id, choice === 'mine' ? [...rest, ...mine] : rest, choice === 'mine' ? [] : question.conflicts);
    this.#answered++;
    this.#tell({ kind: 'requeued', sheetId });
    void this.flush();
  }

  /** Puts other changes in the place of a batch; later batches of cells that were given up start from what is in the book. */
  #replace(sheetId: string, batchId: string, changes: MarkChange[], givenUp: readonly Conflict[]): void {
    const entries: OutboxEntry[] = [];
    const base = new Map(givenUp.map(({ change, stored }) => [cellKey(change.enrolmentId, change.column), stored]));
    let isLater = false;
    for (const entry of this.#entries) {
      if (entry.batch.id === batchId) {
        isLater = true;
        if (changes.length > 0) entries.push({ sheetId, batch: { ...entry.batch, changes } });
      } else if (!isLater || entry.sheetId !== sheetId) entries.push(entry);
      else entries.push({ sheetId, batch: rebased(entry.batch, base) });
    }
    this.#store(entries);
  }

  #drop(batchId: string): void {
    this.#store(this.#entries.filter(entry => entry.batch.id !== batchId));
  }

  #store(entries: OutboxEntry[]): void {
    this.#entries = entries;
    this.#shelf.keep(entries);
    this.#changed();
  }

  #changed(): void {
    this.#status = null;
    for (const watcher of this.#watchers) watcher();
  }

  #tell(news: OutboxNews): void {
    for (const listener of this.#news) listener(news);
  }
}

/** Splits a batch by what is in the book: cells that differ from what was seen, and those that can still be written. What is already there is done. */
export function compareWithBook(batch: MarkBatch, fresh: SheetView): { conflicts: Conflict[]; rest: MarkChange[] } {
  const rows = new Map(fresh.rows.map(row => [row.enrolmentId, row]));
  const conflicts: Conflict[] = [];
  const rest: MarkChange[] = [];
  for (const change of batch.changes) {
    const stored = rows.get(change.enrolmentId)?.marks[change.column] ?? emptyMark;
    if (sameMark(stored, change.after)) continue;
    if (sameMark(stored, change.before)) rest.push(change);
    else conflicts.push({ change, stored });
  }
  return { conflicts, rest };
}

/** The first later change of a cell starts from `base`, which is then used up. */
function rebased(batch: MarkBatch, base: Map<string, MarkChange['before']>): MarkBatch {
  return {
    ...batch,
    changes: batch.changes.map(change => {
      const key = cellKey(change.enrolmentId, change.column);
      const stored = base.get(key);
      if (stored === undefined) return change;
      base.delete(key);
      return { ...change, before: stored };
    }),
  };
}

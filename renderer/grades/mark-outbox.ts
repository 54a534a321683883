import type { RecomputedRow, SheetView } from '../../preload/contract/grades.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { cellKey } from './mark-grid-state.ts';
import type { MarkBatch, MarkChange } from './mark-grid-state.ts';
import { emptyMark, sameMark } from './mark-words.ts';
import type { Shelf } from './outbox-shelf.ts';
import { isPassing } from '../kit/passing-failures.ts';

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
  /** Someone changed cells meanwhile: the book now keeps both values of them until a person decides. */
  | { kind: 'conflict'; sheetId: string; cells: KeptCell[] }
  /** The waiting batches of a sheet were rewritten. */
  | { kind: 'requeued'; sheetId: string };

/** A value that came second, handed to the program beside the one in the book. */
export interface KeptCell {
  enrolmentId: string;
  column: MarkChange['column'];
  seen: MarkChange['before'];
  offered: MarkChange['after'];
}

/** A batch as it is sent. `offline`: it waited while the program was out of reach. */
export interface SentBatch extends Omit<MarkBatch, 'path'> {
  path: MarkBatch['path'] | 'offline';
}

export interface OutboxDoor {
  save(sheetId: string, batch: SentBatch): Promise<Result<SaveAnswer>>;
  keep(sheetId: string, path: MarkBatch['path'], cells: KeptCell[]): Promise<Result<unknown>>;
  open(sheetId: string): Promise<Result<SheetView>>;
}

export type OutboxShelf = Shelf<OutboxEntry>;

export interface OutboxStatus {
  /** Cells not yet in the book. */
  cells: number;
  /** True while the program does not answer: what is written here is kept on this machine. */
  isHeld: boolean;
  lastSavedAt: string | null;
}

/**
 * Marks on their way into the book: kept on this machine from the first moment, sent one batch after the other in the order they were
 * written, held while the program is out of reach. Where another person changed the same cell meanwhile the program keeps both values.
 * A batch leaves only when the program has said that it is saved, kept beside the other value, or refused for good.
 */
export class MarkOutbox {
  readonly #door: OutboxDoor;
  readonly #shelf: OutboxShelf;
  readonly #news = new Set<(news: OutboxNews) => void>();
  readonly #watchers = new Set<() => void>();
  #entries: OutboxEntry[];
  #isSending = false;
  #isHeld = false;
  /** Batches that waited while the program was out of reach, or outlived a window: the journal says so. */
  readonly #waited: Set<string>;
  #lastSavedAt: string | null = null;
  #answered = 0;
  #status: OutboxStatus | null = null;

  constructor(door: OutboxDoor, shelf: OutboxShelf) {
    this.#door = door;
    this.#shelf = shelf;
    this.#entries = shelf.load();
    this.#waited = new Set(this.#entries.map(entry => entry.batch.id));
  }

  /** Counts answered batches: a sheet read while it grew may be older than what was saved. */
  get answered(): number {
    return this.#answered;
  }

  get status(): OutboxStatus {
    this.#status ??= {
      cells: this.#entries.reduce((sum, entry) => sum + entry.batch.changes.length, 0),
      isHeld: this.#isHeld,
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
      for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
        const goesOn = await this.#send(entry);
        if (!goesOn) break;
      }
    } finally {
      this.#isSending = false;
      this.#changed();
    }
  }

  async #send({ sheetId, batch }: OutboxEntry): Promise<boolean> {
    const isLate = this.#waited.has(batch.id) && batch.path !== 'undo';
    const result = await this.#door.save(sheetId, isLate ? { ...batch, path: 'offline' } : batch);
    if (result.ok) {
      this.#answered++;
      this.#isHeld = false;
      this.#lastSavedAt = result.value.savedAt;
      this.#drop(batch.id);
      this.#tell({ kind: 'saved', sheetId, batch, answer: result.value });
      return true;
    }
    if (isPassing(result.error)) return this.#hold();
    this.#isHeld = false;
    if (result.error.code === 'grades.changedMeanwhile') return this.#ask(sheetId, batch, result.error);
    this.#drop(batch.id);
    this.#tell({ kind: 'refused', sheetId, batch, failure: result.error });
    return true;
  }

  #hold(): false {
    this.#isHeld = true;
    for (const { batch } of this.#entries) this.#waited.add(batch.id);
    this.#changed();
    return false;
  }

  /** Finds out which cells differ. An answer that got lost shows up here too: then the book already holds what was wanted. */
  async #ask(sheetId: string, batch: MarkBatch, failure: Failure): Promise<boolean> {
    const read = await this.#door.open(sheetId);
    if (!read.ok) {
      if (isPassing(read.error)) return this.#hold();
      this.#drop(batch.id);
      this.#tell({ kind: 'refused', sheetId, batch, failure });
      return true;
    }
    const { conflicts, rest } = compareWithBook(batch, read.value);
    const known = this.#entries.filter(entry => entry.sheetId === sheetId).map(entry => entry.batch.id);
    const cells = this.#lastWanted(sheetId, conflicts);
    if (cells.length > 0) {
      const kept = await this.#door.keep(sheetId, batch.path, cells);
      if (!kept.ok) {
        if (isPassing(kept.error)) return this.#hold();
        this.#drop(batch.id);
        this.#tell({ kind: 'refused', sheetId, batch, failure: kept.error });
        return true;
      }
    }
    this.#replace(sheetId, batch.id, rest, { keys: new Set(cells.map(cell => cellKey(cell.enrolmentId, cell.column))), batches: new Set(known) });
    this.#answered++;
    this.#tell({ kind: 'requeued', sheetId });
    if (cells.length > 0) this.#tell({ kind: 'conflict', sheetId, cells });
    return true;
  }

  /** What this person wants last in each cell: he may have written it again while it waited. */
  #lastWanted(sheetId: string, conflicts: readonly Conflict[]): KeptCell[] {
    const last = new Map(this.batchesOf(sheetId).flatMap(one => one.changes).map(change => [cellKey(change.enrolmentId, change.column), change.after]));
    return conflicts.map(({ change }) => ({
      enrolmentId: change.enrolmentId, column: change.column, seen: change.before, offered: last.get(cellKey(change.enrolmentId, change.column)) ?? change.after,
    }));
  }

  /** Puts other changes in the place of a batch; what the program keeps leaves the later batches too that were there when it was told. */
  #replace(sheetId: string, batchId: string, changes: MarkChange[], kept: { keys: ReadonlySet<string>; batches: ReadonlySet<string> }): void {
    this.#store(this.#entries.flatMap(entry => {
      const { batch } = entry;
      if (entry.sheetId !== sheetId || !kept.batches.has(batch.id)) return [entry];
      const left = batch.id === batchId ? changes : batch.changes.filter(change => !kept.keys.has(cellKey(change.enrolmentId, change.column)));
      return left.length === 0 ? [] : [{ sheetId, batch: { ...batch, changes: left } }];
    }));
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

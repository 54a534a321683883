import type { AbsenceKind, DaySession } from '../../preload/contract/attendance.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { isPassing } from '../kit/passing-failures.ts';

export interface AbsenceEntry {
  classId: string;
  enrolmentId: string;
  date: string;
  session: DaySession;
  before: AbsenceKind | null;
  after: AbsenceKind | null;
}

export interface AttendanceStatus {
  waiting: readonly AbsenceEntry[];
  /** What is in the book already, by cell, until the month is read again. */
  saved: ReadonlyMap<string, AbsenceKind | null>;
  isHeld: boolean;
  lastSavedAt: string | null;
}

type Save = (classId: string, entries: readonly AbsenceEntry[]) => Promise<Result<{ savedAt: string }>>;

export const cellKey = ({ enrolmentId, date, session }: Pick<AbsenceEntry, 'enrolmentId' | 'date' | 'session'>): string => `${enrolmentId} ${date} ${session}`;

/** Absences on their way into the book, all that wait at once; held in this window while the program is out of reach. */
export class AttendanceOutbox {
  readonly #save: Save;
  readonly #onRefused: (failure: Failure) => void;
  readonly #watchers = new Set<() => void>();
  #status: AttendanceStatus = { waiting: [], saved: new Map(), isHeld: false, lastSavedAt: null };
  #isSending = false;

  constructor(save: Save, onRefused: (failure: Failure) => void) {
    this.#save = save;
    this.#onRefused = onRefused;
  }

  get status(): AttendanceStatus {
    return this.#status;
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => { this.#watchers.delete(watcher); };
  }

  /** What this window last wrote in a cell; undefined where the book says it. */
  written(key: string): AbsenceKind | null | undefined {
    const { waiting, saved } = this.#status;
    const last = waiting.findLast(entry => cellKey(entry) === key);
    return last === undefined ? saved.get(key) : last.after;
  }

  /** The month was read again: the book speaks for itself. */
  forgetSaved(): void {
    if (this.#status.saved.size > 0) this.#set({ saved: new Map() });
  }

  add(entry: AbsenceEntry): void {
    this.#set({ waiting: [...this.#status.waiting, entry] });
    void this.flush();
  }

  /** Sends what waits, in order; cells of one class and not twice the same cell go together. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
        const result = await this.#save(batch[0]?.classId ?? '', batch);
        if (!result.ok && isPassing(result.error)) {
          this.#set({ isHeld: true });
          return;
        }
        const waiting = this.#status.waiting.slice(batch.length);
        if (result.ok) {
          const saved = new Map([...this.#status.saved, ...batch.map(entry => [cellKey(entry), entry.after] as const)]);
          this.#set({ waiting, saved, isHeld: false, lastSavedAt: result.value.savedAt });
        } else this.#set({ waiting, isHeld: false });
        if (!result.ok) this.#onRefused(result.error);
      }
    } finally {
      this.#isSending = false;
    }
  }

  #next(): AbsenceEntry[] {
    const batch: AbsenceEntry[] = [];
    const cells = new Set<string>();
    for (const entry of this.#status.waiting) {
      if (entry.classId !== this.#status.waiting[0]?.classId || cells.has(cellKey(entry))) break;
      cells.add(cellKey(entry));
      batch.push(entry);
    }
    return batch;
  }

  #set(change: Partial<AttendanceStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}

import type { ChangedEvent, Feature } from '../../preload/contract/index.ts';

/** Screens that show facts of another feature, so that they refresh with it. `home` is the board and the search. */
const alsoShownBy: Partial<Record<Feature, Feature[]>> = {
  students: ['classes', 'home', 'reports'],
  classes: ['students', 'home'],
  curriculum: ['grades', 'classes', 'yearEnd'],
  attendance: ['grades', 'yearEnd', 'home'],
  grades: ['classes', 'home', 'yearEnd', 'reports'],
  imports: ['students', 'classes', 'staff', 'grades', 'home', 'reports'],
  yearEnd: ['transcripts', 'home', 'students', 'reports'],
  transcripts: ['signing', 'students', 'home', 'sync'],
  signing: ['transcripts', 'home', 'sync'],
  sync: ['home'],
  personalData: ['home'],
  exports: ['personalData'],
  gradebook: ['home', 'reports'],
};

/** Reads that only changes of one key concern, by call; the field of their input that names it. */
const concernsOnly: Partial<Record<string, string>> = { 'attendance.month': 'classId', 'grades.openSheet': 'sheetId', 'grades.markHistory': 'sheetId', 'gradebook.cellNews': 'sheetId' };

/** Milliseconds. One act tells of many changes at once: they are taken together. */
export const TOGETHER = 60;
/** Someone who types marks changes the book every second: the feature itself is read again no more often than this, */
export const AGAIN_AFTER = 1_500;
/** and what only sums it up (boards, overviews of the whole school) no more often than this, so that forty open windows do not ask for it all day. */
export const SUMMED_UP_AFTER = 10_000;

/** Features that sum up `feature`. */
export function summaries(feature: Feature): Feature[] {
  return alsoShownBy[feature] ?? [];
}

/** Whether a read (its call and input) shows something of `keys`; without keys everything may have changed. */
export function concerns(call: string, input: unknown, keys: ReadonlySet<string>): boolean {
  const field = concernsOnly[call];
  if (field === undefined || keys.size === 0 || typeof input !== 'object' || input === null) return true;
  const value: unknown = Reflect.get(input, field);
  return typeof value !== 'string' || keys.has(value);
}

export interface ChangeSink {
  /** The feature itself changed: read what is on screen again. No keys: all of it. */
  reread(feature: Feature, keys: ReadonlySet<string>): void;
  /** What sums it up is out of date: read it when it next comes on screen. */
  markStale(feature: Feature): void;
}

/** Gathers the program's change events and passes them on in sensible portions. */
export class ChangeGatherer {
  readonly #sink: ChangeSink;
  readonly #changed = new Map<Feature, Set<string>>();
  readonly #summed = new Set<Feature>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #summaryTimer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor(sink: ChangeSink) {
    this.#sink = sink;
  }

  note({ feature, keys }: Pick<ChangedEvent, 'feature' | 'keys'>): void {
    const known = this.#changed.get(feature) ?? new Set();
    for (const key of keys) known.add(key);
    this.#changed.set(feature, known);
    this.#timer ??= setTimeout(() => { this.#pass(); }, Math.max(TOGETHER, this.#lastAt + AGAIN_AFTER - performance.now()));
  }

  #pass(): void {
    this.#timer = undefined;
    this.#lastAt = performance.now();
    for (const [feature, keys] of this.#changed) {
      this.#sink.reread(feature, keys);
      for (const summary of summaries(feature)) {
        this.#sink.markStale(summary);
        this.#summed.add(summary);
      }
    }
    this.#changed.clear();
    if (this.#summed.size > 0) this.#summaryTimer ??= setTimeout(() => { this.#passSummaries(); }, SUMMED_UP_AFTER);
  }

  #passSummaries(): void {
    this.#summaryTimer = undefined;
    for (const feature of this.#summed) this.#sink.reread(feature, new Set());
    this.#summed.clear();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#summaryTimer);
  }
}

import type { SheetView } from '../../preload/contract/grades.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { cellKey } from '../../renderer/grades/mark-grid-state.ts';
import type { MarkBatch } from '../../renderer/grades/mark-grid-state.ts';
import type { KeptCell, OutboxDoor, OutboxEntry, OutboxShelf, SaveAnswer, SentBatch } from '../../renderer/grades/mark-outbox.ts';
import { sameMark } from '../../renderer/grades/mark-words.ts';
import { nothing, smallSheet } from './small-sheet.ts';
import type { SmallSheetOptions } from './small-sheet.ts';

export function failure(code: string): Failure {
  return { code, heading: code, what: `${code}.`, remedy: 'Thử lại.', batchCanContinue: true };
}

/** What happens to the next call: answered, never heard, or heard while its answer is lost. */
export type Weather = 'fine' | 'lost' | 'answerLost' | Failure;

/** The program's side of one sheet, keeping the promises of the contract: all or nothing, and never over a value the writer has not seen. */
export class FakeBook implements OutboxDoor {
  readonly marks = new Map<string, ReturnType<typeof cell>>();
  readonly saved: SentBatch[] = [];
  readonly kept: KeptCell[] = [];
  #weather: Weather[] = [];
  #clock = 0;
  readonly #options: SmallSheetOptions;

  constructor(options: SmallSheetOptions = {}) {
    this.#options = options;
    for (const row of smallSheet(options).rows) for (const [column, mark] of Object.entries(row.marks)) this.marks.set(`${row.enrolmentId} ${column}`, mark);
  }

  forecast(...weather: Weather[]): void {
    this.#weather.push(...weather);
  }

  #today(): Weather {
    return this.#weather.shift() ?? 'fine';
  }

  save(_sheetId: string, batch: SentBatch): Promise<Result<SaveAnswer>> {
    const weather = this.#today();
    if (weather === 'lost') return Promise.resolve({ ok: false, error: failure('connection.lost') });
    if (typeof weather === 'object') return Promise.resolve({ ok: false, error: weather });
    for (const change of batch.changes) {
      const stored = this.marks.get(cellKey(change.enrolmentId, change.column)) ?? nothing;
      if (!sameMark(stored, change.before)) return Promise.resolve({ ok: false, error: failure('grades.changedMeanwhile') });
    }
    for (const change of batch.changes) this.marks.set(cellKey(change.enrolmentId, change.column), change.after);
    this.saved.push(batch);
    if (weather === 'answerLost') return Promise.resolve({ ok: false, error: failure('connection.timeout') });
    const rows = [...new Set(batch.changes.map(change => change.enrolmentId))].map(enrolmentId => ({ enrolmentId, average: null, level: null, year: null, yearLevel: null }));
    return Promise.resolve({ ok: true, value: { savedAt: new Date(this.#clock++).toISOString(), rows, filled: 0 } });
  }

  keep(_sheetId: string, _path: MarkBatch['path'], cells: KeptCell[]): Promise<Result<unknown>> {
    const weather = this.#today();
    if (weather !== 'fine') return Promise.resolve({ ok: false, error: typeof weather === 'object' ? weather : failure('connection.lost') });
    this.kept.push(...cells);
    return Promise.resolve({ ok: true, value: { kept: cells.length } });
  }

  open(): Promise<Result<SheetView>> {
    const weather = this.#today();
    if (weather !== 'fine') return Promise.resolve({ ok: false, error: typeof weather === 'object' ? weather : failure('connection.lost') });
    return Promise.resolve({ ok: true, value: this.sheet() });
  }

  sheet(): SheetView {
    const sheet = smallSheet(this.#options);
    for (const row of sheet.rows) for (const { column } of sheet.columns) row.marks[column] = this.marks.get(cellKey(row.enrolmentId, column)) ?? nothing;
    return sheet;
  }
}

function cell() {
  return nothing;
}

/** A shelf that outlives its window, as a browser's storage does. */
export class FakeShelf implements OutboxShelf {
  kept = '[]';

  load(): OutboxEntry[] {
    return JSON.parse(this.kept) as OutboxEntry[];
  }

  keep(entries: readonly OutboxEntry[]): void {
    this.kept = JSON.stringify(entries);
  }
}

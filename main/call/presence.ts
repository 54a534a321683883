import { hash } from 'node:crypto';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { PresentPerson } from '../../preload/contract/mark-sheets.ts';

/** Who has not said for so long that he is there has gone: closed his laptop, lost the network. */
const GONE_AFTER_MS = 40_000;

interface Standing extends PresentPerson {
  sheetId: string;
  saidAt: number;
}

/**
 * Who is in which mark sheet, and on which cell. In memory only: it helps two people not to write the same cell, and proves nothing.
 * A session is in one sheet at a time and leaves with its session.
 */
export class Presence {
  readonly #standing = new Map<string, Standing>();
  readonly #announce: (sheetId: string, people: PresentPerson[]) => void;
  readonly #clock: () => Date;

  constructor(announce: (sheetId: string, people: PresentPerson[]) => void, clock: () => Date) {
    this.#announce = announce;
    this.#clock = clock;
  }

  /** The name of a session towards others: its token is a secret. */
  static keyOf(token: string): string {
    return hash('sha256', `presence ${token}`).slice(0, 16);
  }

  stand(token: string, name: string, sheetId: string, cell: { enrolmentId: string; column: MarkColumn } | null): PresentPerson[] {
    const before = this.#standing.get(token);
    const now: Standing = { key: Presence.keyOf(token), name, sheetId, enrolmentId: cell?.enrolmentId ?? null, column: cell?.column ?? null, saidAt: this.#clock().getTime() };
    this.#standing.set(token, now);
    const gone = this.#dropGone();
    if (before !== undefined && before.sheetId !== sheetId) gone.add(before.sheetId);
    const hasMoved = before?.sheetId !== sheetId || before.enrolmentId !== now.enrolmentId || before.column !== now.column;
    if (hasMoved) gone.add(sheetId);
    for (const changed of gone) this.#announce(changed, this.of(changed));
    return this.of(sheetId);
  }

  leave(token: string | null): void {
    const found = token === null ? undefined : this.#standing.get(token);
    if (found === undefined || token === null) return;
    this.#standing.delete(token);
    this.#announce(found.sheetId, this.of(found.sheetId));
  }

  of(sheetId: string): PresentPerson[] {
    const since = this.#clock().getTime() - GONE_AFTER_MS;
    return [...this.#standing.values()].filter(one => one.sheetId === sheetId && one.saidAt >= since)
      .map(({ key, name, enrolmentId, column }) => ({ key, name, enrolmentId, column }));
  }

  /** Answers the sheets that somebody left without a word. */
  #dropGone(): Set<string> {
    const since = this.#clock().getTime() - GONE_AFTER_MS;
    const sheets = new Set<string>();
    for (const [token, { sheetId, saidAt }] of this.#standing) {
      if (saidAt >= since) continue;
      this.#standing.delete(token);
      sheets.add(sheetId);
    }
    return sheets;
  }
}

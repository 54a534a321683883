import { useEffect, useSyncExternalStore } from 'react';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { PresenceEvent } from '../../preload/contract/index.ts';
import type { PresentPerson } from '../../preload/contract/mark-sheets.ts';
import { api } from './api.ts';

const nobody: readonly PresentPerson[] = [];
let bySheet: ReadonlyMap<string, readonly PresentPerson[]> = new Map();
let self = '';
const listeners = new Set<() => void>();

function note(sheetId: string, people: readonly PresentPerson[]): void {
  bySheet = new Map(bySheet).set(sheetId, people.filter(one => one.key !== self));
  for (const listener of listeners) listener();
}

/** Takes one event of who is where. */
export function notePresence({ sheetId, people }: PresenceEvent): void {
  note(sheetId, people);
}

export function forgetPresence(): void {
  bySheet = new Map();
  self = '';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** Milliseconds. Walking through a sheet by arrow key tells nothing on the way; */
const TELL_AFTER = 300;
/** who stays is told again this often, */
const TELL_AGAIN = 15_000;
/** but not when nobody has touched the window for so long: an open sheet must not keep a session alive for ever. */
const AWAY_AFTER = 120_000;

let touchedAt = Date.now();
if (typeof window !== 'undefined') for (const kind of ['keydown', 'pointerdown'] as const) window.addEventListener(kind, () => { touchedAt = Date.now(); }, { passive: true });

async function tell(sheetId: string, cell: { enrolmentId: string; column: MarkColumn } | null): Promise<void> {
  const result = await api.gradebook.standIn({ sheetId, cell });
  if (!result.ok) return;
  self = result.value.self;
  note(sheetId, result.value.people);
}

/** Says where one stands in a sheet while it is on screen, and answers who else is in it. */
export function usePresence(sheetId: string, enrolmentId: string | null, column: MarkColumn | null): readonly PresentPerson[] {
  useEffect(() => {
    const cell = enrolmentId === null || column === null ? null : { enrolmentId, column };
    const say = (): void => { if (document.visibilityState === 'visible' && Date.now() - touchedAt < AWAY_AFTER) void tell(sheetId, cell); };
    const soon = window.setTimeout(say, TELL_AFTER);
    const again = window.setInterval(say, TELL_AGAIN);
    return () => {
      window.clearTimeout(soon);
      window.clearInterval(again);
    };
  }, [sheetId, enrolmentId, column]);
  useEffect(() => () => { void api.gradebook.standIn({ sheetId, cell: null, isLeaving: true }); }, [sheetId]);
  return useSyncExternalStore(subscribe, () => bySheet.get(sheetId) ?? nobody);
}

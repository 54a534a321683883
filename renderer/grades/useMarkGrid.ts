import { useEffect, useReducer, useRef, useState } from 'react';
import type { Dispatch } from 'react';
import type { SheetView } from '../../preload/contract/grades.ts';
import { queryClient } from '../app/queries.ts';
import { usePreference } from '../app/preferences.ts';
import { reduceMarkGrid } from './mark-grid-reducer.ts';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import { openGrid } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { useOutbox } from './outbox-context.tsx';

/** A sheet with the outbox's count of answers at the moment it was asked for. */
export interface ReadSheet {
  sheet: SheetView;
  answered: number;
}

/** Words in red outlive a look at another place, until the window closes. */
const faultsLeft = new Map<string, MarkGridState['faulty']>();

function newSeed(): string {
  return [...crypto.getRandomValues(new Uint32Array(2))].map(number => number.toString(36)).join('');
}

/** The mark grid of a sheet, tied to the outbox: what is written leaves for the book at once, what the book says comes back into the grid. */
export function useMarkGrid({ sheet, answered }: ReadSheet): [MarkGridState, Dispatch<MarkGridAction>] {
  const outbox = useOutbox();
  const { sheetId } = sheet;
  const [twoDigits, keepTwoDigits] = usePreference('marks.twoDigits', true);
  const [initial] = useState(() => ({
    ...openGrid(sheet, { seed: newSeed(), twoDigits, unsaved: outbox.batchesOf(sheetId) }),
    faulty: faultsLeft.get(sheetId) ?? {},
  }));
  const [state, dispatch] = useReducer(reduceMarkGrid, initial);
  const handedOver = useRef<Set<string> | null>(null);
  handedOver.current ??= new Set(initial.unsaved.map(batch => batch.id));
  const latest = useRef(state);

  useEffect(() => {
    latest.current = state;
    for (const batch of state.unsaved) {
      if (handedOver.current?.has(batch.id)) continue;
      handedOver.current?.add(batch.id);
      outbox.add(sheetId, batch);
    }
  }, [state, outbox, sheetId]);

  useEffect(() => outbox.onNews(news => {
    if (news.sheetId !== sheetId) return;
    if (news.kind === 'saved') dispatch({ type: 'saved', batch: news.batch, rows: news.answer.rows });
    else if (news.kind === 'refused') {
      dispatch({ type: 'refused', batch: news.batch, refusal: `${news.failure.what} ${news.failure.remedy}` });
      void queryClient.invalidateQueries({ queryKey: ['grades', 'openSheet'] });
    } else if (news.kind === 'requeued') {
      dispatch({ type: 'requeued', unsaved: outbox.batchesOf(sheetId), handedOver: new Set(handedOver.current) });
      void queryClient.invalidateQueries({ queryKey: ['grades', 'openSheet'] });
    }
  }), [outbox, sheetId]);

  useEffect(() => {
    // Read before the last answer came: it may show what was there before. The place reads again.
    if (answered === outbox.answered) dispatch({ type: 'refreshed', sheet });
  }, [sheet, answered, outbox]);

  useEffect(() => {
    if (state.twoDigits !== twoDigits) keepTwoDigits(state.twoDigits);
  }, [state.twoDigits, twoDigits, keepTwoDigits]);

  // Leaving by Back or by closing the window gives no blur: the cell being typed in is taken along.
  useEffect(() => {
    const leave = (): void => {
      const last = reduceMarkGrid(latest.current, { type: 'commit' });
      faultsLeft.set(sheetId, last.faulty);
      for (const batch of last.unsaved) {
        if (handedOver.current?.has(batch.id)) continue;
        handedOver.current?.add(batch.id);
        outbox.add(sheetId, batch);
      }
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [outbox, sheetId]);

  return [state, dispatch];
}

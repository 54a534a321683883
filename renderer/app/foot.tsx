import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

/** One shortcut of the place: the keys as printed on them, and what they do. */
export interface KeyHint {
  keys: string[];
  does: string;
}

interface FootState {
  where: ReactNode;
  hints: readonly KeyHint[];
}

const nothing: FootState = { where: null, hints: [] };
const ShowContext = createContext<(state: FootState) => void>(() => undefined);
const ShownContext = createContext<FootState>(nothing);

export function FootProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<FootState>(nothing);
  return <ShowContext value={setState}><ShownContext value={state}>{children}</ShownContext></ShowContext>;
}

/** What the foot of the window shows now. */
export function useFootState(): FootState {
  return useContext(ShownContext);
}

/** Tells the foot where the cursor is and which keys work here, as long as the caller is on screen. `hints` should be a stable array. */
export function useFoot(where: string, hints: readonly KeyHint[]): void {
  const show = useContext(ShowContext);
  const state = useMemo<FootState>(() => ({ where, hints }), [where, hints]);
  useEffect(() => {
    show(state);
  }, [show, state]);
  useEffect(() => () => { show(nothing); }, [show]);
}

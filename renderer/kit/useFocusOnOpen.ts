import { useEffect } from 'react';
import type { RefObject } from 'react';

/** Gives the keyboard to the main thing of a place when it opens, unless someone is typing in a field already. */
export function useFocusOnOpen(target: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
    if (!isTyping) target.current?.focus({ preventScroll: true });
  }, [target]);
}

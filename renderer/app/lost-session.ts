import { useSyncExternalStore } from 'react';

/**
 * Why somebody who was at work stands outside: `signIn`, the program no longer knows who is signed in (it was started anew, or the session ran
 * out); `reopen`, it does not know this browser any more, which only its own address lets in again.
 */
export type LostSession = 'none' | 'signIn' | 'reopen';

let lost: LostSession = 'none';
const watchers = new Set<() => void>();

export function noteLostSession(now: LostSession): void {
  if (now === lost) return;
  lost = now;
  for (const watcher of watchers) watcher();
}

/** The program answers this browser: opened again, in this window or beside it. */
export function noteBrowserKnown(): void {
  if (lost === 'reopen') noteLostSession('none');
}

export function useLostSession(): LostSession {
  return useSyncExternalStore(watcher => {
    watchers.add(watcher);
    return () => { watchers.delete(watcher); };
  }, () => lost);
}

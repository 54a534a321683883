import { useSyncExternalStore } from 'react';
import { api } from '../app/api.ts';

/** A token somebody opened with his PIN. Lives in the memory of this window only; the PIN itself is not here nor anywhere. */
export interface SigningSession {
  /** Whose window it was opened in: it ends when another person signs in. */
  user: string;
  session: string;
  subject: string;
  /** Thumbprint of the certificate. */
  certificate: string;
}

let current: SigningSession | null = null;
const listeners = new Set<() => void>();

function set(next: SigningSession | null): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function keepSession(session: SigningSession): void {
  set(session);
}

/** Forgets a session that the token process has ended by itself (token pulled out, ten idle minutes). */
export function forgetSession(): void {
  set(null);
}

/** Logs out of the token. It is forgotten here even when the program cannot be reached: the idle limit ends it there. */
export async function closeSession(): Promise<void> {
  const open = current;
  set(null);
  if (open !== null) await api.signing.closeToken({ session: open.session });
}

/** The open session of `user`, or null. */
export function useSigningSession(user: string): SigningSession | null {
  const found = useSyncExternalStore(subscribe, () => current);
  return found?.user === user ? found : null;
}

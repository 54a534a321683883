import type { AppEvent } from '../../preload/contract/index.ts';
import type { Result } from '../../preload/contract/failure.ts';

/** Who is calling, as the transport knows it; the token was handed out by a successful `accounts.signIn`. */
export interface Caller {
  origin: 'window' | 'browser';
  sessionToken: string | null;
}

export interface Answer {
  result: Result<unknown>;
  /** Set after sign-in (a token to keep) and sign-out (null): the transport keeps it out of the page's reach. */
  sessionToken?: string | null;
}

/** The running program behind any shell: core worker plus token process. */
export interface Program {
  call(name: string, input: unknown, caller: Caller): Promise<Answer>;
  /** `to`: the session tokens that may be told; null is everybody who has signed in. */
  on(listener: (event: AppEvent, to: readonly string[] | null) => void): () => void;
  /** How many jobs are still going; closing would stop them at the item they are on. */
  runningJobs(): Promise<number>;
  close(): Promise<void>;
}

import { randomBytes } from 'node:crypto';
import type { Session } from './context.ts';

const IDLE_LIMIT_MS = 8 * 60 * 60 * 1000;

export const visitor: Session = { user: '', name: '', role: null, staffId: null, token: null };

/** Who is signed in. Tokens live in memory only: restarting the program signs everybody out. */
export class Sessions {
  readonly #open = new Map<string, { session: Session; usedAt: number }>();
  readonly #clock: () => Date;
  readonly #onEnd: (token: string) => void;

  constructor(clock: () => Date, onEnd: (token: string) => void = () => undefined) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  open(who: Omit<Session, 'token'>): Session {
    const token = randomBytes(24).toString('base64url');
    const session: Session = { ...who, token };
    this.#open.set(token, { session, usedAt: this.#clock().getTime() });
    return session;
  }

  /** The session of a token, or the visitor when it is unknown or has idled for eight hours. */
  find(token: string | null): Session {
    const found = token === null ? undefined : this.#open.get(token);
    if (!found || token === null) return visitor;
    const now = this.#clock().getTime();
    if (now - found.usedAt > IDLE_LIMIT_MS) {
      this.close(token);
      return visitor;
    }
    found.usedAt = now;
    return found.session;
  }

  /** Every window in which this account is signed in. */
  tokensOf(user: string): string[] {
    return [...this.#open].filter(([, { session }]) => session.user === user).map(([token]) => token);
  }

  /** Signs a person out everywhere. */
  closeOf(user: string): void {
    for (const token of this.tokensOf(user)) this.close(token);
  }

  /** The session at hand goes on as one of its owner; every other of his ends. */
  passwordChanged(token: string | null, user: string): void {
    for (const other of this.tokensOf(user)) if (other !== token) this.close(other);
    const found = token === null ? undefined : this.#open.get(token);
    if (found) found.session = { ...found.session, mustChangePassword: false };
  }

  close(token: string | null): void {
    if (token === null) return;
    this.#open.delete(token);
    this.#onEnd(token);
  }
}

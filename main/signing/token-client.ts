import { AppError } from '../kit/errors.ts';
import type { TokenChannel } from './token-channel.ts';
import { fromTokenFailure } from './token-faults.ts';
import type { TokenAct, TokenActs, TokenFacts, TokenReply, TokenRequest, TokenSession } from './token-protocol.ts';

export interface TokenClientOptions {
  /** Milliseconds after which a silent driver counts as hung. A PIN typed on a reader's keypad takes its time. */
  timeouts?: Partial<Record<TokenAct, number>>;
}

const TIMEOUTS: Record<TokenAct, number> = { list: 20_000, login: 90_000, sign: 60_000, logout: 10_000 };

interface Waiting {
  act: TokenAct;
  resolve: (output: never) => void;
  reject: (error: AppError) => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The program's side of the token process. The process is started at the first need; when it crashes or hangs, what was asked of
 * it fails with one named error (`token.crashed`, `token.hung`) and the next request starts a new one.
 */
export class TokenClient {
  private readonly start: () => TokenChannel;
  private readonly timeouts: Record<TokenAct, number>;
  private channel: TokenChannel | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(start: () => TokenChannel, options: TokenClientOptions = {}) {
    this.start = start;
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
  }

  /** Tokens seen by a driver, with their certificates; needs no PIN. Throws `token.*`. */
  list(module: string): Promise<TokenFacts[]> {
    return this.request('list', { module });
  }

  /**
   * Opens the key of the certificate with this thumbprint. A PIN given as bytes is wiped here once sent. Throws `token.pinIncorrect`,
   * `token.pinLocked`, `token.certificateMissing`, …; nothing is ever tried twice.
   */
  login(module: string, certSha256: string, pin: string | Uint8Array): Promise<TokenSession> {
    const bytes = typeof pin === 'string' ? Buffer.from(pin, 'utf8') : pin;
    try {
      return this.request('login', { module, certSha256, pin: bytes });
    } finally {
      bytes.fill(0);
    }
  }

  /** The signature over `tbs` (SHA-256 inside the token process). Throws `token.removed` and others that stop a batch. */
  sign(sessionId: string, tbs: Uint8Array): Promise<Uint8Array> {
    return this.request('sign', { sessionId, tbs });
  }

  async logout(sessionId: string): Promise<void> {
    if (this.channel) await this.request('logout', { sessionId });
  }

  /** Ends the process; open requests fail with `token.crashed`. Needed before a command-line program can exit: a running child keeps it alive. */
  close(): void {
    this.drop('token.crashed');
  }

  private request<A extends TokenAct>(act: A, input: TokenActs[A]['input']): Promise<TokenActs[A]['output']> {
    const channel = this.open();
    const id = ++this.lastId;
    const answer = new Promise<TokenActs[A]['output']>((resolve, reject) => {
      this.waiting.set(id, { act, resolve, reject, timer: undefined });
    });
    this.watchFirst();
    channel.post({ id, act, input } as TokenRequest);
    return answer;
  }

  private open(): TokenChannel {
    if (this.channel) return this.channel;
    const channel = this.start();
    this.channel = channel;
    channel.onMessage((reply) => this.settle(reply));
    channel.onExit(() => {
      if (this.channel === channel) this.drop('token.crashed');
    });
    return channel;
  }

  /** The process answers in order, so only the oldest request is under its clock; those behind it are not late yet. */
  private watchFirst(): void {
    const [first] = this.waiting.values();
    if (!first || first.timer) return;
    first.timer = setTimeout(() => this.drop('token.hung'), this.timeouts[first.act]);
  }

  private settle(reply: TokenReply): void {
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.waiting.delete(reply.id);
    this.watchFirst();
    if (reply.ok) waiting.resolve(reply.output as never);
    else waiting.reject(fromTokenFailure(reply.failure));
  }

  private drop(code: 'token.crashed' | 'token.hung'): void {
    const { channel } = this;
    this.channel = undefined;
    channel?.kill();
    const abandoned = [...this.waiting.values()];
    this.waiting.clear();
    for (const request of abandoned) {
      clearTimeout(request.timer);
      request.reject(new AppError(code, { batchCanContinue: false }));
    }
  }
}

import type { AppEvent, Feature } from '../../preload/contract/index.ts';
import { specOf } from '../../preload/contract/index.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { ChangeContext } from '../../db/journal.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import { JobRunner } from './job-runner.ts';
import type { JobContext, Session, WriteContext } from './context.ts';
import { handlerOf, type AnyHandler, type Module } from './module.ts';
import { Presence } from './presence.ts';
import type { CoreServices } from './services.ts';
import { Sessions } from './sessions.ts';

const journalledPaths: ReadonlySet<string> = new Set<ChangeContext['path']>(['typed', 'pasted', 'imported', 'rule', 'undo', 'offline', 'signed', 'sent', 'other']);

/** `to`: the session tokens that may be told; null is everybody who has signed in. */
export type EventListener = (event: AppEvent, to: readonly string[] | null) => void;

/**
 * The one way in: input check → permission → one transaction → service → journal → commit → tell the windows what changed → `Result`.
 * A service then holds school logic only. Nothing thrown leaves the door: every call settles to a value or a named failure.
 */
export class Door {
  readonly jobs: JobRunner;
  readonly sessions: Sessions;
  readonly presence: Presence;
  readonly services: CoreServices;
  readonly #modules: readonly { feature: Feature; calls: object }[];
  readonly #listeners = new Set<EventListener>();

  constructor(services: CoreServices, modules: readonly (Module | { feature: Feature; calls: object })[]) {
    this.services = services;
    this.#modules = modules;
    this.presence = new Presence((sheetId, people) => { this.#tell({ topic: 'presence', sheetId, people }); }, () => services.clock());
    this.sessions = new Sessions(() => services.clock(), token => { this.presence.leave(token); });
    this.jobs = new JobRunner((job, owner) => { this.#tell({ topic: 'job', job }, this.sessions.tokensOf(owner)); }, () => services.clock());
  }

  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Never rejects. A job answers `{ jobId }` and goes on by itself. */
  call(name: string, input: unknown, session: Session): Result<unknown> {
    try {
      return { ok: true, value: this.#run(name, input, session) };
    } catch (fault) {
      return { ok: false, error: toFailure(fault) };
    }
  }

  /** Runs a job to its end for a caller without events, such as the command line. */
  async runJob(name: string, input: unknown, session: Session, watch: { signal: AbortSignal; progress: JobContext['progress'] }): Promise<Result<unknown>> {
    try {
      const { handler, checked } = this.#check(name, input, session);
      return { ok: true, value: await handler(this.jobContext(session, watch), checked) };
    } catch (fault) {
      return { ok: false, error: toFailure(fault) };
    }
  }

  /** Null when `session` may make the call; used for calls that the token process answers. */
  refusal(name: string, session: Session): Failure | null {
    try {
      this.#permitted(name, session);
      return null;
    } catch (fault) {
      return toFailure(fault);
    }
  }

  #permitted(name: string, session: Session) {
    const spec = specOf(name);
    if (!spec) throw new AppError('call.unknown', { params: { name } });
    if (!mayCall(session.role, spec.permission)) throw new AppError(session.role === null ? 'call.signInFirst' : 'call.forbidden');
    if (session.mustChangePassword === true && spec.permission !== 'public' && name !== 'accounts.changePassword') throw new AppError('accounts.changeFirst');
    return spec;
  }

  #check(name: string, input: unknown, session: Session): { kind: 'read' | 'write' | 'job'; handler: AnyHandler; checked: unknown } {
    const spec = this.#permitted(name, session);
    const handler = handlerOf(this.#modules, name);
    if (!handler || spec.kind === 'token') throw new AppError('call.unknown', { params: { name } });
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('call.badInput', { params: { detail: issue?.message ?? '' }, field: issue?.path.join('.') ?? '' });
    }
    return { kind: spec.kind, handler, checked: parsed.data };
  }

  #run(name: string, input: unknown, session: Session): unknown {
    const { kind, handler, checked } = this.#check(name, input, session);
    switch (kind) {
      case 'read':
        return handler({ db: this.services.database.read, session, services: this.services }, checked);
      case 'write':
        return this.#write(session, contextOf(checked), ctx => handler(ctx, checked));
      case 'job':
        return { jobId: this.jobs.start(name, session.user, async work => handler(this.jobContext(session, work), checked)) };
    }
  }

  /** For the command line, which runs a job's service itself to get at more than the window is told. */
  jobContext(session: Session, work: { signal: AbortSignal; progress: JobContext['progress'] }): JobContext {
    return {
      db: this.services.database.read, session, services: this.services, signal: work.signal, progress: work.progress,
      write: (context, change) => this.#write(session, context, change),
    };
  }

  #write<T>(session: Session, context: Pick<ChangeContext, 'path' | 'reason'>, change: (ctx: WriteContext) => T): T {
    const changed = new Map<Feature, Set<string>>();
    // The journal reads this very object at every row: `explain` changes it between two.
    const said: ChangeContext = { actor: session.user || 'system', path: context.path, reason: context.reason };
    const value = this.services.database.write(said, (tx, at) => change({
      db: tx, session, services: this.services, stamp: { device: this.services.device, at },
      changed: (feature, ...keys) => {
        const known = changed.get(feature) ?? new Set<string>();
        for (const key of keys) known.add(key);
        changed.set(feature, known);
      },
      explain: next => { Object.assign(said, next); },
    }));
    for (const [feature, keys] of changed) this.#tell({ topic: 'changed', feature, keys: [...keys] });
    return value;
  }

  #tell(event: AppEvent, to: readonly string[] | null = null): void {
    for (const listener of this.#listeners) listener(event, to);
  }
}

/** What a call's own input says of the change: `path` and `reason`, where the contract has them. */
function contextOf(input: unknown): Pick<ChangeContext, 'path' | 'reason'> {
  const { path, reason } = (input ?? {}) as { path?: unknown; reason?: unknown };
  return {
    path: typeof path === 'string' && journalledPaths.has(path) ? (path as ChangeContext['path']) : 'typed',
    reason: typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : null,
  };
}

import type { Result } from '../../preload/contract/failure.ts';
import type { JobContext, Session } from '../call/context.ts';
import type { TokenPort } from '../call/services.ts';
import { signIn } from '../accounts/accounts-service.ts';
import { AppError } from '../kit/errors.ts';
import { createCore, programVersion, type Core } from './create-core.ts';
import { dataFolder, defaultDataFolder, keyFromEnvironment, type DataFolder } from './data-folder.ts';

export interface CommandIo {
  /** True: one JSON object as the last line of standard output; else readable Vietnamese. */
  json: boolean;
  signal: AbortSignal;
  line(text: string): void;
  progress(done: number, total: number, item: string): void;
}

export interface CommandResult {
  exit: 0 | 1;
  /** The last line with `--json`. */
  json: object;
}

export interface CoreCommandOptions {
  data: string | undefined;
  as: string | undefined;
  create?: boolean;
  demoKey?: boolean;
  token?: TokenPort;
}

/** Whoever holds the database key and names no account acts for the office, and stands in the journal as the command line. */
const operator: Session = { user: 'cli', name: 'Dòng lệnh', role: 'principal', staffId: null, token: null };

const noToken: TokenPort = {
  certificate: () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false })),
  sign: () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false })),
};

/** Opens the school for one command and closes it after, whatever happens. */
export async function withCore<T>(options: CoreCommandOptions, work: (core: Core, session: Session, folder: DataFolder) => Promise<T>): Promise<T> {
  const folder = dataFolder(options.data ?? defaultDataFolder());
  const key = keyFromEnvironment(folder, { demo: options.demoKey === true });
  const core = await createCore({
    dataFolder: folder.root, key, shell: 'cli', token: options.token ?? noToken, version: programVersion(), create: options.create === true,
  });
  try {
    return await work(core, sessionFor(core, options.as), folder);
  } finally {
    await core.close();
  }
}

function sessionFor(core: Core, user: string | undefined): Session {
  if (user === undefined) return operator;
  const password = process.env['SO_TRUONG_PASSWORD'];
  if (password === undefined) throw new AppError('accounts.passwordNotGiven', { params: { user } });
  return { ...signIn(core.database.read, user, password, core.services.clock()), token: null };
}

/** A job's context for a service called directly; `name` is the call whose permission it needs. */
export function jobContext(core: Core, session: Session, io: CommandIo, name: string): JobContext {
  const refusal = core.door.refusal(name, session);
  if (refusal) throw new CallFailed({ ok: false, error: refusal });
  return core.door.jobContext(session, io);
}

/** The value of a call, or its failure thrown for the command's report. */
export function valueOf<T>(result: Result<unknown>): T {
  if (result.ok) return result.value as T;
  throw new CallFailed(result);
}

export class CallFailed extends Error {
  readonly failure: Extract<Result<unknown>, { ok: false }>['error'];
  constructor(result: Extract<Result<unknown>, { ok: false }>) {
    super(result.error.what);
    this.failure = result.error;
  }
}

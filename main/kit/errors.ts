import type { Failure } from '../../preload/contract/failure.ts';
import { text, hasText } from '../../resources/language/language.ts';

export interface AppErrorOptions {
  /** Values for the placeholders of the catalogue's texts. */
  params?: Record<string, string | number>;
  field?: string;
  /** False stops a batch at this paper: trying the next would fail the same way, or cost a PIN try. */
  batchCanContinue?: boolean;
  cause?: unknown;
}

/**
 * A failure that a person can act on. `code` names an entry of the catalogue (`errors.<code>` with `heading`, `what`, `remedy`),
 * so that no message is written where the fault happens. Throw it anywhere; the door turns it into a {@link Failure}.
 */
export class AppError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;
  readonly field: string | undefined;
  readonly batchCanContinue: boolean;

  constructor(code: string, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params ?? {};
    this.field = options.field;
    this.batchCanContinue = options.batchCanContinue ?? true;
  }
}

/** The texts of any thrown value. What is not an {@link AppError} stays an unknown fault: its message is shown as the detail, never guessed at. */
export function toFailure(thrown: unknown): Failure {
  const known = thrown instanceof AppError && hasText(`errors.${thrown.code}.heading`);
  const code = known ? thrown.code : 'unexpected';
  const params = known ? thrown.params : { detail: describe(thrown) };
  return {
    code: thrown instanceof AppError ? thrown.code : code,
    heading: text(`errors.${code}.heading`, params),
    what: text(`errors.${code}.what`, params),
    remedy: text(`errors.${code}.remedy`, params),
    ...(thrown instanceof AppError && thrown.field !== undefined ? { field: thrown.field } : {}),
    batchCanContinue: thrown instanceof AppError ? thrown.batchCanContinue : true,
  };
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.message || thrown.name;
}

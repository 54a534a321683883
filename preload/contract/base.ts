import type { z } from 'zod';
import type { Permission } from './permissions.ts';

/**
 * How a call runs.
 * `read`: on the read-only handle. `write`: in one transaction. `job`: answers a job id at once, then reports progress on the `job`
 * topic and can be cancelled. `token`: goes to the token process and never through the core, because it may carry a PIN.
 */
export type CallKind = 'read' | 'write' | 'job' | 'token';

/** One call of the contract. `Output` exists only for the compiler. */
export interface CallSpec<Kind extends CallKind = CallKind, Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly kind: Kind;
  readonly permission: Permission;
  readonly input: Input;
  readonly output?: Output;
}

function builder<Kind extends CallKind>(kind: Kind) {
  return <Input extends z.ZodType>(permission: Permission, input: Input) => ({
    returns: <Output>(): CallSpec<Kind, Input, Output> => ({ kind, permission, input }),
  });
}

export const read = builder('read');
export const write = builder('write');
export const job = builder('job');
export const token = builder('token');

/** What a caller passes. */
export type InputOf<Spec> = Spec extends CallSpec<CallKind, infer Input> ? z.input<Input> : never;
/** What the service receives: checked, defaults filled. */
export type CheckedInputOf<Spec> = Spec extends CallSpec<CallKind, infer Input> ? z.output<Input> : never;
/** What the service answers; for a job, what stands in its `result` at the end. */
export type OutputOf<Spec> = Spec extends { readonly output?: infer Output } ? Exclude<Output, undefined> : never;

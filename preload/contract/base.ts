import type { z } from 'zod';
import type { Permission } from './permissions.ts';

/**
 * How a call runs.
 * `read`: on the read-only handle. `write`: in one transaction. `job`: answers a job id at once, then reports progress on the `job`
 * topic and can be cancelled. `token`: goes to the token process and never through the core, because it may carry a PIN.
 */
export type CallKind = 'read' | 'write' | 'job' | 'token';

/** One call of the contract. `Output` exists only for the compiler. */
export interface CallSpec<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly kind: CallKind;
  readonly permission: Permission;
  readonly input: Input;
  readonly output?: Output;
}

interface SpecBuilder<Input extends z.ZodType> {
  returns<Output>(): CallSpec<Input, Output>;
}

function builder(kind: CallKind) {
  return <Input extends z.ZodType>(permission: Permission, input: Input): SpecBuilder<Input> => ({
    returns: <Output>(): CallSpec<Input, Output> => ({ kind, permission, input }),
  });
}

export const read = builder('read');
export const write = builder('write');
export const job = builder('job');
export const token = builder('token');

export type InputOf<Spec> = Spec extends CallSpec<infer Input, unknown> ? z.input<Input> : never;
export type CheckedInputOf<Spec> = Spec extends CallSpec<infer Input, unknown> ? z.output<Input> : never;
export type OutputOf<Spec> = Spec extends { readonly output?: infer Output } ? Exclude<Output, undefined> : never;

/** What the caller gets at once: a job answers its id, everything else its output. */
export type AnswerOf<Spec> = Spec extends { readonly kind: CallKind } ? OutputOf<Spec> : never;

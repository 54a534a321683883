import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { Contract, Feature } from '../../preload/contract/index.ts';
import type { JobContext, ReadContext, WriteContext } from './context.ts';

type HandlerOf<Spec> = Spec extends { readonly kind: 'read' }
  ? (ctx: ReadContext, input: CheckedInputOf<Spec>) => OutputOf<Spec>
  : Spec extends { readonly kind: 'write' }
    ? (ctx: WriteContext, input: CheckedInputOf<Spec>) => OutputOf<Spec>
    : Spec extends { readonly kind: 'job' }
      ? (ctx: JobContext, input: CheckedInputOf<Spec>) => Promise<OutputOf<Spec>>
      : never;

type CoreCalls<F extends Feature> = {
  [C in keyof Contract[F] as Contract[F][C] extends { readonly kind: 'token' } ? never : C]: HandlerOf<Contract[F][C]>;
};

/** A feature's table of contents: every call of its contract and what answers it. Calls to the token process are answered there. */
export interface Module<F extends Feature = Feature> {
  feature: F;
  calls: CoreCalls<F>;
}

export function defineModule<F extends Feature>(feature: F, calls: CoreCalls<F>): Module<F> {
  return { feature, calls };
}

export type AnyHandler = (ctx: ReadContext | WriteContext | JobContext, input: unknown) => unknown;

export function handlerOf(modules: readonly { feature: Feature; calls: object }[], name: string): AnyHandler | undefined {
  const [feature, call] = name.split('.');
  const found = modules.find(candidate => candidate.feature === feature)?.calls as Record<string, AnyHandler> | undefined;
  return found && call !== undefined && Object.hasOwn(found, call) ? found[call] : undefined;
}

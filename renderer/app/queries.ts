import { QueryClient, keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../preload/contract/base.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { Contract, Feature } from '../../preload/contract/index.ts';
import { api } from './api.ts';
import { concerns, summaries } from './changes.ts';

/** Every call by its name, `grades.openSheet`. */
export type CallName = { [F in Feature]: `${F}.${keyof Contract[F] & string}` }[Feature];
type SpecNamed<Name extends CallName> = Name extends `${infer F}.${infer C}`
  ? F extends Feature ? C extends keyof Contract[F] ? Contract[F][C] : never : never
  : never;
export type CallInput<Name extends CallName> = InputOf<SpecNamed<Name>>;
export type CallOutput<Name extends CallName> = OutputOf<SpecNamed<Name>>;
export type CallsOfKind<Kind extends string> = { [Name in CallName]: SpecNamed<Name> extends { readonly kind: infer K } ? Kind extends K ? Name : never : never }[CallName];

/** A failure as React Query wants it; screens show `failure` with `ErrorNotice`. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.heading);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** Calls by name. Prefer `api.feature.call`; this is for code that is told the name. */
export function callNamed<Output>(name: CallName, input: unknown): Promise<Result<Output>> {
  const [feature, call] = name.split('.') as [Feature, string];
  const calls = api[feature] as unknown as Record<string, (value: unknown) => Promise<Result<Output>>>;
  const ask = calls[call];
  if (ask === undefined) throw new Error(`no call ${name}`);
  return ask(input);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: 60_000,
      refetchOnWindowFocus: false,
    },
  },
});

export interface ReadOptions {
  /** False waits, for example for a choice not made yet. */
  enabled?: boolean;
  /** Keep showing the answer to the previous input while the next is fetched. */
  keepPrevious?: boolean;
}

/** Reads through the contract (also from the token, whose calls are reads too) and reads again when the program tells that the feature changed. */
export function useRead<Name extends CallsOfKind<'read'> | CallsOfKind<'token'>>(name: Name, input: CallInput<Name>, options: ReadOptions = {}): UseQueryResult<CallOutput<Name>, CallFailed> {
  const [feature, call] = name.split('.');
  return useQuery<CallOutput<Name>, CallFailed>({
    queryKey: [feature, call, input],
    queryFn: async () => {
      const result = await callNamed<CallOutput<Name>>(name, input);
      if (!result.ok) throw new CallFailed(result.error);
      return result.value;
    },
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Called for every portion of changes of a feature; for screens that mend what they show instead of reading it all again. */
type ChangeListener = (feature: Feature, keys: ReadonlySet<string>) => void;
const changeListeners = new Set<ChangeListener>();

export function onChanged(listener: ChangeListener): () => void {
  changeListeners.add(listener);
  return () => { changeListeners.delete(listener); };
}

/** Reads again what is on screen of `feature` and of these keys (none: all of it), and marks the rest as out of date. */
export function reread(feature: Feature, keys: ReadonlySet<string> = new Set()): void {
  for (const listener of changeListeners) listener(feature, keys);
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [of, call, input] }) => of === feature && (typeof call !== 'string' || concerns(`${feature}.${call}`, input, keys)),
  });
}

/** Marks `feature` as out of date without asking now. */
export function markStale(feature: Feature): void {
  void queryClient.invalidateQueries({ queryKey: [feature], refetchType: 'none' });
}

/** After an act of this person: everything that shows `feature` is read again at once. */
export function refresh(feature: Feature): void {
  for (const name of new Set([feature, ...summaries(feature)])) reread(name);
}

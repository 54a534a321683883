import { useCallback, useState } from 'react';
import type { Failure, Result } from '../../preload/contract/failure.ts';

export interface Act<Input extends unknown[], Output> {
  /** Does it; resolves with the value, or null after a failure. */
  run: (...input: Input) => Promise<Output | null>;
  isBusy: boolean;
  failure: Failure | null;
  clear: () => void;
}

/** A call started by a person: whether it runs, and why it failed. */
export function useAct<Input extends unknown[], Output>(call: (...input: Input) => Promise<Result<Output>>): Act<Input, Output> {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (...input: Input): Promise<Output | null> => {
    setBusy(true);
    setFailure(null);
    const result = await call(...input);
    setBusy(false);
    if (result.ok) return result.value;
    setFailure(result.error);
    return null;
  };
  const clear = useCallback(() => { setFailure(null); }, []);
  return { run, isBusy, failure, clear };
}

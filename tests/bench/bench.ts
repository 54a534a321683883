/** One figure beside its limit, measured in the same run. */
export interface Bench {
  name: string;
  /** Ours may be at most this many times the peer. */
  ratioLimit: number;
  unit?: 'ms' | 'MB';
  run(): Promise<{ oursMs: number; peerMs: number; note: string }>;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Milliseconds one call takes, over `times` calls. */
export function perCall(times: number, call: (index: number) => void): number {
  const start = performance.now();
  for (let index = 0; index < times; index += 1) call(index);
  return (performance.now() - start) / times;
}

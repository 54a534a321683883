import type { Bench } from './bench.ts';
import { gradebookOpen, markTyped } from './gradebook-bench.ts';
import { demoPeak, hostAtRest } from './memory-bench.ts';
import { packageBench } from './package-bench.ts';
import { printBench } from './print-bench.ts';
import { schoolBenches } from './school-bench.ts';
import { signingBench } from './signing-bench.ts';
import { yearEndBench, yearEndMemory } from './year-end-bench.ts';

const benches: readonly Bench[] = [gradebookOpen, markTyped, yearEndBench, yearEndMemory, printBench, signingBench, packageBench, hostAtRest, demoPeak, ...schoolBenches];

export interface BenchLine {
  name: string;
  ours: number;
  /** What ours may be at most: the peer of the same run times the allowed ratio. */
  limit: number;
  ratio: number;
  ratioLimit: number;
  unit: string;
  ok: boolean;
  note: string;
}

/** Runs the benches whose name contains one of `wanted` (all when empty), one after another. */
export async function runBenches(wanted: readonly string[], told: (line: BenchLine) => void): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const bench of benches) {
    if (wanted.length > 0 && !wanted.some(name => bench.name.includes(name))) continue;
    const { oursMs, peerMs, note } = await bench.run();
    const ratio = oursMs / peerMs;
    const line = { name: bench.name, ours: round(oursMs), limit: round(peerMs * bench.ratioLimit), ratio: round(ratio), ratioLimit: bench.ratioLimit, unit: bench.unit ?? 'ms', ok: ratio <= bench.ratioLimit, note };
    lines.push(line);
    told(line);
  }
  return lines;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

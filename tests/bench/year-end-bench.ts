import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { median, type Bench } from './bench.ts';
import type { YearEndFigures } from './year-end-process.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const PUPILS = 3_000;

function answerOf(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [path.join(root, script), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, SO_TRUONG_KEY: '07'.repeat(32) }, maxBuffer: 1 << 26 });
}

let measured: YearEndFigures | undefined;

/** Builds the school once for both figures. */
function figures(): YearEndFigures {
  if (measured) return measured;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-year-end-'));
  try {
    answerOf('main/entry/cli.ts', 'demo', '--data', folder, '--pupils', String(PUPILS), '--level', 'thcs', '--json');
    measured = JSON.parse(answerOf('tests/bench/year-end-process.ts', folder)) as YearEndFigures;
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The year's results of a large school computed, beside reading the same rows raw in the same process. */
export const yearEndBench: Bench = {
  name: 'year-end-3000', ratioLimit: 3,
  run() {
    const { oursMs, peerMs, rows, firstMs } = figures();
    return Promise.resolve({ oursMs: median(oursMs), peerMs: median(peerMs), note: `${PUPILS} pupils, ${rows} rows; the first run of the process, with nothing in its caches: ${Math.round(firstMs)} ms; all results were filed by the demo before` });
  },
};

/** Highest memory of a process that opens the school, computes its year and compares it with what is filed. */
export const yearEndMemory: Bench = {
  name: 'year-end-3000-memory', ratioLimit: 1, unit: 'MB',
  run() {
    return Promise.resolve({ oursMs: figures().peakMb, peerMs: 400, note: 'the peer is the limit itself, in MB' });
  },
};

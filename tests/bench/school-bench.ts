import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bench } from './bench.ts';
import type { SchoolFigures } from './school-process.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const PUPILS = 3_000;
const YEARS = 10;
const YEAR = '2025-2026';
/** What a person takes for at once, in milliseconds. */
const AT_ONCE_MS = 100;

function answerOf(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [path.join(root, script), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, SO_TRUONG_KEY: '07'.repeat(32) }, maxBuffer: 1 << 26 });
}

let measured: SchoolFigures | undefined;

/** Builds the school once for all its figures: several minutes and two gigabytes. `SO_TRUONG_BENCH_SCHOOL` names a folder that holds one already. */
function figures(): SchoolFigures {
  if (measured) return measured;
  const given = process.env['SO_TRUONG_BENCH_SCHOOL'];
  const folder = given ?? mkdtempSync(path.join(os.tmpdir(), 'so-truong-school-'));
  try {
    if (given === undefined) answerOf('main/entry/cli.ts', 'demo', '--data', folder, '--pupils', String(PUPILS), '--years', String(YEARS), '--level', 'thcs', '--json');
    measured = JSON.parse(answerOf('tests/bench/school-process.ts', folder, YEAR)) as SchoolFigures;
    return measured;
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const calls = ['students.list', 'students.list of a class', 'home.search', 'students.open', 'classes.list', 'home.board', 'grades.listSheets'] as const;

/** What screens ask for first, beside a bare prepared query that fetches as much. */
const callBenches = calls.map((name): Bench => ({
  name: `school-3000: ${name}`, ratioLimit: 3,
  run() {
    const found = figures().calls.find(one => one.name === name);
    if (!found) throw new Error(name);
    return Promise.resolve({ oursMs: found.oursMs, peerMs: found.peerMs, note: `${YEARS} years, ${found.rows} rows; bare: the query alone, no permission, names or masks` });
  },
}));

const importBench: Bench = {
  name: 'school-3000: import preview', ratioLimit: 2,
  run() {
    const { oursMs, peerMs, rows, columns } = figures().importing;
    return Promise.resolve({ oursMs, peerMs, note: `${rows} pupils × ${columns} columns read, checked and set against what is stored; bare: the workbook read` });
  },
};

/** Nobody waits for somebody else's long work. */
const meanwhileBench: Bench = {
  name: 'school-3000: small call meanwhile', ratioLimit: 1,
  run() {
    const all = figures().meanwhile;
    const worst = Math.max(...all.map(({ p95Ms }) => p95Ms));
    const told = all.map(({ name, p95Ms, mostMs, calls: count }) => `${name}: p95 ${Math.round(p95Ms)} ms, longest ${Math.round(mostMs)} ms of ${count}`);
    return Promise.resolve({ oursMs: worst, peerMs: AT_ONCE_MS, note: `${told.join('; ')}; the peer is the limit itself` });
  },
};

const memoryBench: Bench = {
  name: 'school-3000: memory', ratioLimit: 1, unit: 'MB',
  run() {
    const { restMb, peakMb } = figures();
    return Promise.resolve({ oursMs: peakMb, peerMs: 700, note: `one process with the core, peak over all of the above; just opened: ${Math.round(restMb)} MB; the peer is the limit itself` });
  },
};

export const schoolBenches: readonly Bench[] = [...callBenches, importBench, meanwhileBench, memoryBench];

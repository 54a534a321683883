import path from 'node:path';
import { createCore } from '../../main/entry/create-core.ts';
import { AppError } from '../../main/kit/errors.ts';
import { bareConnection } from './gradebook-bench.ts';
import { principal } from './demo-core.ts';

/** A process of its own, so that its memory is that of a year end: `node year-end-process.ts FOLDER`, answers one line of JSON. */

export interface YearEndFigures {
  /** The first run of the process. The demo has filed the results already: it computes and compares them. */
  firstMs: number;
  oursMs: number[];
  peerMs: number[];
  rows: number;
  /** Highest resident memory until after the second run, before the peer holds all rows at once. */
  peakMb: number;
}

const ROUNDS = 5;
const folder = process.argv[2] ?? '';
const noToken = () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false }));
const core = await createCore({
  dataFolder: path.resolve(folder), key: { raw: Buffer.alloc(32, 7) }, shell: 'cli', create: false, version: '0.0.0', token: { certificate: noToken, sign: noToken },
});

async function yearEnd(): Promise<number> {
  const start = performance.now();
  const result = await core.door.runJob('yearEnd.compute', { year: '2025-2026' }, principal, { signal: new AbortController().signal, progress: () => undefined });
  if (!result.ok) throw new Error(result.error.what);
  return performance.now() - start;
}

const firstMs = await yearEnd();
await yearEnd();
const peakMb = process.resourceUsage().maxRSS / 1024;
const bare = bareConnection(folder);
const raw = ['select sheet_id, enrolment_id, col, state, tenths, level, reason, version from mark', 'select * from term_record',
  'select e.id, e.roll, p.name, p.birth from enrolment e join person p on p.id = e.person_id'].map(query => bare.prepare(query));
const figures: YearEndFigures = { firstMs, oursMs: [], peerMs: [], rows: 0, peakMb };
for (let round = 0; round < ROUNDS; round += 1) {
  const start = performance.now();
  figures.rows = raw.reduce((sum, query) => sum + query.all().length, 0);
  figures.peerMs.push(performance.now() - start);
  figures.oursMs.push(await yearEnd());
}
bare.close();
await core.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);

import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { createCore } from '../../main/entry/create-core.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { AppError } from '../../main/kit/errors.ts';
import { sha256Hex } from '../../main/kit/atomic-file.ts';
import { median, perCall } from './bench.ts';
import { principal } from './demo-core.ts';
import { bareConnection } from './gradebook-bench.ts';

/** A process of its own with a large school that has past years: `node school-process.ts FOLDER YEAR`, answers one line of JSON. */

export interface CallFigures {
  name: string;
  oursMs: number;
  /** A prepared query that fetches what the call shows, over the same file. */
  peerMs: number;
  rows: number;
}

export interface SchoolFigures {
  calls: CallFigures[];
  /** A small call made over and over while the year's results are computed, and while a list of all pupils is imported. */
  meanwhile: { name: string; medianMs: number; p95Ms: number; mostMs: number; calls: number }[];
  importing: { oursMs: number; peerMs: number; columns: number; rows: number };
  restMb: number;
  peakMb: number;
}

const ROUNDS = 7;
const [folder = '', year = ''] = process.argv.slice(2);
const noToken = () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false }));
const core = await createCore({
  dataFolder: path.resolve(folder), key: { raw: Buffer.alloc(32, 7) }, shell: 'cli', create: false, version: '0.0.0', token: { certificate: noToken, sign: noToken },
});
const restMb = process.memoryUsage().rss / 1_048_576;
const bare = bareConnection(folder);

function ask<T>(name: string, input: object): T {
  const result = core.door.call(name, input, principal);
  if (!result.ok) throw new Error(`${name}: ${result.error.what}`);
  return result.value as T;
}

function beside(name: string, call: string, input: object, query: string, ...parameters: unknown[]): CallFigures {
  const statement = bare.prepare(query);
  const rows = statement.all(...parameters).length;
  const times = Math.max(1, Math.min(50, Math.round(2000 / Math.max(1, rows))));
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    peer.push(perCall(times, () => { statement.all(...parameters); }));
    ours.push(perCall(times, () => { ask(call, input); }));
  }
  return { name, oursMs: median(ours), peerMs: median(peer), rows };
}

const pupilRows = `select e.id, p.id as person_id, c.code, p.name, p.birth, p.sex, p.ethnic_group, k.name as class_name, k.id as class_id, e.status, p.personal_id, p.phone
  from enrolment e join person p on p.id = e.person_id join school_class k on k.id = e.class_id
  left join pupil_code c on c.person_id = p.id and c.kind in ('moet', 'temporary') and c.valid_to is null and c.cancelled = 0`;
const inOrder = 'order by k.grade, k.name, e.roll';
const { rows } = ask<{ rows: { enrolmentId: string; personId: string; classId: string; name: string }[] }>('students.list', { year });
const some = rows[Math.floor(rows.length / 2)];
if (!some) throw new Error('an empty school');
/** Two words of a name, without marks: what somebody types. */
const typed = some.name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase().split(' ').slice(-2).join(' ');

const calls: CallFigures[] = [
  beside('students.list', 'students.list', { year }, `${pupilRows} where e.year = ? and e.cancelled = 0 ${inOrder}`, year),
  beside('students.list of a class', 'students.list', { year, classId: some.classId }, `${pupilRows} where e.year = ? and e.class_id = ? and e.cancelled = 0 ${inOrder}`, year, some.classId),
  beside('home.search', 'home.search', { year, text: typed }, `select e.id, p.name, k.name as class_name, c.code from enrolment e join person p on p.id = e.person_id
    join school_class k on k.id = e.class_id left join pupil_code c on c.person_id = p.id and c.kind in ('moet', 'temporary') and c.valid_to is null and c.cancelled = 0
    where e.year = ? and e.cancelled = 0 and instr(' ' || p.search_name, ?) > 0 and instr(' ' || p.search_name, ?) > 0 order by p.sort_name limit 30`,
  year, ...typed.split(' ').map(word => ` ${word}`)),
  beside('students.open', 'students.open', { enrolmentId: some.enrolmentId }, `select e.*, p.*, f.*, y.*, r.*, c.code, c.kind, g.name as guardian_name, g.phone as guardian_phone, x.year as result_year, x.class_id as result_class
    from enrolment e join person p on p.id = e.person_id left join pupil_profile f on f.person_id = p.id left join pupil_year y on y.enrolment_id = e.id left join pupil_code c on c.person_id = p.id
    left join guardian g on g.person_id = p.id left join enrolment x on x.person_id = p.id left join year_result r on r.enrolment_id = x.id where e.id = ?`, some.enrolmentId),
  beside('classes.list', 'classes.list', { year }, `select k.*, t.name as homeroom, (select count(*) from enrolment e where e.class_id = k.id and e.cancelled = 0) as pupils,
    (select count(*) from enrolment e join person p on p.id = e.person_id where e.class_id = k.id and e.cancelled = 0 and p.sex = 'female') as female,
    (select sum(g.filled) from grade_sheet s join sheet_progress g on g.sheet_id = s.id where s.class_id = k.id) as filled
    from school_class k left join staff f on f.id = k.homeroom_staff_id left join person t on t.id = f.person_id where k.year = ?`, year),
  beside('home.board', 'home.board', { year }, `select s.id, s.state, s.class_id, k.name, (select sum(g.filled) from sheet_progress g where g.sheet_id = s.id) as filled,
    (select count(*) from enrolment e where e.class_id = k.id and e.cancelled = 0) as pupils from grade_sheet s join school_class k on k.id = s.class_id where k.year = ? and s.cancelled = 0`, year),
  beside('grades.listSheets', 'grades.listSheets', { year }, `select s.*, k.name as class_name, k.grade, t.name as teacher, (select sum(g.filled) from sheet_progress g where g.sheet_id = s.id) as filled
    from grade_sheet s join school_class k on k.id = s.class_id left join assignment a on a.class_id = s.class_id and a.subject = s.subject and a.to_date is null and a.cancelled = 0
    left join staff f on f.id = a.staff_id left join person t on t.id = f.person_id where k.year = ? and s.cancelled = 0 order by k.grade, k.name, s.term`, year),
];

/** How long a small call waits for its turn and takes, while `work` goes on. */
async function whileAt(name: string, work: () => Promise<unknown>): Promise<SchoolFigures['meanwhile'][number]> {
  const waits: number[] = [];
  const state = { isRunning: true };
  const running = work().finally(() => { state.isRunning = false; });
  while (state.isRunning) {
    const start = performance.now();
    await turn();
    ask('school.current', {});
    waits.push(performance.now() - start);
  }
  await running;
  const sorted = waits.toSorted((a, b) => a - b);
  return { name, medianMs: median(waits), p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0, mostMs: sorted.at(-1) ?? 0, calls: waits.length };
}

const watch = { signal: new AbortController().signal, progress: () => undefined };
async function run(call: string, input: object): Promise<void> {
  const result = await core.door.runJob(call, input, principal, watch);
  if (!result.ok) throw new Error(`${call}: ${result.error.what}`);
}

const list = path.join(folder, 'import', 'Filemau-C2-HocSinhDiaPhuong-ver3-data.xlsx');
const bytes = new Uint8Array(readFileSync(list));
let started = performance.now();
const columns = Math.max(...((await readWorkbook(bytes)).sheets[0]?.rows ?? []).map(row => row.cells.length));
const peerMs = performance.now() - started;
started = performance.now();
await run('imports.preview', { kind: 'pupils', fileName: path.basename(list), bytes });
const oursMs = performance.now() - started;
const meanwhile = [
  await whileAt('year end', async () => run('yearEnd.compute', { year })),
  await whileAt('import of all pupils', async () => run('imports.apply', { kind: 'pupils', fileName: path.basename(list), bytes, sha256: sha256Hex(bytes) })),
];
const figures: SchoolFigures = { calls, meanwhile, importing: { oursMs, peerMs, columns, rows: rows.length }, restMb, peakMb: process.resourceUsage().maxRSS / 1024 };
bare.close();
await core.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);

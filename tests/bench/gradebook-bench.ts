import path from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { sql } from '../../db/handle.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { median, perCall, type Bench } from './bench.ts';
import { demoCore, principal } from './demo-core.ts';

const ROUNDS = 5;

/** The same encrypted file without any of the program, for the peers. */
export function bareConnection(folder: string): Driver.Database {
  const driver = new Driver(path.join(folder, 'so-truong.db'));
  driver.pragma("cipher = 'sqlcipher'");
  driver.pragma(`key = "x'${Buffer.alloc(32, 7).toString('hex')}'"`);
  driver.pragma('journal_mode = WAL');
  driver.pragma('synchronous = NORMAL');
  driver.pragma('cache_size = -32000');
  return driver;
}

function someSheet(core: Core): SheetView {
  const row = core.database.read.get(sql.selectFrom('grade_sheet').select('id').where('ongoing', '=', 4).where('term', '=', 2));
  const result = core.door.call('grades.openSheet', { sheetId: row?.id ?? '' }, principal);
  if (!result.ok) throw new Error(result.error.what);
  return result.value as SheetView;
}

/** A class's sheet opened through the door, beside one prepared query that fetches the same cells and names. */
export const gradebookOpen: Bench = {
  name: 'gradebook-open', ratioLimit: 3,
  async run() {
    const { core, folder, remove } = await demoCore({ pupils: 180 });
    const bare = bareConnection(folder);
    try {
      const sheet = someSheet(core);
      const query = bare.prepare(`select e.id, e.roll, p.name, p.birth, c.code, m.col, m.state, m.tenths, m.level, a.term1, a.term2, a.year
        from enrolment e join person p on p.id = e.person_id left join pupil_code c on c.person_id = p.id and c.kind = 'moet' and c.valid_to is null
        left join mark m on m.sheet_id = ? and m.enrolment_id = e.id left join subject_average a on a.enrolment_id = e.id and a.subject = ?
        where e.class_id = ? order by e.roll`);
      const ours: number[] = [];
      const peer: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        peer.push(perCall(200, () => { query.all(sheet.sheetId, sheet.subject, sheet.classId); }));
        ours.push(perCall(200, () => { core.door.call('grades.openSheet', { sheetId: sheet.sheetId }, principal); }));
      }
      return { oursMs: median(ours), peerMs: median(peer), note: `${sheet.rows.length} pupils × ${sheet.columns.length + 2} columns, through check, permission, read and averages` };
    } finally {
      bare.close();
      await remove();
    }
  },
};

/** One mark typed: check, permission, transaction, journal row with its hash, averages; beside a bare upsert in its own transaction. */
export const markTyped: Bench = {
  name: 'mark-typed', ratioLimit: 5,
  async run() {
    const { core, folder, remove } = await demoCore({ pupils: 120 });
    const bare = bareConnection(folder);
    try {
      const sheet = someSheet(core);
      bare.exec('create table bare_mark (sheet_id text, enrolment_id text, col text, tenths integer, primary key (sheet_id, enrolment_id, col)) strict, without rowid');
      const upsert = bare.prepare('insert into bare_mark values (?, ?, ?, ?) on conflict do update set tenths = excluded.tenths');
      const current = new Map<string, MarkValue>(sheet.rows.map(row => [row.enrolmentId, row.marks.gk ?? { state: 'empty' }]));
      const ours: number[] = [];
      const peer: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        peer.push(perCall(500, index => { upsert.run(sheet.sheetId, sheet.rows[index % sheet.rows.length]?.enrolmentId, 'gk', (index + round) % 101); }));
        ours.push(perCall(500, index => {
          const enrolmentId = sheet.rows[index % sheet.rows.length]?.enrolmentId ?? '';
          const after: MarkValue = { state: 'score', tenths: (index * 7 + round) % 101 };
          const result = core.door.call('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId, column: 'gk', before: current.get(enrolmentId), after }] }, principal);
          if (!result.ok) throw new Error(result.error.what);
          current.set(enrolmentId, after);
        }));
      }
      return { oursMs: median(ours), peerMs: median(peer), note: 'door, journal row and hash, averages; bare: one upsert in its own transaction on the same encrypted file' };
    } finally {
      bare.close();
      await remove();
    }
  },
};

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import type { ClassView } from '../../preload/contract/classes.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore } from '../bench/demo-core.ts';
import { bookOf, type Book } from './book.ts';

let core: Core;
let book: Book;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 60 }));
  book = bookOf(core);
});
afterAll(async () => { await remove(); });

const stranger: Session = { user: 'khac', name: 'Giáo viên lớp khác', role: 'teacher', staffId: 'khac', token: null };
const sealClerk: Session = { user: 'vanthu', name: 'Văn thư', role: 'sealClerk', staffId: null, token: null };

describe('who has nothing to do with a class', () => {
  test('reads neither comments, conduct nor absences of its pupils; its teachers and the office do', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const calls = [
      ['gradebook.comments', { sheetId: sheet.sheetId }], ['gradebook.conductComments', { classId: sheet.classId, term: 1 }], ['grades.openTermRecords', { classId: sheet.classId }],
    ] as const;
    for (const [name, input] of calls) {
      expect([stranger, sealClerk].map(who => book.codeOf(name, input, who))).toEqual(['grades.otherClass', 'grades.otherClass']);
      expect([book.teacherOf(sheet), book.colleagueOf(sheet), undefined].map(who => book.codeOf(name, input, who))).toEqual(['ok', 'ok', 'ok']);
    }
  });

  test('sees of a class what its list shows: no telephone, personal id or ethnic group, not even masked', () => {
    const { classId } = book.sheetOf('TOAN', 1);
    const seen = (who?: Session) => book.value<ClassView>('classes.open', { classId }, who).pupilRows;
    const hidden = ['', '', ''];
    for (const who of [stranger, sealClerk]) for (const row of seen(who)) expect([row.phone, row.personalId, row.ethnicGroup]).toEqual(hidden);
    const homeroom = core.database.read.get(sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', classId))?.homeroom_staff_id ?? '';
    for (const who of [undefined, { ...stranger, staffId: homeroom }]) expect(seen(who).some(row => row.ethnicGroup !== '')).toBe(true);
  });

  test('sees no results of its pupils, nor what was decided about them or waits for the summer', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const [pupil] = sheet.rows;
    const rows = (who?: Session) => book.value<YearEndOverview>('yearEnd.overview', { year: sheet.year }, who).rows;
    expect([stranger, sealClerk].map(who => rows(who).length)).toEqual([0, 0]);
    expect(rows(book.teacherOf(sheet)).some(row => row.className === sheet.className)).toBe(true);
    for (const who of [stranger, sealClerk]) {
      expect(book.codeOf('yearEnd.explain', { enrolmentId: pupil?.enrolmentId }, who)).toBe('grades.otherClass');
      expect(book.value('yearEnd.decisions', { year: sheet.year }, who)).toEqual({ cases: [] });
      expect(book.value('yearEnd.summer', { year: sheet.year }, who)).toMatchObject({ rows: [] });
    }
    expect(book.codeOf('yearEnd.explain', { enrolmentId: pupil?.enrolmentId }, book.teacherOf(sheet))).toBe('ok');
  });

  test('opens no paper of its pupils; who signs it does', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const { database, services } = core;
    const transcriptId = database.write({ actor: 'test', path: 'other', reason: null }, (db, at) => insertRecord(db, { device: 'd', at }, 'transcript', {
      enrolment_id: sheet.rows[0]?.enrolmentId ?? '', paper_version: 1, state: 'prepared', file_sha256: services.files.put(new Uint8Array([37, 80, 68, 70])), pages: 1, template: 't', data_sha256: '', reason: null,
    }));
    const homeroom = database.read.get(sql.selectFrom('school_class').select('homeroom_staff_id').where('id', '=', sheet.classId))?.homeroom_staff_id ?? '';
    const opened = [stranger, sealClerk, { ...stranger, staffId: homeroom }, undefined].map(who => book.codeOf('transcripts.paper', { transcriptId }, who));
    expect(opened).toEqual(['students.notYours', 'ok', 'ok', 'ok']);
  });

  test('does not see why a mark is asked to be changed, nor the evidence: the clerk of the seal no more than a teacher', () => {
    const sheet = book.sheetOf('TOAN', 1);
    book.value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked', leaveOutDrafts: true });
    const [pupil] = sheet.rows;
    const { requestId } = book.value<{ requestId: string }>('gradebook.askChange', {
      sheetId: sheet.sheetId, reason: 'Cộng nhầm điểm', cells: [{ enrolmentId: pupil?.enrolmentId, column: 'gk', before: pupil?.marks.gk, after: { state: 'score', tenths: 11 } }],
    }, book.teacherOf(sheet));
    for (const who of [stranger, sealClerk]) {
      expect(book.value('gradebook.requests', { year: sheet.year, show: 'all' }, who)).toMatchObject({ requests: [], counts: { all: 0 } });
      expect(book.codeOf('gradebook.evidence', { requestId }, who)).toBe('gradebook.requestUnknown');
    }
    expect(book.value('gradebook.requests', { year: sheet.year, show: 'all' })).toMatchObject({ counts: { all: 1 } });
  });
});

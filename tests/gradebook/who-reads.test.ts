import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
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

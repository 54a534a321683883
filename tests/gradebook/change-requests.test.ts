import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeRequestView } from '../../preload/contract/gradebook-requests.ts';
import type { SealVerdict, SealView } from '../../preload/contract/gradebook-seals.ts';
import type { MarkHistoryEntry, MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { Session } from '../../main/call/context.ts';
import { requireSheet } from '../../main/grades/grades-service.ts';
import { registerDocument } from '../../main/gradebook/register-print.ts';
import { correctionsOf } from '../../main/gradebook/sheet-seals.ts';
import { bookSchool, change, empty, score, type BookSchool } from './book-core.ts';

let school: BookSchool;
beforeAll(async () => { school = await bookSchool(); });
afterAll(async () => { await school.remove(); });

const year = '2025-2026';
const paper = { fileName: 'C:\\Ảnh\\bài kiểm tra.png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) };
const lock = (sheet: SheetView) => school.value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked' });
const request = (sheet: SheetView, row: number, after: MarkValue, more: object = {}) => ({
  sheetId: sheet.sheetId, reason: 'Cộng nhầm điểm câu 3', ...more,
  cells: [{ enrolmentId: sheet.rows[row]?.enrolmentId, column: 'gk', before: sheet.rows[row]?.marks.gk ?? empty, after }],
});
const list = (show: 'waiting' | 'mine' | 'all', session?: Session) => school.value<{ requests: ChangeRequestView[]; counts: Record<string, number> }>('gradebook.requests', { year, show }, session);

describe('a request after the lock', () => {
  test('asked with evidence, commented, approved: the mark is written, the sheet stays locked, everything is kept', async () => {
    const { codeOf, value } = school;
    const sheet = school.sheet('TOAN', 1);
    const teacher = school.teacherOf(sheet);
    const homeroom = school.homeroomOf(sheet);
    const pupil = sheet.rows[0];
    const after = score(pupil?.marks.gk?.state === 'score' && pupil.marks.gk.tenths === 75 ? 80 : 75);
    expect(codeOf('gradebook.askChange', request(sheet, 0, after), teacher)).toBe('gradebook.requestNotLocked');
    lock(sheet);
    expect(codeOf('gradebook.askChange', request(sheet, 0, after), { ...teacher, user: 'khac', staffId: 'x' })).toBe('grades.notYourSheet');
    expect(codeOf('gradebook.askChange', request(sheet, 0, pupil?.marks.gk ?? empty), teacher)).toBe('gradebook.requestNothing');
    expect(codeOf('gradebook.askChange', request(sheet, 0, after, { evidence: { ...paper, bytes: new Uint8Array([1, 2, 3, 4]) } }), teacher)).toBe('gradebook.evidenceKind');
    const { requestId } = value<{ requestId: string }>('gradebook.askChange', request(sheet, 0, after, { evidence: paper }), teacher);
    expect(codeOf('gradebook.askChange', request(sheet, 0, after), teacher)).toBe('gradebook.requestDouble');

    const asked = list('mine', teacher).requests[0];
    expect(asked).toMatchObject({ requestId, state: 'waiting', evidenceName: 'bài kiểm tra.png', askedBy: teacher.name, may: { withdraw: true, decide: false } });
    expect(list('waiting', homeroom).counts['waiting']).toBe(1);
    expect(list('waiting').requests[0]).toMatchObject({ may: { decide: true } });
    expect(value<{ bytes: Uint8Array }>('gradebook.evidence', { requestId }).bytes).toEqual(paper.bytes);

    expect(codeOf('gradebook.decideRequest', { requestId, version: 1, decision: 'approve' }, homeroom)).toBe('call.forbidden');
    const { version } = value<{ version: number }>('gradebook.giveOpinion', { requestId, version: 1, opinion: 'agree', note: 'Đã xem bài' }, homeroom);
    expect(codeOf('gradebook.decideRequest', { requestId, version: 1, decision: 'approve' })).toBe('database.changedMeanwhile');
    expect(school.sheet('TOAN', 1).rows[0]?.marks.gk).toEqual(pupil?.marks.gk);
    value('gradebook.decideRequest', { requestId, version, decision: 'approve', note: 'Đồng ý' });

    const now = school.sheet('TOAN', 1);
    expect(now.rows[0]?.marks.gk).toEqual(after);
    expect(now).toMatchObject({ state: 'locked', mayEdit: false, openedCells: [] });
    expect(codeOf('grades.saveMarks', change(now, 0, 'gk', score(10)), teacher)).toBe('grades.sheetLocked');
    const { entries, chainIntact } = value<{ entries: MarkHistoryEntry[]; chainIntact: boolean }>('grades.markHistory', { sheetId: sheet.sheetId, enrolmentId: pupil?.enrolmentId, column: 'gk' });
    expect(entries.at(-1)).toMatchObject({ path: 'request', reason: 'Cộng nhầm điểm câu 3', actor: 'hieutruong' });
    expect(chainIntact).toBe(true);
    expect(list('all').requests[0]).toMatchObject({ state: 'approved', opinion: 'agree', opinionNote: 'Đã xem bài', decisionNote: 'Đồng ý' });
    expect(codeOf('gradebook.decideRequest', { requestId, version: version + 1, decision: 'refuse', note: 'Đổi ý' })).toBe('gradebook.requestNotWaiting');

    const { seals } = value<{ seals: SealView[] }>('gradebook.seals', { sheetId: sheet.sheetId });
    expect(seals.map(seal => seal.cause)).toEqual(['locked', 'request']);
    expect(seals[1]?.differences.map(one => one.what)).toContain('Giữa kì');
    expect(value<SealVerdict>('gradebook.verifySeal', { sheetId: sheet.sheetId })).toMatchObject({ state: 'equal', code: seals[1]?.code });
    expect(correctionsOf(school.core.database.read, pupil?.enrolmentId ?? '')).toEqual([{ subject: 'TOAN', count: 1 }]);

    const minutes = await school.job<PdfFile>('gradebook.printMinutes', { requestId });
    expect({ pages: minutes.pages, head: Buffer.from(minutes.bytes.subarray(0, 5)).toString() }).toEqual({ pages: 1, head: '%PDF-' });
    expect((await school.job<PdfFile>('gradebook.printRegister', { sheetId: sheet.sheetId })).pages).toBeGreaterThan(0);
    const register = registerDocument(school.core.database.read, requireSheet(school.core.database.read, sheet.sheetId), school.core.services.clock());
    expect(register.columns.map(column => column.title)).toEqual(['STT', 'Họ và tên', 'ĐĐGtx 1', 'ĐĐGtx 2', 'ĐĐGtx 3', 'ĐĐGtx 4', 'Giữa kì', 'Cuối kì', 'ĐTBmhk', 'Ghi chú']);
    expect(register.rows).toHaveLength(sheet.rows.length);
    expect(register.notes[0]).toContain('sửa chữa ở 1 chỗ');
    expect(register.foot).toContain(seals[1]?.code);
  });

  test('refused only with a reason, withdrawn only by who asked', () => {
    const { codeOf, value } = school;
    const sheet = school.sheet('VAN', 1);
    lock(sheet);
    const teacher = school.teacherOf(sheet);
    const first = value<{ requestId: string }>('gradebook.askChange', request(sheet, 1, score(99)), teacher).requestId;
    expect(codeOf('gradebook.decideRequest', { requestId: first, version: 1, decision: 'refuse' })).toBe('gradebook.reasonNeeded');
    value('gradebook.decideRequest', { requestId: first, version: 1, decision: 'refuse', note: 'Bài chấm đúng' });
    expect(school.sheet('VAN', 1).rows[1]?.marks.gk).toEqual(sheet.rows[1]?.marks.gk);
    const second = value<{ requestId: string }>('gradebook.askChange', request(sheet, 1, score(98)), teacher).requestId;
    expect(codeOf('gradebook.withdrawRequest', { requestId: second, version: 1 })).toBe('gradebook.requestNotYours');
    value('gradebook.withdrawRequest', { requestId: second, version: 1 }, teacher);
    expect(codeOf('gradebook.decideRequest', { requestId: second, version: 2, decision: 'approve' })).toBe('gradebook.requestNotWaiting');
    expect(value<SealVerdict>('gradebook.verifySeal', { sheetId: sheet.sheetId }).state).toBe('equal');
  });

  test('a cell that changed meanwhile makes it stale: both values are told and nothing is written', () => {
    const { value } = school;
    const sheet = school.sheet('KHTN', 2);
    lock(sheet);
    const { requestId } = value<{ requestId: string }>('gradebook.askChange', request(sheet, 0, score(21)), school.teacherOf(sheet));
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'reopened', reason: 'Nhập nhầm cột', until: '2026-01-06T01:00:00Z' });
    value('grades.saveMarks', change(sheet, 0, 'gk', score(33)));
    value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked' });
    const result = school.core.door.call('gradebook.decideRequest', { requestId, version: 1, decision: 'approve' }, { user: 'hieutruong', name: 'HT', role: 'principal', staffId: null, token: null });
    expect(result).toMatchObject({ ok: false, error: { code: 'gradebook.requestStale' } });
    expect(!result.ok && result.error.what).toMatch(/nay là 3,3, xin sửa thành 2,1/);
    expect(school.sheet('KHTN', 2).rows[0]?.marks.gk).toEqual(score(33));
    expect(list('waiting').requests[0]?.cells[0]).toMatchObject({ isStale: true, now: '3,3' });
  });

  test('a teacher sees his own requests and those of his class, nobody else\'s', () => {
    const stranger: Session = { user: 'khac', name: 'Người khác', role: 'teacher', staffId: 'khac', token: null };
    expect(list('all', stranger).requests).toEqual([]);
    const { requestId } = list('all').requests[0] ?? { requestId: '' };
    expect(school.codeOf('gradebook.evidence', { requestId }, stranger)).toBe('gradebook.requestUnknown');
  });
});

describe('a seal', () => {
  test('detects one flipped mark, names it, and cannot itself be changed', () => {
    const { value, raw } = school;
    const sheet = school.sheet('LSDL', 1);
    expect(value<SealVerdict>('gradebook.verifySeal', { sheetId: sheet.sheetId })).toMatchObject({ state: 'none' });
    lock(sheet);
    expect(value<SealVerdict>('gradebook.verifySeal', { sheetId: sheet.sheetId })).toMatchObject({ state: 'equal' });
    const pupil = sheet.rows[2];
    // Somebody who holds the key opens the cell for himself and writes past every service.
    school.core.database.write({ actor: 'x', path: 'other', reason: null }, tx => {
      tx.writePrepared(`insert into sheet_opening (id, version, device, created_at, updated_at, cancelled, sheet_id, until, kind) values ('o', 1, 'x', '', '', 0, ?, '9999', 'reopened')`, [sheet.sheetId]);
      tx.writePrepared("update mark set tenths = 100 - tenths, version = version + 1, journal_seq = journal_next() where sheet_id = ? and enrolment_id = ? and col = 'ck'", [sheet.sheetId, pupil?.enrolmentId]);
    });
    const verdict = value<SealVerdict>('gradebook.verifySeal', { sheetId: sheet.sheetId });
    expect(verdict).toMatchObject({ state: 'differs', differences: [{ name: pupil?.name, what: 'Cuối kì' }] });
    expect(raw('update sheet_seal set hash = hash, version = version + 1 where sheet_id = ?', [sheet.sheetId])).toBe('gradebook.sealFixed');
    expect(raw('delete from sheet_seal where sheet_id = ?', [sheet.sheetId])).toBe('database.noDelete');
  });
});

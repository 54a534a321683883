import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { ActPreview, CourseView, IssuedPaper, MovementView, OfficePaper } from '../../preload/contract/movements.ts';
import type { StudentListing, StudentView } from '../../preload/contract/students.ts';
import type { BookSchool } from '../gradebook/book-core.ts';
import { bookSchool, principal, score, secretary } from '../gradebook/book-core.ts';

let school: BookSchool;
beforeAll(async () => {
  school = await bookSchool(90);
  school.at('2025-11-20T02:00:00.000Z');
});
afterAll(async () => { await school.remove(); });

const year = '2025-2026';
const value = <T>(call: string, input: unknown): T => school.value<T>(`movements.${call}`, input, secretary);
const codeOf = (call: string, input: unknown): string => school.codeOf(`movements.${call}`, input, secretary);
const rows = () => school.value<StudentListing>('students.list', { year }).rows;
const classId = (name: string) => rows().find(row => row.className === name)?.classId ?? '';
const course = (enrolmentId: string) => value<CourseView>('course', { enrolmentId });
const status = (enrolmentId: string) => school.value<StudentView>('students.open', { enrolmentId }).status;
const open = (movementId: string) => value<MovementView>('open', { movementId });
const on = (name: string, day: string) => value<{ rows: { enrolmentId: string }[] }>('rollOn', { classId: classId(name), on: day }).rows.map(row => row.enrolmentId);
const paper = (input: { paper: OfficePaper; movementId?: string; enrolmentId?: string; isIssued?: boolean; purpose?: string }, day = '2025-11-20') =>
  school.job<PdfFile & { number: string }>('movements.makePaper', { on: day, ...input }, secretary);
const register = () => school.core.database.read.all(sql.selectFrom('register_entry').select('number').orderBy('number')).map(row => row.number);
const admit = (names: string[], more: object = {}) => value<{ admitted: { movementId: string; enrolmentId: string; name: string; registerNumber: string; temporaryCode: string }[] }>('admit', {
  classId: classId('6A'), on: '2025-10-06', paper: 'QĐ 12', pupils: names.map((name, index) => ({ values: { name, birth: '2014-03-05', sex: 'male', personalId: `00821400${1000 + index + names.length * 10}` } })), ...more,
}).admitted;
const isPdf = (file: PdfFile) => Buffer.from(file.bytes.subarray(0, 5)).toString() === '%PDF-';

/** Every status the history ends with is that of the enrolment. */
function historyAgrees(): boolean {
  const last = new Map(school.core.database.read.all(sql.selectFrom('pupil_status').innerJoin('enrolment', 'enrolment.id', 'pupil_status.enrolment_id')
    .select(['enrolment.id', 'pupil_status.status as said', 'enrolment.status', 'pupil_status.from_date', 'enrolment.status_on'])
    .where('pupil_status.cancelled', '=', 0).where('enrolment.cancelled', '=', 0).orderBy('pupil_status.from_date').orderBy('pupil_status.id')).map(row => [row.id, row]));
  return last.size > 0 && [...last.values()].every(row => row.said === row.status && row.from_date === row.status_on);
}

describe('one pupil from admission to transfer', () => {
  let enrolmentId = '';
  let movementId = '';

  test('is admitted with a number in the register and a temporary code', async () => {
    const [first, second] = admit(['Lò Văn Tình', 'Giàng A Chu']);
    expect(first).toMatchObject({ name: 'Lò Văn Tình' });
    expect(first?.temporaryCode).toMatch(/^TAM2025\d{4}$/);
    expect(Number(second?.registerNumber)).toBe(Number(first?.registerNumber) + 1);
    enrolmentId = first?.enrolmentId ?? '';
    expect(course(enrolmentId).events.map(event => event.title)).toEqual(['Năm học 2025-2026, lớp 6A', 'Tuyển mới']);
    expect(on('6A', '2025-10-05')).not.toContain(enrolmentId);
    expect(on('6A', '2025-10-06')).toContain(enrolmentId);
    expect(isPdf(await school.job<PdfFile>('movements.printRegister', { personId: rows().find(row => row.enrolmentId === enrolmentId)?.personId }, secretary))).toBe(true);
  });

  test('gets marks, leaves for a month and comes back: the roll of every day tells', () => {
    const sheet = school.value<{ sheets: { sheetId: string; subject: string; term: number }[] }>('grades.listSheets', { year, classId: classId('6A') }).sheets.find(one => one.subject === 'TOAN' && one.term === 1);
    school.value('grades.saveMarks', { sheetId: sheet?.sheetId, path: 'typed', changes: [{ enrolmentId, column: 'tx1', before: { state: 'empty' }, after: score(85) }] });
    expect(codeOf('act', { enrolmentId, kind: 'return', on: '2025-11-01' })).toBe('movements.notPossible');
    expect(codeOf('act', { enrolmentId, kind: 'leave', on: '2025-11-03', expectedOn: '2025-11-01' })).toBe('movements.backBeforeLeaving');
    expect(codeOf('act', { enrolmentId, kind: 'dropOut', on: '2025-11-03' })).toBe('movements.needsReason');
    value('act', { enrolmentId, kind: 'leave', on: '2025-11-03', expectedOn: '2025-12-01', reasonCode: 'illness', note: 'mổ ruột thừa' });
    expect(status(enrolmentId)).toBe('left');
    expect(course(enrolmentId).acts).toEqual(['return']);
    expect(codeOf('act', { enrolmentId, kind: 'return', on: '2025-11-02' })).toBe('students.statusEarlier');
    value('act', { enrolmentId, kind: 'return', on: '2025-11-17' });
    expect(status(enrolmentId)).toBe('studying');
    expect(['2025-10-31', '2025-11-03', '2025-11-16', '2025-11-17'].map(day => on('6A', day).includes(enrolmentId))).toEqual([true, false, false, true]);
    const codes = school.core.database.read.all(sql.selectFrom('pupil_status').select('code').where('enrolment_id', '=', enrolmentId).orderBy('from_date'));
    expect(codes.map(row => row.code)).toEqual(['01', '08', '11']);
    expect(historyAgrees()).toBe(true);
  });

  test('applies to another school: the regulation of the day, its papers, its days', () => {
    const preview = value<ActPreview>('previewAct', { enrolmentId, kind: 'transferOut', on: '2025-11-20' });
    expect(preview.regime?.code).toBe('QD51-2002');
    expect(preview.regime?.unsure).not.toBeNull();
    expect(preview.missing).toContain('Chưa có mã học sinh của Bộ');
    expect(value<ActPreview>('previewAct', { enrolmentId, kind: 'transferOut', on: '2026-05-11' })).toMatchObject({ regime: { code: 'TT15-2026' }, steps: [{ step: 'letGo' }, { step: 'handOver', dueOn: '2026-05-14' }] });
    movementId = value<{ movementId: string }>('openTransferOut', { enrolmentId, receivedOn: '2025-11-20', otherSchool: 'Trường THCS Tân Trào', otherProvince: 'Tuyên Quang', isSameProvince: true, note: 'theo gia đình' }).movementId;
    expect(codeOf('openTransferOut', { enrolmentId, receivedOn: '2025-11-20', otherSchool: 'Trường khác', isSameProvince: true })).toBe('movements.caseOpen');
    expect(codeOf('act', { enrolmentId, kind: 'dropOut', on: '2025-11-20', reasonCode: 'work' })).toBe('movements.caseOpen');
    value('holdPapers', { movementId, papers: ['application', 'transcript'] });
    expect(open(movementId).needed).toMatchObject([{ paper: 'application', isHeld: true }, { paper: 'transcript', isHeld: true }, { isHeld: false }, { isHeld: false }]);
  });

  test('a limit that the school has set is counted down in working days', () => {
    const settings = value<{ limits: Record<string, object> }>('settings', {});
    school.value('movements.saveSettings', { ...settings, limits: { ...settings.limits, 'QD51-2002': { decideSame: 5, decideOther: 5, place: 5, handOver: 2 } }, daysOff: ['2025-11-21'] });
    expect(open(movementId).steps[1]).toMatchObject({ step: 'handOver', dueOn: '2025-11-25', daysLeft: 2 });
    school.at('2025-11-26T02:00:00.000Z');
    expect(value<{ open: number; late: number }>('list', { year, state: 'open' })).toMatchObject({ open: 1, late: 1 });
    school.at('2025-11-20T02:00:00.000Z');
  });

  test('has every paper, numbered without a gap', async () => {
    for (const kind of open(movementId).papers) expect([kind, isPdf(await paper({ paper: kind, movementId }))]).toEqual([kind, true]);
    const introduction = await paper({ paper: 'introduction', movementId, isIssued: true });
    expect(introduction.number).toMatch(/^01\/GGT-/);
    expect((await paper({ paper: 'studying', enrolmentId, isIssued: true, purpose: 'làm thẻ xe buýt' })).number).toMatch(/^02\/GXN-/);
    await expect(paper({ paper: 'summary', enrolmentId, isIssued: true })).rejects.toThrow('movements.notNumbered');
    expect(value<{ number: string }>('takeNumber', { on: '2025-11-20', symbol: 'KH-THCSHB', title: 'Kế hoạch tháng 12' }).number).toBe('03/KH-THCSHB');
    expect(codeOf('takeNumber', { on: '2025-11-19', symbol: 'KH', title: 'Sớm hơn' })).toBe('movements.numberEarlier');
    expect((await paper({ paper: 'handover', movementId, isIssued: true })).number).toMatch(/^04\/BB-/);
    expect(value<{ number: string }>('takeNumber', { on: '2026-01-02', symbol: 'TB', title: 'Thông báo đầu năm', firstNumber: 12 }).number).toBe('12/TB');
    const { documents } = value<{ documents: IssuedPaper[] }>('documents', { year: 2025 });
    expect(documents.map(one => one.number.slice(0, 2))).toEqual(['01', '02', '03', '04']);
    const filed = value<PdfFile>('paper', { documentId: documents[0]?.documentId });
    expect(Buffer.from(filed.bytes).equals(Buffer.from(introduction.bytes))).toBe(true);
    expect(codeOf('paper', { documentId: documents[2]?.documentId })).toBe('movements.noFile');
  });

  test('leaves, his records follow, and the case is done', () => {
    expect(codeOf('letGo', { movementId, on: '2025-11-19' })).toBe('movements.dayOrder');
    value('letGo', { movementId, on: '2025-11-24' });
    expect(status(enrolmentId)).toBe('transferredOut');
    expect(open(movementId).state).toBe('open');
    value('handOver', { movementId, on: '2025-11-25' });
    expect(open(movementId)).toMatchObject({ state: 'done', next: null });
    expect(on('6A', '2025-11-23')).toContain(enrolmentId);
    expect(on('6A', '2025-11-24')).not.toContain(enrolmentId);
    expect(school.value<{ pupilRows: { enrolmentId: string; status: string }[] }>('classes.open', { classId: classId('6A') }).pupilRows.find(row => row.enrolmentId === enrolmentId)?.status).toBe('transferredOut');
    expect(historyAgrees()).toBe(true);
  });

  test('is taken back only after its papers are void; numbers stay used', () => {
    expect(codeOf('undo', { movementId, reason: 'ghi nhầm' })).toBe('movements.held');
    for (const issued of open(movementId).issued) value('voidDocument', { documentId: issued.documentId, reason: 'ghi nhầm' });
    expect(codeOf('voidDocument', { documentId: open(movementId).issued[0]?.documentId, reason: 'lần nữa' })).toBe('movements.documentVoid');
    value('undo', { movementId, reason: 'ghi nhầm' });
    expect(open(movementId).state).toBe('open');
    expect(status(enrolmentId)).toBe('studying');
    value('undo', { movementId, reason: 'rút đơn' });
    expect(course(enrolmentId).events.at(-1)).toMatchObject({ title: 'Chuyển đi', state: 'undone' });
    expect(value<{ documents: IssuedPaper[] }>('documents', { year: 2025 }).documents.map(one => one.state)).toEqual(['void', 'issued', 'issued', 'void']);
    expect(historyAgrees()).toBe(true);
  });
});

describe('admission', () => {
  test('does nothing unless everybody can be admitted, and uses no number of the register then', () => {
    const before = register();
    const count = rows().length;
    expect(codeOf('admit', { classId: classId('6A'), on: '2025-10-06', pupils: [{ values: { name: 'Vừ A Pó', birth: '2014-01-01' } }, { values: { name: '', birth: '2014-01-01' } }] })).toBe('students.noName');
    expect(register()).toEqual(before);
    expect(rows()).toHaveLength(count);
  });

  test('is taken back while nothing rests on it; its number stays given and the register has no gap', async () => {
    const [made] = admit(['Sùng Thị Mỷ']);
    value('undo', { movementId: made?.movementId, reason: 'ghi hai lần' });
    expect(rows().some(row => row.name === 'Sùng Thị Mỷ')).toBe(false);
    const [again] = admit(['Sùng Thị Mỷ']);
    expect(Number(again?.registerNumber)).toBe(Number(made?.registerNumber) + 1);
    const numbers = register();
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    expect(isPdf(await school.job<PdfFile>('movements.printRegister', {}, secretary))).toBe(true);
    const sheet = school.value<{ sheets: { sheetId: string; subject: string; term: number }[] }>('grades.listSheets', { year, classId: classId('6A') }).sheets.find(one => one.subject === 'TOAN' && one.term === 1);
    school.value('grades.saveMarks', { sheetId: sheet?.sheetId, path: 'typed', changes: [{ enrolmentId: again?.enrolmentId, column: 'tx1', before: { state: 'empty' }, after: score(70) }] });
    expect(codeOf('undo', { movementId: again?.movementId, reason: 'đã có điểm' })).toBe('movements.held');
  });
});

describe('a pupil of another school', () => {
  const come = (more: object = {}) => value<{ movementId: string }>('openTransferIn', {
    year, receivedOn: '2025-11-20', grade: 7, values: { name: 'Phàn Thị Mai', birth: '2013-07-08', sex: 'female', address: 'Tổ 3' }, code: '0801234567', otherSchool: 'Trường THCS Sơn La', otherProvince: 'Sơn La',
    isSameProvince: false, ...more,
  }).movementId;

  test('is refused with a reason', () => {
    const movementId = come();
    expect(codeOf('place', { movementId, classId: classId('7A'), on: '2025-11-24' })).toBe('movements.notAccepted');
    expect(codeOf('decide', { movementId, on: '2025-11-21', isAccepted: false })).toBe('movements.needsReason');
    value('decide', { movementId, on: '2025-11-21', isAccepted: false, reason: 'đã đủ sĩ số' });
    expect(open(movementId)).toMatchObject({ state: 'refused', note: 'đã đủ sĩ số' });
    expect(codeOf('decide', { movementId, on: '2025-11-22', isAccepted: true })).toBe('movements.notOpen');
  });

  test('is placed with the code and the results he brings, and the summary shows them', async () => {
    const movementId = come();
    value('decide', { movementId, on: '2025-11-21', isAccepted: true });
    expect(isPdf(await paper({ paper: 'acceptance', movementId }))).toBe(true);
    value('saveFormerResults', { movementId, results: [{ subject: 'TOAN', term1: '8,5' }, { subject: 'LEARNING', term1: 'Khá' }, { subject: 'Tiếng Thái', term1: 'Đ' }] });
    value('saveFormerResults', { movementId, results: [{ subject: 'TOAN', term1: '8,0' }, { subject: 'LEARNING', term1: 'Khá' }] });
    value('handOver', { movementId, on: '2025-11-25' });
    expect(codeOf('place', { movementId, classId: classId('6A'), on: '2025-11-26' })).toBe('movements.otherGrade');
    const { enrolmentId } = value<{ enrolmentId: string }>('place', { movementId, classId: classId('7A'), on: '2025-11-26' });
    expect(school.value<StudentView>('students.open', { enrolmentId })).toMatchObject({ status: 'transferredIn', code: '0801234567', className: '7A' });
    expect(open(movementId)).toMatchObject({ state: 'done', formerResults: [{ subject: 'TOAN', subjectName: 'Toán', term1: '8,0' }, { subjectName: 'Kết quả học tập' }] });
    expect(isPdf(await paper({ paper: 'summary', enrolmentId }))).toBe(true);
    expect(on('7A', '2025-11-25')).not.toContain(enrolmentId);
    // Somebody with that code is here: he cannot come a second time.
    const twice = come();
    value('decide', { movementId: twice, on: '2025-11-21', isAccepted: true });
    expect(codeOf('place', { movementId: twice, classId: classId('7A'), on: '2025-11-26' })).toBe('movements.alreadyHere');
    // Taken back, the case is open again and the code free.
    value('undo', { movementId, reason: 'xếp nhầm' });
    expect(rows().some(row => row.enrolmentId === enrolmentId)).toBe(false);
    expect(value<{ enrolmentId: string }>('place', { movementId, classId: classId('7A'), on: '2025-11-26' }).enrolmentId).not.toBe(enrolmentId);
  });

  test('who left this year and comes back takes his former place again', () => {
    const pupil = rows().find(row => row.className === '7A' && row.status === 'studying' && row.code !== '');
    const away = value<{ movementId: string }>('openTransferOut', { enrolmentId: pupil?.enrolmentId, receivedOn: '2025-11-20', otherSchool: 'Trường THCS Hà Giang', isSameProvince: true }).movementId;
    value('letGo', { movementId: away, on: '2025-11-20' });
    value('handOver', { movementId: away, on: '2025-11-20' });
    const back = come({ code: pupil?.code, values: { name: pupil?.name, birth: '2013-01-01' } });
    value('decide', { movementId: back, on: '2025-11-24', isAccepted: true });
    expect(value<{ enrolmentId: string }>('place', { movementId: back, classId: classId('7A'), on: '2025-12-01' }).enrolmentId).toBe(pupil?.enrolmentId);
    expect(status(pupil?.enrolmentId ?? '')).toBe('transferredIn');
    expect(['2025-11-19', '2025-11-20', '2025-12-01'].map(day => on('7A', day).includes(pupil?.enrolmentId ?? ''))).toEqual([true, false, true]);
    expect(historyAgrees()).toBe(true);
  });
});

describe('lists and limits', () => {
  test('movements by kind and month, and printed', async () => {
    const found = value<{ rows: { kind: string }[]; months: string[] }>('list', { year, state: 'all', kind: 'admission', month: '2025-10' });
    expect(found.rows.length).toBeGreaterThan(2);
    expect(found.rows.every(row => row.kind === 'admission')).toBe(true);
    expect(found.months).toContain('2025-11');
    for (const [job, input] of [['printMonth', { month: '2025-11' }], ['printDocuments', { year: 2025 }]] as const) expect(isPdf(await school.job<PdfFile>(`movements.${job}`, input, secretary))).toBe(true);
  });

  test('a drop-out carries its reason; a subject teacher does not read it', () => {
    const pupil = rows().find(row => row.className === '6A' && row.status === 'studying');
    value('act', { enrolmentId: pupil?.enrolmentId, kind: 'dropOut', on: '2025-11-20', reasonCode: 'work', note: 'đi Bình Dương' });
    expect(course(pupil?.enrolmentId ?? '').events.at(-1)?.detail).toContain('Đi làm – đi Bình Dương');
    const stranger = { user: 'x', name: 'x', role: 'teacher', staffId: null, token: null } as const;
    expect(school.value<CourseView>('movements.course', { enrolmentId: pupil?.enrolmentId }, stranger)).toMatchObject({ acts: [], papers: [] });
    expect(school.value<CourseView>('movements.course', { enrolmentId: pupil?.enrolmentId }, stranger).events.at(-1)?.detail).toBe('');
    expect(school.codeOf('movements.list', { year, state: 'all' }, stranger)).toBe('call.forbidden');
    expect(school.codeOf('movements.saveSettings', {}, stranger)).toBe('call.forbidden');
  });

  test('completion waits for the approval of the final results', () => {
    expect(value('completable', { classId: classId('9A') })).toEqual({ pupils: [], waitsFor: 'approval' });
    expect(value('completable', { classId: classId('6A') })).toEqual({ pupils: [], waitsFor: 'notFinalGrade' });
    expect(codeOf('completeLevel', { classId: classId('9A'), on: '2026-06-01', enrolmentIds: [rows().find(row => row.className === '9A')?.enrolmentId] })).toBe('movements.notCompleted');
  });

  test('the database itself refuses a gap, and a number that changes', () => {
    const insert = (number: number) => school.raw(`insert into document_number (id, version, device, created_at, updated_at, cancelled, year, number, symbol, kind, title, receiver, signer, issued_on, pages, state, void_reason)
      values (?, 1, 'd', '', '', 0, 2025, ?, 'x', 'other', 'x', '', '', '2025-12-01', 0, 'issued', '')`, [`n${number}`, number]);
    expect(insert(9)).toContain('movements.numberGap');
    expect(school.raw('update document_number set number = 77, version = version + 1 where year = 2025 and number = 4', [])).toContain('movements.numberFixed');
    expect(principal.role).toBe('principal');
  });
});

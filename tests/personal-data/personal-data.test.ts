import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import { tableFacts } from '../../db/schema/schema.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { recordsOfPerson } from '../../main/personal-data/person-records.ts';
import { proposedRules } from '../../main/personal-data/term-rules.ts';
import type { ConsentRow, HoldingView, IncidentView, PersonalDataSettings, PersonFound, PurposeView, RequestView } from '../../preload/contract/personal-data.ts';
import type { CheckReport } from '../../preload/contract/system.ts';
import type { HomeBoard } from '../../preload/contract/home.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { textOf } from '../print/print-fixture.ts';

let now = new Date('2026-03-09T02:00:00.000Z'); // a Monday, nine o'clock in Việt Nam
let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 60, clock: () => now })); });
afterAll(async () => { await remove(); });

const year = '2025-2026';
const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };
const teacher: Session = { user: 'gv1', name: 'Giáo viên', role: 'teacher', staffId: null, token: null };
const watch = () => ({ signal: new AbortController().signal, progress: () => undefined });

function value<T>(call: string, input: unknown, session: Session = secretary): T {
  const result = core.door.call(call.includes('.') ? call : `personalData.${call}`, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (call: string, input: unknown, session: Session = secretary): string => {
  const result = core.door.call(`personalData.${call}`, input, session);
  return result.ok ? 'ok' : result.error.code;
};
async function job<T>(call: string, input: unknown): Promise<T> {
  const result = await core.door.runJob(call, input, secretary, watch());
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const purposes = () => value<{ purposes: PurposeView[]; proposals: number }>('purposes', {});
const firstClass = () => core.database.read.get(sql.selectFrom('school_class').select(['id', 'name']).orderBy('name'))!;
const pupil = () => core.database.read.get(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').where('class_id', '=', firstClass().id)
  .orderBy('roll').select(['person.id', 'person.name', 'person.birth', 'person.personal_id']))!;
const board = (session: Session = secretary) => value<HomeBoard>('home.board', { year }, session).tasks;
const pdf = { fileName: 'giay.pdf', bytes: new TextEncoder().encode('%PDF-1.7 giấy đã kí') };

describe('purposes', () => {
  test('begin as proposals that somebody of the school confirms, once each', () => {
    expect(purposes()).toEqual({ purposes: [], proposals: 11 });
    expect(value('takeProposals', {})).toEqual({ added: 11 });
    expect(value('takeProposals', {})).toEqual({ added: 0 });
    const all = purposes().purposes;
    expect(all.every(one => one.confirmed === null)).toBe(true);
    expect(all.filter(one => one.basis === 'consent' && one.asksChild)).toHaveLength(2);
    expect(value('confirmPurposes', { purposeIds: all.slice(0, 2).map(one => one.purposeId) })).toEqual({ confirmed: 2 });
    expect(purposes().purposes[0]?.confirmed).toMatchObject({ on: '2026-03-09' });
    expect(codeOf('takeProposals', {}, teacher)).toBe('call.forbidden');
  });

  test('of the school\'s own come and go, and never slip past a colleague\'s change', () => {
    const body = { name: 'Thẻ thư viện', basis: 'task', basisNote: '', categories: 'Tên, lớp', receivers: 'Thư viện', retention: 'Hết năm', isSensitive: false, asksChild: false };
    const { purposeId } = value<{ purposeId: string }>('savePurpose', body);
    expect(codeOf('savePurpose', { ...body, purposeId, version: 7, name: 'x' })).toBe('database.changedMeanwhile');
    expect(value('savePurpose', { ...body, purposeId, version: 1, receivers: 'Thư viện trường' })).toEqual({ purposeId });
    expect(codeOf('cancelPurpose', { purposeId, version: 2, reason: '' })).toBe('call.badInput');
    value('cancelPurpose', { purposeId, version: 2, reason: 'không làm nữa' });
    expect(purposes().purposes.map(one => one.purposeId)).not.toContain(purposeId);
  });
});

describe('consents', () => {
  const photos = () => purposes().purposes.find(one => one.asksChild)!;
  const rows = (purposeId = photos().purposeId) => value<{ rows: ConsentRow[] }>('consents', { classId: firstClass().id, purposeId }).rows;
  const record = (personIds: string[], more: object = {}) =>
    value<{ consentIds: string[]; incomplete: number }>('recordConsents', { purposeId: photos().purposeId, personIds, answer: 'given', givenBy: 'both', giverName: 'Cha mẹ', happenedOn: '2026-03-01', note: '', ...more });

  test('of a whole class are entered at once with the signed paper, told by row, and taken back', () => {
    const all = rows();
    expect(all.every(row => row.state === 'missing')).toBe(true);
    const done = record(all.map(row => row.personId), { file: pdf });
    expect(done).toMatchObject({ incomplete: 0 });
    expect(rows().every(row => row.state === 'given' && row.hasPaper)).toBe(true);
    expect(value<{ bytes: Uint8Array }>('openConsentPaper', { consentId: done.consentIds[0] }).bytes).toEqual(pdf.bytes);
    value('undoConsents', { consentIds: done.consentIds });
    expect(rows().every(row => row.state === 'missing')).toBe(true);
  });

  test('of a pupil old enough need himself too where private things are published; the latest answer counts', () => {
    const one = rows()[0]!;
    expect(one.isChildAsked).toBe(true);
    expect(record([one.personId], { givenBy: 'guardian' }).incomplete).toBe(1);
    expect(rows()[0]?.state).toBe('incomplete');
    record([one.personId]);
    expect(rows()[0]?.state).toBe('given');
    record([one.personId], { answer: 'withdrawn', givenBy: 'pupil', happenedOn: '2026-03-08' });
    expect(rows()[0]).toMatchObject({ state: 'withdrawn', on: '2026-03-08', earlier: 2 });
    // An older paper that turns up later does not undo the withdrawal.
    record([one.personId], { happenedOn: '2026-02-01' });
    expect(rows()[0]?.state).toBe('withdrawn');
  });

  test('are refused where nobody is asked, tomorrow, and when nothing was given; then nothing is written', () => {
    const [one, two] = rows();
    const law = purposes().purposes.find(purpose => purpose.basis === 'law')!;
    const base = { purposeId: photos().purposeId, personIds: [two!.personId], answer: 'given', givenBy: 'both', giverName: '', happenedOn: '2026-03-01', note: '' };
    expect(codeOf('recordConsents', { ...base, purposeId: law.purposeId })).toBe('personalData.notByConsent');
    expect(codeOf('recordConsents', { ...base, happenedOn: '2026-03-10' })).toBe('personalData.notYet');
    expect(codeOf('recordConsents', { ...base, personIds: [one!.personId, two!.personId], answer: 'withdrawn' })).toBe('personalData.nothingToWithdraw');
    expect(codeOf('recordConsents', { ...base, file: { fileName: 'x.exe', bytes: new Uint8Array([77, 90]) } })).toBe('students.badDocument');
    expect(codeOf('savePurpose', { ...photos(), basis: 'task', version: photos().version })).toBe('personalData.purposeAnswered');
    expect(rows()[1]).toMatchObject({ state: 'missing', earlier: 0 });
  });

  test('are asked for on paper, one form per pupil, and listed without anything else of the pupils; both copies are in the log', async () => {
    const classId = firstClass().id;
    const unread = await core.door.runJob('personalData.printConsentForms', { classId, purposeIds: [photos().purposeId] }, secretary, watch());
    expect(unread).toMatchObject({ ok: false, error: { code: 'personalData.askedUnconfirmed' } });
    value('confirmPurposes', { purposeIds: [photos().purposeId] });
    const forms = await job<{ bytes: Uint8Array; pages: number }>('personalData.printConsentForms', { classId, purposeIds: [photos().purposeId] });
    expect(forms.pages).toBe(rows().length);
    expect(textOf(forms.bytes)).toContain(rows()[0]!.name);
    const list = await job<{ bytes: Uint8Array }>('personalData.printConsentList', { classId, purpose: 'chụp ảnh kỉ yếu' });
    const text = textOf(list.bytes);
    expect(text).toContain('Đã rút');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('xuất lúc 09:00 ngày 09/03/2026 · mục đích: chụp ảnh kỉ yếu');
    expect(text).not.toContain(pupil().personal_id);
    expect(value<{ rows: { purpose: string; count: number }[] }>('exports', {}).rows[0]).toMatchObject({ purpose: 'chụp ảnh kỉ yếu', count: rows().length });
  });
});

describe('requests', () => {
  const add = (more: object = {}) => value<{ requestId: string; number: string; dueOn: string }>('addRequest', {
    kind: 'erase', personId: pupil().id, subjectName: pupil().name, requester: 'Lò Thị Mẹ', relation: 'guardian', contact: '', content: 'Xin xoá dữ liệu của cháu', receivedOn: '2026-03-06', ...more,
  });
  const open = () => value<{ requests: RequestView[]; counts: { open: number; late: number } }>('requests', { show: 'open' });
  const one = (requestId: string) => value<{ requests: RequestView[] }>('requests', { show: 'all' }).requests.find(row => row.requestId === requestId)!;

  test('are numbered by year, run by the settings, wait on the board of the office and turn red when late', () => {
    const first = add({ file: pdf });
    expect(first).toMatchObject({ number: '1/2026', dueOn: '2026-03-26' });
    expect(add({ kind: 'view', receivedOn: '2025-12-31' })).toMatchObject({ number: '1/2025', dueOn: '2026-01-10' });
    expect(add({ kind: 'copy' }).number).toBe('2/2026');
    // Friday plus two working days is Tuesday.
    expect(one(first.requestId)).toMatchObject({ acknowledgeBy: '2026-03-10', daysLeft: 17, paperName: 'giay.pdf' });
    expect(open().counts).toMatchObject({ open: 3, late: 1 });
    expect(open().requests[0]?.number).toBe('1/2025');
    expect(board().find(task => task.kind === 'personRequests')).toMatchObject({ count: 3, state: 'blocked', route: '/system/personal-data?tab=requests' });
    expect(board(teacher).some(task => task.kind === 'personRequests')).toBe(false);
    expect(codeOf('addRequest', { kind: 'view', personId: null, subjectName: 'x', requester: 'y', relation: 'self', contact: '', content: 'xem', receivedOn: '2026-04-01' })).toBe('personalData.notYet');
  });

  test('are acknowledged, extended once, answered with a paper, and then stand still', () => {
    const { requestId } = add({ kind: 'correct' });
    const step = (call: string, more: object = {}) => codeOf(call, { requestId, version: one(requestId).version, ...more });
    expect(step('acknowledgeRequest', { on: '2026-03-05' })).toBe('personalData.beforeReceived');
    expect(step('acknowledgeRequest', { on: '2026-03-09' })).toBe('ok');
    expect(step('extendRequest', { reason: 'hồ sơ ở kho lưu trữ' })).toBe('ok');
    expect(one(requestId)).toMatchObject({ dueOn: '2026-03-21', extensionReason: 'hồ sơ ở kho lưu trữ' });
    expect(step('extendRequest', { reason: 'lần nữa' })).toBe('personalData.extendedAlready');
    expect(codeOf('endRequest', { requestId, version: 1, state: 'answered', answer: 'Đã sửa', on: '2026-03-09' })).toBe('database.changedMeanwhile');
    expect(step('endRequest', { state: 'answered', answer: 'Đã sửa ngày sinh', on: '2026-03-09', file: pdf })).toBe('ok');
    expect(one(requestId)).toMatchObject({ state: 'answered', daysLeft: null, answerPaperName: 'giay.pdf' });
    expect(step('endRequest', { state: 'refused', answer: 'khác', on: '2026-03-09' })).toBe('personalData.requestEnded');
  });

  test('find their person without accents, and say what the law lets go', () => {
    const people = value<{ people: PersonFound[] }>('findPeople', { text: pupil().name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D') }).people;
    expect(people.find(found => found.personId === pupil().id)?.place).toContain('2025-2026');
    const holding = value<{ holding: HoldingView[] }>('holding', { personId: pupil().id }).holding;
    const keeping = (table: string) => holding.find(found => found.table === table)?.keeping;
    expect([keeping('mark'), keeping('enrolment'), keeping('consent'), keeping('person_request')]).toEqual(['law', 'law', 'optional', 'trace']);
    expect(codeOf('holding', { personId: 'nobody' })).toBe('students.unknown');
  });
});

describe('all data of one person', () => {
  test('hold every row of every table that points to him and none of anybody else, without passwords', () => {
    const own = recordsOfPerson(core.database.read, pupil().id);
    const rowsOf = (table: string) => own.find(found => found.table === table)?.rows ?? [];
    expect(rowsOf('person')).toHaveLength(1);
    const enrolments = core.database.read.all(sql.selectFrom('enrolment').select('id').where('person_id', '=', pupil().id)).map(row => row.id);
    for (const { table } of tableFacts) {
      const columns = core.database.read.runPrepared<{ name: string }>('select name from pragma_table_info(?)', [table]).map(column => column.name);
      const mine = columns.includes('person_id') ? ['person_id', [pupil().id]] as const : columns.includes('enrolment_id') ? ['enrolment_id', enrolments] as const : null;
      if (mine === null) continue;
      const [{ count } = { count: -1 }] = core.database.read.runPrepared<{ count: number }>(`select count(*) as count from "${table}" where "${mine[0]}" in (select value from json_each(?))`, [JSON.stringify(mine[1])]);
      expect([table, rowsOf(table).length]).toEqual([table, count]);
      expect(rowsOf(table).every(row => mine[1].includes(String(row[mine[0]])))).toBe(true);
    }
    expect(rowsOf('mark').length).toBeGreaterThan(20);
    // A homeroom teacher's class is his, its pupils are not.
    const staff = core.database.read.get(sql.selectFrom('school_class').innerJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').select('staff.person_id').orderBy('school_class.name'))!;
    const ofTeacher = recordsOfPerson(core.database.read, staff.person_id);
    expect(ofTeacher.map(found => found.table)).toEqual(expect.arrayContaining(['staff', 'assignment', 'account', 'school_class']));
    expect(ofTeacher.map(found => found.table)).not.toContain('enrolment');
    expect(ofTeacher.find(found => found.table === 'account')?.rows[0]).not.toHaveProperty('password_hash');
  });

  test('come as a paper in words and as a file for machines, and the copy is written down', async () => {
    const { pdf: paper, json } = await job<{ pdf: { fileName: string; bytes: Uint8Array }; json: { bytes: Uint8Array } }>('personalData.exportPerson', { personId: pupil().id, purpose: 'trả lời yêu cầu số 1/2026' });
    const text = textOf(paper.bytes).replaceAll(/\s+/g, ' ');
    expect(text).toContain(pupil().personal_id);
    expect(text).toContain('mục đích: trả lời yêu cầu số 1/2026');
    expect(text).not.toMatch(/personalData\.|students\.field|search_name|studying|moet|[a-z]_[a-z]/);
    const machine = JSON.parse(new TextDecoder().decode(json.bytes)) as { records: { table: string; personal: string[]; rows: object[] }[] };
    expect(machine.records.find(found => found.table === 'person')?.personal).toContain('personal_id');
    const count = machine.records.reduce((sum, found) => sum + found.rows.length, 0);
    expect(value<{ rows: { count: number; what: string }[] }>('exports', { text: '1/2026' }).rows[0]).toMatchObject({ count, what: 'Dữ liệu của một người' });
    expect(codeOf('exportPerson', { personId: pupil().id, purpose: ' ' })).toBe('call.badInput');
  });
});

describe('lists on paper', () => {
  test('say at their foot who printed them and when, and stand in the log', async () => {
    const list = await job<{ bytes: Uint8Array; fileName: string }>('classes.printList', { classId: firstClass().id });
    expect(textOf(list.bytes).replaceAll(/\s+/g, ' ')).toContain('xuất lúc 09:00 ngày 09/03/2026');
    expect(value<{ rows: { fileName: string; what: string }[] }>('exports', {}).rows[0]).toMatchObject({ fileName: list.fileName, what: 'Danh sách lớp' });
  });
});

describe('who looked', () => {
  test('is told with filters by day, account and name', () => {
    value('students.unmask', { personId: pupil().id, field: 'personalId' }, principal);
    const looks = (filter: object) => value<{ rows: { personName: string; field: string }[] }>('looks', filter).rows;
    expect(looks({ actor: 'hieutruong' })[0]).toMatchObject({ personName: pupil().name, field: 'Số định danh' });
    expect(looks({ from: '2026-03-09', to: '2026-03-09' }).length).toBeGreaterThan(0);
    expect(looks({ to: '2026-03-08' })).toEqual([]);
    expect(looks({ text: 'không ai tên thế này' })).toEqual([]);
    expect(codeOf('looks', {}, teacher)).toBe('call.forbidden');
  });
});

describe('incidents', () => {
  const list = () => value<{ incidents: IncidentView[] }>('incidents', {}).incidents;
  const body = { discoveredAt: '2026-03-08T20:00:00.000Z', happened: 'Gửi nhầm danh sách lớp', categories: 'Tên, điện thoại', peopleCount: 40, measures: '', reportedAt: null, reportedTo: '', toldOn: null };

  test('run 72 hours from their discovery, nights and Sundays too, until they are reported', () => {
    expect(value('saveIncident', body)).toMatchObject({ reportBy: '2026-03-11T20:00:00.000Z' });
    expect(list()[0]).toMatchObject({ number: '1/2026', minutesLeft: 66 * 60 });
    expect(board().find(task => task.kind === 'personalIncidents')).toMatchObject({ count: 1, state: 'needs' });
    now = new Date('2026-03-12T02:00:00.000Z');
    expect(list()[0]?.minutesLeft).toBe(-6 * 60);
    expect(board().find(task => task.kind === 'personalIncidents')?.state).toBe('blocked');
    const { incidentId, version } = list()[0]!;
    expect(codeOf('saveIncident', { ...body, incidentId, version, reportedAt: '2026-03-08T19:00:00.000Z' })).toBe('personalData.reportedBefore');
    expect(codeOf('closeIncident', { incidentId, version, unreportedReason: '' })).toBe('personalData.whyUnreported');
    value('saveIncident', { ...body, incidentId, version, reportedAt: '2026-03-12T01:00:00.000Z', reportedTo: 'Cơ quan chuyên trách' });
    expect(list()[0]?.minutesLeft).toBeNull();
    value('closeIncident', { incidentId, version: version + 1, unreportedReason: '' });
    expect(codeOf('saveIncident', { ...body, incidentId, version: version + 2 })).toBe('personalData.incidentClosed');
    expect(board().some(task => task.kind === 'personalIncidents')).toBe(false);
  });
});

describe('settings and the check', () => {
  test('propose, are confirmed by somebody, and leave what stands alone', () => {
    const before = value<{ requests: RequestView[] }>('requests', { show: 'open' }).requests.map(row => row.dueOn);
    expect(value<PersonalDataSettings>('settings', {})).toMatchObject({ rules: proposedRules, confirmed: null });
    value('saveSettings', { rules: { ...proposedRules, unit: 'working' }, isConfirmed: true });
    expect(value<PersonalDataSettings>('settings', {})).toMatchObject({ rules: { unit: 'working' }, confirmed: { at: now.toISOString() } });
    expect(value<{ requests: RequestView[] }>('requests', { show: 'open' }).requests.map(row => row.dueOn)).toEqual(before);
    expect(codeOf('saveSettings', { rules: { ...proposedRules, childAge: 40 }, isConfirmed: true })).toBe('call.badInput');
  });

  test('the check of all data names what records lack and which duties wait, and is in order all the same', async () => {
    const report = await job<CheckReport>('system.check', {});
    expect(report.ok).toBe(true);
    const told = report.notices.map(notice => `${notice.area} ${notice.what}`).join('\n');
    expect(told).toMatch(/records \d+\/60 hồ sơ học sinh chưa đủ; thiếu nhiều nhất: .+\(\d+\)/);
    expect(told).toContain('personalData 8 mục đích xử lí dữ liệu chưa được nhà trường xác nhận');
    expect(told).toContain('1 yêu cầu về dữ liệu cá nhân đã quá hạn trả lời');
    expect(told).toContain('60/60 học sinh chưa có đủ ý kiến');
    expect(told).not.toContain('chưa được đối chiếu với luật');
  });
});

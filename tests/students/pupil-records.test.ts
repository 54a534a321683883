import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { DuplicateView, MergePreview } from '../../preload/contract/pupil-records.ts';
import type { StudentHistoryEntry, StudentListing, StudentView } from '../../preload/contract/students.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { demoCore, principal } from '../bench/demo-core.ts';

let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 60 })); });
afterAll(async () => { await remove(); });

const year = '2025-2026';
const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };

function value<T>(call: string, input: unknown, session: Session = secretary): T {
  const result = core.door.call(`students.${call}`, input, session);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
const codeOf = (call: string, input: unknown, session: Session = secretary): string => {
  const result = core.door.call(`students.${call}`, input, session);
  return result.ok ? 'ok' : result.error.code;
};
const list = (input: object = {}, session?: Session) => value<StudentListing>('list', { year, ...input }, session).rows;
const open = (enrolmentId: string, session?: Session) => value<StudentView>('open', { enrolmentId }, session);
const classId = (name: string) => list().find(row => row.className === name)?.classId ?? '';
/** What a job answers, or the code of its failure. */
const job = async (name: string, input: object, signal = new AbortController().signal): Promise<unknown> => {
  const result = await core.door.runJob(`students.${name}`, input, secretary, { signal, progress: () => undefined });
  return result.ok ? result.value : result.error.code;
};
const firstClass = () => list()[0]?.className ?? '';
const save = (pupil: StudentView, changes: Record<string, string>) =>
  value<{ version: number; warnings: { code: string }[] }>('save', { personId: pupil.personId, enrolmentId: pupil.enrolmentId, expectedVersion: pupil.version, changes });
const add = (name: string, birth: string, more: Record<string, string> = {}, className = firstClass()) =>
  value<{ personId: string; enrolmentId: string }>('add', { classId: classId(className), values: { name, birth, ...more } });

/** A homeroom teacher, and one who only teaches in his class. */
function teachers(): { homeroom: Session; subject: Session; className: string } {
  const own = core.database.read.get(sql.selectFrom('school_class').innerJoin('account', 'account.staff_id', 'school_class.homeroom_staff_id').select(['account.user', 'account.staff_id', 'school_class.name', 'school_class.id']));
  const other = core.database.read.get(sql.selectFrom('account').select(['user', 'staff_id']).where('role', '=', 'teacher')
    .where('staff_id', 'not in', sql.selectFrom('school_class').select('homeroom_staff_id').where('homeroom_staff_id', 'is not', null)));
  if (!own || !other) throw new Error('the demo school has too few teachers');
  const session = (found: { user: string; staff_id: string | null }): Session => ({ user: found.user, name: found.user, role: 'teacher', staffId: found.staff_id, token: null });
  return { homeroom: session(own), subject: session(other), className: own.name };
}

describe('the record', () => {
  test('keeps fields of person, profile, year and family in one save, and warns without refusing', () => {
    const pupil = open(list()[3]?.enrolmentId ?? '');
    const saved = save(pupil, { otherName: ' Tèo ', communeCode: '8990', twoSessions: '1', poorHousehold: 'poor', 'guardian.name': 'Lò Thị Bà', 'guardian.kinship': 'bà nội', birth: '2003-01-01' });
    expect(saved.warnings.map(one => one.code)).toEqual(expect.arrayContaining(['ageOld', 'communeCode', 'personalIdBirth']));
    const after = open(pupil.enrolmentId);
    expect(after.values).toMatchObject({ otherName: 'Tèo', communeCode: '8990', twoSessions: '1', 'guardian.name': 'Lò Thị Bà', 'guardian.kinship': 'bà nội' });
    expect(after.version).toBe(saved.version);
    expect(after.warnings.map(one => one.field)).toContain('communeCode');
    expect(codeOf('save', { personId: pupil.personId, enrolmentId: pupil.enrolmentId, expectedVersion: pupil.version, changes: { otherName: 'x' } })).toBe('database.changedMeanwhile');
    // A guardian of whom nothing is left is taken back, and can come again.
    save(after, { 'guardian.name': '', 'guardian.kinship': '' });
    expect(open(pupil.enrolmentId).values['guardian.name']).toBe('');
    save(open(pupil.enrolmentId), { 'guardian.name': 'Lò Văn Ông' });
    expect(open(pupil.enrolmentId).values['guardian.name']).toBe('Lò Văn Ông');
  });

  test('refuses what it does not know, and then changes nothing', () => {
    const pupil = open(list()[4]?.enrolmentId ?? '');
    const attempt = (changes: Record<string, string>) => codeOf('save', { personId: pupil.personId, enrolmentId: pupil.enrolmentId, expectedVersion: pupil.version, changes });
    expect(attempt({ otherName: 'Tí', nonsense: '1' })).toBe('students.unknownField');
    expect(attempt({ otherName: 'Tí', swims: 'maybe' })).toBe('students.badValue');
    expect(attempt({ name: '   ' })).toBe('students.noName');
    expect(open(pupil.enrolmentId)).toEqual(pupil);
  });

  test('counts what is filled, and names what is missing', () => {
    const { enrolmentId } = add('Phàn Tả Mẩy', '2014-02-01');
    const bare = open(enrolmentId);
    expect(bare.missing).toEqual(expect.arrayContaining(['code', 'sex', 'personalId', 'father.name', 'permanentCommune']));
    save(bare, { sex: 'female', 'father.name': 'Phàn Văn Tả' });
    const after = open(enrolmentId);
    expect(after.missing).not.toContain('sex');
    expect(after.completeness).toBeGreaterThan(bare.completeness);
    expect(list().find(row => row.enrolmentId === enrolmentId)?.completeness).toBe(after.completeness);
  });

  test('the list finds without accents, by name, code and class, and brings any field masked', () => {
    const pupil = list()[6];
    const folded = (pupil?.name ?? '').normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toUpperCase();
    expect(list({ text: folded }).map(row => row.enrolmentId)).toContain(pupil?.enrolmentId);
    expect(list({ text: pupil?.code ?? '' })).toHaveLength(1);
    expect(new Set(list({ text: pupil?.className ?? '' }).map(row => row.className))).toEqual(new Set([pupil?.className]));
    expect(list({ text: 'không ai tên thế này' })).toEqual([]);
    const [row] = list({ text: pupil?.code ?? '', fields: ['father.name', 'father.phone', 'birthPlace', 'religion'] });
    expect(Object.keys(row?.values ?? {})).toEqual(['father.name', 'father.phone', 'birthPlace', 'religion']);
    expect(row?.values?.['father.phone']).toMatch(/^(•+\d{3})?$/);
    expect(row?.values?.['religion']).toMatch(/^•*$/);
  });

  test('many pupils are changed at once after a look at what would change; what is one pupil\'s own is not', async () => {
    const chosen = list().slice(0, 5).map(row => row.enrolmentId);
    const changes = { boarding: 'day', area: '2' };
    expect(value<{ changes: number; rows: unknown[] }>('bulkPreview', { enrolmentIds: chosen, changes })).toMatchObject({ changes: 10 });
    expect(await job('bulkSave', { enrolmentIds: chosen, changes })).toEqual({ pupils: 5, changes: 10 });
    expect(value<{ changes: number }>('bulkPreview', { enrolmentIds: chosen, changes }).changes).toBe(0);
    expect(await job('bulkSave', { enrolmentIds: chosen, changes: { personalId: '008214000001' } })).toBe('students.bulkOwn');
    expect(await job('bulkSave', { enrolmentIds: [...chosen, 'nobody'], changes: { area: '3' } })).toBe('students.unknown');
    expect(open(chosen[0] ?? '').values['area']).toBe('2');
  });
});

test('a change of many lets other calls through, and a stop leaves whole what was done', async () => {
  const chosen = list().map(row => row.enrolmentId);
  expect(chosen.length).toBeGreaterThan(50);
  const stop = new AbortController();
  const between: unknown[] = [];
  setImmediate(() => { between.push(open(chosen[0] ?? '').values['area'], open(chosen.at(-1) ?? '').values['area']); });
  const result = await core.door.runJob('students.bulkSave', { enrolmentIds: chosen, changes: { area: '3' } }, secretary, {
    signal: stop.signal, progress: done => { if (done > 0) stop.abort(); },
  });
  expect(result.ok || result.error.code).toBe('jobs.cancelled');
  expect(between).toEqual(['3', expect.not.stringMatching('3')]);
  const changed = chosen.filter(id => open(id).values['area'] === '3');
  expect(changed).toEqual(chosen.slice(0, 50));
});

describe('who sees what', () => {
  test('the office sees sensitive values masked, and in clear after a click that is written down', () => {
    const pupil = open(list()[8]?.enrolmentId ?? '');
    expect(pupil.values['personalId']).toMatch(/^•{9}\d{3}$/);
    expect(pupil.masked).toContain('personalId');
    const looks = () => core.database.read.all(sql.selectFrom('sensitive_look').select(['field', 'actor']).where('person_id', '=', pupil.personId));
    const before = looks().length;
    expect(value<{ value: string }>('unmask', { personId: pupil.personId, field: 'personalId' }).value).toMatch(/^\d{12}$/);
    expect(looks().slice(before)).toEqual([{ field: 'personalId', actor: 'vanphong' }]);
  });

  test('a homeroom teacher sees his class\'s contacts; a subject teacher sees name, class and birth', () => {
    const { homeroom, subject, className } = teachers();
    const pupil = list().find(row => row.className === className);
    const other = list().find(row => row.className !== className);
    const enrolmentId = pupil?.enrolmentId ?? '';
    const personId = pupil?.personId ?? '';
    expect(open(enrolmentId, homeroom).values['father.phone']).toBeDefined();
    expect(codeOf('unmask', { personId, field: 'personalId' }, homeroom)).toBe('ok');
    expect(Object.keys(open(other?.enrolmentId ?? '', homeroom).values).toSorted()).toEqual(['birth', 'name', 'sex']);
    expect(codeOf('unmask', { personId: other?.personId, field: 'personalId' }, homeroom)).toBe('students.notYours');

    const seen = open(enrolmentId, subject);
    expect(Object.keys(seen.values).toSorted()).toEqual(['birth', 'name', 'sex']);
    expect([seen.phone, seen.personalId, seen.results, seen.transcripts, seen.masked]).toEqual(['', '', [], [], []]);
    expect(seen.name).toBe(pupil?.name);
    expect(codeOf('unmask', { personId, field: 'personalId' }, subject)).toBe('students.notYours');
    expect(codeOf('documents', { personId }, subject)).toBe('students.notYours');
    expect(codeOf('openHealth', { personId }, subject)).toBe('students.notYours');
    expect(list({ fields: ['father.phone', 'personalId', 'birth'] }, subject).every(row => row.phone === '' && row.personalId === '' && Object.keys(row.values ?? {}).join(' ') === 'birth')).toBe(true);
    expect(codeOf('save', { personId, enrolmentId, expectedVersion: seen.version, changes: { otherName: 'x' } }, homeroom)).toBe('call.forbidden');
  });

  test('history masks, shows in clear on request, and restores an earlier value as a change of its own', () => {
    const pupil = open(list()[9]?.enrolmentId ?? '');
    const { value: first } = value<{ value: string }>('unmask', { personId: pupil.personId, field: 'personalId' });
    save(pupil, { personalId: '008214111222' });
    const entries = () => value<{ entries: StudentHistoryEntry[] }>('history', { personId: pupil.personId }).entries;
    const entry = entries().find(one => one.key === 'personalId' && one.after?.endsWith('222') === true);
    expect(entry).toMatchObject({ isRestorable: true, before: `•••••••••${first.slice(-3)}`, after: '•••••••••222' });
    expect(value('unmask', { personId: pupil.personId, field: `history:${entry?.seq ?? 0}:before:personalId` })).toEqual({ value: first });
    value('restore', { personId: pupil.personId, seq: entry?.seq, field: 'personalId', reason: 'Gõ nhầm' });
    expect(value('unmask', { personId: pupil.personId, field: 'personalId' })).toEqual({ value: first });
    expect(entries()[0]).toMatchObject({ reason: 'Gõ nhầm', before: '•••••••••222' });
    const { subject } = teachers();
    const seen = value<{ entries: StudentHistoryEntry[] }>('history', { personId: pupil.personId }, subject).entries;
    expect(seen.every(one => ['Họ và tên', 'Ngày sinh', 'Giới tính'].includes(one.field))).toBe(true);
    expect(codeOf('unmask', { personId: pupil.personId, field: `history:${entry?.seq ?? 0}:before:personalId` }, subject)).toBe('students.notYours');
  });
});

describe('codes', () => {
  test('a pupil without a ministry code gets a temporary one by his personal id; the ministry\'s replaces it and loses nothing', async () => {
    const { personId, enrolmentId } = add('Sùng Thị Máy', '2014-06-07');
    expect(await job('giveTemporaryCodes', { enrolmentIds: [enrolmentId] })).toBe('students.noPersonalId');
    save(open(enrolmentId), { personalId: '008314999001' });
    const { given } = await job('giveTemporaryCodes', { enrolmentIds: [enrolmentId] }) as { given: { code: string }[] };
    expect(given).toEqual([{ personId, code: 'TAM20250001' }]);
    expect(await job('giveTemporaryCodes', { enrolmentIds: [enrolmentId] })).toEqual({ given: [] });
    expect(list().find(row => row.personId === personId)?.code).toBe('TAM20250001');
    const before = open(enrolmentId);
    value('giveCode', { personId, kind: 'moet', code: '0800099900' });
    const after = open(enrolmentId);
    expect(after.code).toBe('0800099900');
    expect(after.codes.map(one => [one.kind, one.code, one.validTo === null])).toEqual([['moet', '0800099900', true], ['temporary', 'TAM20250001', false]]);
    expect({ ...after.values }).toEqual({ ...before.values });
    expect(codeOf('giveCode', { personId: list()[0]?.personId, kind: 'moet', code: '0800099900' })).toBe('students.codeTaken');
    const twin = add('Sùng Thị Mây', '2014-06-07', { personalId: '008314999001' });
    expect(await job('giveTemporaryCodes', { enrolmentIds: [twin.enrolmentId] })).toBe('students.personalIdTaken');
  });

  test('register numbers go on from the last without a gap, whatever fails and however many ask at once', async () => {
    const highest = Math.max(...core.database.read.all(sql.selectFrom('pupil_code').select('code').where('kind', '=', 'register')).map(row => Number(row.code)));
    const pupils = Array.from({ length: 12 }, (_, index) => add(`Vàng Seo ${['A', 'B', 'C'][index % 3] ?? ''} Páo`, `2014-0${(index % 9) + 1}-1${index % 10}`));
    const ids = pupils.map(one => one.enrolmentId);
    // A refusal in the middle of a call uses no number.
    expect(await job('register', { enrolmentIds: [ids[0], ids[1], 'nobody'] })).toBe('students.unknown');
    const calls = [ids.slice(0, 5), ids.slice(3, 8), ['nobody', ids[9]], ids.slice(7), ids].map(enrolmentIds =>
      new Promise<void>(resolve => { setImmediate(resolve); }).then(async () => job('register', { enrolmentIds })));
    await Promise.all(calls);
    const numbers = core.database.read.all(sql.selectFrom('register_entry').select('number').orderBy('number')).map(row => row.number);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => highest + 1 + index));
    expect(open(ids[0] ?? '').codes.filter(one => one.kind === 'register')).toHaveLength(1);
    expect(await job('register', { enrolmentIds: ids })).toEqual({ given: [] });
  });

  test('a register number is refused a gap, a change and a withdrawal by the database itself', () => {
    const write = (change: Parameters<Core['database']['write']>[1]) => {
      try { core.database.write({ actor: 'x', path: 'other', reason: null }, change); } catch (fault) { return (fault as { code?: string }).code; }
      return 'ok';
    };
    const [entry] = core.database.read.all(sql.selectFrom('register_entry').selectAll());
    const next = core.database.read.get(sql.selectFrom('register_entry').select(({ fn }) => fn.max('number').as('number')))?.number ?? 0;
    if (!entry) throw new Error('no number');
    const row = { device: 'x', created_at: 'x', updated_at: 'x', cancelled: 0 as const, version: 1, book: '' };
    const free = core.database.read.get(sql.selectFrom('pupil_code').select('id').where('kind', '=', 'register').where('id', 'not in', sql.selectFrom('register_entry').select('code_id')))?.id ?? '';
    expect(write(tx => tx.run(sql.insertInto('register_entry').values({ ...row, id: 'gap', number: next + 2, code_id: free })))).toBe('students.registerGap');
    expect(write(tx => tx.run(sql.updateTable('register_entry').set({ version: entry.version + 1, cancelled: 1 }).where('id', '=', entry.id)))).toBe('students.registerFixed');
    expect(write(tx => tx.run(sql.updateTable('pupil_code').set(({ eb }) => ({ version: eb('version', '+', 1), code: '1' })).where('id', '=', entry.code_id)))).toBe('students.registerFixed');
    expect(codeOf('saveRegisterSetting', { perLevel: true, digits: 5, startsAt: 1 }, principal)).toBe('students.registerBegun');
  });
});

describe('photo, documents, health', () => {
  test('a photo is three by four, and a document is kept when it is replaced', () => {
    const pupil = open(list()[10]?.enrolmentId ?? '');
    const photo = { fileName: 'ảnh.png', bytes: png(90, 120) };
    expect(codeOf('savePhoto', { personId: pupil.personId, file: { fileName: 'a.png', bytes: png(100, 100) } })).toBe('students.badPhoto');
    value('savePhoto', { personId: pupil.personId, file: photo });
    expect(value<{ bytes: Uint8Array }>('photo', { personId: pupil.personId, enrolmentId: pupil.enrolmentId }).bytes).toEqual(photo.bytes);
    expect(open(pupil.enrolmentId).hasPhoto).toBe(true);
    expect(value('photo', { personId: pupil.personId, enrolmentId: pupil.enrolmentId }, teachers().subject)).toEqual({ bytes: null });

    const pdf = (words: string) => ({ fileName: 'giấy khai sinh.pdf', bytes: new Uint8Array(Buffer.from(`%PDF-1.7 ${words}`)) });
    const paper = { personId: pupil.personId, kind: 'Giấy khai sinh', number: '12/2014', issuedOn: '2014-03-01' };
    expect(codeOf('addDocument', { ...paper, file: { fileName: 'x.exe', bytes: new Uint8Array([77, 90]) } })).toBe('students.badDocument');
    const { documentId } = value<{ documentId: string }>('addDocument', { ...paper, file: pdf('một') });
    const made = value<{ documentId: string }>('replaceDocument', { documentId, file: pdf('hai'), reason: 'Bản quét rõ hơn' });
    expect(codeOf('replaceDocument', { documentId, file: pdf('ba'), reason: 'Lần nữa' })).toBe('students.unknownDocument');
    const { documents } = value<{ documents: { documentId: string; isReplaced: boolean }[] }>('documents', { personId: pupil.personId });
    expect(documents.map(one => [one.documentId, one.isReplaced])).toEqual([[made.documentId, false], [documentId, true]]);
    expect(Buffer.from(value<{ bytes: Uint8Array }>('openDocument', { documentId }).bytes).toString()).toBe('%PDF-1.7 một');
  });

  test('measurements stand by date with their index, and reading them is logged', () => {
    const { personId } = open(list()[11]?.enrolmentId ?? '');
    value('addHealthCheck', { personId, measuredOn: '2025-09-10', height: 1500, weight: 450, eyeLeft: '10/10', eyeRight: '9/10', note: '' });
    expect(codeOf('addHealthCheck', { personId, measuredOn: '2999-01-01', height: 1500, weight: 450, eyeLeft: '', eyeRight: '', note: '' })).toBe('students.badValue');
    expect(value<{ checks: unknown[] }>('openHealth', { personId }).checks).toMatchObject([{ height: 1500, weight: 450, bmi: 200 }]);
    expect(core.database.read.all(sql.selectFrom('sensitive_look').select('field').where('person_id', '=', personId))).toEqual([{ field: 'health' }]);
  });
});

describe('two records of one pupil', () => {
  test('are found, shown side by side, merged with every code and year, and taken apart again', () => {
    const marked = list({ text: firstClass() })[2];
    const original = open(marked?.enrolmentId ?? '');
    const classNames = [...new Set(list().map(row => row.className))];
    const double = add(original.name.normalize('NFD'), original.birth, { 'mother.name': 'Mẹ Khác', birthPlace: 'Trạm y tế xã', otherName: 'Cu Tí' }, classNames.at(-1));
    value('giveCode', { personId: double.personId, kind: 'local', code: 'HS-77' });
    value('addHealthCheck', { personId: double.personId, measuredOn: '2025-09-10', height: 1500, weight: 450, eyeLeft: '', eyeRight: '', note: '' });
    const pair = value<{ pairs: DuplicateView[] }>('duplicates', {}).pairs.find(one => [one.left.personId, one.right.personId].includes(double.personId));
    expect(pair?.reasons).toContain('sameName');

    const ids = { keptId: original.personId, goneId: double.personId };
    const preview = value<MergePreview>('mergePreview', ids);
    expect(preview.refusal).toBeNull();
    expect(preview.takenOver).toContain('otherName');
    const conflicts = preview.conflicts.map(one => one.field);
    expect(conflicts).toEqual(expect.arrayContaining(['birthPlace', 'mother.name']));
    expect(codeOf('merge', { ...ids, choices: {}, reason: 'Trùng hồ sơ' })).toBe('students.mergeUndecided');

    const choices = Object.fromEntries(conflicts.map(field => [field, field === 'birthPlace' ? 'gone' : 'kept']));
    const { mergeId } = value<{ mergeId: string }>('merge', { ...ids, choices, reason: 'Trùng hồ sơ' });
    const merged = open(original.enrolmentId);
    expect(merged.values).toMatchObject({ birthPlace: 'Trạm y tế xã', otherName: 'Cu Tí', 'mother.name': original.values['mother.name'] });
    expect(merged.codes.map(one => one.code)).toEqual(expect.arrayContaining(['HS-77', original.code]));
    expect(list().filter(row => row.personId === double.personId)).toEqual([]);
    expect(list().filter(row => row.personId === original.personId)).toHaveLength(1);
    expect(merged.mergeId).toBe(mergeId);
    const told = () => value<{ entries: StudentHistoryEntry[] }>('history', { personId: original.personId }).entries.map(one => one.field);
    expect(told()).toContain('Gộp hồ sơ trùng');
    expect(told().filter(field => field === 'Mã chuyển từ hồ sơ trùng')).toHaveLength(1);

    value('undoMerge', { mergeId });
    const apart = open(original.enrolmentId);
    expect({ ...apart, version: 0 }).toEqual({ ...original, version: 0 });
    expect(open(double.enrolmentId).values).toMatchObject({ birthPlace: 'Trạm y tế xã', 'mother.name': 'Mẹ Khác' });

    // Merged again and then changed: taking apart would lose the change.
    const again = value<{ mergeId: string }>('merge', { ...ids, choices, reason: 'Trùng hồ sơ' });
    save(open(original.enrolmentId), { birthPlace: 'Bệnh viện tỉnh' });
    expect(codeOf('undoMerge', { mergeId: again.mergeId })).toBe('students.mergeHeld');
  });

  test('are refused when both have marks in the same year, and nothing changes', () => {
    const [left, right] = list({ text: firstClass() }).slice(4, 6);
    const ids = { keptId: left?.personId ?? '', goneId: right?.personId ?? '' };
    expect(value<MergePreview>('mergePreview', ids).refusal).toContain(year);
    const before = core.database.journalHead().seq;
    expect(codeOf('merge', { ...ids, choices: {}, reason: 'Thử' })).toBe('students.mergeRefused');
    expect(core.database.journalHead().seq).toBe(before);
  });

  test('told apart they are not shown again; a name being typed shows whom it may be', () => {
    const one = add('Giàng Thị Dợ', '2014-11-12');
    const two = add('Giàng Thị Dở', '2014-11-12');
    const pairOf = () => value<{ pairs: DuplicateView[] }>('duplicates', {}).pairs.find(pair => pair.left.personId === one.personId && pair.right.personId === two.personId);
    expect(pairOf()?.reasons).toEqual(['sameNameUnmarked', 'sameBirth']);
    value('keepApart', { leftId: two.personId, rightId: one.personId, reason: 'Hai chị em sinh đôi' });
    expect(pairOf()).toBeUndefined();
    const { found } = value<{ found: { card: { personId: string } }[] }>('similar', { name: 'giang thi do', birth: '2014-12-11' });
    expect(found.map(hit => hit.card.personId)).toContain(one.personId);
  });
});

/** A grey PNG. */
function png(width: number, height: number): Uint8Array {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))), chunk('IEND', Buffer.alloc(0))]));
}

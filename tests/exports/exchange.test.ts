import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../db/handle.ts';
import type { ExportFile, ExportLogRow } from '../../preload/contract/exports.ts';
import type { CatalogueDifference, CatalogueView, ImportDone, ImportMapping, ImportPreview, ImportRun } from '../../preload/contract/imports.ts';
import { pupilChoices, pupilField } from '../../preload/contract/pupil-fields.ts';
import { staffFields } from '../../preload/contract/staff-fields.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { writeArchive } from '../../main/exports/archive.ts';
import { PUPIL_FORM } from '../../main/imports/pupil-form.ts';
import { newPupilSays } from '../../main/imports/pupil-says.ts';
import { readPupilsWorkbook } from '../../main/imports/pupils-reader.ts';
import { readWorkbook } from '../../main/kit/excel/workbook.ts';
import { readPupilRecord } from '../../main/students/pupil-record-store.ts';
import { readStaffRecord } from '../../main/staff/staff-store.ts';
import { DISABILITY_KINDS, ETHNIC_GROUPS, POLICY_GROUPS, PROVINCES } from '../../resources/catalogues/code-catalogues.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { pupilList, workbookBytes, type TestSheet } from '../fake/broken-workbooks.ts';

/** Lists that leave in the sector database's forms, come back, are mended on the way, and are set beside what is stored. */
let core: Core;
let remove: () => Promise<void>;
beforeAll(async () => { ({ core, remove } = await demoCore({ pupils: 24, leaveMarksOf: ['6A', '7A', '8A', '9A'] })); });
afterAll(async () => { await remove(); });

const quiet = { signal: new AbortController().signal, progress: () => undefined };
async function job<T>(name: string, input: unknown): Promise<T> {
  const result = await core.door.runJob(name, input, principal, quiet);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as T;
}
function call<T>(name: string, input: unknown): T {
  const result = core.door.call(name, input, principal);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what} ${result.error.field ?? ''}`);
  return result.value as T;
}
const codeOf = async (name: string, input: unknown) => {
  const result = await core.door.runJob(name, input, principal, quiet);
  return result.ok ? 'ok' : result.error.code;
};
const exported = (what: string, more: object = {}) => job<ExportFile>('exports.run', { what, purpose: 'Báo cáo CSDL ngành', ...more });
const preview = (file: Pick<ExportFile, 'fileName' | 'bytes'>, more: object = {}) => job<ImportPreview>('imports.preview', { ...file, ...more });
const pupils = () => core.database.read.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
  .select(['enrolment.id', 'enrolment.person_id', 'person.name']).where('enrolment.cancelled', '=', 0).orderBy('person.sort_name').orderBy('enrolment.id'));

const word = fc.stringMatching(/^[A-ZĐ][a-zàảãáạăâđêôơưếềộởửữị]{1,9}( [A-ZĐ][a-zàảãáạăâđêôơưếềộởửữị]{1,9}){0,3}$/);
const digits = (length: number) => fc.stringMatching(new RegExp(`^0[0-9]{${length - 1}}$`));
const day = fc.date({ min: new Date('2012-01-01'), max: new Date('2025-06-30'), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10));
const oneOf = (entries: readonly { name: string }[]) => fc.constantFrom(...entries.map(entry => entry.name));

/** Something that a field can hold, whatever its type. */
function valueFor(field: { key: string; type: string; choices?: string | undefined; catalogue?: string | undefined }): fc.Arbitrary<string> {
  switch (field.type) {
    case 'flag': return fc.constant('1');
    case 'sex': return fc.constantFrom('male', 'female');
    case 'partialDate': return fc.constantFrom('2011', '2011-05', '2011-05-09');
    case 'date': return day;
    case 'year': return fc.constantFrom('1979', '1984');
    case 'personalId': return digits(12);
    case 'phone': return digits(10);
    case 'email': return fc.constantFrom('ban@truong.example', 'lan.nguyen@nha.example');
    case 'choice': return fc.constantFrom(...pupilChoices[field.choices as keyof typeof pupilChoices].filter(value => value !== 'none'));
    case 'provinceCode': return fc.constantFrom(...PROVINCES.map(entry => entry.code));
    case 'periods': return fc.constantFrom('17', '19,5');
    case 'job': return fc.constantFrom('teacher', 'officer');
    case 'subjects': return fc.constantFrom('TOAN', 'TOAN, TIN', 'VAN, GDCD');
    case 'catalogue': return { ethnicGroups: oneOf(ETHNIC_GROUPS), policyGroups: oneOf(POLICY_GROUPS), disabilityKinds: oneOf(DISABILITY_KINDS), provinces: oneOf(PROVINCES) }[field.catalogue ?? ''] ?? word;
    default: return word;
  }
}

const pupilKeys = [...PUPIL_FORM.flatMap(column => column.key ?? []), 'birthProvinceCode', 'tuitionRelief', 'boarding', 'homeTown'];
const pupilValues = fc.record(Object.fromEntries(pupilKeys.map(key => [key, valueFor(pupilField(key) ?? { key, type: 'text' })])));

describe('the list of pupils', () => {
  test('leaves with every field of the form, and comes back without a difference', async () => {
    const [samples] = fc.sample(fc.array(pupilValues, { minLength: 24, maxLength: 24 }), { numRuns: 1, seed: 20_251_122 });
    pupils().forEach((pupil, index) => {
      const record = readPupilRecord(core.database.read, pupil.person_id, pupil.id);
      // Two pupils of one number are two people only by mistake.
      const changes = { ...samples?.[index], personalId: `0082119${String(index).padStart(5, '0')}` };
      call('students.save', { personId: pupil.person_id, enrolmentId: pupil.id, expectedVersion: record.revision, changes });
    });
    const file = await exported('pupils');
    expect(file.count).toBe(24);
    const again = await preview(file);
    expect(again.problems.filter(problem => problem.severity === 'error')).toEqual([]);
    expect(again.preview.flatMap(row => row.changes)).toEqual([]);
    expect(again).toMatchObject({ kind: 'pupils', rows: 24, created: 0, updated: 0, unchanged: 24, absent: [], columns: [] });

    // Not only "no difference": the file alone holds every one of those values.
    const reading = readPupilsWorkbook(await readWorkbook(file.bytes));
    const stored = new Map(pupils().map(pupil => [pupil.person_id, readPupilRecord(core.database.read, pupil.person_id, pupil.id).values]));
    for (const record of reading.records) {
      const says = Object.fromEntries(newPupilSays(record).map(({ field, value }) => [field.key, value]));
      const values = [...stored.values()].find(one => one['personalId'] === record.personalId);
      expect(Object.fromEntries(pupilKeys.map(key => [key, says[key] ?? '']))).toEqual(Object.fromEntries(pupilKeys.map(key => [key, values?.[key] ?? ''])));
    }
  });

  test('says who took it out and what for, on the sheet and in the log', async () => {
    const file = await exported('pupils');
    const sheet = (await readWorkbook(file.bytes)).sheets[0];
    expect(sheet?.rows.find(row => row.number === 4)?.cells[0]).toMatchObject({ text: expect.stringContaining('Báo cáo CSDL ngành') as string });
    const { rows } = call<{ rows: ExportLogRow[] }>('exports.log', {});
    expect(rows[0]).toMatchObject({ what: 'pupils', actor: 'hieutruong', count: 24, purpose: 'Báo cáo CSDL ngành' });
    expect(await codeOf('exports.run', { what: 'pupils', purpose: ' ' })).toBe('call.badInput');
  });
});

describe('the list of staff', () => {
  test('leaves with every field of its 72 columns, and comes back without a difference', async () => {
    const fields = staffFields.filter(field => field.header !== undefined && field.key !== 'code');
    const people = core.database.read.all(sql.selectFrom('staff').select(['id']).where('cancelled', '=', 0));
    const values = fc.record(Object.fromEntries(fields.map(field => [field.key, field.key === 'birth' ? fc.constant('1984-05-09') : valueFor(field)])));
    const [samples] = fc.sample(fc.array(values, { minLength: people.length, maxLength: people.length }), { numRuns: 1, seed: 7 });
    people.forEach(({ id }, index) => {
      const { revision } = readStaffRecord(core.database.read, id);
      call('staff.save', { staffId: id, expectedVersion: revision, changes: { ...samples?.[index], personalId: `0010840${String(index).padStart(5, '0')}` } });
    });
    const file = await exported('staff');
    const header = (await readWorkbook(file.bytes)).sheets[0]?.rows.find(row => row.number === 4);
    expect(header?.cells).toHaveLength(72);
    const again = await preview(file);
    expect(again.problems.filter(problem => problem.severity === 'error')).toEqual([]);
    expect(again.preview.flatMap(row => row.changes)).toEqual([]);
    expect(again).toMatchObject({ kind: 'staff', created: 0, updated: 0, unchanged: people.length });
  });
});

const broken = (changes: Parameters<typeof pupilList>[0]) => ({ fileName: 'Danh sách.xlsx', bytes: workbookBytes([pupilList(changes)]) });

describe('a list with faults', () => {
  test('is mended cell by cell in the preview, and what was mended stays with the import', async () => {
    const file = broken({ E6: '31/02/2011', F7: 'Trống' });
    const first = await preview(file);
    expect(first.problems.filter(problem => problem.severity === 'error').map(problem => problem.cell)).toEqual(['Sheet1!E6', 'Sheet1!F7']);
    const corrections = { 'Sheet1!E6': '28/02/2011', 'Sheet1!F7': 'Nam' };
    expect((await preview(file, { corrections: { 'Sheet1!E6': '28/02/2011' } })).problems.filter(problem => problem.severity === 'error')).toHaveLength(1);
    const mended = await preview(file, { corrections });
    expect(mended.problems.filter(problem => problem.severity === 'error')).toEqual([]);
    expect(await codeOf('imports.apply', { ...file, kind: 'pupils', sha256: first.sha256 })).toBe('imports.hasErrors');
    const done = await job<ImportDone>('imports.apply', { ...file, kind: 'pupils', sha256: first.sha256, corrections });
    expect(done.created).toBe(4);
    expect(core.database.read.get(sql.selectFrom('person').select('birth').where('personal_id', '=', '008211000002'))?.birth).toBe('2011-02-28');
    const { runs } = call<{ runs: ImportRun[] }>('imports.history', {});
    expect(runs.find(run => run.importId === done.importId)).toMatchObject({ mended: 2, heldBy: null });
    call('imports.undo', { importId: done.importId, reason: 'Nhập thử' });
    expect(pupils()).toHaveLength(24);
  });

  test('an unknown word is said once and known from then on; withdrawn, it is unknown again', async () => {
    const file = broken({ H6: 'Người Sao Hoả' });
    const unknown = (await preview(file)).unknown;
    expect(unknown).toMatchObject([{ catalogue: 'ethnicGroups', value: 'Người Sao Hoả', rows: 1 }]);
    expect(unknown[0]?.options).toContain('Mường');
    call('imports.mapValue', { catalogue: 'ethnicGroups', raw: 'Người Sao Hoả', value: 'Mường', source: file.fileName });
    const known = await preview(file);
    expect(known.unknown).toEqual([]);
    expect(known.preview.flatMap(row => row.changes).some(change => change.key === 'ethnicGroup' && change.after === 'Mường')).toBe(true);
    const { mappings } = call<{ mappings: ImportMapping[] }>('imports.mappings', {});
    expect(mappings).toMatchObject([{ kind: 'value', said: 'Người Sao Hoả', means: 'Mường', source: 'Danh sách.xlsx', actor: 'hieutruong' }]);
    call('imports.withdrawMapping', { mappingId: mappings[0]?.mappingId });
    expect((await preview(file)).unknown).toHaveLength(1);
  });

  test('an unknown header is said to be a field, or passed over', async () => {
    const file = broken({ N4: 'Nhóm máu của em', N5: 'AB', O4: 'Cỡ áo', O5: 'M' });
    expect((await preview(file)).columns.map(column => column.header)).toEqual(['Nhóm máu của em', 'Cỡ áo']);
    call('imports.mapColumn', { form: 'pupils', header: 'Nhóm máu của em', field: 'bloodGroup', source: file.fileName });
    call('imports.mapColumn', { form: 'pupils', header: 'Cỡ áo', field: '', source: file.fileName });
    const known = await preview(file);
    expect(known.columns).toEqual([]);
    expect(known.preview.flatMap(row => row.changes).filter(change => change.key === 'bloodGroup').map(change => change.after)).toEqual(['AB']);
  });

  test('new pupils without codes, grouped by class, get temporary ones', async () => {
    const sheet: TestSheet = { name: 'Tuyển sinh', cells: { A1: 'STT', B1: 'Họ tên', C1: 'Ngày sinh', D1: 'Giới tính', E1: 'Số định danh cá nhân', A2: 'LỚP 6B', A3: 1, B3: 'Vũ Mai Chi', C3: '03/05/2014', D3: 'Nữ', E3: '008314000901', A4: 2, B4: 'Lê Văn Nam', C4: '07/08/2014', D4: 'Nam', E4: '008214000902' } };
    const file = { fileName: 'Lớp đầu cấp.xlsx', bytes: workbookBytes([sheet]) };
    const shown = await preview(file, { kind: 'pupils' });
    const done = await job<ImportDone>('imports.apply', { ...file, kind: 'pupils', sha256: shown.sha256 });
    expect(done.created).toBe(2);
    const codes = core.database.read.all(sql.selectFrom('pupil_code').innerJoin('person', 'person.id', 'pupil_code.person_id').select(['pupil_code.code', 'pupil_code.kind'])
      .where('person.personal_id', 'in', ['008314000901', '008214000902']).orderBy('pupil_code.code'));
    expect(codes).toEqual([{ code: 'TAM20250001', kind: 'temporary' }, { code: 'TAM20250002', kind: 'temporary' }]);
    call('imports.undo', { importId: done.importId, reason: 'Nhập thử' });
  });
});

describe('the sector database beside the program', () => {
  test('tells field by field what differs, and takes only what was accepted', async () => {
    const own = await exported('pupils');
    const [first, second] = pupils();
    for (const [pupil, changes] of [[first, { religion: 'Phật giáo khác', phone: '0999999999' }], [second, { birthPlace: 'Nơi khác' }]] as const) {
      const record = readPupilRecord(core.database.read, pupil?.person_id ?? '', pupil?.id ?? null);
      call('students.save', { personId: pupil?.person_id, enrolmentId: pupil?.id, expectedVersion: record.revision, changes });
    }
    const compared = await preview(own);
    const rows = compared.preview.filter(row => row.outcome === 'updated');
    expect(rows.flatMap(row => row.changes.map(change => change.key)).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual(['birthPlace', 'phone', 'religion']);
    const take = rows.flatMap(row => row.changes.filter(change => change.key === 'religion').map(change => `${row.row}/${change.key}`));
    const done = await job<ImportDone>('imports.apply', { ...own, kind: 'pupils', sha256: compared.sha256, take });
    expect(done.updated).toBe(1);
    const values = readPupilRecord(core.database.read, first?.person_id ?? '', first?.id ?? null).values;
    expect(values['religion']).not.toBe('Phật giáo khác');
    expect(values['phone']).toBe('0999999999');
  });

  test('names who is only here and who is only there', async () => {
    const listed = await preview(broken({}));
    expect(listed.created).toBe(4);
    expect(listed.absent).toHaveLength(24);
  });
});

describe('the catalogues of a file', () => {
  const file = (rows: Record<string, string>) => ({ fileName: 'CSDL_HocSinh.xlsx', bytes: workbookBytes([pupilList(), { name: 'XA_PHUONG', hidden: true, cells: { A1: 'Mã', B1: 'Tên', ...rows } }]) });

  test('are shown as new, changed and gone before they are taken over, with their source and edition', async () => {
    const first = file({ A2: '00001', B2: 'Xã Suối Ngọc', A3: '00002', B3: 'Xã Bản Mới' });
    const shown = await job<{ sha256: string; differences: CatalogueDifference[] }>('imports.readCatalogues', first);
    expect(shown.differences).toMatchObject([{ sheet: 'XA_PHUONG', changed: [], gone: [], same: 0 }]);
    expect(shown.differences[0]?.fresh).toHaveLength(2);
    await job('imports.learnCatalogues', { ...first, sha256: shown.sha256, sheets: ['XA_PHUONG'] });
    const second = file({ A2: '00001', B2: 'Phường Suối Ngọc', A3: '00003', B3: 'Xã Ba' });
    const next = await job<{ sha256: string; differences: CatalogueDifference[] }>('imports.readCatalogues', second);
    expect(next.differences).toEqual([{
      sheet: 'XA_PHUONG', title: 'Xã, phường', fresh: [{ code: '00003', name: 'Xã Ba' }], changed: [{ code: '00001', before: 'Xã Suối Ngọc', after: 'Phường Suối Ngọc' }],
      gone: [{ code: '00002', name: 'Xã Bản Mới' }], same: 0,
    }]);
    await job('imports.learnCatalogues', { ...second, sha256: next.sha256, sheets: ['XA_PHUONG'] });
    const { catalogues } = call<{ catalogues: CatalogueView[] }>('imports.catalogues', {});
    expect(catalogues.find(one => one.sheet === 'XA_PHUONG')).toMatchObject({ edition: 2, source: 'CSDL_HocSinh.xlsx', entries: [{ code: '00001', name: 'Phường Suối Ngọc' }, { code: '00003', name: 'Xã Ba' }] });
    const out = await readWorkbook((await exported('pupils')).bytes);
    expect(out.sheets.find(sheet => sheet.name === 'XA_PHUONG')).toMatchObject({ hidden: true });
  });
});

describe('absences of a contact book', () => {
  const [pupil] = [() => core.database.read.get(sql.selectFrom('pupil_code').innerJoin('enrolment', 'enrolment.person_id', 'pupil_code.person_id').select(['pupil_code.code', 'enrolment.id'])
    .where('pupil_code.kind', '=', 'moet').where('pupil_code.valid_to', 'is', null).where('enrolment.cancelled', '=', 0))];
  const list = (...rows: string[][]): TestSheet => ({ name: 'Sheet1', cells: Object.fromEntries([['Ngày', 'Mã học sinh', 'Trạng thái', 'Lý do'], ...rows].flatMap((row, index) => row.map((value, column) => [`${'ABCD'[column] ?? ''}${index + 1}`, value] as const)).filter(([, value]) => value !== '')) });

  test('are read, shown, saved once, and taken back', async () => {
    const code = pupil()?.code ?? '';
    const file = { fileName: 'vang.xlsx', bytes: workbookBytes([list(['06/10/2025', code, 'P', 'Ốm'], ['07/10/2025', code, 'Không phép', ''], ['08/10/2025', code, 'Có mặt', ''])]) };
    const shown = await preview(file);
    expect(shown).toMatchObject({ kind: 'attendance', rows: 3, created: 2, problems: [] });
    const done = await job<ImportDone>('imports.apply', { ...file, kind: 'attendance', sha256: shown.sha256 });
    const stored = () => core.database.read.all(sql.selectFrom('absence').select(['date', 'kind', 'note']).where('enrolment_id', '=', pupil()?.id ?? '').where('date', 'in', ['2025-10-06', '2025-10-07', '2025-10-08']).where('cancelled', '=', 0).orderBy('date'));
    expect(stored()).toEqual([{ date: '2025-10-06', kind: 'excused', note: 'Ốm' }, { date: '2025-10-07', kind: 'unexcused', note: '' }]);
    expect(await preview(file)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    call('imports.undo', { importId: done.importId, reason: 'Nhập thử' });
    expect(stored()).toEqual([]);
  });

  test('name what is wrong with a row', async () => {
    const code = pupil()?.code ?? '';
    const shown = await preview({ fileName: 'vang.xlsx', bytes: workbookBytes([list(['06/10/2025', '9999999999', 'P', ''], ['01/01/2031', code, 'P', ''], ['20/07/2025', code, 'P', ''], ['06/10/2025', code, 'ốm nặng', ''], ['07/10/2025', code, 'K', ''], ['07/10/2025', code, 'P', ''])]) });
    expect(shown.problems.map(problem => problem.code)).toEqual(['absentUnknown', 'absentFuture', 'absentNoSchool', 'absentKind', 'absentTwice']);
  });
});

test('everything leaves as readable files, without a secret', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-xuất '));
  try {
    const files = await writeArchive(core.door.jobContext(principal, quiet), folder, 'Bàn giao');
    expect(readFileSync(path.join(folder, 'DOC-TRUOC.txt'), 'utf8')).toContain('Bàn giao');
    const tables = readdirSync(path.join(folder, 'bang'));
    for (const table of ['person', 'enrolment', 'mark', 'journal', 'transcript_signature']) expect(tables).toContain(`${table}.csv`);
    expect(files).toHaveLength(tables.length + 1);
    const journal = readFileSync(path.join(folder, 'bang', 'journal.csv'), 'utf8').trimEnd().split('\r\n');
    expect(journal[1]).toMatch(/^1,/);
    expect(readFileSync(path.join(folder, 'bang', 'account.csv'), 'utf8').split('\r\n')[0]).not.toContain('password');
    const people = core.database.read.get(sql.selectFrom('person').select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;
    expect(readFileSync(path.join(folder, 'bang', 'person.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(people + 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

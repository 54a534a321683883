import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { MarkProof, SheetProof } from '../../preload/contract/gradebook-proof.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { HomeBoard, SearchHit } from '../../preload/contract/home.ts';
import type { JournalRowView } from '../../preload/contract/system.ts';
import { run as audit } from '../../main/entry/commands/audit.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { sql } from '../../db/handle.ts';
import type { JobContext } from '../../main/call/context.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { bookOf, type Book } from './book.ts';

let core: Core;
let book: Book;
let remove: () => Promise<void>;
let folder: string;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'so-truong-proof-'));
const watch = { signal: new AbortController().signal, progress: (() => undefined) as JobContext['progress'] };
beforeAll(async () => {
  ({ core, folder, remove } = await demoCore({ pupils: 60 }));
  book = bookOf(core);
});
afterAll(async () => {
  await remove();
  rmSync(scratch, { recursive: true, force: true });
});

const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
const empty: MarkValue = { state: 'empty' };

/** What somebody reads who has only the paper: its text, lines joined. */
function paperText(pdf: Uint8Array): string {
  const file = path.join(scratch, 'paper.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
}

async function printed(name: string, input: unknown): Promise<PdfFile> {
  const result = await core.door.runJob(name, input, principal, watch);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
  return result.value as PdfFile;
}

/** Types a cell through its values, one after the other, as one person. */
function write(sheet: SheetView, enrolmentId: string, column: string, values: readonly MarkValue[], how: { path?: string; reason?: string } = {}): void {
  for (const after of values) {
    const before = book.sheet(sheet.sheetId).rows.find(row => row.enrolmentId === enrolmentId)?.marks[column as 'gk'] ?? empty;
    book.value('grades.saveMarks', { sheetId: sheet.sheetId, path: how.path ?? 'typed', changes: [{ enrolmentId, column, before, after }], ...(how.reason === undefined ? {} : { reason: how.reason }) }, book.teacherOf(sheet));
  }
}

describe('the history of one mark', () => {
  test('tells an imported mark, a deletion and what was typed after it, with people by name, and the paper says the same', async () => {
    const sheet = book.sheetOf('TOAN', 1);
    const pupil = sheet.rows[0];
    if (!pupil) throw new Error('empty class');
    const first = pupil.marks.gk?.state === 'score' ? pupil.marks.gk.tenths : 0;
    write(sheet, pupil.enrolmentId, 'gk', [empty]);
    write(sheet, pupil.enrolmentId, 'gk', [score(85)], { reason: 'chấm lại bài' });
    write(sheet, pupil.enrolmentId, 'gk', [score(90)], { path: 'pasted' });
    write(sheet, pupil.enrolmentId, 'gk', [score(85)], { path: 'undo' });
    const where = { sheetId: sheet.sheetId, enrolmentId: pupil.enrolmentId, column: 'gk' };
    const proof = book.value<MarkProof>('gradebook.markProof', where);
    const old = `${Math.trunc(first / 10)},${first % 10}`;
    expect(proof.steps.map(step => [step.number, step.before, step.after, step.sign])).toEqual([
      [1, null, old, null], [2, old, null, 'deleted'], [3, null, '8,5', 'retyped'], [4, '8,5', '9,0', 'changed'], [5, '9,0', '8,5', 'changed'],
    ]);
    const teacher = book.teacherOf(sheet);
    expect(proof.steps[0]?.sentence).toMatch(/nhập \d+,\d vào ô đang trống, lấy từ tệp “[^”]+\.xlsx?” trên máy pc-[^.]+\.$/);
    expect(proof.steps[1]?.sentence).toMatch(new RegExp(`^\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d, (cô|thầy) ${teacher.name} \\(${teacher.user}\\) xoá điểm ${old}, để ô trống trên máy pc-`));
    expect(proof.steps[2]?.sentence).toContain(`gõ 8,5 vào ô trước đó đã bị xoá điểm ${old}`);
    expect(proof.steps[2]?.sentence).toMatch(/Lí do: chấm lại bài\.$/);
    expect(proof.steps[4]?.sentence).toContain('hoàn tác, ghi 8,5 thay cho 9,0');
    expect(proof).toMatchObject({ current: '8,5', verdict: { isIntact: true } });
    expect(proof.summary).toBe('Ô này đã được ghi 5 lần bởi 2 người: 2 lần sửa, 1 lần xoá, 1 lần ghi lại sau khi xoá.');

    const paper = await printed('gradebook.printMarkProof', where);
    expect(paper.pages).toBe(1);
    const said = paperText(paper.bytes);
    for (const words of [
      'LỊCH SỬ MỘT ĐIỂM TRONG SỔ ĐIỂM', pupil.name, `lớp ${sheet.className}`, 'Điểm đang có trong sổ: 8,5', 'Xoá điểm', 'Ghi lại sau khi xoá', teacher.name,
      'chấm lại bài', 'Nhật ký còn nguyên', 'audit verify', `--pupil ${pupil.code} --subject TOAN`, 'giờ Việt Nam',
    ]) expect(said).toContain(words);
    expect(said.replaceAll(' ', '')).toContain(proof.steps.at(-1)?.hash);
  });

  test('the same mark typed again after its deletion is told as such', () => {
    const sheet = book.sheetOf('VAN', 1);
    const pupil = sheet.rows[1]?.enrolmentId ?? '';
    write(sheet, pupil, 'gk', [score(70), empty, score(70)]);
    const proof = book.value<MarkProof>('gradebook.markProof', { sheetId: sheet.sheetId, enrolmentId: pupil, column: 'gk' });
    expect(proof.steps.at(-1)?.sentence).toContain('gõ lại đúng điểm 7,0 vào ô trước đó đã bị xoá');
  });

  test('a cell never written has a page that says so', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const other = book.sheetOf('TOAN', 2);
    const untouched = other.rows.find(row => row.marks.tx1 === undefined);
    if (untouched) expect(book.value<MarkProof>('gradebook.markProof', { sheetId: other.sheetId, enrolmentId: untouched.enrolmentId, column: 'tx1' }).summary).toContain('chưa từng được ghi');
    const proof = book.value<MarkProof>('gradebook.markProof', { sheetId: sheet.sheetId, enrolmentId: sheet.rows[0]?.enrolmentId ?? '', column: 'tx9' });
    expect(proof).toMatchObject({ steps: [], current: null, verdict: { isIntact: true, first: null, last: null } });
    expect(proof.summary).toContain('chưa từng được ghi');
  });

  test('a whole sheet lists what was changed after its first entry, and nothing else', async () => {
    const sheet = book.sheetOf('TOAN', 1);
    const proof = book.value<SheetProof>('gradebook.sheetProof', { sheetId: sheet.sheetId });
    expect(proof.cells).toHaveLength(1);
    expect(proof.cells[0]).toMatchObject({ name: sheet.rows[0]?.name, columnTitle: 'Giữa kì', changes: 4, isDeletedAndRetyped: true, isIntact: true });
    expect(proof.counts).toMatchObject({ changed: 1, deleted: 1, retyped: 1, afterLock: 0 });
    const said = paperText((await printed('gradebook.printSheetProof', { sheetId: sheet.sheetId })).bytes);
    expect(said).toContain('1 ô bị sửa sau lần ghi đầu');
    expect(said).toContain(sheet.rows[0]?.name);
    expect(said).toContain('(trống) → 8,5');
  });

  test('what happened to the sheet in between is told: locked, sealed, a change asked for, advised, approved', () => {
    const sheet = book.sheetOf('CN', 1);
    const teacher = book.teacherOf(sheet);
    const [pupil] = sheet.rows;
    const before = pupil?.marks.gk ?? empty;
    const after = before.state === 'score' && before.tenths === 65 ? score(70) : score(65);
    book.value('gradebook.step', { sheetId: sheet.sheetId, to: 'locked', reason: 'hết hạn' });
    const { requestId } = book.value<{ requestId: string }>('gradebook.askChange', {
      sheetId: sheet.sheetId, cells: [{ enrolmentId: pupil?.enrolmentId, column: 'gk', before, after }], reason: 'cộng sót một câu',
    }, teacher);
    book.value('gradebook.decideRequest', { requestId, version: 1, decision: 'approve', note: 'đã xem bài' });
    const proof = book.value<MarkProof>('gradebook.markProof', { sheetId: sheet.sheetId, enrolmentId: pupil?.enrolmentId, column: 'gk' });
    const told = proof.steps.map(step => step.sentence.replace(/^\S+ \S+, /, ''));
    const at = (words: string) => told.findIndex(sentence => sentence.includes(words));
    expect(at('khoá sổ điểm')).toBeGreaterThan(0);
    expect(at('gửi yêu cầu sửa ô này từ')).toBeGreaterThan(at('khoá sổ điểm'));
    expect(told[at('gửi yêu cầu sửa ô này từ')]).toMatch(/Lí do: cộng sót một câu\.$/);
    expect(told[at('ghi theo yêu cầu sửa điểm đã duyệt')]).toContain(` ${after.state === 'score' ? `${after.tenths / 10}`.replace('.', ',') : ''}`);
    expect(told[at('duyệt yêu cầu sửa điểm trên')]).toMatch(/Lí do: đã xem bài\.$/);
    expect(told.filter(sentence => sentence.includes('niêm phong sổ điểm, mã niêm phong '))).toHaveLength(2);
    expect(proof.steps.every(step => step.isIntact)).toBe(true);
    expect(proof.verdict.isIntact).toBe(true);
    expect(book.value<SheetProof>('gradebook.sheetProof', { sheetId: sheet.sheetId }).counts).toMatchObject({ changed: 1, afterLock: 1 });
  });

  test('a subject of a pupil is one page for each mark', async () => {
    const sheet = book.sheetOf('TOAN', 1);
    const input = { enrolmentId: sheet.rows[0]?.enrolmentId ?? '', subject: 'TOAN' };
    const { proofs } = book.value<{ proofs: MarkProof[] }>('gradebook.subjectProof', input);
    expect(proofs.length).toBeGreaterThan(8);
    expect(proofs.map(proof => proof.term)).toEqual(proofs.map(proof => proof.term).toSorted((left, right) => left - right));
    expect((await printed('gradebook.printSubjectProof', input)).pages).toBe(proofs.length);
  });
});

describe('the ways to a history', () => {
  test('the search finds it by pupil and subject, the journal leads to it from a mark’s row and names people', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const [pupil] = sheet.rows;
    const { hits } = book.value<{ hits: SearchHit[] }>('home.search', { year: '2025-2026', text: `lịch sử ${pupil?.name.toLowerCase()} toan` });
    expect(hits[0]).toMatchObject({ title: `Lịch sử điểm Toán · ${pupil?.name}`, route: `/grades/subject/${pupil?.enrolmentId}/TOAN` });
    const teacher = book.teacherOf(sheet);
    const { rows } = book.value<{ rows: JournalRowView[] }>('system.journal', { actor: teacher.user });
    const row = rows.find(one => one.route === `/grades/history/${sheet.sheetId}/${pupil?.enrolmentId}/gk`);
    expect(row).toMatchObject({ actorName: teacher.name, subject: `${pupil?.name} — Giữa kì` });
    const users = new Set(core.database.read.all(sql.selectFrom('account').select('user')).map(account => account.user));
    const { recent } = book.value<HomeBoard>('home.board', { year: '2025-2026' });
    expect(recent.length).toBeGreaterThan(0);
    expect(recent.filter(act => users.has(act.actor))).toEqual([]);
  });
});

describe('so-truong audit', () => {
  const said: string[] = [];
  const io = { json: true, ...watch, line: (line: string) => { said.push(line); } };
  beforeAll(() => { process.env['SO_TRUONG_KEY'] = Buffer.alloc(32, 7).toString('hex'); });
  afterAll(() => { delete process.env['SO_TRUONG_KEY']; });

  test('verify walks the whole chain; history prints a page for each mark', async () => {
    const head = core.database.journalHead();
    expect(await audit(['verify', '--data', folder], io)).toEqual({ exit: 0, json: { rows: head.seq, ok: true, firstBroken: null, hash: head.hash } });
    const pupil = book.sheetOf('TOAN', 1).rows[0];
    const { exit, json } = await audit(['history', '--data', folder, '--pupil', pupil?.code ?? '', '--subject', 'TOAN', '--out', path.join(scratch, 'Bản in')], io);
    const report = json as { ok: boolean; marks: MarkProof[]; files: { file: string; pages: number }[] };
    expect([exit, report.ok, report.files[0]?.pages]).toEqual([0, true, report.marks.length]);
    expect(readFileSync(report.files[0]?.file ?? '').subarray(0, 5).toString()).toBe('%PDF-');
    expect(said.some(line => line.includes('gõ 8,5 vào ô trước đó đã bị xoá'))).toBe(true);
    await expect(audit(['history', '--data', folder, '--pupil', 'nobody', '--subject', 'TOAN'], io)).rejects.toThrow('students.unknown');
    await expect(audit(['history', '--data', folder, '--pupil', pupil?.code ?? '', '--subject', 'NONE'], io)).rejects.toThrow('grades.unknownSheet');
  });
});

describe('somebody reached into the database past the program', () => {
  test('a journal row rewritten, and a mark changed without a row, are both told; the paper is no evidence', async () => {
    const sheet = book.sheetOf('KHTN', 1);
    const [first, second] = sheet.rows;
    write(sheet, first?.enrolmentId ?? '', 'ck', [score(40)]);
    write(sheet, second?.enrolmentId ?? '', 'ck', [score(45)]);
    const at = (enrolmentId: string | undefined) => ({ sheetId: sheet.sheetId, enrolmentId: enrolmentId ?? '', column: 'ck' });
    const row = core.database.read.get(sql.selectFrom('mark').select('journal_seq').where('sheet_id', '=', sheet.sheetId).where('enrolment_id', '=', first?.enrolmentId ?? '').where('col', '=', 'ck'));
    core.database.write({ actor: 'x', path: 'other', reason: null }, tx => {
      // Whoever holds the key can drop a trigger; the chain still tells.
      tx.writePrepared('drop trigger journal_no_update', []);
      tx.writePrepared(`update journal set after = replace(after, '"tenths":40', '"tenths":80') where seq = ?`, [row?.journal_seq]);
      for (const trigger of ['mark_journal_update', 'mark_version', 'mark_link']) tx.writePrepared(`drop trigger ${trigger}`, []);
      tx.writePrepared("update mark set tenths = 95 where sheet_id = ? and enrolment_id = ? and col = 'ck'", [sheet.sheetId, second?.enrolmentId]);
    });
    const rewritten = book.value<MarkProof>('gradebook.markProof', at(first?.enrolmentId));
    expect(rewritten.verdict.isIntact).toBe(false);
    expect(rewritten.steps.at(-1)).toMatchObject({ isIntact: false });
    const without = book.value<MarkProof>('gradebook.markProof', at(second?.enrolmentId));
    expect(without).toMatchObject({ current: '9,5', verdict: { isIntact: false } });
    expect(without.steps.at(-1)).toMatchObject({ after: '4,5', isIntact: true });
    const said = paperText((await printed('gradebook.printMarkProof', at(first?.enrolmentId))).bytes);
    expect(said).toContain('NHẬT KÝ ĐÃ BỊ CAN THIỆP');
    expect(said).toContain('DÒNG NHẬT KÝ NÀY ĐÃ BỊ CAN THIỆP');
    expect(said).toContain(`dòng số ${row?.journal_seq}`);
    process.env['SO_TRUONG_KEY'] = Buffer.alloc(32, 7).toString('hex');
    expect(await audit(['verify', '--data', folder], { json: true, ...watch, line: () => undefined })).toMatchObject({ exit: 1, json: { ok: false, firstBroken: row?.journal_seq } });
    delete process.env['SO_TRUONG_KEY'];
  });
});

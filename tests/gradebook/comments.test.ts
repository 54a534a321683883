import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPhrase, phraseFits, type CommentSheet, type PhraseView } from '../../preload/contract/gradebook-comments.ts';
import type { SheetWorkflow } from '../../preload/contract/gradebook-steps.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { TranscriptBoard } from '../../preload/contract/transcripts.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { unseenComments } from '../../main/gradebook/comment-store.ts';
import { demoCore, principal } from '../bench/demo-core.ts';
import { bookOf, type Book } from './book.ts';

let core: Core;
let book: Book;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ core, remove } = await demoCore({ pupils: 60 }));
  book = bookOf(core);
});
afterAll(async () => { await remove(); });

describe('phrases', () => {
  test('carry the pupil’s names, subject and average; what is no placeholder stays', () => {
    expect(fillPhrase('{tên} học {môn} được {điểm}; {họ tên} {khác}', { name: 'Lò Thị Mai', average: 85 }, 'Toán')).toBe('Mai học Toán được 8,5; Lò Thị Mai {khác}');
  });

  test('fit by range or level; a pupil without an average gets none that asks for one', () => {
    const phrase = { low: 80, high: 89, level: null };
    expect([79, 80, 89, 90, null].map(average => phraseFits(phrase, { average, level: null }))).toEqual([false, true, true, false, false]);
    expect(phraseFits({ low: null, high: null, level: 'CD' }, { average: null, level: 'CD' })).toBe(true);
    expect(phraseFits({ low: null, high: null, level: 'CD' }, { average: null, level: 'D' })).toBe(false);
  });

  test('own ones come first, shared ones are seen by all, nobody sees or mends another’s own', () => {
    const sheet = book.sheetOf('TOAN', 2);
    const teacher = book.teacherOf(sheet);
    const colleague = book.colleagueOf(sheet);
    const phrase = { phraseId: null, isShared: false, subject: 'TOAN', kind: 'subject', low: null, high: null, level: null, phrase: '{tên} giải toán nhanh' };
    const { phraseId } = book.value<{ phraseId: string }>('gradebook.savePhrase', phrase, teacher);
    book.value('gradebook.savePhrase', { ...phrase, isShared: true, subject: '', phrase: 'Có cố gắng đều' }, colleague);
    const seen = (who: typeof teacher) => book.value<{ phrases: PhraseView[] }>('gradebook.phrases', { subject: 'TOAN', kind: 'subject' }, who).phrases;
    expect(seen(teacher)[0]).toMatchObject({ from: 'own', phrase: '{tên} giải toán nhanh' });
    expect(seen(teacher).some(one => one.phrase === 'Có cố gắng đều' && one.from === 'shared')).toBe(true);
    expect(seen(colleague).some(one => one.phraseId === phraseId)).toBe(false);
    expect(book.codeOf('gradebook.removePhrase', { phraseId }, colleague)).toBe('gradebook.unknownPhrase');
    expect(book.codeOf('gradebook.savePhrase', { ...phrase, low: 90, high: 80 }, teacher)).toBe('gradebook.phraseRange');
    book.value('gradebook.removePhrase', { phraseId }, teacher);
    expect(seen(teacher).some(one => one.phraseId === phraseId)).toBe(false);
  });
});

describe('comments of a sheet', () => {
  test('are typed by the teacher, journalled, and never overwritten unseen', () => {
    const sheet = book.sheetOf('TOAN', 2);
    const teacher = book.teacherOf(sheet);
    const pupil = sheet.rows[0]?.enrolmentId;
    const comment = { sheetId: sheet.sheetId, enrolmentId: pupil, kind: 'subject', comment: 'Học chắc, cần mạnh dạn hơn.', isSeen: true, version: 0 };
    const head = core.database.journalHead().seq;
    expect(book.value('gradebook.saveComment', comment, teacher)).toEqual({ version: 1 });
    expect(core.database.journalHead().seq).toBe(head + 1);
    expect(book.codeOf('gradebook.saveComment', { ...comment, comment: 'Khác' }, teacher)).toBe('gradebook.commentChanged');
    expect(book.codeOf('gradebook.saveComment', comment, book.colleagueOf(sheet))).toBe('grades.notYourSheet');
    expect(book.codeOf('gradebook.saveComment', { ...comment, kind: 'qualities' }, teacher)).toBe('gradebook.noSuchComment');
    expect(book.value<CommentSheet>('gradebook.comments', { sheetId: sheet.sheetId }, teacher)).toMatchObject({ kinds: ['subject', 'conduct'], written: 1, unseen: 0, mayEdit: true });
  });

  test('drafts fit each pupil’s mark, leave what stands, and wait until somebody looks', () => {
    const sheet = book.sheetOf('TOAN', 2);
    const teacher = book.teacherOf(sheet);
    const { drafted } = book.value<{ drafted: number }>('gradebook.draftComments', { sheetId: sheet.sheetId, kind: 'subject' }, teacher);
    expect(drafted).toBe(sheet.rows.length - 1);
    const seen = book.value<CommentSheet>('gradebook.comments', { sheetId: sheet.sheetId }, teacher);
    expect(seen.unseen).toBe(drafted);
    expect(unseenComments(core.database.read, sheet.sheetId)).toBe(drafted);
    expect(seen.rows[0]?.comments.subject).toMatchObject({ comment: 'Học chắc, cần mạnh dạn hơn.', isSeen: true });
    const texts = new Set(seen.rows.map(row => row.comments.subject?.comment));
    expect(texts.size).toBeGreaterThan(3);
    expect([...texts].some(one => one?.includes('{'))).toBe(false);
    expect(book.codeOf('gradebook.step', { sheetId: sheet.sheetId, to: 'submitted' }, teacher)).toBe('gradebook.unseenComments');
    const second = seen.rows[1];
    book.value('gradebook.saveComment', { sheetId: sheet.sheetId, enrolmentId: second?.enrolmentId, kind: 'subject', comment: second?.comments.subject?.comment, isSeen: true, version: 1 }, teacher);
    expect(unseenComments(core.database.read, sheet.sheetId)).toBe(drafted - 1);
  });

  test('go into the học bạ once they were looked at; a draft holds the paper back', async () => {
    const watch = { signal: new AbortController().signal, progress: () => undefined };
    const job = async (name: string, input: unknown): Promise<unknown> => {
      const result = await core.door.runJob(name, input, principal, watch);
      if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
      return result.value;
    };
    const sheet = book.sheetOf('TOAN', 2);
    await job('yearEnd.compute', { year: '2025-2026' });
    const prepare = () => job('transcripts.prepare', { classId: sheet.classId, reason: 'thử' });
    const board = () => book.value<TranscriptBoard>('transcripts.board', { classId: sheet.classId }).rows;
    await prepare();
    const drafted = sheet.rows[2]?.enrolmentId;
    expect(board().find(row => row.enrolmentId === drafted)).toMatchObject({ transcriptId: null, blockedBy: 'Còn nhận xét nháp chưa xem' });
    const first = board().find(row => row.enrolmentId === sheet.rows[0]?.enrolmentId);
    expect(first?.transcriptId).not.toBeNull();
    const { bytes } = book.value<PdfFile>('transcripts.paper', { transcriptId: first?.transcriptId });
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'so-truong-paper-')), 'hoc-ba.pdf');
    writeFileSync(file, bytes);
    expect(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ')).toContain('Học chắc, cần mạnh dạn hơn.');
    rmSync(path.dirname(file), { recursive: true });
  });

  test('a principal who locks past the teacher is told of the drafts, and may leave them out of print', () => {
    const sheet = book.sheetOf('TOAN', 2);
    const unseen = unseenComments(core.database.read, sheet.sheetId);
    expect(unseen).toBeGreaterThan(0);
    const waits = () => book.value<TranscriptBoard>('transcripts.board', { classId: sheet.classId }).rows.filter(row => row.blockedBy === 'Còn nhận xét nháp chưa xem').length;
    expect(waits()).toBe(unseen);
    expect(book.value<SheetWorkflow>('gradebook.workflow', { sheetId: sheet.sheetId })).toMatchObject({ unseen });
    expect(book.codeOf('gradebook.step', { sheetId: sheet.sheetId, to: 'locked' }, principal)).toBe('gradebook.unseenBeforeLock');
    expect(book.codeOf('gradebook.step', { sheetId: sheet.sheetId, to: 'checked' }, principal)).toBe('gradebook.unseenBeforeLock');
    expect(book.codeOf('gradebook.step', { sheetId: sheet.sheetId, to: 'locked', leaveOutDrafts: true, reason: 'Hết hạn' }, principal)).toBe('ok');
    const { steps, state } = book.value<SheetWorkflow>('gradebook.workflow', { sheetId: sheet.sheetId });
    expect(state).toBe('locked');
    expect(steps.at(-1)?.reason).toBe(`Hết hạn · bỏ lại ${unseen} nhận xét nháp chưa xem, không in`);
    expect(unseenComments(core.database.read, sheet.sheetId)).toBe(unseen);
    expect(waits()).toBe(0);
  });

  test('on conduct reach the homeroom teacher by subject and teacher', () => {
    const sheet = book.sheetOf('VAN', 1);
    const teacher = book.teacherOf(sheet);
    book.value('gradebook.saveComment', { sheetId: sheet.sheetId, enrolmentId: sheet.rows[2]?.enrolmentId, kind: 'conduct', comment: 'Còn nói chuyện riêng.', isSeen: true, version: 0 }, teacher);
    const { rows } = book.value<{ rows: unknown[] }>('gradebook.conductComments', { classId: sheet.classId, term: 1 });
    expect(rows).toEqual([{ enrolmentId: sheet.rows[2]?.enrolmentId, comments: [{ subjectName: sheet.subjectName, teacher: teacher.name, comment: 'Còn nói chuyện riêng.' }] }]);
    expect(book.value<{ rows: unknown[] }>('gradebook.conductComments', { classId: sheet.classId, term: 2 }).rows).toEqual([]);
  });
});

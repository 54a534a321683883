import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MarkProof } from '../../preload/contract/gradebook-proof.ts';
import type { OpenReading, ReadingView } from '../../preload/contract/gradebook-readings.ts';
import type { SheetWarning } from '../../preload/contract/gradebook-warnings.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
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

const score = (tenths: number): MarkValue => ({ state: 'score', tenths });
const start = (sheet: SheetView, who: Session, kind: 'aloud' | 'blind', columns = ['gk'], partner = '') =>
  book.value<{ readingId: string }>('gradebook.startReading', { sheetId: sheet.sheetId, kind, columns, partner }, who).readingId;
const open = (readingId: string, who: Session) => book.value<OpenReading>('gradebook.openReading', { readingId }, who);

describe('a second reading by two accounts', () => {
  test('a colleague types the column again without seeing it; only the differences are shown, and a person settles each', () => {
    const sheet = book.sheetOf('TOAN', 1);
    const teacher = book.teacherOf(sheet);
    const colleague = book.colleagueOf(sheet);
    const readingId = start(sheet, colleague, 'blind');
    const seen = open(readingId, colleague);
    expect(seen.list).toHaveLength(sheet.rows.length);
    expect(seen.list.every(cell => cell.first === null && cell.firstBy === '')).toBe(true);
    expect(JSON.stringify(seen)).not.toContain('tenths');

    const wrong = sheet.rows.slice(0, 2).map(row => row.enrolmentId);
    sheet.rows.forEach(row => {
      const mark = row.marks.gk ?? { state: 'empty' };
      const value = wrong.includes(row.enrolmentId) && mark.state === 'score' ? score(mark.tenths === 10 ? 20 : 10) : mark;
      if (row !== sheet.rows.at(-1)) book.value('gradebook.readCell', { readingId, enrolmentId: row.enrolmentId, column: 'gk', value }, colleague);
    });
    // Interrupted: what was typed is kept, and the reading is not finished half way.
    expect(book.codeOf('gradebook.finishReading', { readingId }, colleague)).toBe('gradebook.cellsUnread');
    expect(open(readingId, colleague)).toMatchObject({ read: sheet.rows.length - 1, cells: sheet.rows.length, mayRead: true });
    expect(book.codeOf('gradebook.readCell', { readingId, enrolmentId: sheet.rows[0]?.enrolmentId, column: 'gk', value: score(80) }, teacher)).toBe('gradebook.notYourReading');
    book.value('gradebook.readCell', { readingId, enrolmentId: sheet.rows.at(-1)?.enrolmentId, column: 'gk', value: sheet.rows.at(-1)?.marks.gk }, colleague);
    expect(book.value('gradebook.finishReading', { readingId }, colleague)).toEqual({ differences: 2 });

    const differences = open(readingId, teacher);
    expect(differences).toMatchObject({ state: 'settling', maySettle: true, readerName: colleague.name });
    expect(differences.list.map(cell => [cell.enrolmentId, cell.outcome])).toEqual(wrong.map(id => [id, 'different']));
    expect(differences.list.every(cell => cell.firstBy !== '' && cell.first?.state === 'score' && cell.second?.state === 'score')).toBe(true);
    expect(open(readingId, colleague).maySettle).toBe(false);
    expect(book.codeOf('gradebook.settleDifference', { readingId, enrolmentId: wrong[0], column: 'gk', choice: 'take' }, colleague)).toBe('grades.notYourSheet');
    expect(book.value('gradebook.settleDifference', { readingId, enrolmentId: wrong[0], column: 'gk', choice: 'take' }, teacher)).toEqual({ left: 1 });
    expect(book.value('gradebook.settleDifference', { readingId, enrolmentId: wrong[1], column: 'gk', choice: 'keep' }, teacher)).toEqual({ left: 0 });

    const after = book.sheet(sheet.sheetId);
    expect(after.rows[0]?.marks.gk).toEqual(differences.list[0]?.second);
    expect(after.rows[1]?.marks.gk).toEqual(sheet.rows[1]?.marks.gk);
    const proof = book.value<MarkProof>('gradebook.markProof', { sheetId: sheet.sheetId, enrolmentId: wrong[0], column: 'gk' });
    expect(proof.steps.at(-1)?.reason).toBe(`Soát điểm: lấy giá trị nhập lại của ${colleague.name}`);
    const { readings } = book.value<{ readings: ReadingView[] }>('gradebook.readings', { sheetId: sheet.sheetId }, teacher);
    expect(readings).toMatchObject([{ kind: 'blind', state: 'done', differences: 2, readerName: colleague.name, columnTitles: ['Giữa kì'] }]);
    expect(readings[0]?.finishedAt).not.toBeNull();
  });

  test('who typed the marks cannot be their blind reader', () => {
    const sheet = book.sheetOf('VAN', 1);
    const teacher = book.teacherOf(sheet);
    const [pupil] = sheet.rows;
    book.value('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: pupil?.enrolmentId, column: 'gk', before: pupil?.marks.gk, after: score(61) }] }, teacher);
    const input = { sheetId: sheet.sheetId, kind: 'blind', columns: ['gk'] };
    expect(book.codeOf('gradebook.startReading', input, teacher)).toBe('gradebook.readerIsWriter');
    const readingId = start(sheet, teacher, 'aloud', ['gk'], 'Cô Hạnh');
    expect(open(readingId, teacher).list[0]?.first).toEqual(score(61));
    expect(book.codeOf('gradebook.startReading', input, book.colleagueOf(sheet))).toBe('gradebook.readingOpen');
    book.value('gradebook.dropReading', { readingId, reason: 'hết giờ' }, teacher);
    expect(book.codeOf('gradebook.startReading', input, book.colleagueOf(sheet))).toBe('ok');
  });

  test('a mark changed since it was compared is not overwritten', () => {
    const sheet = book.sheetOf('KHTN', 1);
    const colleague = book.colleagueOf(sheet);
    const readingId = start(sheet, colleague, 'aloud');
    const [first] = sheet.rows;
    for (const row of sheet.rows) book.value('gradebook.readCell', { readingId, enrolmentId: row.enrolmentId, column: 'gk', value: row === first ? score(11) : row.marks.gk }, colleague);
    expect(book.value('gradebook.finishReading', { readingId }, colleague)).toEqual({ differences: 1 });
    book.value('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: first?.enrolmentId, column: 'gk', before: first?.marks.gk, after: score(33) }] });
    expect(book.codeOf('gradebook.settleDifference', { readingId, enrolmentId: first?.enrolmentId, column: 'gk', choice: 'take' })).toBe('grades.changedMeanwhile');
    expect(book.sheet(sheet.sheetId).rows[0]?.marks.gk).toEqual(score(33));
  });

  test('bad values and foreign pupils are refused and change nothing', () => {
    const sheet = book.sheetOf('NN1', 1);
    const colleague = book.colleagueOf(sheet);
    const readingId = start(sheet, colleague, 'blind');
    const head = core.database.journalHead().seq;
    const cell = { readingId, enrolmentId: sheet.rows[0]?.enrolmentId, column: 'gk', value: score(70) };
    expect(book.codeOf('gradebook.readCell', { ...cell, value: { state: 'level', level: 'D' } }, colleague)).toBe('grades.levelInScoreSubject');
    expect(book.codeOf('gradebook.readCell', { ...cell, column: 'ck' }, colleague)).toBe('grades.noSuchColumn');
    expect(book.codeOf('gradebook.readCell', { ...cell, enrolmentId: 'nobody' }, colleague)).toBe('grades.notInClass');
    expect(core.database.journalHead().seq).toBe(head);
  });
});

describe('warnings of a sheet', () => {
  test('name pupils and cells, take a note, and come back when the marks change', () => {
    const sheet = book.sheetOf('LSDL', 1);
    const changes = sheet.rows.flatMap(row => (row.marks.tx1?.state === 'score' ? [{ enrolmentId: row.enrolmentId, column: 'tx2', before: row.marks.tx2 ?? { state: 'empty' }, after: row.marks.tx1 }] : []));
    book.value('grades.saveMarks', { sheetId: sheet.sheetId, path: 'pasted', changes });
    const warnings = () => book.value<{ warnings: SheetWarning[]; open: number }>('gradebook.warnings', { sheetId: sheet.sheetId });
    const found = warnings();
    const alike = found.warnings.find(warning => warning.kind === 'identical');
    expect(alike?.title).toMatch(/^Cột ĐĐGtx 2 giống hệt cột ĐĐGtx 1 \(\d+ ô\)\.$/);
    expect(alike?.names[0]).toBe(sheet.rows[0]?.name);
    expect(alike?.cells[0]).toEqual({ enrolmentId: sheet.rows[0]?.enrolmentId, column: 'tx2' });
    book.value('gradebook.noteWarning', { sheetId: sheet.sheetId, warning: alike?.key, note: 'Hai bài cùng đề' });
    expect(warnings().open).toBe(found.open - 1);
    expect(warnings().warnings.find(warning => warning.key === alike?.key)?.noted).toMatchObject({ note: 'Hai bài cùng đề' });
    expect(book.codeOf('gradebook.noteWarning', { sheetId: sheet.sheetId, warning: 'x', note: 'y' })).toBe('gradebook.warningGone');
    const [first] = book.sheet(sheet.sheetId).rows;
    book.value('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId: first?.enrolmentId, column: 'tx1', before: first?.marks.tx1, after: score(3) }] }, principal);
    expect(warnings().warnings.some(warning => warning.noted !== null)).toBe(false);
  });
});

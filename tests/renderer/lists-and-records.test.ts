import { describe, expect, test } from 'vitest';
import type { SheetSummary, TermRecordRow } from '../../preload/contract/grades.ts';
import { matchPath, parseRoute } from '../../renderer/app/router.tsx';
import { classesToMend, filterSheets, sheetState, sheetTree, siblings, withClassSheets } from '../../renderer/grades/sheet-tree.ts';
import { RecordOutbox } from '../../renderer/grades/record-outbox.ts';
import type { RecordEntry } from '../../renderer/grades/record-outbox.ts';
import { parseRecord, recordWords } from '../../renderer/grades/term-record-words.ts';
import { arrangeRows, nextSort, sortFromText, sortToText } from '../../renderer/kit/table-columns.ts';
import type { TableColumn } from '../../renderer/kit/table-columns.ts';
import { changesOf, draftOf, faultyFields, reverseOf } from '../../renderer/students/student-fields.ts';
import { failure } from './fake-book.ts';

function sheet(id: string, className: string, subject: string, term: 1 | 2, filled: number, more: Partial<SheetSummary> = {}): SheetSummary {
  return {
    sheetId: id, classId: `class ${className}`, className, grade: Number.parseInt(className, 10), subject, subjectName: subject, ruleSet: 'TT22-2021', kind: 'score', term,
    teacher: null, state: 'open', reopenedUntil: null, filled, expected: 10, ...more,
  };
}
function entry(column: RecordEntry['column'], words: string): RecordEntry {
  const parsed = parseRecord('e1', column, words);
  if (!parsed.ok) throw new Error(words);
  return { classId: 'c1', enrolmentId: 'e1', column, words, input: parsed.input };
}

describe('a list', () => {
  interface Row { name: string; pupils: number; teacher: string }
  const rows: Row[] = [{ name: '6A10', pupils: 40, teacher: 'Đặng Văn Đức' }, { name: '6A2', pupils: 9, teacher: '' }, { name: '6A1', pupils: 41, teacher: 'Nguyễn Thị Ngữ' }];
  const columns: TableColumn<Row>[] = [
    { id: 'name', title: 'Lớp', value: row => row.name, width: 80 },
    { id: 'pupils', title: 'Sĩ số', value: row => row.pupils, width: 80 },
    { id: 'teacher', title: 'Chủ nhiệm', value: row => row.teacher, width: { least: 100, share: 1 } },
  ];
  const names = (filter: string, sort: string): string[] => arrangeRows(rows, columns, filter, sortFromText(sort)).map(row => row.name);

  test('is sorted by value, numbers as numbers, and what is empty stands last either way', () => {
    expect(names('', '')).toEqual(['6A10', '6A2', '6A1']);
    expect(names('', 'name')).toEqual(['6A1', '6A2', '6A10']);
    expect(names('', 'pupils:desc')).toEqual(['6A1', '6A10', '6A2']);
    expect(names('', 'teacher')).toEqual(['6A10', '6A1', '6A2']);
    expect(names('', 'teacher:desc')).toEqual(['6A1', '6A10', '6A2']);
    expect(names('', 'no such column')).toEqual(['6A10', '6A2', '6A1']);
  });
  test('is filtered over its columns without accents', () => {
    expect(names('dang', '')).toEqual(['6A10']);
    expect(names('6a ngu', '')).toEqual(['6A1']);
    expect(names('khong co', '')).toEqual([]);
  });
  test('a head sorts up, then down, then not at all', () => {
    const up = nextSort(null, 'name');
    const down = nextSort(up, 'name');
    expect([sortToText(up), sortToText(down), sortToText(nextSort(down, 'name')), sortToText(nextSort(down, 'pupils'))]).toEqual(['name', 'name:desc', '', 'pupils']);
    expect(sortFromText(sortToText(down))).toEqual(down);
  });
});

describe('addresses', () => {
  test('name their parts', () => {
    expect(matchPath('/students/:enrolmentId', '/students/e1')).toEqual({ enrolmentId: 'e1' });
    expect(matchPath('/grades/records/:classId', '/grades/records/c%2F1')).toEqual({ classId: 'c/1' });
    expect(matchPath('/grades/:sheetId', '/grades/records/c1')).toBeNull();
    expect(matchPath('/students', '/staff')).toBeNull();
    expect(matchPath('/', '/')).toEqual({});
  });
  test('carry filters after the question mark', () => {
    const { path, query } = parseRoute('/students?class=c1&q=nguy%E1%BB%85n');
    expect([path, query.get('class'), query.get('q')]).toEqual(['/students', 'c1', 'nguyễn']);
  });
});

describe('the tree of sheets', () => {
  const sheets = [
    sheet('a', '9A', 'Toán', 1, 10), sheet('b', '9A', 'Ngữ văn', 1, 3, { teacher: 'Đỗ Thị Hoà' }), sheet('c', '9A', 'Toán', 2, 0),
    sheet('d', '6B', 'Toán', 1, 10), sheet('e', '6A', 'Toán', 1, 0, { state: 'locked' }),
  ];
  test('goes from grade to class to subject, one term at a time', () => {
    const tree = sheetTree(sheets, { point: 2, words: '', teacher: null });
    expect(tree.map(grade => [grade.grade, grade.classes.map(branch => `${branch.name} ${branch.complete}/${branch.sheets.length}`)])).toEqual([[6, ['6A 0/1', '6B 1/1']], [9, ['9A 1/2']]]);
  });
  test('is cut by words without accents and by teacher', () => {
    expect(filterSheets(sheets, { point: 2, words: 'ngu van', teacher: null }).map(one => one.sheetId)).toEqual(['b']);
    expect(filterSheets(sheets, { point: 2, words: 'hoa', teacher: null }).map(one => one.sheetId)).toEqual(['b']);
    expect(filterSheets(sheets, { point: 2, words: '', teacher: 'Đỗ Thị Hoà' }).map(one => one.sheetId)).toEqual(['b']);
  });
  test('steps to the other term and to the neighbours of the class', () => {
    expect(siblings(sheets, 'a')).toMatchObject({ periods: [{ sheetId: 'a' }, { sheetId: 'c' }], next: { sheetId: 'b' }, previous: null });
    expect(siblings(sheets, 'b')).toMatchObject({ periods: [{ sheetId: 'b' }], next: null, previous: { sheetId: 'a' } });
    expect(siblings(sheets, 'nowhere')).toEqual({ periods: [], next: null, previous: null });
  });
  test('after a change only the classes concerned are read again, in their place', () => {
    expect(classesToMend(sheets, new Set(['a', 'b']))).toEqual(['class 9A']);
    expect(classesToMend(sheets, new Set(['class 9A']))).toEqual([]);
    expect(classesToMend(sheets, new Set(['a new sheet']))).toBeNull();
    expect(classesToMend(sheets, new Set())).toBeNull();
    const fresh = [sheet('d', '6B', 'Toán', 1, 4)];
    expect(withClassSheets(sheets, 'class 6B', fresh).map(one => `${one.sheetId} ${one.filled}`)).toEqual(['a 10', 'b 3', 'c 0', 'd 4', 'e 0']);
    expect(withClassSheets(sheets, 'class 7C', fresh).at(-1)).toBe(fresh[0]);
  });
  test('a sheet is done when full or locked, and quiet when nothing is expected', () => {
    expect(sheets.map(sheetState)).toEqual(['done', 'needs', 'needs', 'done', 'done']);
    expect(sheetState(sheet('f', '6C', 'Toán', 1, 0, { expected: 0 }))).toBe('quiet');
  });
});

describe('term records', () => {
  test.each([
    ['conduct1', 't', { term: 1, conduct: 'T' }], ['conduct2', 'Đ', { term: 2, conduct: 'D' }], ['conduct1', 'chưa đạt', { term: 1, conduct: 'CD' }], ['conduct1', '', { term: 1, conduct: null }],
    ['excused1', '3', { term: 1, excused: 3 }], ['unexcused2', '', { term: 2, unexcused: 0 }], ['comment', ' Ngoan, chăm. ', { term: 2, comment: 'Ngoan, chăm.' }],
  ] as const)('%s "%s" is saved', (column, words, input) => {
    expect(parseRecord('e1', column, words)).toEqual({ ok: true, input: { enrolmentId: 'e1', ...input } });
  });
  test.each([['conduct1', 'giỏi', 'conduct'], ['excused1', '-1', 'absences'], ['excused1', '401', 'absences'], ['unexcused1', '1,5', 'absences'], ['comment', 'x'.repeat(1_001), 'comment']] as const)(
    '%s "%s" is a fault', (column, words, fault) => {
      expect(parseRecord('e1', column, words)).toEqual({ ok: false, fault });
    });
  test('no absence is shown as nothing', () => {
    const row: TermRecordRow = { enrolmentId: 'e1', order: 1, name: '', conduct1: 'D', conduct2: null, conductYear: null, absences1: { excused: 0, unexcused: 2 }, absences2: { excused: 1, unexcused: 0 }, comment: 'Tốt' };
    expect((['conduct1', 'excused1', 'unexcused1', 'conduct2', 'excused2', 'unexcused2', 'comment'] as const).map(column => recordWords(row, column))).toEqual(['Đ', '', '2', '', '1', '', 'Tốt']);
  });
  test('are held while out of reach and sent in order; a refusal keeps its reason until the cell is written again', async () => {
    const answers = ['connection.lost', null, 'grades.notYourClass', null];
    const sent: unknown[] = [];
    let kept: readonly RecordEntry[] = [];
    const shelf = { load: () => [...kept], keep: (entries: readonly RecordEntry[]) => { kept = entries; } };
    const outbox = new RecordOutbox(input => {
      const code = answers.shift() ?? null;
      if (code !== null) return Promise.resolve({ ok: false, error: failure(code) });
      sent.push(input);
      return Promise.resolve({ ok: true, value: { savedAt: '2026-11-22T08:00:00.000Z' } });
    }, shelf);
    outbox.add(entry('conduct1', 'T'));
    expect(kept.map(one => one.words)).toEqual(['T']);
    await outbox.flush();
    outbox.add(entry('excused1', '2'));
    await outbox.flush();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(sent).toEqual([{ enrolmentId: 'e1', term: 1, conduct: 'T' }]);
    expect(outbox.status).toMatchObject({ waiting: [], refused: [{ failure: { code: 'grades.notYourClass' } }] });
    // A window opened anew finds the refused cell with its reason.
    expect(new RecordOutbox(() => new Promise(() => undefined), shelf).status.refused).toMatchObject([{ entry: { words: '2' }, failure: { code: 'grades.notYourClass' } }]);
    outbox.add(entry('excused1', '3'));
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(outbox.status).toMatchObject({ waiting: [], refused: [], isHeld: false });
    expect(sent).toHaveLength(2);
  });
});

describe('a pupil\'s profile', () => {
  const values = { name: 'Nguyễn Thị Ngữ', birth: '2011-09-05', sex: 'female', address: '', phone: '•••••••731', pioneerOn: '2020-03-26', 'father.birthYear': '1980' };
  test('opened and left, changes nothing', () => {
    expect(changesOf(values, draftOf(values))).toEqual({});
  });
  test('saves only what differs, composed and without outer blanks', () => {
    const draft = { ...draftOf(values), name: ' Nguyễn Thị Ngữ '.normalize('NFD'), birth: '6/9/2011', address: 'Thôn 1 ', sex: 'male', pioneerOn: '' };
    expect(changesOf(values, draft)).toEqual({ birth: '2011-09-06', address: 'Thôn 1', sex: 'male', pioneerOn: '' });
  });
  test('a masked phone can be replaced but is never sent as dots', () => {
    expect(draftOf(values)['phone']).toBe('');
    expect(changesOf(values, { ...draftOf(values), phone: '0912345678' })).toEqual({ phone: '0912345678' });
    expect(reverseOf(values, { phone: '0912345678', address: 'x' })).toBeNull();
  });
  test('taking back writes the old values', () => {
    expect(reverseOf(values, { birth: '2011-09-06', sex: 'male' })).toEqual({ birth: '2011-09-05', sex: 'female' });
  });
  test('names the fields that cannot be saved', () => {
    const faulty = (changed: Record<string, string>) => faultyFields({ ...draftOf(values), ...changed });
    expect(faulty({ name: ' ' })).toEqual(['name']);
    expect(faulty({ birth: '31/2/2011', pioneerOn: '2020', 'father.birthYear': '80' })).toEqual(['birth', 'father.birthYear', 'pioneerOn']);
    expect(faulty({ birth: '2011', pioneerOn: '' })).toEqual([]);
  });
});

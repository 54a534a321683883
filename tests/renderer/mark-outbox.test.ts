import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import type { MarkBatch } from '../../renderer/grades/mark-grid-state.ts';
import { MarkOutbox } from '../../renderer/grades/mark-outbox.ts';
import type { OutboxNews } from '../../renderer/grades/mark-outbox.ts';
import { sameMark } from '../../renderer/grades/mark-words.ts';
import { FakeBook, FakeShelf, failure } from './fake-book.ts';
import { nothing, score } from './small-sheet.ts';

function batch(id: string, column: MarkColumn, before: MarkValue, after: MarkValue, enrolmentId = 'e0'): MarkBatch {
  return { id, path: 'typed', changes: [{ enrolmentId, column, before, after }] };
}
function open(book: FakeBook, shelf = new FakeShelf()): { outbox: MarkOutbox; news: OutboxNews[]; shelf: FakeShelf } {
  const outbox = new MarkOutbox(book, shelf);
  const news: OutboxNews[] = [];
  outbox.onNews(one => { news.push(one); });
  return { outbox, news, shelf };
}
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test('a mark goes into the book and leaves the shelf', async () => {
  const book = new FakeBook();
  const { outbox, news, shelf } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  expect(shelf.load()).toHaveLength(1);
  expect(outbox.status).toMatchObject({ cells: 1, isHeld: false });
  await settled();
  expect(book.marks.get('e0 tx1')).toEqual(score(80));
  expect(shelf.load()).toEqual([]);
  expect(news.map(one => one.kind)).toEqual(['saved']);
  expect(outbox.status).toMatchObject({ cells: 0, lastSavedAt: '1970-01-01T00:00:00.000Z' });
});

test('without contact marks are held here, and go in the order they were written when it is back', async () => {
  const book = new FakeBook();
  book.forecast('lost', 'lost', 'lost');
  const { outbox, shelf } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  await settled();
  outbox.add('s1', batch('b', 'tx1', score(80), score(90)));
  await settled();
  outbox.add('s1', batch('c', 'tx2', nothing, score(70)));
  await settled();
  expect(outbox.status).toMatchObject({ cells: 3, isHeld: true });
  expect(shelf.load().map(entry => entry.batch.id)).toEqual(['a', 'b', 'c']);
  await outbox.flush();
  expect(book.saved.map(one => one.id)).toEqual(['a', 'b', 'c']);
  // The journal tells that they were written offline; what is written now is simply typed.
  expect(book.saved.map(one => one.path)).toEqual(['offline', 'offline', 'offline']);
  outbox.add('s1', batch('d', 'tx3', nothing, score(60)));
  await settled();
  expect(book.saved.at(-1)?.path).toBe('typed');
  expect(outbox.status).toMatchObject({ cells: 0, isHeld: false });
});

test('an ended session holds marks too: they go after signing in again', async () => {
  const book = new FakeBook();
  book.forecast(failure('call.signInFirst'));
  const { outbox } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  await settled();
  expect(outbox.status.isHeld).toBe(true);
  await outbox.flush();
  expect(book.marks.get('e0 tx1')).toEqual(score(80));
});

test('an answer lost on the way is no conflict: the book already holds what was wanted', async () => {
  const book = new FakeBook();
  book.forecast('answerLost');
  const { outbox, news } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  await settled();
  expect(outbox.status.isHeld).toBe(true);
  await outbox.flush();
  expect(outbox.status).toMatchObject({ cells: 0 });
  expect(news.map(one => one.kind)).toEqual(['requeued']);
  expect(book.saved).toHaveLength(1);
});

test('what the program refuses for good is told with its reason, and the rest goes on', async () => {
  const book = new FakeBook();
  book.forecast(failure('grades.sheetLocked'));
  const { outbox, news } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  outbox.add('s1', batch('b', 'tx2', nothing, score(70)));
  await settled();
  expect(news).toMatchObject([{ kind: 'refused', batch: { id: 'a' }, failure: { code: 'grades.sheetLocked' } }, { kind: 'saved', batch: { id: 'b' } }]);
  expect(outbox.status.cells).toBe(0);
});

test('a window that was closed with held marks hands them to the next', async () => {
  const book = new FakeBook();
  book.forecast('lost');
  const shelf = new FakeShelf();
  open(book, shelf).outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  await settled();
  const next = open(book, shelf);
  expect(next.outbox.batchesOf('s1').map(one => one.id)).toEqual(['a']);
  await next.outbox.flush();
  expect(book.marks.get('e0 tx1')).toEqual(score(80));
});

test('marks taken over from another window go before those written here, and never twice', async () => {
  const book = new FakeBook();
  book.forecast('lost');
  const { outbox, news } = open(book);
  outbox.add('s1', batch('b', 'tx2', nothing, score(70)));
  await settled();
  const left = [{ sheetId: 's1', batch: batch('a', 'tx1', nothing, score(80)) }];
  outbox.adopt(left);
  outbox.adopt(left);
  await settled();
  expect(book.saved.map(one => one.id)).toEqual(['a', 'b']);
  expect(news[0]).toEqual({ kind: 'requeued', sheetId: 's1' });
});

test('the same batch handed over twice is sent once', async () => {
  const book = new FakeBook();
  const { outbox } = open(book);
  const one = batch('a', 'tx1', nothing, score(80));
  outbox.add('s1', one);
  outbox.add('s1', one);
  await settled();
  expect(book.saved).toHaveLength(1);
});

test('another person wrote the same cell meanwhile: nothing is overwritten, both values are kept, and the rest is saved', async () => {
  const book = new FakeBook({ marks: { '0 tx1': score(50) } });
  const { outbox, news, shelf } = open(book);
  outbox.add('s1', { id: 'a', path: 'pasted', changes: [
    { enrolmentId: 'e0', column: 'tx1', before: nothing, after: score(80) },
    { enrolmentId: 'e1', column: 'tx1', before: nothing, after: score(90) },
  ] });
  await settled();
  expect(book.marks.get('e0 tx1')).toEqual(score(50));
  expect(book.marks.get('e1 tx1')).toEqual(score(90));
  expect(book.kept).toEqual([{ enrolmentId: 'e0', column: 'tx1', seen: nothing, offered: score(80) }]);
  expect(news.map(one => one.kind)).toEqual(['requeued', 'conflict', 'saved']);
  expect(outbox.status.cells).toBe(0);
  expect(shelf.load()).toEqual([]);
});

test('of a cell written twice while it waited the last value is kept, and none of them goes over what is in the book', async () => {
  const book = new FakeBook({ marks: { '0 tx1': score(50) } });
  book.forecast('lost');
  const { outbox } = open(book);
  outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
  await settled();
  outbox.add('s1', batch('b', 'tx1', score(80), score(90)));
  outbox.add('s1', batch('c', 'gk', nothing, score(70)));
  await settled();
  expect(book.marks.get('e0 tx1')).toEqual(score(50));
  expect(book.marks.get('e0 gk')).toEqual(score(70));
  expect(book.kept).toEqual([{ enrolmentId: 'e0', column: 'tx1', seen: nothing, offered: score(90) }]);
});

test('two values that cannot be handed over now are held like everything else', async () => {
  for (const forecast of [['fine', 'lost'], ['fine', 'fine', 'lost']] as const) {
    const book = new FakeBook({ marks: { '0 tx1': score(50) } });
    book.forecast(...forecast);
    const { outbox } = open(book);
    outbox.add('s1', batch('a', 'tx1', nothing, score(80)));
    await settled();
    expect(outbox.status).toMatchObject({ isHeld: true, cells: 1 });
    await outbox.flush();
    expect(book.kept).toMatchObject([{ offered: score(80) }]);
    expect(outbox.status.cells).toBe(0);
  }
});

test('however the line breaks, alone at a sheet every mark arrives once, in order, and without a question', async () => {
  const weather = fc.constantFrom('fine' as const, 'lost' as const, 'answerLost' as const);
  const write = fc.record({ cell: fc.constantFrom<[string, MarkColumn]>(['e0', 'tx1'], ['e0', 'gk'], ['e1', 'tx1']), tenths: fc.integer({ min: 0, max: 100 }) });
  await fc.assert(fc.asyncProperty(fc.array(weather, { maxLength: 30 }), fc.array(write, { minLength: 1, maxLength: 12 }), async (forecast, writes) => {
    const book = new FakeBook();
    book.forecast(...forecast);
    const { outbox } = open(book);
    const wanted = new Map<string, MarkValue>();
    for (const [index, { cell: [enrolmentId, column], tenths }] of writes.entries()) {
      const key = `${enrolmentId} ${column}`;
      const before = wanted.get(key) ?? nothing;
      if (sameMark(before, score(tenths))) continue;
      outbox.add('s1', batch(`w${index}`, column, before, score(tenths), enrolmentId));
      wanted.set(key, score(tenths));
    }
    for (let round = 0; round < forecast.length + 5; round++) await outbox.flush();
    await settled();
    expect(outbox.status).toMatchObject({ cells: 0 });
    for (const [key, value] of wanted) expect(book.marks.get(key)).toEqual(value);
    const ids = book.saved.map(one => one.id);
    expect(ids).toEqual([...new Set(ids)].toSorted((left, right) => Number(left.slice(1)) - Number(right.slice(1))));
  }));
});

import { expect, test } from 'vitest';
import type { OutboxEntry } from '../../renderer/grades/mark-outbox.ts';
import { findOrphans, shelfKey, shelfOf } from '../../renderer/grades/outbox-shelf.ts';
import { nothing, score } from './small-sheet.ts';

/** The part of a browser's storage that the shelf uses. */
function memoryStorage(limit = Infinity): Storage {
  const items = new Map<string, string>();
  return {
    get length() { return items.size; },
    key: index => [...items.keys()][index] ?? null,
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: key => { items.delete(key); },
    clear: () => { items.clear(); },
  };
}
function entry(id: string): OutboxEntry {
  return { sheetId: 's1', batch: { id, path: 'typed', changes: [{ enrolmentId: 'e0', column: 'tx1', before: nothing, after: score(80) }] } };
}

test('what is kept is there again, and nothing kept leaves nothing behind', () => {
  const storage = memoryStorage();
  const shelf = shelfOf(storage, 'gv-toan', 'w1');
  shelf.keep([entry('a')]);
  expect(shelfOf(storage, 'gv-toan', 'w1').load()).toEqual([entry('a')]);
  shelf.keep([]);
  expect(storage.length).toBe(0);
});

test('windows that are gone leave their marks to the next one, oldest first; living windows keep theirs', () => {
  const storage = memoryStorage();
  for (const window of ['w3', 'w1', 'w2']) shelfOf(storage, 'gv-toan', window).keep([entry(window)]);
  const orphans = findOrphans(storage, 'gv-toan', 'w3', new Set([shelfKey('gv-toan', 'w2')]));
  expect(orphans.entries.map(one => one.batch.id)).toEqual(['w1']);
  orphans.forget();
  expect(shelfOf(storage, 'gv-toan', 'w1').load()).toEqual([]);
  expect(shelfOf(storage, 'gv-toan', 'w2').load()).toHaveLength(1);
  expect(shelfOf(storage, 'gv-toan', 'w3').load()).toHaveLength(1);
});

test('nobody takes over the marks of another person, also when one name begins with the other', () => {
  const storage = memoryStorage();
  shelfOf(storage, 'an.binh', 'w1').keep([entry('a')]);
  shelfOf(storage, 'an/binh', 'w1').keep([entry('b')]);
  expect(findOrphans(storage, 'an', 'w9', new Set()).entries).toEqual([]);
});

test('damaged words on the shelf count as nothing', () => {
  const storage = memoryStorage();
  storage.setItem(shelfKey('an', 'w1'), '{"half');
  storage.setItem(shelfKey('an', 'w2'), '[{"sheetId":"s1"},7]');
  expect(shelfOf(storage, 'an', 'w1').load()).toEqual([]);
  expect(findOrphans(storage, 'an', 'w9', new Set()).entries).toEqual([]);
});

test('a full storage does not stop the work', () => {
  const shelf = shelfOf(memoryStorage(10), 'an', 'w1');
  expect(() => { shelf.keep([entry('a')]); }).not.toThrow();
});

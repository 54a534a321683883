import { describe, expect, test } from 'vitest';
import { placePupils, type Placed } from '../../main/classes/placement-rules.ts';

/** A small repeatable stream for the cases; its own, so that the rule's randomness is not its judge. */
function stream(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 % 4_294_967_296;
  return below => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function school(seed: number): { pupils: Placed[]; classIds: string[] } {
  const next = stream(seed);
  const classIds = Array.from({ length: 2 + next(6) }, (_, index) => `6A${index + 1}`);
  const count = 1 + next(45 * classIds.length);
  const pupils = Array.from({ length: count }, (_, index) => ({
    id: `p${String(index).padStart(3, '0')}`, sex: next(100) < 48 ? 'female' : 'male', level: ['', 'HTXS', 'HTT', 'HT', 'CHT'][next(5)] ?? '', hasNeeds: next(10) === 0,
  }));
  return { pupils, classIds };
}

const noWishes = { together: [], apart: [], fixed: new Map<string, string>() };
const seeds = Array.from({ length: 120 }, (_, index) => index + 1);

function countIn(places: ReadonlyMap<string, string>, classIds: readonly string[], pupils: readonly Placed[], is: (pupil: Placed) => boolean): number[] {
  return classIds.map(classId => pupils.filter(pupil => places.get(pupil.id) === classId && is(pupil)).length);
}
const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);

describe('distributing pupils over classes', () => {
  test('everybody is placed once, sizes differ by one at most, needs and sexes are even, levels nearly so', () => {
    for (const seed of seeds) {
      const { pupils, classIds } = school(seed);
      const { places, broken } = placePupils(pupils, classIds, noWishes, seed);
      expect(places.size, `seed ${seed}`).toBe(pupils.length);
      expect(broken).toEqual([]);
      expect(spread(countIn(places, classIds, pupils, () => true)), `sizes, seed ${seed}`).toBeLessThanOrEqual(1);
      expect(spread(countIn(places, classIds, pupils, pupil => pupil.hasNeeds)), `needs, seed ${seed}`).toBeLessThanOrEqual(1);
      expect(spread(countIn(places, classIds, pupils, pupil => pupil.sex === 'female')), `sexes, seed ${seed}`).toBeLessThanOrEqual(2);
      for (const level of ['', 'HTXS', 'HTT', 'HT', 'CHT']) {
        expect(spread(countIn(places, classIds, pupils, pupil => pupil.level === level)), `level ${level}, seed ${seed}`).toBeLessThanOrEqual(3);
      }
    }
  });

  test('the same input and seed give the same classes; another seed gives others', () => {
    const { pupils, classIds } = school(7);
    const first = placePupils(pupils, classIds, noWishes, 3);
    expect([...placePupils(pupils, classIds, noWishes, 3).places]).toEqual([...first.places]);
    const other = placePupils(pupils, classIds, noWishes, 4).places;
    expect(pupils.map(({ id }) => other.get(id))).not.toEqual(pupils.map(({ id }) => first.places.get(id)));
  });

  test('wishes are kept, or told; sizes stay even all the same', () => {
    for (const seed of seeds) {
      const { pupils, classIds } = school(seed);
      const next = stream(seed + 1_000);
      const anybody = () => pupils[next(pupils.length)]?.id ?? '';
      const group = () => [...new Set([anybody(), anybody(), anybody()])];
      const groups = (count: number) => Array.from({ length: count }, group).filter(ids => ids.length > 1);
      const wishes = { together: groups(4), apart: groups(4), fixed: new Map([[anybody(), classIds[0] ?? '']]) };
      const { places, broken } = placePupils(pupils, classIds, wishes, seed);
      const isTold = (kind: string, index: number) => broken.some(one => one.kind === kind && one.group === index);
      wishes.together.forEach((ids, index) => { expect(new Set(ids.map(id => places.get(id))).size > 1, `together ${index}, seed ${seed}`).toBe(isTold('together', index)); });
      wishes.apart.forEach((ids, index) => { expect(new Set(ids.map(id => places.get(id))).size < ids.length, `apart ${index}, seed ${seed}`).toBe(isTold('apart', index)); });
      for (const [id, classId] of wishes.fixed) expect(places.get(id)).toBe(classId);
      expect(spread(countIn(places, classIds, pupils, () => true)), `sizes, seed ${seed}`).toBeLessThanOrEqual(1);
    }
  });

  test('twins stay together, rivals apart, and nobody is told of a wish that is kept', () => {
    const pupils = Array.from({ length: 30 }, (_, index) => ({ id: `p${index}`, sex: index % 2 === 0 ? 'female' : 'male', level: '', hasNeeds: false }));
    const { places, broken } = placePupils(pupils, ['A', 'B', 'C'], { together: [['p1', 'p2']], apart: [['p3', 'p4', 'p5']], fixed: new Map([['p1', 'C']]) }, 1);
    expect([places.get('p1'), places.get('p2')]).toEqual(['C', 'C']);
    expect(new Set(['p3', 'p4', 'p5'].map(id => places.get(id))).size).toBe(3);
    expect(broken).toEqual([]);
  });

  test('four who are to be apart do not fit in three classes: that is told', () => {
    const pupils = Array.from({ length: 12 }, (_, index) => ({ id: `p${index}`, sex: 'male', level: '', hasNeeds: false }));
    expect(placePupils(pupils, ['A', 'B', 'C'], { ...noWishes, apart: [['p0', 'p1', 'p2', 'p3']] }, 1).broken).toEqual([{ kind: 'apart', group: 0 }]);
    expect(placePupils(pupils, ['A', 'B', 'C'], { ...noWishes, together: [['p0', 'p1', 'p2', 'p3', 'p4', 'p5']] }, 1).broken).toEqual([{ kind: 'together', group: 0 }]);
  });
});

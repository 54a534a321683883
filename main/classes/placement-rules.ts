/** A pupil as the placement sees him: what has to be spread evenly. */
export interface Placed {
  id: string;
  sex: string;
  /** Result of the year before; '' when there is none. */
  level: string;
  hasNeeds: boolean;
}

export interface Wishes {
  together: readonly (readonly string[])[];
  apart: readonly (readonly string[])[];
  /** Pupil to class. */
  fixed: ReadonlyMap<string, string>;
}

export interface Placement {
  /** Pupil to class. */
  places: Map<string, string>;
  broken: { kind: 'together' | 'apart'; group: number }[];
}

/** Rounds over all pairs of classes; two or three are enough. */
const PASSES = 12;

/** Pupils who move as one. */
interface Unit {
  ids: string[];
  fixed: string | null;
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items.map(item => ({ item, key: random() })).sort((left, right) => left.key - right.key).map(({ item }) => item);
}

/** What of a pupil is counted in a class, with its weight: needs before sex before level. */
function features(pupil: Placed): readonly (readonly [string, number])[] {
  const level = [`level ${pupil.level}`, 3] as const;
  const sex = [`sex ${pupil.sex}`, 12] as const;
  return pupil.hasNeeds ? [['needs', 40], sex, level] : [sex, level];
}

/**
 * Distributes pupils over classes: sizes differ by one at most, then needs, sexes and levels are spread as evenly as single exchanges can make
 * them. Wishes go before balance; sizes go before wishes, so that a group which fits in no class is taken apart and told. A fixed pupil
 * stays where he is fixed, even when that alone makes a class larger. The same input and seed give the same answer.
 */
export function placePupils(pupils: readonly Placed[], classIds: readonly string[], wishes: Wishes, seed: number): Placement {
  const random = randomFrom(seed);
  const board = new Board(pupils, classIds, wishes);
  const units = shuffled(unitsOf(pupils, wishes), random).sort((left, right) => Number(right.fixed !== null) - Number(left.fixed !== null) || right.ids.length - left.ids.length);
  for (const unit of units.filter(one => one.fixed !== null || one.ids.length > 1)) board.seat(unit);
  const singles = shuffled(board.unseated(), random).sort((left, right) => strata(left).localeCompare(strata(right)));
  for (const pupil of singles) board.seat({ ids: [pupil.id], fixed: null });
  board.exchange(new Set(units.filter(one => one.fixed === null && one.ids.length === 1).flatMap(one => one.ids)));
  return { places: board.places, broken: board.broken() };
}

/** The rarest first, so that what is left for the end is what is easy to spread. */
function strata(pupil: Placed): string {
  return `${pupil.hasNeeds ? 0 : 1} ${pupil.sex} ${pupil.level}`;
}

function unitsOf(pupils: readonly Placed[], { together, fixed }: Wishes): Unit[] {
  const parent = new Map(pupils.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    const up = parent.get(id) ?? id;
    return up === id ? id : rootOf(up);
  };
  const known = new Set(parent.keys());
  for (const group of together) {
    const [first, ...others] = group.filter(id => known.has(id));
    // Two fixed to different classes stay apart: only whoever can come along does.
    for (const other of others) if (first !== undefined && canJoin(first, other)) parent.set(rootOf(other), rootOf(first));
  }
  function canJoin(left: string, right: string): boolean {
    const classesOf = (root: string) => new Set([...known].filter(id => rootOf(id) === root && fixed.has(id)).map(id => fixed.get(id)));
    const [ours, theirs] = [classesOf(rootOf(left)), classesOf(rootOf(right))];
    return ours.size === 0 || theirs.size === 0 || [...theirs].every(one => ours.has(one));
  }
  return Map.groupBy(pupils, ({ id }) => rootOf(id)).values().map((members): Unit => {
    const ids = members.map(({ id }) => id);
    return { ids, fixed: ids.map(id => fixed.get(id)).find(one => one !== undefined) ?? null };
  }).toArray();
}

/** Who sits where, with the counts that balance needs. */
class Board {
  readonly places = new Map<string, string>();
  readonly #pupils: ReadonlyMap<string, Placed>;
  readonly #wishes: Wishes;
  readonly #members: Map<string, Set<string>>;
  readonly #counts: Map<string, Map<string, number>>;
  readonly #foes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #floor: number;
  #larger: number;

  constructor(pupils: readonly Placed[], classIds: readonly string[], wishes: Wishes) {
    this.#pupils = new Map(pupils.map(pupil => [pupil.id, pupil]));
    this.#wishes = wishes;
    this.#members = new Map(classIds.map(id => [id, new Set()]));
    this.#counts = new Map(classIds.map(id => [id, new Map()]));
    this.#floor = Math.floor(pupils.length / classIds.length);
    this.#larger = pupils.length % classIds.length;
    const foes = new Map<string, Set<string>>();
    for (const group of wishes.apart) for (const id of group) foes.set(id, new Set([...(foes.get(id) ?? []), ...group.filter(other => other !== id)]));
    this.#foes = foes;
  }

  unseated(): Placed[] {
    return [...this.#pupils.values()].filter(({ id }) => !this.places.has(id));
  }

  /** Puts a unit where it disturbs balance least; what fits nowhere is left to be seated one by one. */
  seat({ ids, fixed }: Unit): void {
    if (fixed !== null && this.#members.has(fixed)) {
      const room = Math.max(this.#room(fixed), 0);
      const stays = ids.filter(id => this.#wishes.fixed.get(id) === fixed);
      const comes = ids.filter(id => !stays.includes(id));
      for (const id of [...stays, ...comes.slice(0, Math.max(room - stays.length, 0))]) this.#put(id, fixed);
      return;
    }
    const free = [...this.#members.keys()].filter(classId => this.#room(classId) >= ids.length);
    const peaceful = free.filter(classId => ids.every(id => !this.#hasFoe(id, classId)));
    const best = this.#cheapest(ids, peaceful.length > 0 ? peaceful : ids.length === 1 ? free : []);
    if (best !== null) for (const id of ids) this.#put(id, best);
  }

  /** Exchanges pairs of `movable` pupils while that evens out the classes and breaks no wish. Pupils of one stratum are alike: one of each is tried. */
  exchange(movable: ReadonlySet<string>): void {
    const classIds = [...this.#members.keys()];
    const pairs = classIds.flatMap((here, index) => classIds.slice(index + 1).map(there => [here, there] as const));
    for (let isBetter = true, pass = 0; isBetter && pass < PASSES; pass += 1) {
      isBetter = false;
      for (const [here, there] of pairs) while (this.#exchangeOne(here, there, movable)) isBetter = true;
    }
  }

  broken(): Placement['broken'] {
    const classesIn = (group: readonly string[]) => group.flatMap(id => this.places.get(id) ?? []);
    const together = this.#wishes.together.flatMap((group, index) => (new Set(classesIn(group)).size > 1 ? [{ kind: 'together' as const, group: index }] : []));
    const apart = this.#wishes.apart.flatMap((group, index) => (new Set(classesIn(group)).size < classesIn(group).length ? [{ kind: 'apart' as const, group: index }] : []));
    return [...together, ...apart];
  }

  #exchangeOne(here: string, there: string, movable: ReadonlySet<string>): boolean {
    const strataIn = (classId: string) => Map.groupBy([...this.#members.get(classId) ?? []].filter(id => movable.has(id)).flatMap(id => this.#pupils.get(id) ?? []), strata);
    const theirs = strataIn(there);
    for (const [mine, lefts] of strataIn(here)) {
      for (const [other, rights] of theirs) {
        const [left, right] = [lefts[0], rights[0]];
        if (mine === other || !left || !right || this.#gain(left, right, here, there) <= 0) continue;
        for (const one of lefts) for (const two of rights) if (this.#swap(one.id, two.id, here, there)) return true;
      }
    }
    return false;
  }

  /** False, and nothing done, where somebody would meet whom he is to be kept from. */
  #swap(left: string, right: string, here: string, there: string): boolean {
    if (this.#hasFoe(left, there, right) || this.#hasFoe(right, here, left)) return false;
    this.#take(left);
    this.#take(right);
    this.#put(left, there);
    this.#put(right, here);
    return true;
  }

  /** By how much the weighted sum of squared counts falls when two pupils change places. */
  #gain(mine: Placed, theirs: Placed, here: string, there: string): number {
    const change = new Map<string, number>();
    const weights = new Map<string, number>();
    for (const [pupil, step] of [[mine, -1], [theirs, 1]] as const) {
      for (const [feature, weight] of features(pupil)) {
        change.set(feature, (change.get(feature) ?? 0) + step);
        weights.set(feature, weight);
      }
    }
    let gain = 0;
    for (const [feature, step] of change) {
      const [a, b] = [this.#count(here, feature), this.#count(there, feature)];
      gain += (weights.get(feature) ?? 0) * (a * a + b * b - (a + step) ** 2 - (b - step) ** 2);
    }
    return gain;
  }

  #room(classId: string): number {
    const size = this.#members.get(classId)?.size ?? 0;
    return this.#floor - size + (this.#larger > 0 || size > this.#floor ? 1 : 0);
  }

  #cheapest(ids: readonly string[], classIds: readonly string[]): string | null {
    let best: { classId: string; cost: number } | null = null;
    for (const classId of classIds) {
      let cost = this.#members.get(classId)?.size ?? 0;
      for (const id of ids) for (const [feature, weight] of features(this.#pupils.get(id) ?? { id, sex: '', level: '', hasNeeds: false })) cost += weight * 100 * this.#count(classId, feature);
      if (best === null || cost < best.cost) best = { classId, cost };
    }
    return best?.classId ?? null;
  }

  #hasFoe(id: string, classId: string, except = ''): boolean {
    const members = this.#members.get(classId);
    return [...(this.#foes.get(id) ?? [])].some(foe => foe !== except && members?.has(foe) === true);
  }

  #count(classId: string, feature: string): number {
    return this.#counts.get(classId)?.get(feature) ?? 0;
  }

  #put(id: string, classId: string): void {
    const members = this.#members.get(classId);
    if (!members) return;
    if (members.size === this.#floor) this.#larger -= 1;
    members.add(id);
    this.places.set(id, classId);
    this.#tally(id, classId, 1);
  }

  #take(id: string): void {
    const classId = this.places.get(id) ?? '';
    const members = this.#members.get(classId);
    if (members?.delete(id) !== true) return;
    if (members.size === this.#floor) this.#larger += 1;
    this.places.delete(id);
    this.#tally(id, classId, -1);
  }

  #tally(id: string, classId: string, step: number): void {
    const counts = this.#counts.get(classId);
    const pupil = this.#pupils.get(id);
    if (!counts || !pupil) return;
    for (const [feature] of features(pupil)) counts.set(feature, (counts.get(feature) ?? 0) + step);
  }
}

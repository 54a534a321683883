/**
 * Random whole numbers that are the same for the same seed on every machine (xoshiro128**, Blackman and Vigna 2018). For invented data only, never
 * for keys. Each `stream` of a seed is independent, so that a change in one part of the demo leaves the others as they were.
 */
export class Random {
  private readonly state: Uint32Array;

  constructor(seed: number, stream: string) {
    let mixed = seed >>> 0;
    for (const letter of stream) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    this.state = Uint32Array.from({ length: 4 }, () => {
      // splitmix32: spreads neighbouring seeds far apart.
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = mixed;
      word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
      word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
      return (word ^ (word >>> 16)) >>> 0;
    });
  }

  private next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const rotated = Math.imul(b, 5);
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9) >>> 0;
    const newC = c ^ a;
    const newD = d ^ b;
    this.state.set([a ^ newD, b ^ newC, newC ^ (b << 9), (newD << 11) | (newD >>> 21)]);
    return result;
  }

  /** 0 … limit − 1. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** Both ends included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('pick from an empty list');
    return value;
  }

  /** Picks by weight, e.g. `[['Kinh', 70], ['Tày', 12]]`. */
  weighted<T>(values: readonly (readonly [T, number])[]): T {
    let at = this.below(values.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of values) {
      if (at < weight) return value;
      at -= weight;
    }
    throw new RangeError('no weights');
  }

  /** About normal around 0: the sum of three even throws, at most ± 3 × spread. */
  around(spread: number): number {
    return this.between(-spread, spread) + this.between(-spread, spread) + this.between(-spread, spread);
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.below(10))).join('');
  }
}

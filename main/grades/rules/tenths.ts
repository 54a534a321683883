/** A mark or an average as a whole number of tenths: 8.5 is 85. Every decision is taken on these, never on floating-point marks. */
export type Tenths = number;

/**
 * `sum / divisor` rounded half up to a whole number. In tenths this is the rounding of every average in the circulars.
 * @param sum whole, ≥ 0. @param divisor whole, ≥ 1.
 */
export function roundedQuotient(sum: number, divisor: number): Tenths {
  const twice = 2 * sum + divisor;
  const step = 2 * divisor;
  return (twice - (twice % step)) / step;
}

/** The tenths of a number such as 8.5, or null when it has more than one decimal. `-0` is 0. The range is not checked. */
export function tenthsOf(value: number): Tenths | null {
  const tenths = Math.round(value * 10);
  // Reading "8.1" and dividing 81 by 10 both give the float nearest to 8.1, so this equality is exact and not a tolerance.
  return tenths / 10 === value ? tenths + 0 : null;
}

/** The mark as people write it: 85 → 8.5. For output only. */
export function markOf(tenths: Tenths): number {
  return tenths / 10;
}

/**
 * The adjustment of both circulars as a slow reader would do it by hand: write the list out again with one subject changed and read the
 * table of levels over it. Nothing is shared with the engine; marks are in tenths, comments "D" / "CD".
 */
export type Value = number | 'D' | 'CD';

const scoresIn = (values: readonly Value[]): number[] => values.filter((value) => typeof value === 'number');
const failedIn = (values: readonly Value[]): number => values.filter((value) => value === 'CD').length;
const perfect = (value: Value): Value => (typeof value === 'number' ? 100 : 'D');

/** TT22 Đ9 k2 by sorting: the sixth best score stands for "at least six", the last for "all". 3 Tốt, 2 Khá, 1 Đạt, 0 Chưa đạt. */
export function rawLevel22(values: readonly Value[]): number {
  const best = scoresIn(values).toSorted((left, right) => right - left);
  const sixth = best[5] ?? -1;
  const last = best.at(-1) ?? -1;
  const failed = failedIn(values);
  if (failed === 0 && last >= 65 && sixth >= 80) return 3;
  if (failed === 0 && last >= 50 && sixth >= 65) return 2;
  if (failed <= 1 && last >= 35 && sixth >= 50) return 1;
  return 0;
}

/** TT22 Đ9 k3: every list with one subject waived or excluded is read again. */
export function level22(values: readonly Value[], reading: 'waive' | 'exclude', subject: 'any' | 'scored'): number {
  const before = rawLevel22(values);
  const changed = values.flatMap((value, index) => {
    if (subject === 'scored' && typeof value !== 'number') return [];
    const put = reading === 'waive' ? [perfect(value)] : [];
    return [[...values.slice(0, index), ...put, ...values.slice(index + 1)]];
  });
  const best = Math.max(...changed.map(rawLevel22), 0);
  return best >= 2 && best - before >= 2 ? before + 1 : before;
}

export interface Marked {
  value: Value;
  core: boolean;
}

/** The mean of the scored subjects, half up, found by counting upwards instead of dividing. */
export function mean(values: readonly Value[]): number {
  const scores = scoresIn(values);
  const sum = scores.reduce((left, right) => left + right, 0);
  let rounded = 0;
  // The least whole number whose upper half-step lies above the mean: 2·sum < (2·rounded + 1)·count.
  while (2 * sum >= (2 * rounded + 1) * scores.length) rounded += 1;
  return rounded;
}

/** Levels of TT58 from Kém 0 to Giỏi 4; the conditions of one level, the average aside. */
function fits(subjects: readonly Marked[], level: 4 | 3 | 2 | 1): boolean {
  const values = subjects.map(({ value }) => value);
  const cores = subjects.filter(({ core }) => core).map(({ value }) => value);
  const [core, every] = { 4: [80, 65], 3: [65, 50], 2: [50, 35], 1: [0, 20] }[level] as [number, number];
  if (Math.min(...scoresIn(values)) < every) return false;
  return level === 1 || (failedIn(values) === 0 && Math.max(...scoresIn(cores), -1) >= core);
}

const AVERAGES: readonly [4 | 3 | 2 | 1, number][] = [
  [4, 80],
  [3, 65],
  [2, 50],
  [1, 35],
];

/** TT58 Đ13 k1–6. `silent` is Giỏi to Kém, on which the circular says nothing. */
export function level58(subjects: readonly Marked[]): { level: number; unadjusted: number; silent: boolean } {
  const average = mean(subjects.map(({ value }) => value));
  const unadjusted = AVERAGES.find(([level, least]) => average >= least && fits(subjects, level))?.[0] ?? 0;
  const lists = subjects.map((_, index) =>
    subjects.map((subject, other) => (other === index ? { ...subject, value: perfect(subject.value) } : subject)),
  );
  const [reached] = AVERAGES.find(([level, least]) => level >= 3 && average >= least && lists.some((list) => fits(list, level))) ?? [0];
  if (reached === 4 && unadjusted === 0) return { level: 0, unadjusted, silent: true };
  if (reached === 4 && unadjusted === 2) return { level: 3, unadjusted, silent: false };
  if (reached === 4 && unadjusted === 1) return { level: 2, unadjusted, silent: false };
  if (reached === 3 && unadjusted === 1) return { level: 2, unadjusted, silent: false };
  if (reached === 3 && unadjusted === 0) return { level: 1, unadjusted, silent: false };
  return { level: unadjusted, unadjusted, silent: false };
}

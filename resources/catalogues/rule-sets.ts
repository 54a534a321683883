import type { RuleSetCode } from '../../preload/contract/grades.ts';

/** A regulation, the first school year of each grade it covers, and where it says so. */
interface Validity {
  ruleSet: RuleSetCode;
  from: Readonly<Record<number, string>>;
  article: string;
}

const grades = (from: number, to: number, year: string): Record<number, string> =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, index) => [from + index, year]));

/** Newest first: the first that covers grade and year applies. */
const validities: readonly Validity[] = [
  {
    ruleSet: 'TT22-2021', article: 'TT 22/2021/TT-BGDĐT Điều 21',
    from: { 6: '2021-2022', 7: '2022-2023', 8: '2023-2024', 9: '2024-2025', 10: '2022-2023', 11: '2023-2024', 12: '2024-2025' },
  },
  {
    ruleSet: 'TT27-2020', article: 'TT 27/2020/TT-BGDĐT',
    from: { 1: '2020-2021', 2: '2021-2022', 3: '2022-2023', 4: '2023-2024', 5: '2024-2025' },
  },
  { ruleSet: 'TT26-2020', article: 'TT 58/2011/TT-BGDĐT, TT 26/2020/TT-BGDĐT Điều 2', from: grades(6, 12, '2020-2021') },
  { ruleSet: 'TT58-2011', article: 'TT 58/2011/TT-BGDĐT', from: grades(6, 12, '2011-2012') },
];

export interface RuleSetChoice {
  ruleSet: RuleSetCode;
  /** The regulation as it is cited; empty for years of which only the printed results are kept. */
  article: string;
}

/**
 * The regulation by which a grade (1–12) is assessed in a school year ("2025-2026"). It follows from both and is never chosen: TT 22/2021 Đ21,
 * TT 27/2020 and TT 26/2020 each came in grade by grade. Before them `AS-PRINTED`: QĐ 40/2006, TT 30/2014 and TT 22/2016 are not recomputed.
 */
export function ruleSetOf(grade: number, schoolYear: string): RuleSetChoice {
  const found = validities.find(({ from }) => (from[grade] ?? '9999') <= schoolYear);
  return found ? { ruleSet: found.ruleSet, article: found.article } : { ruleSet: 'AS-PRINTED', article: '' };
}

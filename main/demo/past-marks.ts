import type { AnyConduct } from '../../preload/contract/year-end.ts';
import type { MarkColumn, MarkValue, RuleSetCode } from '../../preload/contract/grades.ts';
import { columnsOf, type RowMarks, type SheetShape } from '../grades/grades-rules.ts';
import { commentFor } from './demo-comments.ts';
import { ABILITIES } from './demo-marks.ts';
import { PRIMARY_COMMENTS, type PrimaryStanding } from './demo-primary.ts';
import type { PastPupil } from './past-years.ts';
import { Random } from './random.ts';

/**
 * The marks of one pupil in one past year. Whoever was promoted passes everywhere, so that no result contradicts the class he is in a year later
 * and no closed year waits for a summer that is long over; whoever repeats was absent too often (TT 22/2021 Đ12, TT 58/2011 Đ15: 45 sessions).
 */
export class PastMarks {
  readonly #random: Random;
  readonly #ability: number;
  readonly #repeats: boolean;
  /** Of primary school: how he stands at the end. */
  readonly #standing: PrimaryStanding;

  constructor(seed: number, year: string, { pupil, outcome }: Pick<PastPupil, 'pupil' | 'outcome'>) {
    this.#random = new Random(seed, `marks ${year} ${pupil.code}`);
    this.#repeats = outcome === 'repeat';
    // The same over the years; too little for an award where he repeats, for TT 58/2011 does not say whether absences take one away.
    this.#ability = this.#repeats ? 55 : Math.max(58, new Random(seed, `ability ${pupil.code}`).weighted(ABILITIES));
    this.#standing = this.#ability >= 90 ? 'HTXS' : this.#ability >= 74 ? 'HTT' : 'HT';
  }

  row(sheet: SheetShape): RowMarks {
    const level = this.#ability + this.#random.around(3);
    return Object.fromEntries(columnsOf(sheet).map(column => [column, this.#cell(sheet, column, level)]));
  }

  #cell({ kind }: SheetShape, column: MarkColumn, level: number): MarkValue {
    const isTop = this.#standing !== 'HT';
    if (kind === 'traits') return { state: 'level', level: isTop || this.#random.chance(45) ? 'T' : 'D' };
    if (column === 'kt') return { state: 'score', tenths: (this.#standing === 'HTXS' ? this.#random.between(9, 10) : this.#random.between(isTop ? 7 : 5, 9)) * 10 };
    if (kind === 'primary') return { state: 'level', level: isTop || this.#random.chance(35) ? 'T' : 'H' };
    if (kind === 'comment') return { state: 'level', level: 'D' };
    return { state: 'score', tenths: Math.min(100, Math.max(50, Math.round((level + this.#random.around(4)) / 5) * 5)) };
  }

  /** Of both terms and, before TT 22/2021, of the year. */
  conduct(ruleSet: RuleSetCode): readonly [AnyConduct, AnyConduct, AnyConduct | null] | null {
    if (ruleSet === 'TT27-2020' || ruleSet === 'AS-PRINTED') return null;
    if (this.#repeats) return ruleSet === 'TT22-2021' ? ['D', 'D', null] : ['TB', 'TB', 'TB'];
    const level = (): AnyConduct => (this.#random.chance(this.#ability >= 74 ? 90 : 55) ? 'T' : 'K');
    const second = level();
    return [level(), second, ruleSet === 'TT22-2021' ? null : second];
  }

  /** Sessions with leave and without, by term. */
  absences(): readonly [readonly [number, number], readonly [number, number]] {
    if (this.#repeats) return [[9, 12], [11, 16]];
    const term = () => [this.#random.weighted([[0, 55], [1, 25], [2, 15], [4, 5]]), this.#random.weighted([[0, 92], [1, 8]])] as const;
    return [term(), term()];
  }

  comment(ruleSet: RuleSetCode): string {
    if (ruleSet === 'TT27-2020') return this.#random.pick(PRIMARY_COMMENTS[this.#standing]);
    return commentFor(this.#random, this.#ability, 'T');
  }
}

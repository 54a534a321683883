import type { YearResultRow } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { Explanation } from '../kit/Explanation.tsx';
import { PaneEmpty } from '../kit/SidePane.tsx';
import { Flags, PromotionBadge, awardWord } from './year-end-words.tsx';
import styles from './year-end.module.css';

/** Why the results of one pupil are what they are: the rule, its article, the facts it stood on. */
export function YearEndWhy({ row }: { row: YearResultRow | null }) {
  if (row === null) return <PaneEmpty>{text('yearEnd.screen.whyEmpty')}</PaneEmpty>;
  return (
    <div className={styles.why}>
      <h2>{text('yearEnd.screen.whyOf', { name: row.name })}</h2>
      <div className={styles.whyHead}>
        <PromotionBadge promotion={row.promotion} />
        {row.award === null ? null : <span>{awardWord(row.award)}</span>}
        <Flags flags={row.flags} />
      </div>
      <Explanation enrolmentId={row.enrolmentId} />
    </div>
  );
}

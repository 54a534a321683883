import { Button, Progress } from '@mantine/core';
import { IconChalkboardOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ClassCard } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatYear, wholePercent } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { AddClass } from './ClassDialog.tsx';
import styles from './classes.module.css';

const noHints: [] = [];

/** The classes of the year, a row of cards for each grade. */
export default function ClassesPage() {
  const { year, may, isClosedYear } = useSession();
  const [isAdding, setAdding] = useState(false);
  const read = useRead('classes.list', { year });
  useFoot(text('classes.where', { year: formatYear(year) }), noHints);
  return (
    <Page title={text('classes.title')} aside={read.data === undefined ? null : <span>{text('classes.count', { count: read.data.classes.length })}</span>} acts={may('records.edit') && !isClosedYear ? <Button onClick={() => { setAdding(true); }}>{text('classes.add.open')}</Button> : null}>
      <Waiting read={read} lines={12}>
        {found => (found.classes.length === 0
          ? <EmptyState icon={IconChalkboardOff} title={text('classes.none')} next={text('classes.noneNext')} />
          : <Grades cards={found.classes} />)}
      </Waiting>
      {isAdding ? <AddClass onClose={() => { setAdding(false); }} /> : null}
    </Page>
  );
}

function Grades({ cards }: { cards: ClassCard[] }) {
  const grades = useMemo(() => {
    const byGrade = Map.groupBy(cards, card => card.grade);
    return [...byGrade].toSorted(([left], [right]) => left - right);
  }, [cards]);
  return grades.map(([grade, ofGrade]) => (
    <section key={grade} className={styles.grade}>
      <h2>
        {text('classes.grade', { grade })}
        <MayPlace grade={grade} />
        <span className="tabular">{text('classes.gradeCount', { classes: ofGrade.length, pupils: ofGrade.reduce((sum, card) => sum + card.pupils, 0) })}</span>
      </h2>
      <ul>
        {ofGrade.toSorted((left, right) => compareWords(left.name, right.name)).map(card => <li key={card.classId}><OneClass card={card} /></li>)}
      </ul>
    </section>
  ));
}

/** The way to the placement of a grade, for the office. */
function MayPlace({ grade }: { grade: number }) {
  const { may, isClosedYear } = useSession();
  return may('records.edit') && !isClosedYear ? <RouteLink to={`/classes/placement/${grade}`}>{text('classes.placement.open')}</RouteLink> : null;
}

function OneClass({ card }: { card: ClassCard }) {
  const isComplete = card.sheets > 0 && card.sheetsComplete === card.sheets;
  return (
    <RouteLink to={`/classes/${card.classId}`} className={styles.card}>
      <span className={styles.cardTop}>
        <strong>{card.name}</strong>
        <span className="tabular">{text('classes.pupils', { pupils: card.pupils, female: card.female })}</span>
      </span>
      <span className={styles.homeroom}>{card.homeroom ?? text('classes.noHomeroom')}</span>
      <Progress size={4} value={wholePercent(card.sheetsComplete, card.sheets)} aria-label={text('classes.sheetsDone', { done: card.sheetsComplete, total: card.sheets })} />
      <span className={styles.cardFoot}>
        <span className="tabular">{text('classes.sheetsDone', { done: card.sheetsComplete, total: card.sheets })}</span>
        <StateBadge state={card.isWaiting ? (card.pupils > 0 ? 'needs' : 'quiet') : isComplete ? 'done' : card.sheets === 0 ? 'quiet' : 'needs'}>{text(card.isWaiting ? 'classes.waiting' : isComplete ? 'classes.complete' : card.sheets === 0 ? 'classes.noSheets' : 'classes.incomplete')}</StateBadge>
      </span>
    </RouteLink>
  );
}

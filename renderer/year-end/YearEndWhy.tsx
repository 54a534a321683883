import { Accordion } from '@mantine/core';
import type { Because, YearResultRow } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { PaneEmpty } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
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
      <Steps enrolmentId={row.enrolmentId} />
    </div>
  );
}

/** A subject's field reads "Toán, cả năm", that of a decision has no part: the part is after the last comma. */
function subjectOf(because: Because): string | null {
  const at = because.field.lastIndexOf(', ');
  return at < 0 ? null : because.field.slice(0, at);
}

function isPromotion(because: Because): boolean {
  return because.field === text('yearEnd.field.promotion');
}

function Steps({ enrolmentId }: { enrolmentId: string }) {
  const read = useRead('yearEnd.explain', { enrolmentId });
  return (
    <Waiting read={read} lines={8}>
      {({ because }) => {
        // The engine tells how it got there; a person asks for the outcome first.
        const decisions = because.filter(one => subjectOf(one) === null).toReversed().sort((left, right) => Number(isPromotion(right)) - Number(isPromotion(left)));
        const subjects = Map.groupBy(because.filter(one => subjectOf(one) !== null), one => subjectOf(one) ?? '');
        return (
          <>
            {[...Map.groupBy(decisions, one => one.field)].map(([field, steps]) => (
              <section key={field}>
                <h3>{field}</h3>
                {steps.map(step => <OneStep key={`${step.rule} ${step.article}`} step={step} />)}
              </section>
            ))}
            {subjects.size === 0 ? null : (
              <>
                <h3 className={styles.subjectsHead}>{text('yearEnd.screen.bySubject')}</h3>
                <Accordion multiple variant="default" classNames={{ item: styles.subject ?? '', control: styles.subjectHead ?? '', content: styles.subjectBody ?? '', label: styles.subjectLabel ?? '' }}>
                  {[...subjects].map(([subject, steps]) => (
                    <Accordion.Item key={subject} value={subject}>
                      <Accordion.Control>{subject}</Accordion.Control>
                      <Accordion.Panel>
                        {steps.map(step => <OneStep key={`${step.field} ${step.rule}`} step={step} heading={step.field.slice(subject.length + 2)} />)}
                      </Accordion.Panel>
                    </Accordion.Item>
                  ))}
                </Accordion>
              </>
            )}
          </>
        );
      }}
    </Waiting>
  );
}

function OneStep({ step, heading }: { step: Because; heading?: string }) {
  return (
    <div className={styles.step}>
      {heading === undefined ? null : <strong>{heading}</strong>}
      {step.facts.map(fact => <p key={fact}>{fact}</p>)}
      <small>{step.rule} · {step.article}</small>
    </div>
  );
}

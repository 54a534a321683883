import { Accordion } from '@mantine/core';
import type { Because, Explanation as ExplanationView, WouldChange } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import classes from './explanation.module.css';
import { formatDateTime } from './formats.ts';
import { Waiting } from './Waiting.tsx';

/**
 * Why the results of one pupil are what they are: the rule, its article, the marks it stood on, what a person decided, and what would change it.
 * With `subject` (its code) only that subject's averages.
 */
export function Explanation({ enrolmentId, subject }: { enrolmentId: string; subject?: string }) {
  const read = useRead('yearEnd.explain', subject === undefined ? { enrolmentId } : { enrolmentId, subject });
  return (
    <Waiting read={read} lines={subject === undefined ? 8 : 3}>
      {found => (
        <div className={classes.why}>
          {subject === undefined ? <WholePupil found={found} /> : found.because.map(step => <OneStep key={`${step.field} ${step.rule}`} step={step} heading={step.field} />)}
        </div>
      )}
    </Waiting>
  );
}

function WholePupil({ found: { because, decided, wouldChange } }: { found: ExplanationView }) {
  // The rules tell how they got there; a person asks for the outcome first.
  const promotion = text('yearEnd.field.promotion');
  const ofPupil = because.filter(one => one.subject === null).toReversed().sort((left, right) => Number(right.field === promotion) - Number(left.field === promotion));
  const fields = [...Map.groupBy(ofPupil, one => one.field)];
  const ofSubjects = because.filter(one => one.subject !== null);
  return (
    <>
      {decided.map(one => (
        <section key={one.what} className={classes.decided}>
          <p>{one.what}</p>
          <small>{text('yearEnd.decision.screen.decidedBy', { by: one.by, at: formatDateTime(one.at) })}. {one.reason}</small>
        </section>
      ))}
      {fields.slice(0, 1).map(([field, steps]) => <Field key={field} field={field} steps={steps} />)}
      {because.length === 0 ? null : <WouldChangeList changes={wouldChange} />}
      {fields.slice(1).map(([field, steps]) => <Field key={field} field={field} steps={steps} />)}
      {ofSubjects.length === 0 ? null : <Subjects steps={ofSubjects} />}
    </>
  );
}

function Field({ field, steps }: { field: string; steps: readonly Because[] }) {
  return (
    <section>
      <h3>{field}</h3>
      {steps.map(step => <OneStep key={`${step.rule} ${step.article}`} step={step} />)}
    </section>
  );
}

function WouldChangeList({ changes }: { changes: readonly WouldChange[] }) {
  const kinds = (['missing', 'raise', 'lower'] as const).filter(kind => changes.some(change => change.kind === kind));
  return (
    <section>
      <h3>{text('yearEnd.wouldChange.title')}</h3>
      {kinds.length === 0 ? <p>{text('yearEnd.wouldChange.nothing')}</p> : null}
      {kinds.map(kind => (
        <div key={kind} className={classes.step}>
          <strong>{text(`yearEnd.wouldChange.${kind}`)}</strong>
          <ul>
            {changes.filter(change => change.kind === kind).map(change => (
              <li key={change.what + change.effects.join()}>
                {change.what}
                {change.effects.map(effect => <small key={effect}>{effect}</small>)}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <small>{text('yearEnd.wouldChange.note')}</small>
    </section>
  );
}

function Subjects({ steps }: { steps: readonly Because[] }) {
  return (
    <>
      <h3 className={classes.subjectsHead}>{text('yearEnd.screen.bySubject')}</h3>
      <Accordion multiple variant="default" classNames={{ item: classes.subject ?? '', control: classes.subjectHead ?? '', content: classes.subjectBody ?? '', label: classes.subjectLabel ?? '' }}>
        {[...Map.groupBy(steps, one => one.subject ?? '')].map(([subject, ofSubject]) => (
          <Accordion.Item key={subject} value={subject}>
            <Accordion.Control>{subject}</Accordion.Control>
            <Accordion.Panel>{ofSubject.map(step => <OneStep key={`${step.field} ${step.rule}`} step={step} heading={step.field} />)}</Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  );
}

function OneStep({ step, heading }: { step: Because; heading?: string }) {
  return (
    <div className={classes.step}>
      {heading === undefined ? null : <strong>{heading}</strong>}
      {step.facts.map(fact => <p key={fact}>{fact}</p>)}
      <small>{step.rule} · {step.article}</small>
    </div>
  );
}

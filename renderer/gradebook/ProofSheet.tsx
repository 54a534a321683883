import type { MarkProof, ProofStep } from '../../preload/contract/gradebook-proof.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './history.module.css';

/** The history of one mark as its paper tells it: who it is about, what stands now, every step, what the journal proves. */
export function ProofSheet({ proof }: { proof: MarkProof }) {
  const facts = [
    ['pupil', proof.pupil.name], ['birth', formatDate(proof.pupil.birth)], ['code', proof.pupil.code], ['class', proof.className],
    ['subject', proof.subjectName], ['column', proof.columnTitle], ['term', proof.termName], ['teacher', proof.teacher ?? '–'],
  ] as const;
  const { verdict } = proof;
  return (
    <article className={styles.sheet} aria-label={`${proof.pupil.name} — ${proof.columnTitle}`}>
      <dl className={styles.facts}>{facts.map(([name, value]) => <div key={name}><dt>{text(`gradebook.proof.fact.${name}`)}</dt><dd>{value}</dd></div>)}</dl>
      <div className={styles.now}>
        <strong>{proof.current === null ? text('gradebook.proof.nowEmpty') : text('gradebook.proof.now', { value: proof.current })}</strong>
        <p>{proof.summary}</p>
      </div>
      {proof.steps.length === 0 ? null : <ProofSteps steps={proof.steps} />}
      <section className={styles.verdict} data-broken={verdict.isIntact ? undefined : true} aria-label={text('gradebook.history.verdict')}>
        <strong>{verdict.isIntact ? '✓' : '✕'} {verdict.words}</strong>
        {verdict.first === null ? null : <p>{text('gradebook.proof.firstHash', { seq: verdict.first.seq })} <code className={styles.hash}>{verdict.first.hash}</code></p>}
        {verdict.last === null || verdict.last.seq === verdict.first?.seq ? null : <p>{text('gradebook.proof.lastHash', { seq: verdict.last.seq })} <code className={styles.hash}>{verdict.last.hash}</code></p>}
        <p>{verdict.howToCheck}</p>
      </section>
    </article>
  );
}

export function ProofSteps({ steps }: { steps: readonly ProofStep[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(step => (
        <li key={step.seq} data-kind={step.kind} data-broken={step.isIntact ? undefined : true}>
          <span className={`${styles.number ?? ''} tabular`}>{step.number}.</span>
          <div>
            {step.sentence}
            <code className={styles.hash} title={step.hash}>{text('gradebook.history.row', { seq: step.seq, hash: step.hash })}</code>
          </div>
          <StepSign step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepSign({ step }: { step: ProofStep }) {
  if (!step.isIntact) return <StateBadge state="blocked">{text('gradebook.history.broken')}</StateBadge>;
  if (step.sign === null || step.sign === 'changed') return <span />;
  return <StateBadge state="needs">{text(`gradebook.proof.sign.${step.sign}`)}</StateBadge>;
}

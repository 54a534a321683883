import type { CaseStep, MovementView, TransferPaper } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { daysWords, stepState } from './movement-words.ts';
import styles from './movements.module.css';

/** The regulation a transfer runs under, and what of it nobody has compared with the text in force. */
export function RegimeNotice({ regime }: { regime: NonNullable<MovementView['regime']> }) {
  return (
    <Notice state={regime.unsure === null ? 'quiet' : 'needs'} title={regime.title}>
      <p className={styles.regime}>{regime.source}</p>
      {regime.unsure === null ? null : <p className={styles.regime}>{regime.unsure}</p>}
    </Notice>
  );
}

/** The steps with their last days. */
export function StepList({ steps }: { steps: readonly CaseStep[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(step => (
        <li key={step.step} data-state={stepState(step)}>
          <StateBadge state={step.doneOn === null && step.dueOn === null ? 'quiet' : stepState(step)}>{text(`movements.step.${step.step}`)}</StateBadge>
          <span className="tabular">
            {step.doneOn === null ? step.dueOn === null ? text('movements.noLimit') : `${text('movements.due', { on: formatDate(step.dueOn) })} · ${daysWords(step)}` : text('movements.doneOn', { on: formatDate(step.doneOn) })}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function PaperNames({ papers }: { papers: readonly TransferPaper[] }) {
  return <ul className={styles.plainList}>{papers.map(paper => <li key={paper}>{text(`movements.transferPaper.${paper}`)}</li>)}</ul>;
}

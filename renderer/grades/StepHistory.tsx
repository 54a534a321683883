import { Modal } from '@mantine/core';
import type { SealDifference } from '../../preload/contract/gradebook-seals.ts';
import type { SheetStepView } from '../../preload/contract/gradebook-steps.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { formatDateTime } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './grades.module.css';
import { periodName, signOfState } from './sheet-tree.ts';

/** Who led the sheet where and why, and whether it still is what was sealed. */
export function StepHistory({ sheet, steps, onClose }: { sheet: SheetView; steps: readonly SheetStepView[]; onClose: () => void }) {
  const verdict = useRead('gradebook.verifySeal', { sheetId: sheet.sheetId });
  const seals = useRead('gradebook.seals', { sheetId: sheet.sheetId });
  return (
    <Modal opened onClose={onClose} size="lg" title={text('gradebook.history.title', { subject: sheet.subjectName, name: sheet.className, period: periodName(sheet) })}>
      <div className={styles.history}>
        {steps.length === 0 ? <p>{text('gradebook.history.none')}</p> : (
          <ol>
            {steps.toReversed().map(step => (
              <li key={`${step.at} ${step.to}`}>
                <StateBadge state={signOfState(step.to)}>{text(step.to === 'open' ? 'gradebook.history.back' : `gradebook.state.${step.to}`)}</StateBadge>
                <span className="tabular">{formatDateTime(step.at)}</span>
                <span>{step.by === '' ? text('gradebook.history.byItself') : step.by}</span>
                {step.until === null ? null : <p>{text('gradebook.history.until', { until: formatDateTime(step.until), scope: step.scope ?? text('gradebook.scopeAll') })}</p>}
                {step.reason === null ? null : <p>{text('gradebook.history.reason', { reason: step.reason })}</p>}
              </li>
            ))}
          </ol>
        )}
        <h3>{text('gradebook.history.seals')}</h3>
        <Waiting read={verdict} lines={2}>
          {found => (
            <>
              <StateBadge state={found.state === 'equal' ? 'done' : found.state === 'none' ? 'quiet' : found.state === 'broken' ? 'blocked' : 'needs'}>{text(`gradebook.verdict.${found.state}`, { code: found.code ?? '' })}</StateBadge>
              <Differences differences={found.differences} />
            </>
          )}
        </Waiting>
        <Waiting read={seals} lines={2}>
          {found => (
            <ol>
              {found.seals.toReversed().map(seal => (
                <li key={seal.sealId}>
                  <strong className="tabular">{seal.code}</strong>
                  <span className="tabular">{formatDateTime(seal.at)}</span>
                  <span>{text(`gradebook.history.cause.${seal.cause}`)}</span>
                  <Differences differences={seal.differences} />
                </li>
              ))}
            </ol>
          )}
        </Waiting>
      </div>
    </Modal>
  );
}

function Differences({ differences }: { differences: readonly SealDifference[] }) {
  if (differences.length === 0) return null;
  return (
    <ul className={styles.differences}>
      {differences.map(one => (
        <li key={`${one.enrolmentId} ${one.what}`}><span>{one.name}</span><span>{one.what}</span><span className="tabular">{one.before ?? text('grades.pane.empty')} → <strong>{one.after ?? text('grades.pane.empty')}</strong></span></li>
      ))}
    </ul>
  );
}

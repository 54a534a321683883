import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DecisionCase, DecisionChoice } from '../../preload/contract/year-end-decisions.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { RouteLink } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { Explanation } from '../kit/Explanation.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { PaneEmpty } from '../kit/SidePane.tsx';
import styles from './decisions.module.css';

const LEAST_REASON = 3;

/** One matter: what the article leaves open, what each choice leads to, and the decision with its reason. */
export function DecisionPane({ one }: { one: DecisionCase | null }) {
  const [choice, setChoice] = useState<DecisionChoice | null>(null);
  const [isWithdrawing, setWithdrawing] = useState(false);
  if (one === null) return <PaneEmpty>{text('yearEnd.decision.screen.paneEmpty')}</PaneEmpty>;
  return (
    <div className={styles.pane}>
      <h2><RouteLink to={`/students/${one.enrolmentId}?tab=results`}>{one.name}</RouteLink></h2>
      <p>{one.question}</p>
      <small>{one.article}</small>
      <ul className={styles.choices}>
        {one.choices.map(found => (
          <li key={found.value} data-chosen={one.decision?.value === found.value ? true : undefined}>
            <strong>{found.label}</strong>
            <span>{text('yearEnd.decision.screen.leadsTo', { result: found.leadsTo })}</span>
            {one.proposed === found.value ? <small>{text('yearEnd.decision.screen.proposed')}</small> : null}
            {one.decision === null && one.mayDecide
              ? <Button size="compact-xs" variant="default" aria-label={text('yearEnd.decision.screen.confirm', { value: found.label })} onClick={() => { setChoice(found); }}>{text('yearEnd.decision.screen.choose')}</Button>
              : null}
          </li>
        ))}
      </ul>
      {one.decision === null
        ? <small>{one.mayDecide ? text('yearEnd.decision.screen.whoDecides', { who: one.decides }) : text('yearEnd.decision.screen.notYours', { who: one.decides.toLocaleLowerCase('vi') })}</small>
        : (
          <div className={styles.decided}>
            <p>{text('yearEnd.decision.screen.decidedBy', { by: one.decision.by, at: formatDateTime(one.decision.at) })}</p>
            <p>{text('yearEnd.decision.screen.why')}: {one.decision.reason}</p>
            {one.mayDecide ? <Button size="compact-xs" variant="default" onClick={() => { setWithdrawing(true); }}>{text('yearEnd.decision.screen.withdraw')}</Button> : null}
          </div>
        )}
      <hr />
      <Explanation enrolmentId={one.enrolmentId} />
      {choice === null ? null : (
        <ConfirmDialog
          title={text('yearEnd.decision.screen.confirm', { value: choice.label })}
          confirmLabel={text('yearEnd.decision.screen.choose')}
          reason={{ label: text('yearEnd.decision.screen.why'), minLength: LEAST_REASON, placeholder: text('yearEnd.decision.screen.whyHint') }}
          onConfirm={reason => api.yearEnd.decide({ enrolmentId: one.enrolmentId, matter: one.matter, value: choice.value, reason })}
          onClose={() => { setChoice(null); }}
        >
          {text('yearEnd.decision.screen.confirmWhat', { name: one.name, class: one.className, result: choice.leadsTo })}
        </ConfirmDialog>
      )}
      {isWithdrawing && one.decision !== null ? (
        <Withdraw decisionId={one.decision.id} name={one.name} onClose={() => { setWithdrawing(false); }} />
      ) : null}
    </div>
  );
}

function Withdraw({ decisionId, name, onClose }: { decisionId: string; name: string; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={text('yearEnd.decision.screen.withdrawTitle', { name })}
      confirmLabel={text('yearEnd.decision.screen.withdraw')}
      tone="danger"
      reason={{ label: text('yearEnd.decision.screen.why'), minLength: LEAST_REASON }}
      onConfirm={reason => api.yearEnd.withdrawDecision({ decisionId, reason })}
      onClose={onClose}
    >
      {text('yearEnd.decision.screen.withdrawWhat')}
    </ConfirmDialog>
  );
}

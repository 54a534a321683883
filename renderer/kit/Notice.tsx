import type { ReactNode } from 'react';
import classes from './work-layout.module.css';
import type { WorkState } from './StateBadge.tsx';

const signs: Record<WorkState, string> = { needs: '●', done: '✓', blocked: '✕', quiet: 'i' };

export interface NoticeProps {
  state: WorkState;
  title: string;
  /** More words, a list, buttons. */
  children?: ReactNode;
  acts?: ReactNode;
}

/** Something to know about this place, with sign and words; a failure of a call is an `ErrorNotice` instead. */
export function Notice({ state, title, children, acts }: NoticeProps) {
  return (
    <div className={classes.told} data-state={state} role="status">
      <span className={classes.toldSign} aria-hidden>{signs[state]}</span>
      <div className={classes.toldWords}><strong>{title}</strong>{children}</div>
      {acts === undefined ? null : <div className={classes.toldActs}>{acts}</div>}
    </div>
  );
}

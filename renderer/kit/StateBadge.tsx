import { text } from '../../resources/language/language.ts';
import classes from './notices.module.css';

export type WorkState = 'needs' | 'done' | 'blocked' | 'quiet';

const signs: Record<WorkState, string> = { needs: '●', done: '✓', blocked: '✕', quiet: '○' };

export interface StateBadgeProps {
  state: WorkState;
  /** The word beside the sign; by default that of the state. */
  children?: string;
}

/** A state by colour, sign and word together, for eyes that see fewer colours. */
export function StateBadge({ state, children }: StateBadgeProps) {
  return (
    <span className={classes.state} data-state={state}>
      <span className={classes.sign} aria-hidden>{signs[state]}</span>
      {children ?? text(`kit.state.${state}`)}
    </span>
  );
}

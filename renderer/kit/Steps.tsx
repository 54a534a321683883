import type { WorkState } from './StateBadge.tsx';
import classes from './work-layout.module.css';

const signs: Record<WorkState, string | null> = { needs: null, done: '✓', blocked: '✕', quiet: null };

export interface Step {
  id: string;
  title: string;
  /** How far it is, in a few words. */
  note: string;
  state: WorkState;
}

export interface StepsProps {
  label: string;
  steps: readonly Step[];
  current: string;
  onChoose: (id: string) => void;
}

const MANY = 5;

/** The steps of one piece of work, in order; each shows its state and opens its part of the place. Many of them give way where the line is short. */
export function Steps({ label, steps, current, onChoose }: StepsProps) {
  return (
    <nav aria-label={label} className={classes.steps} {...(steps.length > MANY ? { 'data-many': true } : {})}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.id}>
            <button type="button" data-state={step.state} title={step.note} onClick={() => { onChoose(step.id); }} {...(step.id === current ? { 'aria-current': 'step' as const } : {})}>
              <span className={classes.stepSign} aria-hidden>{signs[step.state] ?? index + 1}</span>
              <span className={classes.stepWords}><strong>{step.title}</strong><span>{step.note}</span></span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notices.module.css';

export interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** What to do next, in a sentence. */
  next: string;
  children?: ReactNode;
}

/** Nothing here yet: says so, and what to do next. */
export function EmptyState({ icon: Picture, title, next, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Picture size={32} stroke={1.3} aria-hidden />
      <strong>{title}</strong>
      <p>{next}</p>
      {children}
    </div>
  );
}

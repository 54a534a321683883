import type { ReactNode } from 'react';
import { RouteLink } from '../app/router.tsx';
import classes from './page.module.css';

export interface PageProps {
  title: string;
  /** Places above this one, at most two. */
  trail?: { title: string; to: string }[];
  /** Beside the title: a state, a count. */
  aside?: ReactNode;
  /** Buttons at the right. */
  acts?: ReactNode;
  /** A line of filters below the title. */
  bar?: ReactNode;
  /** True when the content scrolls itself (tables, grids, viewers) and wants the whole height. */
  fills?: boolean;
  children: ReactNode;
}

/** A place of the window: heading line, acts, filters, content. */
export function Page({ title, trail = [], aside, acts, bar, fills = false, children }: PageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titles}>
          {trail.map(step => (
            <span key={step.to} className={classes.step}><RouteLink to={step.to}>{step.title}</RouteLink><span aria-hidden>›</span></span>
          ))}
          <h1>{title}</h1>
          {aside}
        </div>
        {acts === undefined ? null : <div className={classes.acts}>{acts}</div>}
      </header>
      {bar === undefined ? null : <div className={classes.bar}>{bar}</div>}
      <div className={fills ? classes.filled : classes.scrolled}>{children}</div>
    </div>
  );
}

/** A white card with an optional heading. */
export function Card({ title, acts, children, flush = false }: { title?: string; acts?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className={classes.card}>
      {title === undefined ? null : <div className={classes.cardHead}><h2>{title}</h2>{acts}</div>}
      <div className={flush ? undefined : classes.cardBody}>{children}</div>
    </section>
  );
}

import type { ReactNode } from 'react';
import classes from './work-layout.module.css';

export interface SidePaneProps {
  /** What the pane is about, for a screen reader. */
  label: string;
  side: ReactNode;
  /** Pixels. */
  width?: number;
  children: ReactNode;
}

/** A list with a pane at its right that tells about the row stood on; both scroll by themselves. */
export function SidePane({ label, side, width = 340, children }: SidePaneProps) {
  return (
    <div className={classes.columns} style={{ gridTemplateColumns: `minmax(0, 1fr) ${width}px` }}>
      <div className={classes.list}>{children}</div>
      <aside className={classes.side} aria-label={label}>{side}</aside>
    </div>
  );
}

/** Words in a pane that has nothing to tell about yet. */
export function PaneEmpty({ children }: { children: string }) {
  return <p className={classes.paneEmpty}>{children}</p>;
}

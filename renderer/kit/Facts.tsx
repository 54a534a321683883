import type { ReactNode } from 'react';
import classes from './work-layout.module.css';

export interface Fact {
  name: string;
  value: ReactNode;
}

/** Names and values, one pair a line. */
export function Facts({ facts, nameWidth = 110 }: { facts: readonly Fact[]; nameWidth?: number }) {
  return (
    <dl className={classes.facts}>
      {facts.map(fact => (
        <div key={fact.name} style={{ gridTemplateColumns: `${nameWidth}px minmax(0, 1fr)` }}><dt>{fact.name}</dt><dd>{fact.value}</dd></div>
      ))}
    </dl>
  );
}

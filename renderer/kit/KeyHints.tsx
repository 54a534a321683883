import { Fragment } from 'react';
import classes from './notices.module.css';

export interface KeyHintsProps {
  hints: readonly { keys: readonly string[]; does: string }[];
}

/** The shortcuts of a place, as one quiet line. */
export function KeyHints({ hints }: KeyHintsProps) {
  return (
    <div className={classes.keys}>
      {hints.map(hint => (
        <span key={hint.does}>
          {hint.keys.map(key => <Fragment key={key}><kbd>{key}</kbd></Fragment>)}
          {hint.does}
        </span>
      ))}
    </div>
  );
}

import { Waiting } from './Waiting.tsx';
import type { WaitingProps } from './Waiting.tsx';
import classes from './work-layout.module.css';

/** `Waiting` as the one child of a page that fills the window: its grey lines and its error take the whole width. */
export function WaitingPlace<Value>(props: WaitingProps<Value>) {
  return <div className={classes.place}><Waiting {...props} /></div>;
}

import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { Explanation } from './Explanation.tsx';
import classes from './explanation.module.css';

/** An {@link Explanation} that is asked for only once it is opened, and stays open from pupil to pupil. */
export function ExplanationFold({ enrolmentId, subject }: { enrolmentId: string; subject?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={classes.fold} open={isOpen} onToggle={event => { setOpen(event.currentTarget.open); }}>
      <summary>{text('yearEnd.screen.why')}</summary>
      {isOpen ? <Explanation enrolmentId={enrolmentId} {...(subject === undefined ? {} : { subject })} /> : null}
    </details>
  );
}

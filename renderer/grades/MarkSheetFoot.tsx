import { Checkbox } from '@mantine/core';
import { IconCloudOff, IconDeviceFloppy, IconLoader2 } from '@tabler/icons-react';
import type { Dispatch } from 'react';
import { text } from '../../resources/language/language.ts';
import { formatClock } from '../kit/formats.ts';
import styles from './grades.module.css';
import type { MarkGridAction } from './mark-grid-reducer.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { useOutboxStatus } from './outbox-context.tsx';

/** Whether everything is in the book, how much is filled, and how two digits are read. */
export function MarkSheetFoot({ state, dispatch, filled, expected }: { state: MarkGridState; dispatch: Dispatch<MarkGridAction>; filled: number; expected: number }) {
  return (
    <div className={styles.foot}>
      <SaveState mayEdit={state.mayEdit} />
      <span className="tabular">{text('grades.filledCount', { filled, expected })}</span>
      {state.kind === 'score' && state.mayEdit ? (
        <Checkbox label={text('grades.twoDigits')} checked={state.twoDigits} onChange={event => { dispatch({ type: 'setTwoDigits', twoDigits: event.currentTarget.checked }); }} />
      ) : null}
    </div>
  );
}

function SaveState({ mayEdit }: { mayEdit: boolean }) {
  const { cells, isHeld, lastSavedAt } = useOutboxStatus();
  if (isHeld && cells > 0) return <span className={styles.held} role="status"><IconCloudOff size={15} aria-hidden />{text('grades.held', { count: cells })}</span>;
  if (cells > 0) return <span role="status"><IconLoader2 size={15} aria-hidden />{text('grades.saving')}</span>;
  if (lastSavedAt === null) return <span role="status">{text(mayEdit ? 'grades.savesItself' : 'grades.readOnly')}</span>;
  return <span className={styles.saved} role="status"><IconDeviceFloppy size={15} aria-hidden />{text('grades.saved', { at: formatClock(lastSavedAt) })}</span>;
}

import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconDeviceDesktopUp } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { useOutbox, useOutboxStatus } from '../grades/outbox-context.tsx';
import classes from './frame.module.css';
import { useRead } from './queries.ts';
import { navigate } from './router.tsx';
import { useSession } from './session.tsx';

/** Marks that are not in the book yet, seen from every place: held while out of reach, or waiting for a choice between two values. */
export function MarksLight() {
  const outbox = useOutbox();
  const { cells, isHeld } = useOutboxStatus();
  const { year } = useSession();
  const asked = useRead('gradebook.markConflicts', { year }).data?.conflicts.find(one => one.maySettle)?.sheetId;
  if (asked !== undefined) {
    return (
      <UnstyledButton className={classes.light} data-state="needs" onClick={() => { navigate(`/grades/${asked}`); }}>
        <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
        <span>{text('window.marks.conflict')}</span>
      </UnstyledButton>
    );
  }
  const first = outbox.firstSheet;
  if (!isHeld || cells === 0 || first === null) return null;
  return (
    <UnstyledButton className={classes.light} data-state="needs" onClick={() => { navigate(`/grades/${first}`); }}>
      <IconDeviceDesktopUp size={17} stroke={1.7} aria-hidden />
      <span>{text('window.marks.held', { count: cells })}</span>
    </UnstyledButton>
  );
}

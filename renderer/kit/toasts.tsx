import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';

const UNDO_FOR = 10_000; // milliseconds

/** Says what was done and offers to take it back for ten seconds. */
export function showUndo(message: string, onUndo: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_FOR,
    withBorder: true,
    color: 'teal',
    message: (
      <span style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); onUndo(); }}>{text('kit.undo')}</Button>
      </span>
    ),
  });
}

/** Says that something is done. */
export function showDone(message: string): void {
  notifications.show({ autoClose: 4_000, withBorder: true, color: 'teal', message });
}

/** Says why something that has no place of its own on screen did not work. */
export function showFailure(failure: Failure): void {
  notifications.show({ autoClose: 15_000, withBorder: true, color: 'red', title: failure.heading, message: `${failure.what} ${failure.remedy}` });
}

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { keptCells } from '../grades/outbox-shelf.ts';
import { useAct } from '../kit/useAct.ts';
import { api } from './api.ts';
import { useLostSession } from './lost-session.ts';

/** The program was started anew and does not know this browser: what to do, and that nothing written is lost. */
export function ReopenNotice() {
  const lost = useLostSession();
  const again = useAct(api.accounts.current);
  if (lost !== 'reopen') return null;
  const kept = keptCells(window.localStorage);
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={text('window.lost.reopen.title')} zIndex={500}>
      <Stack gap="sm">
        <Text size="sm">{text('window.lost.reopen.what')}</Text>
        <Text size="sm">{kept > 0 ? text('window.lost.kept', { count: kept }) : text('window.lost.nothingKept')}</Text>
        <Group justify="flex-end"><Button loading={again.isBusy} onClick={() => { void again.run({}); }}>{text('window.lost.reopen.again')}</Button></Group>
      </Stack>
    </Modal>
  );
}

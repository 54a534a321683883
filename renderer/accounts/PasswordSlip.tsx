import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { showDone } from '../kit/toasts.tsx';
import styles from './accounts.module.css';

export interface Slip {
  name: string;
  user: string;
  password: string;
}

/** A password that is shown once, to be handed over. */
export function PasswordSlip({ slip, onClose }: { slip: Slip; onClose: () => void }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${slip.user}\t${slip.password}`);
    showDone(text('accounts.screen.slip.copied'));
  };
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={text('accounts.screen.slip.title', { name: slip.name })} size="md">
      <Stack gap="sm">
        <dl className={styles.slip}>
          <dt>{text('accounts.screen.slip.user')}</dt><dd>{slip.user}</dd>
          <dt>{text('accounts.screen.slip.password')}</dt><dd data-password>{slip.password}</dd>
        </dl>
        <p className={styles.note}>{text('accounts.screen.slip.once')}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" leftSection={<IconCopy size={15} />} onClick={() => { void copy(); }}>{text('accounts.screen.slip.copy')}</Button>
          <Button data-autofocus onClick={onClose}>{text('accounts.screen.slip.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

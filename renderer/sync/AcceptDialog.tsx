import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Fingerprint } from './Fingerprint.tsx';
import styles from './sync.module.css';

export interface AcceptDialogProps {
  file: { fileName: string; bytes: Uint8Array };
  onClose: () => void;
}

/** The authority's answer: its name and fingerprint, to be read aloud over the telephone before it is believed. */
export function AcceptDialog({ file, onClose }: AcceptDialogProps) {
  const [read, setRead] = useState<{ authority: string; fingerprint: string } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [server, setServer] = useState('');
  const [isBusy, setBusy] = useState(false);
  const isAddress = server.trim() === '' || URL.canParse(server.trim());

  useEffect(() => {
    let isStale = false;
    void (async () => {
      const result = await api.sync.enrolmentAccept({ ...file, confirm: false });
      if (isStale) return;
      if (result.ok) setRead(result.value);
      else setFailure(result.error);
    })();
    return () => { isStale = true; };
  }, [file]);

  const accept = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const address = server.trim();
    const result = await api.sync.enrolmentAccept({ ...file, confirm: true, ...(address === '' ? {} : { server: address }) });
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    refresh('sync');
    showDone(text('sync.screen.enrol.done', { authority: result.value.authority }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('sync.screen.enrol.acceptTitle')} size="md">
      <form onSubmit={event => { event.preventDefault(); if (read !== null && isAddress && !isBusy) void accept(); }}>
        <Stack gap="sm">
          {read === null ? null : (
            <>
              <div className={styles.aloud}>
                <strong>{read.authority}</strong>
                <span>{text('sync.screen.enrol.readAloud')}</span>
                <Fingerprint hex={read.fingerprint} isLarge />
              </div>
              <TextInput
                label={text('sync.screen.enrol.server')}
                description={text('sync.screen.enrol.serverHint')}
                classNames={{ description: styles.hint ?? '' }}
                placeholder="https://…"
                value={server}
                error={isAddress ? null : text('sync.screen.enrol.serverFault')}
                onChange={event => { setServer(event.currentTarget.value); }}
              />
            </>
          )}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('sync.screen.enrol.differs')}</Button>
            <Button type="submit" loading={isBusy} disabled={read === null || !isAddress}>{text('sync.screen.enrol.same')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

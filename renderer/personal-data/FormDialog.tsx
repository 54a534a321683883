import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';

export interface FormDialogProps {
  title: string;
  saveLabel?: string;
  isReady: boolean;
  onSave: () => Promise<Result<unknown>>;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: closes when it was saved, says why when it was not. */
export function FormDialog({ title, saveLabel = text('kit.save'), isReady, onSave, onClose, children }: FormDialogProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    const result = await onSave();
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    refresh('personalData');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={event => { event.preventDefault(); if (isReady && !isBusy) void save(); }}>
        <Stack gap="sm">
          {children}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={isBusy} disabled={!isReady}>{saveLabel}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

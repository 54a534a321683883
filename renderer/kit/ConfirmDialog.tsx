import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** The act in one verb, on the button. */
  confirmLabel: string;
  /** Asks for a reason; `minLength` 0 makes it optional. */
  reason?: { label: string; minLength: number; placeholder?: string };
  tone?: 'normal' | 'danger';
  /** The dialog closes when this succeeds and shows the failure when it does not. */
  onConfirm: (reason: string) => Promise<Result<unknown>>;
  onClose: () => void;
}

/** Asks before an act that others will see, with a reason for the journal where one is wanted. Mount it to open it. */
export function ConfirmDialog({ title, children, confirmLabel, reason, tone = 'normal', onConfirm, onClose }: ConfirmDialogProps) {
  const [words, setWords] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isShort = reason !== undefined && words.trim().length < reason.minLength;
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const result = await onConfirm(words.trim());
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result.error);
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form onSubmit={event => { event.preventDefault(); if (!isShort && !isBusy) void confirm(); }}>
        <Stack gap="sm">
          <div>{children}</div>
          {reason === undefined ? null : (
            <Textarea
              data-autofocus
              label={reason.label}
              placeholder={reason.placeholder ?? ''}
              required={reason.minLength > 0}
              maxLength={300}
              autosize
              minRows={2}
              value={words}
              onChange={event => { setWords(event.currentTarget.value); }}
            />
          )}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={isBusy} disabled={isShort} color={tone === 'danger' ? 'red.9' : 'teal'} {...(reason === undefined ? { 'data-autofocus': true } : {})}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { ActionIcon, Button, Group, Modal, Stack } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Failure } from '../../preload/contract/failure.ts';
import type { TokenCertificate, TokenView } from '../../preload/contract/signing.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Notice } from '../kit/Notice.tsx';
import styles from './signing.module.css';

export interface PinDialogProps {
  module: string;
  token: TokenView;
  certificate: TokenCertificate;
  /** The act that follows, on the button. */
  actLabel: string;
  onOpened: (session: { session: string; subject: string }) => void;
  /** The PIN was refused: the token's count of tries has changed. */
  onRefused: () => void;
  onClose: () => void;
}

/**
 * Asks for the PIN and hands it to the token process. It is never in React's state: it stands in the field until the button is pressed, and
 * the field is emptied before the answer comes.
 */
export function PinDialog({ module, token, certificate, actLabel, onOpened, onRefused, onClose }: PinDialogProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const [hasAccents, setAccents] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isLocked = token.pin === 'locked' || token.pin === 'toBeChanged' || failure?.code === 'token.pinLocked';

  const open = async (): Promise<void> => {
    const input = field.current;
    if (input === null || input.value === '' || isBusy || isLocked) return;
    const asked = api.signing.openToken({ module, certificate: certificate.sha256, pin: input.value });
    input.value = '';
    setEmpty(true);
    setAccents(false);
    setShown(false);
    setBusy(true);
    setFailure(null);
    const result = await asked;
    setBusy(false);
    if (result.ok) {
      onOpened(result.value);
      return;
    }
    setFailure(result.error);
    onRefused();
    input.focus();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => { setCapsLock(event.getModifierState('CapsLock')); };
  return (
    <Modal opened onClose={onClose} title={text('signing.screen.pin.title')} size="sm" closeOnClickOutside={false}>
      <form autoComplete="off" onSubmit={event => { event.preventDefault(); void open(); }}>
        <Stack gap="sm">
          <div className={styles.owner}>
            <strong>{certificate.subject}</strong>
            <span>{certificate.organisation}</span>
            <span>{text('signing.screen.pin.onToken', { token: token.label, serial: token.serial })}</span>
          </div>
          {token.pin === 'ok' || (token.pin === 'low' && failure !== null) ? null : <Notice state={isLocked ? 'blocked' : 'needs'} title={text(`signing.screen.pin.state.${token.pin}`)} />}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <div>
            <label htmlFor="signing-pin" className={styles.pinLabel}>{text('signing.screen.pin.label')}</label>
            <div className={styles.pinField}>
              <input
                ref={field}
                id="signing-pin"
                data-autofocus
                type={isShown ? 'text' : 'password'}
                autoComplete="new-password"
                autoCapitalize="off"
                autoCorrect="off"
                spellCheck={false}
                maxLength={64}
                disabled={isLocked || isBusy}
                aria-describedby="signing-pin-hints"
                onKeyDown={press}
                onKeyUp={press}
                onChange={event => {
                  setEmpty(event.currentTarget.value === '');
                  setAccents(/[^\u0020-\u007E]/.test(event.currentTarget.value));
                }}
              />
              <ActionIcon variant="subtle" color="gray" aria-label={text(isShown ? 'signing.screen.pin.hide' : 'signing.screen.pin.show')} onClick={() => { setShown(!isShown); }}>
                {isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
              </ActionIcon>
            </div>
          </div>
          <div id="signing-pin-hints" className={styles.pinHints} aria-live="polite">
            {hasCapsLock ? <span data-warns>● {text('signing.screen.pin.capsLock')}</span> : null}
            {hasAccents ? <span data-warns>● {text('signing.screen.pin.accents')}</span> : <span>{text('signing.screen.pin.keyboard')}</span>}
          </div>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={isBusy} disabled={isEmpty || isLocked}>{actLabel}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import type { SigningSession } from './signing-session.ts';
import type { Light, LightId } from './token-lights.ts';
import { TokenRemedy } from './TokenRemedy.tsx';
import type { Tokens } from './useTokens.ts';
import styles from './signing.module.css';

const signs = { needs: '●', done: '✓', blocked: '✕', quiet: '○' };

export interface TokenStripProps {
  /** While it signs nothing can be chosen. */
  isSigning: boolean;
  lights: readonly Light[];
  tokens: Tokens;
  session: SigningSession | null;
  tsaUrl: string | null;
}

/** Six lights of the signing device, each with its name, a sign and a word; below, what to do about the one that stands in the way. */
export function TokenStrip({ isSigning, lights, tokens, session, tsaUrl }: TokenStripProps) {
  const [opened, setOpened] = useState<LightId | 'none' | null>(null);
  const inTheWay = lights.find(light => light.state === 'blocked') ?? lights.find(light => light.state === 'needs' && light.id === 'certificate');
  const chosen = lights.find(light => light.id === opened);
  // A light that waits for one before it has nothing to say: what stands in the way has.
  const isIdle = chosen === undefined || (chosen.state === 'quiet' && inTheWay !== undefined);
  const shown: LightId | null = isSigning || opened === 'none' ? null : isIdle ? inTheWay?.id ?? null : chosen.id;
  const light = lights.find(one => one.id === shown);
  return (
    <div>
      <div className={styles.stripHead}>
        <h2>{text('signing.screen.device')}</h2>
        <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconRefresh size={14} />} loading={tokens.isLooking} disabled={tokens.module === ''} onClick={tokens.look}>{text('signing.screen.lookAgain')}</Button>
      </div>
      <ul className={styles.strip}>
        {lights.map(one => (
          <li key={one.id}>
            <button type="button" data-state={one.state} aria-expanded={one.id === shown} onClick={() => { setOpened(one.id === shown ? 'none' : one.id); }}>
              <span className={styles.lightName}><span aria-hidden className={styles.lightSign}>{signs[one.state]}</span>{text(`signing.screen.light.name.${one.id}`)}</span>
              <span className={styles.lightWord} title={one.word}>{one.word}</span>
            </button>
          </li>
        ))}
      </ul>
      {light === undefined ? null : (
        // Once a person is in it, it stays, although what is chosen there turns the light green.
        <div role="presentation" onFocus={() => { setOpened(light.id); }}>
          <TokenRemedy light={light} tokens={tokens} session={session} tsaUrl={tsaUrl} />
        </div>
      )}
    </div>
  );
}

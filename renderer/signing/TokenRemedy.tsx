import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { closeSession } from './signing-session.ts';
import type { SigningSession } from './signing-session.ts';
import type { Light } from './token-lights.ts';
import type { Tokens } from './useTokens.ts';
import styles from './signing.module.css';

export interface TokenRemedyProps {
  light: Light;
  tokens: Tokens;
  session: SigningSession | null;
  tsaUrl: string | null;
}

/** What one light means, what can be chosen there, and what to do when it is not green. */
export function TokenRemedy({ light, tokens, session, tsaUrl }: TokenRemedyProps) {
  return (
    <section className={styles.remedy} aria-label={text(`signing.screen.light.name.${light.id}`)}>
      {light.id === 'driver' ? <Driver tokens={tokens} /> : null}
      {light.id === 'token' ? <TokenList tokens={tokens} /> : null}
      {light.id === 'certificate' || light.id === 'validity' ? <Certificates tokens={tokens} /> : null}
      {light.id === 'pin' ? <Pin tokens={tokens} session={session} /> : null}
      {light.id === 'timestamp' ? <p>{tsaUrl === null ? text('signing.screen.timestamp.absent') : text('signing.screen.timestamp.present', { url: tsaUrl })}</p> : null}
    </section>
  );
}

function Driver({ tokens }: { tokens: Tokens }) {
  const isOwn = tokens.module !== '' && !tokens.modules.some(one => one.path === tokens.module);
  const [path, setPath] = useState(isOwn ? tokens.module : '');
  return (
    <Stack gap={8}>
      {tokens.failure === null ? null : <ErrorNotice failure={tokens.failure} onRetry={tokens.look} />}
      {tokens.modules.length === 0 && !tokens.isSearching ? <p>{text('signing.screen.driver.none')}</p> : (
        <Radio.Group label={text('signing.screen.driver.found')} value={isOwn ? null : tokens.module} onChange={tokens.chooseModule}>
          <Stack gap={4} mt={4}>
            {tokens.modules.map(one => <Radio key={one.path} size="xs" value={one.path} label={<>{one.name} <span className={styles.path}>{one.path}</span></>} />)}
          </Stack>
        </Radio.Group>
      )}
      <form className={styles.ownPath} onSubmit={event => { event.preventDefault(); if (path.trim() !== '') tokens.chooseModule(path.trim()); }}>
        <TextInput label={text('signing.screen.driver.own')} placeholder={text('signing.screen.driver.example')} value={path} onChange={event => { setPath(event.currentTarget.value); }} spellCheck={false} />
        <Button type="submit" variant="default" disabled={path.trim() === ''}>{text('signing.screen.driver.use')}</Button>
      </form>
    </Stack>
  );
}

function TokenList({ tokens }: { tokens: Tokens }) {
  if (tokens.failure !== null) return <ErrorNotice failure={tokens.failure} onRetry={tokens.look} />;
  if (tokens.tokens.length === 0) return <p>{text(tokens.module === '' ? 'signing.screen.token.driverFirst' : 'signing.screen.token.absent')}</p>;
  return (
    <ul className={styles.tokens}>
      {tokens.tokens.map(one => <li key={`${one.serial} ${one.label}`}><strong>{one.label}</strong> <span className={styles.path}>{one.model} · {text('signing.screen.token.serial', { serial: one.serial })} · {text('signing.screen.token.certificates', { count: one.certificates.length })}</span></li>)}
    </ul>
  );
}

function Certificates({ tokens }: { tokens: Tokens }) {
  const all = tokens.tokens.flatMap(token => token.certificates.map(certificate => ({ token, certificate })));
  if (all.length === 0) return <p>{text('signing.screen.certificate.none')}</p>;
  return (
    <Radio.Group label={text('signing.screen.certificate.choose')} value={tokens.certificate?.sha256 ?? null} onChange={tokens.chooseCertificate}>
      <Stack gap={0} mt={4}>
        {all.map(({ token, certificate }) => {
          const isBad = certificate.problems.length > 0;
          return (
            <Radio
              key={certificate.sha256}
              size="xs"
              classNames={{ root: styles.certificate ?? '' }}
              value={certificate.sha256}
              label={(
                <span className={styles.certificateWords}>
                  <span><strong>{certificate.subject}</strong> <span className={styles.path}>{certificate.organisation}</span></span>
                  <StateBadge state={isBad ? 'blocked' : certificate.daysLeft <= 30 ? 'needs' : 'done'}>{isBad ? certificate.problems.join(' ') : text('signing.screen.light.daysLeft', { days: certificate.daysLeft })}</StateBadge>
                  <span className={styles.path}>{text('signing.screen.certificate.facts', { issuer: certificate.issuer, from: formatDate(certificate.validFrom), to: formatDate(certificate.validTo), serial: certificate.serial, token: token.label })}</span>
                </span>
              )}
            />
          );
        })}
      </Stack>
    </Radio.Group>
  );
}

function Pin({ tokens, session }: { tokens: Tokens; session: SigningSession | null }) {
  if (session !== null) {
    return (
      <div className={styles.pinOpen}>
        <p>{text('signing.screen.pin.opened', { subject: session.subject })}</p>
        <Button size="compact-xs" variant="default" onClick={() => { void closeSession().then(tokens.look); }}>{text('signing.screen.pin.close')}</Button>
      </div>
    );
  }
  return <p>{text(`signing.screen.pin.state.${tokens.token?.pin ?? 'unknown'}`)}</p>;
}

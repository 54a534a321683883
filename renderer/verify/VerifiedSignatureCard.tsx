import { IconChevronRight } from '@tabler/icons-react';
import type { VerifiedSignature, VerifyReason } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { Facts } from '../kit/Facts.tsx';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import { ReasonList } from './ReasonList.tsx';
import styles from './verify.module.css';

const states: Record<VerifiedSignature['status'], WorkState> = { valid: 'done', warning: 'needs', invalid: 'blocked', unknown: 'needs' };

/** What a signature without any reason against it stands for. */
function whole(): VerifyReason {
  return { code: 'whole', text: text('verify.screen.whole'), severity: 'info' };
}

/** One signature: who, as what, when and by whose clock; then why it stands or not, and the chain of certificates behind it. */
export function VerifiedSignatureCard({ signature, order }: { signature: VerifiedSignature; order: number }) {
  return (
    <section className={styles.card}>
      <header className={styles.signatureHead}>
        <h2>{order}. {signature.signer}</h2>
        {signature.role === '' ? null : <span>{signature.role}</span>}
        <StateBadge state={states[signature.status]}>{text(`verify.screen.signature.${signature.status}`)}</StateBadge>
      </header>
      <div className={styles.signature}>
        <Facts
          nameWidth={104}
          facts={[
            {
              name: text('verify.screen.time'),
              value: signature.time === null ? text('verify.screen.noTime') : (
                <>
                  <span className="tabular">{formatDateTime(signature.time)}</span>{' '}
                  <StateBadge state={signature.timeTrusted ? 'done' : 'needs'}>{text(signature.timeTrusted ? 'verify.screen.timeTrusted' : 'verify.screen.timeClaimed')}</StateBadge>
                </>
              ),
            },
            ...(signature.role === '' ? [{ name: text('verify.screen.field'), value: signature.field }] : []),
            { name: text('verify.screen.serial'), value: <span className={styles.serial}>{signature.serial}</span> },
          ]}
        />
        <ReasonList reasons={signature.reasons.length === 0 && signature.status === 'valid' ? [whole()] : signature.reasons} />
      </div>
      {signature.chain.length === 0 ? null : (
        <details className={styles.chain}>
          <summary><IconChevronRight size={14} aria-hidden />{text('verify.screen.chain', { count: signature.chain.length })}</summary>
          <ol>
            {signature.chain.map(one => (
              <li key={`${one.subject} ${one.validFrom}`}>
                <strong>{one.subject}</strong>
                <span>{text('verify.screen.issued', { issuer: one.issuer, from: formatDate(one.validFrom), to: formatDate(one.validTo) })}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

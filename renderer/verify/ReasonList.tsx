import type { VerifyReason } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import styles from './verify.module.css';

/** Worst first. */
export const severities: readonly VerifyReason['severity'][] = ['error', 'warning', 'info'];
const signs: Record<VerifyReason['severity'], string> = { error: '✕', warning: '●', info: '✓' };

/** Why a verdict is what it is, each reason with its sign. */
export function ReasonList({ reasons }: { reasons: readonly VerifyReason[] }) {
  return (
    <ul className={styles.reasons}>
      {reasons.map(reason => (
        <li key={`${reason.code} ${reason.text}`} data-severity={reason.severity}>
          <span aria-label={text(`verify.screen.severity.${reason.severity}`)} role="img">{signs[reason.severity]}</span>
          <span>{reason.text}</span>
        </li>
      ))}
    </ul>
  );
}

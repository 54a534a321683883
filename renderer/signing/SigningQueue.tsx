import { SegmentedControl } from '@mantine/core';
import type { SigningQueueRow } from '../../preload/contract/signing.ts';
import type { SignRole } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { formatNumber } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './signing.module.css';

export interface SigningQueueProps {
  rows: readonly SigningQueueRow[];
  roles: readonly SignRole[];
  role: SignRole;
  classId: string;
  /** Classes a homeroom teacher signs for, by name. */
  homeroomOf: readonly string[];
  disabled: boolean;
  onRole: (role: SignRole) => void;
  onClass: (classId: string) => void;
}

/** Whose signature, and which class: one radio group, so that the arrow keys walk the classes. */
export function SigningQueue({ rows, roles, role, classId, homeroomOf, disabled, onRole, onClass }: SigningQueueProps) {
  const own = rows.filter(row => row.role === role && (role !== 'homeroom' || homeroomOf.includes(row.className))).toSorted((left, right) => compareWords(left.className, right.className));
  return (
    <section className={styles.queue}>
      <h2>{text('signing.screen.what')}</h2>
      {roles.length > 1 ? (
        <SegmentedControl
          fullWidth
          disabled={disabled}
          aria-label={text('signing.screen.as')}
          data={roles.map(value => ({ value, label: text(`signing.screen.role.${value}`) }))}
          value={role}
          onChange={value => { const found = roles.find(one => one === value); if (found !== undefined) onRole(found); }}
        />
      ) : <p className={styles.asOne}>{text('signing.screen.asOne', { role: text(`signing.screen.role.${role}`) })}</p>}
      {own.length === 0 ? <p className={styles.nothing}>{text('signing.screen.nothing')}</p> : (
        <div role="radiogroup" aria-label={text('signing.screen.classes')} className={styles.classes}>
          <div className={styles.classHead} aria-hidden>
            <span>{text('signing.screen.column.class')}</span><span>{text('signing.screen.column.ready')}</span><span>{text('signing.screen.column.waiting')}</span><span>{text('signing.screen.column.signed')}</span><span />
          </div>
          {own.map(row => (
            <label key={row.classId} className={styles.classRow}>
              <input type="radio" name="signing-class" disabled={disabled} checked={row.classId === classId} onChange={() => { onClass(row.classId); }} aria-label={text('signing.screen.classLabel', { name: row.className, ready: row.ready, signed: row.signed })} />
              <strong>{row.className}</strong>
              <span>{formatNumber(row.ready)}</span>
              <span>{formatNumber(Math.max(0, row.waiting - row.ready))}</span>
              <span>{formatNumber(row.signed)}</span>
              <QueueState row={row} />
            </label>
          ))}
        </div>
      )}
    </section>
  );
}

function QueueState({ row }: { row: SigningQueueRow }) {
  if (row.ready > 0) return <StateBadge state="needs">{text('signing.screen.state.ready')}</StateBadge>;
  if (row.waiting > 0) return <StateBadge state="quiet">{text('signing.screen.state.waiting')}</StateBadge>;
  return <StateBadge state={row.signed > 0 ? 'done' : 'quiet'}>{text(row.signed > 0 ? 'signing.screen.state.signed' : 'signing.screen.state.none')}</StateBadge>;
}

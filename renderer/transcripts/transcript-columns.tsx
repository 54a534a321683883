import type { SignRole, TranscriptRow } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { formatDateTime } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import styles from './transcripts.module.css';

const states: Record<TranscriptRow['state'], WorkState> = { none: 'quiet', prepared: 'needs', homeroomSigned: 'needs', principalSigned: 'needs', sealed: 'done', sent: 'done' };
const roles: readonly SignRole[] = ['homeroom', 'principal', 'seal'];

export function PaperState({ row }: { row: TranscriptRow }) {
  if (row.blockedBy !== null && row.state === 'none') return <StateBadge state="blocked">{text('transcripts.screen.isBlocked')}</StateBadge>;
  return <StateBadge state={states[row.state]}>{text(`transcripts.screen.state.${row.state}`)}</StateBadge>;
}

/** The three signatures of a paper in their order: a sign for each that is there, an empty ring for each that is awaited. */
export function SignatureSigns({ row }: { row: TranscriptRow }) {
  if (row.state === 'none') return null;
  return roles.map(role => {
    const found = row.signatures.find(one => one.role === role);
    const words = found === undefined
      ? text('transcripts.screen.awaited', { role: text(`transcripts.screen.role.${role}`) })
      : text('transcripts.screen.signedBy', { role: text(`transcripts.screen.role.${role}`), signer: found.signer, at: formatDateTime(found.at) });
    return (
      <span key={role} className={styles.sign} data-signed={found !== undefined} title={words} aria-label={words}>
        <span aria-hidden>{found === undefined ? '○' : '✓'}</span> {text(`transcripts.screen.roleShort.${role}`)}
      </span>
    );
  });
}

/** What a person should know of a paper: why it cannot be made, or that the results changed since. */
export function paperNote(row: TranscriptRow): string {
  if (row.isStale) return text('transcripts.screen.isStale');
  if (row.blockedBy !== null && row.state === 'none') return row.blockedBy;
  return '';
}

/** The columns of a class's papers. */
export function paperColumns(): TableColumn<TranscriptRow>[] {
  return [
    { id: 'order', title: text('transcripts.screen.column.order'), value: row => row.order, width: 46, align: 'right' },
    { id: 'name', title: text('transcripts.screen.column.name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 150, share: 3 }, isFixed: true },
    {
      id: 'state',
      title: text('transcripts.screen.column.state'),
      value: row => text(`transcripts.screen.state.${row.state}`),
      render: row => <span title={paperNote(row)}><PaperState row={row} />{row.paperVersion > 1 ? <span className={styles.version}> {text('transcripts.screen.versionShort', { version: row.paperVersion })}</span> : null}{row.isStale ? <span className={styles.stale}> ● {text('transcripts.screen.staleShort')}</span> : null}</span>,
      width: { least: 168, share: 2 },
    },
    { id: 'signatures', title: text('transcripts.screen.column.signatures'), value: row => row.signatures.length, render: row => <SignatureSigns row={row} />, width: 146 },
  ];
}

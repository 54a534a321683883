import { IconFileOff } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import type { TranscriptRow } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ExplanationFold } from '../kit/ExplanationFold.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { PaperState, paperNote } from './transcript-columns.tsx';
import styles from './transcripts.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('../kit/PdfViewer.tsx')).PdfViewer }));

/** The paper of the pupil stood on, who signed it and when, or why there is none yet. */
export function PaperPane({ row }: { row: TranscriptRow | null }) {
  if (row === null) return <div className={styles.paper} data-paper><EmptyState icon={IconFileOff} title={text('transcripts.screen.noneChosen')} next={text('transcripts.screen.noneChosenNext')} /></div>;
  return (
    <div className={styles.paper} data-paper>
      <PaperFacts row={row} />
      <div className={styles.reasons}><ExplanationFold enrolmentId={row.enrolmentId} /></div>
      {row.transcriptId === null
        ? <EmptyState icon={IconFileOff} title={text('transcripts.screen.noPaper')} next={row.blockedBy === null ? text('transcripts.screen.noPaperNext') : text('transcripts.screen.noPaperBlocked', { why: row.blockedBy })} />
        : <OpenPaper transcriptId={row.transcriptId} />}
    </div>
  );
}

function PaperFacts({ row }: { row: TranscriptRow }) {
  const note = paperNote(row);
  if (row.transcriptId === null && note === '') return null;
  return (
    <div className={styles.facts}>
      <PaperState row={row} />
      {row.preparedAt === null ? null : <span className="tabular">{text(row.paperVersion > 1 ? 'transcripts.screen.preparedVersion' : 'transcripts.screen.preparedAt', { at: formatDateTime(row.preparedAt), version: row.paperVersion })}</span>}
      {row.signatures.map(one => (
        <span key={one.role} className={styles.signer}>
          ✓ {text(`transcripts.screen.role.${one.role}`)}: {one.signer} · <span className="tabular">{formatDateTime(one.at)}</span>
          {' '}({text(`transcripts.screen.timestamp.${one.timestamp}`)})
        </span>
      ))}
      {note === '' || row.transcriptId === null ? null : <StateBadge state="needs">{note}</StateBadge>}
    </div>
  );
}

/** The viewer stays, with its focus, from pupil to pupil; the former paper is dimmed until the next is there. */
function OpenPaper({ transcriptId }: { transcriptId: string }) {
  const read = useRead('transcripts.paper', { transcriptId }, { keepPrevious: true });
  return (
    <div className={styles.open} data-former={read.isPlaceholderData}>
      <Waiting read={read} lines={10}>{file => <Suspense fallback={null}><PdfViewer file={file} /></Suspense>}</Waiting>
    </div>
  );
}

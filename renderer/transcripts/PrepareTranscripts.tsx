import { Button } from '@mantine/core';
import { IconFileStack } from '@tabler/icons-react';
import { useState } from 'react';
import type { TranscriptBoard } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { useJob } from '../kit/useJob.ts';
import styles from './transcripts.module.css';

/** Makes the papers of the class that can be made. Signed papers whose results changed get a new version, and that asks for a reason. */
export function PrepareButton({ board, disabled }: { board: TranscriptBoard; disabled: boolean }) {
  const preparing = useJob('transcripts.prepare');
  const [isAsking, setAsking] = useState(false);
  const renewed = board.rows.filter(row => row.isStale && row.signatures.length > 0);
  const isNew = board.rows.every(row => row.transcriptId === null);
  const start = (): void => {
    if (renewed.length > 0) setAsking(true);
    else void preparing.run({ classId: board.classId });
  };
  return (
    <>
      <Button leftSection={<IconFileStack size={15} stroke={1.7} />} loading={preparing.isRunning} disabled={disabled || board.rows.length === 0} onClick={start}>
        {text(isNew ? 'transcripts.screen.prepare' : 'transcripts.screen.prepareAgain')}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={text('transcripts.screen.renewTitle')}
          confirmLabel={text('transcripts.screen.prepareAgain')}
          reason={{ label: text('transcripts.screen.renewReason'), minLength: 3, placeholder: text('transcripts.screen.renewReasonExample') }}
          onClose={() => { setAsking(false); }}
          onConfirm={reason => {
            void preparing.run({ classId: board.classId, reason });
            return Promise.resolve({ ok: true, value: null });
          }}
        >
          <p className={styles.renewed}>{text('transcripts.screen.renewWhat', { count: formatNumber(renewed.length) })}</p>
          <ul className={styles.renewed}>{renewed.map(row => <li key={row.enrolmentId}>{row.order}. {row.name}</li>)}</ul>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Progress, and then what was made, what was kept, and whose paper cannot be made yet and why. */
export function PrepareOutcome({ classId }: { classId: string }) {
  const preparing = useJob('transcripts.prepare');
  if (preparing.input?.classId !== classId) return null;
  const { result } = preparing;
  return (
    <div className={styles.told}>
      <RunningJob run={preparing} />
      {result === null ? null : (
        <Notice
          state={result.blocked.length === 0 ? 'done' : 'needs'}
          title={text('transcripts.screen.prepared', { prepared: formatNumber(result.prepared), kept: formatNumber(result.kept) })}
          acts={<Button size="compact-xs" variant="subtle" color="gray" onClick={preparing.clear}>{text('kit.close')}</Button>}
        >
          {result.blocked.length === 0 ? null : (
            <>
              <p>{text('transcripts.screen.blocked', { count: formatNumber(result.blocked.length) })}</p>
              <ul className={styles.blocked}>{result.blocked.map(one => <li key={`${one.name} ${one.why}`}><strong>{one.name}</strong>: {one.why}</li>)}</ul>
            </>
          )}
        </Notice>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { SyncStatus } from '../../preload/contract/sync.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Facts } from '../kit/Facts.tsx';
import { saveFile } from '../kit/save-file.ts';
import { useAct } from '../kit/useAct.ts';
import { AcceptDialog } from './AcceptDialog.tsx';
import { FilePick } from '../kit/FilePick.tsx';
import { Fingerprint } from './Fingerprint.tsx';
import styles from './sync.module.css';

/** Who receives the data, the way by stick, and how a school is taken up by its authority. */
export function SyncSide({ status, mayChange }: { status: SyncStatus; mayChange: boolean }) {
  return (
    <div className={styles.side}>
      {status.authority === null ? null : (
        <section>
          <h2>{text('sync.screen.authority')}</h2>
          <Facts
            nameWidth={90}
            facts={[
              { name: text('sync.screen.fact.name'), value: status.authority.name },
              { name: text('sync.screen.fact.server'), value: status.authority.server ?? text('sync.screen.fact.noServer') },
              { name: text('sync.screen.fact.fingerprint'), value: <Fingerprint hex={status.authority.fingerprint} /> },
            ]}
          />
        </section>
      )}
      {status.authority === null ? null : (
        <section>
          <h2>{text('sync.screen.stick.title')}</h2>
          <ol className={styles.stick}>{(['export', 'carry', 'receipt'] as const).map(step => <li key={step}>{text(`sync.screen.stick.${step}`)}</li>)}</ol>
        </section>
      )}
      {mayChange && status.authority === null ? (
        <section>
          <h2>{text('sync.screen.enrol.title')}</h2>
          <p>{text('sync.screen.enrol.what')}</p>
          <Enrolment isFirst />
        </section>
      ) : null}
      {mayChange && status.authority !== null ? (
        <details className={styles.again}>
          <summary>{text('sync.screen.enrol.again')}</summary>
          <p>{text('sync.screen.enrol.againWhat')}</p>
          <Enrolment isFirst={false} />
        </details>
      ) : null}
    </div>
  );
}

function Enrolment({ isFirst }: { isFirst: boolean }) {
  const asking = useAct(() => api.sync.enrolmentRequest({}));
  const [request, setRequest] = useState<{ fileName: string; fingerprint: string } | null>(null);
  const [handed, setHanded] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const ask = async (): Promise<void> => {
    const made = await asking.run();
    if (made === null) return;
    saveFile(made.fileName, made.bytes);
    setRequest({ fileName: made.fileName, fingerprint: made.fingerprint });
  };
  return (
    <>
      <ol className={styles.enrol}>
        <li>
          <span>{text('sync.screen.enrol.request')}</span>
          <Button variant={isFirst ? 'filled' : 'default'} leftSection={<IconDownload size={15} stroke={1.7} />} loading={asking.isBusy} onClick={() => { void ask(); }}>{text('sync.screen.enrol.make')}</Button>
          {asking.failure === null ? null : <ErrorNotice failure={asking.failure} onDismiss={asking.clear} />}
          {request === null ? null : (
            <div className={styles.aloud}>
              <span>{text('sync.screen.enrol.readRequest', { file: request.fileName })}</span>
              <Fingerprint hex={request.fingerprint} isLarge />
            </div>
          )}
        </li>
        <li>
          <span>{text('sync.screen.enrol.answer')}</span>
          <FilePick label={text('sync.screen.enrol.take')} onFile={setHanded} />
        </li>
      </ol>
      {handed === null ? null : <AcceptDialog key={handed.fileName} file={handed} onClose={() => { setHanded(null); }} />}
    </>
  );
}

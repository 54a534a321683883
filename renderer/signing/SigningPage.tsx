import { Button } from '@mantine/core';
import { IconFileOff, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../preload/contract/base.ts';
import type { signing } from '../../preload/contract/signing.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { RouteLink, navigate, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatNumber, formatYear } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { PinDialog } from './PinDialog.tsx';
import { forgetSession, keepSession, useSigningSession } from './signing-session.ts';
import { SigningOutcome } from './SigningOutcome.tsx';
import { SigningQueue } from './SigningQueue.tsx';
import { mayOpen, tokenLights } from './token-lights.ts';
import { TokenStrip } from './TokenStrip.tsx';
import { useTokens } from './useTokens.ts';
import styles from './signing.module.css';

const noHints: [] = [];
type Queue = OutputOf<typeof signing.queue>;

/** Signing on one screen: which papers, the device's six lights, the PIN, the papers as they are signed. */
export default function SigningPage({ params }: ScreenProps) {
  const { year, account } = useSession();
  const read = useRead('signing.queue', { year });
  const ready = read.data?.rows.filter(row => read.data.mayRoles.includes(row.role) && (row.role !== 'homeroom' || account.homeroomOf.includes(row.className))).reduce((sum, row) => sum + row.ready, 0);
  useFoot(text('signing.screen.where'), noHints);
  return (
    <Page title={text('signing.screen.title')} aside={<span className="tabular">{formatYear(year)}{ready === undefined ? '' : ` · ${text('signing.screen.ready', { count: formatNumber(ready) })}`}</span>}>
      <Waiting read={read} lines={12}>
        {queue => (queue.mayRoles.length === 0 || queue.rows.length === 0
          ? <EmptyState icon={IconFileOff} title={text('signing.screen.empty')} next={text('signing.screen.emptyNext')} />
          : <SigningDesk queue={queue} classId={params['classId'] ?? ''} />)}
      </Waiting>
    </Page>
  );
}

function SigningDesk({ queue, classId }: { queue: Queue; classId: string }) {
  const { account } = useSession();
  const [chosenRole, setRole] = useQueryValue('role');
  const signing = useJob('signing.signClass');
  const tokens = useTokens(signing.isRunning);
  const session = useSigningSession(account.user);
  const [isAsking, setAsking] = useState(false);

  const role = queue.mayRoles.find(one => one === chosenRole) ?? queue.mayRoles[0] ?? 'homeroom';
  const row = queue.rows.find(one => one.role === role && one.classId === classId);
  const open = session !== null && session.certificate === tokens.certificate?.sha256 ? session : null;
  const lights = tokenLights(tokens, open, queue.tsaUrl);
  const ready = row?.ready ?? 0;
  const isDeviceReady = open !== null || mayOpen(lights);

  const sign = async (token: string): Promise<void> => {
    if (row === undefined) return;
    const batch = await signing.run({ classId: row.classId, role, session: token });
    // The counts beside the outcome must be those after it; what the program tells of each paper comes a moment later.
    refresh('signing');
    // A batch that could not go on has lost the token or its login: the next start must ask for the PIN again.
    if (batch === null || batch.failed.some(one => !one.batchCanContinue)) {
      forgetSession();
      tokens.look();
    }
  };
  const start = (): void => {
    if (row === undefined) return;
    if (open === null) setAsking(true);
    else void sign(open.session);
  };
  const actLabel = row === undefined || ready === 0 ? text('signing.screen.sign') : text('signing.screen.signClass', { count: formatNumber(ready), name: row.className });
  return (
    <div className={styles.desk}>
      <SigningQueue
        rows={queue.rows}
        roles={queue.mayRoles}
        role={role}
        classId={classId}
        homeroomOf={account.homeroomOf}
        disabled={signing.isRunning}
        onRole={setRole}
        onClass={id => { navigate(`/signing/${id}${chosenRole === '' ? '' : `?role=${chosenRole}`}`, { replace: true }); }}
      />
      <div className={styles.work}>
        <section className={styles.card}><TokenStrip key={open?.session ?? 'closed'} isSigning={signing.isRunning} lights={lights} tokens={tokens} session={open} tsaUrl={queue.tsaUrl} /></section>
        <section className={styles.card}>
          <h2>{text('signing.screen.act')}</h2>
          <div className={styles.act}>
            <Button size="sm" leftSection={<IconSignature size={17} stroke={1.7} />} loading={signing.isRunning} disabled={ready === 0 || !isDeviceReady} onClick={start}>{actLabel}</Button>
            <span>{whyNot(row?.className, ready, isDeviceReady)}</span>
            {row === undefined ? null : <RouteLink to={`/transcripts/${row.classId}`}>{text('signing.screen.look', { name: row.className })}</RouteLink>}
          </div>
        </section>
        {signing.isRunning || signing.failure !== null ? <RunningJob run={signing} /> : null}
        {signing.result === null ? null : (
          <SigningOutcome batch={signing.result} hasTimestampServer={queue.tsaUrl !== null} onResume={ready > 0 && isDeviceReady ? start : null} onClose={signing.clear} />
        )}
      </div>
      {isAsking && tokens.token !== null && tokens.certificate !== null ? (
        <PinDialog
          module={tokens.module}
          token={tokens.token}
          certificate={tokens.certificate}
          actLabel={actLabel}
          onRefused={tokens.look}
          onClose={() => { setAsking(false); }}
          onOpened={opened => {
            keepSession({ user: account.user, certificate: tokens.certificate?.sha256 ?? '', ...opened });
            setAsking(false);
            void sign(opened.session);
          }}
        />
      ) : null}
    </div>
  );
}

/** Why the button waits, or what pressing it does. */
function whyNot(className: string | undefined, ready: number, isDeviceReady: boolean): string {
  if (className === undefined) return text('signing.screen.chooseClass');
  if (ready === 0) return text('signing.screen.noneReady', { name: className });
  return text(isDeviceReady ? 'signing.screen.pinNext' : 'signing.screen.deviceFirst');
}

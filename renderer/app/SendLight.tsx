import { UnstyledButton } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { text } from '../../resources/language/language.ts';
import { formatNumber, formatWhen } from '../kit/formats.ts';
import { currentConnection, onConnection } from './api.ts';
import classes from './frame.module.css';
import { useRead } from './queries.ts';
import { navigate } from './router.tsx';
import { hasPlace } from './routes.tsx';
import { useSession } from './session.tsx';

/** Whether this window reaches the program, and what the authority has acknowledged. */
export function SendLight() {
  const { may } = useSession();
  const connection = useSyncExternalStore(onConnection, currentConnection);
  const status = useRead('sync.status', {}, { enabled: may('sync.view') && hasPlace('/sync') });
  if (connection === 'down') {
    return <span className={classes.light} data-state="blocked" role="status"><IconCloudOff size={17} stroke={1.7} aria-hidden /><span>{text('window.send.offline')}</span></span>;
  }
  if (status.data === undefined) return null;
  const { packages, acknowledged, waiting, unsentRecords, unsentFiles } = status.data;
  const lastAt = packages.reduce<string | null>((latest, one) => (one.acknowledgedAt !== null && (latest === null || one.acknowledgedAt > latest) ? one.acknowledgedAt : latest), null);
  const unsent = unsentRecords + unsentFiles;
  const words = waiting > 0
    ? text('window.send.waiting', { count: waiting })
    : unsent > 0 || lastAt === null
      ? text('window.send.unsent', { count: formatNumber(unsent) })
      : text('window.send.sent', { at: formatWhen(lastAt), done: acknowledged, total: packages.length });
  const isSent = waiting === 0 && unsent === 0;
  const Picture = isSent ? IconCloudCheck : IconCloudUp;
  return (
    <UnstyledButton className={classes.light} data-state={isSent ? 'done' : 'needs'} onClick={() => { navigate('/sync'); }}>
      <Picture size={17} stroke={1.7} aria-hidden />
      <span>{words}</span>
    </UnstyledButton>
  );
}

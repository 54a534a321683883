import { Button } from '@mantine/core';
import { IconCloudUp, IconDownload, IconPackageOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { PackageView, SyncStatus } from '../../preload/contract/sync.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatBytes, formatNumber, formatWhen } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { saveFile } from '../kit/save-file.ts';
import { SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showDone } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { ReceiptBox } from './ReceiptBox.tsx';
import { SyncSide } from './SyncSide.tsx';
import styles from './sync.module.css';

/** What the authority has acknowledged, what still has to go, by net or on a stick. */
export default function SyncPage() {
  const { may } = useSession();
  const read = useRead('sync.status', {});
  const pushing = useJob('sync.push');
  const exporting = useJob('sync.exportPackage');
  const mayChange = may('sync.send');
  const status = read.data;
  const push = (): void => { void pushing.run(status?.authority?.server ? { server: status.authority.server } : {}); };
  const save = async (): Promise<void> => {
    const made = await exporting.run({});
    if (made === null) return;
    saveFile(made.fileName, made.bytes);
    showDone(text('sync.screen.saved', { file: made.fileName }));
    exporting.clear();
  };
  const isBusy = pushing.isRunning || exporting.isRunning;
  const unsent = status === undefined ? 0 : status.unsentRecords + status.unsentFiles;
  const isAllSent = status !== undefined && unsent === 0 && status.waiting === 0;
  return (
    <Page
      fills
      title={text('sync.screen.title')}
      aside={status === undefined ? null : <span className="tabular">{text('sync.screen.device', { device: status.device })}</span>}
      acts={mayChange && status?.authority ? (
        <>
          <Button variant="default" leftSection={<IconDownload size={15} stroke={1.7} />} loading={exporting.isRunning} disabled={isBusy} onClick={() => { void save(); }}>{text('sync.screen.export')}</Button>
          <Button leftSection={<IconCloudUp size={15} stroke={1.7} />} loading={pushing.isRunning} disabled={isBusy || isAllSent || !status.authority.server} onClick={push}>{text('sync.screen.push')}</Button>
        </>
      ) : null}
    >
      <Waiting read={read} lines={10}>
        {found => (
          <SidePane label={text('sync.screen.authority')} width={360} side={<SyncSide status={found} mayChange={mayChange} />}>
            <div className={styles.top}>
              <Verdict status={found} />
              <RunningJob run={exporting} onRetry={() => { void save(); }} />
              <RunningJob run={pushing} onRetry={push} />
              {pushing.result === null ? null : (
                <Notice
                  state={pushing.result.waiting === 0 ? 'done' : 'needs'}
                  title={text('sync.screen.pushed', { sent: formatNumber(pushing.result.sent), acknowledged: formatNumber(pushing.result.acknowledged), waiting: formatNumber(pushing.result.waiting) })}
                  acts={<Button size="compact-xs" variant="subtle" color="gray" onClick={pushing.clear}>{text('kit.close')}</Button>}
                />
              )}
              {mayChange && found.waiting > 0 ? <ReceiptBox /> : null}
            </div>
            <Packages packages={found.packages} hasAuthority={found.authority !== null} />
          </SidePane>
        )}
      </Waiting>
    </Page>
  );
}

/** One line: so many of so many acknowledged, and what has not left yet. */
function Verdict({ status }: { status: SyncStatus }) {
  const total = status.packages.length;
  const unsent = status.unsentRecords + status.unsentFiles;
  if (status.authority === null) return <Notice state="needs" title={text('sync.screen.verdict.notEnrolled')}><p>{text('sync.screen.verdict.notEnrolledNext')}</p></Notice>;
  const words = unsent === 0
    ? text('sync.screen.unsent.none')
    : text('sync.screen.unsent.some', { records: formatNumber(status.unsentRecords), files: formatNumber(status.unsentFiles) });
  if (total === 0) return <Notice state="needs" title={text('sync.screen.verdict.nothingYet')}><p className="tabular">{words}</p></Notice>;
  const title = text(status.waiting === 0 ? 'sync.screen.verdict.all' : 'sync.screen.verdict.some', { done: formatNumber(status.acknowledged), total: formatNumber(total), waiting: formatNumber(status.waiting) });
  return <Notice state={status.waiting === 0 && unsent === 0 ? 'done' : 'needs'} title={title}><p className="tabular">{words}</p></Notice>;
}

function Packages({ packages, hasAuthority }: { packages: readonly PackageView[]; hasAuthority: boolean }) {
  const [standing, setStanding] = useState<PackageView | null>(null);
  const stand = useCallback((row: PackageView | null) => { setStanding(row); }, []);
  const columns = useMemo(() => packageColumns(), []);
  const newestFirst = useMemo(() => packages.toSorted((left, right) => right.sequence - left.sequence), [packages]);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(standing === null ? text('sync.screen.where') : text('sync.screen.wherePackage', { sequence: standing.sequence, file: standing.fileName, sha256: standing.sha256 }), hints);
  return (
    <DataTable
      label={text('sync.screen.timeline')}
      name="packages"
      rows={newestFirst}
      columns={columns}
      rowId={row => String(row.sequence)}
      onStand={stand}
      toneOf={row => (row.state === 'waiting' ? 'needs' : null)}
      empty={<EmptyState icon={IconPackageOff} title={text('sync.screen.none')} next={text(hasAuthority ? 'sync.screen.noneNext' : 'sync.screen.noneEnrol')} />}
    />
  );
}

function packageColumns(): TableColumn<PackageView>[] {
  return [
    { id: 'sequence', title: text('sync.screen.column.sequence'), value: row => row.sequence, width: 52, align: 'right' },
    { id: 'createdAt', title: text('sync.screen.column.createdAt'), value: row => row.createdAt, render: row => formatWhen(row.createdAt), width: 136 },
    { id: 'content', title: text('sync.screen.column.content'), value: row => row.content, width: { least: 180, share: 3 } },
    { id: 'bytes', title: text('sync.screen.column.bytes'), value: row => row.bytes, render: row => formatBytes(row.bytes), width: 84, align: 'right' },
    {
      id: 'state',
      title: text('sync.screen.column.state'),
      value: row => text(`sync.screen.state.${row.state}`),
      render: row => <StateBadge state={row.state === 'acknowledged' ? 'done' : 'needs'}>{text(`sync.screen.state.${row.state}`)}</StateBadge>,
      width: 150,
    },
    { id: 'acknowledgedAt', title: text('sync.screen.column.acknowledgedAt'), value: row => row.acknowledgedAt, render: row => (row.acknowledgedAt === null ? '' : formatWhen(row.acknowledgedAt)), width: 136 },
  ];
}

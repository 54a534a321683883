import { Button } from '@mantine/core';
import { IconRubberStamp, IconUsersMinus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { ApprovalStage, ApprovalView, YearEndClass } from '../../preload/contract/year-end-steps.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDateTime, formatNumber } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { useJob } from '../kit/useJob.ts';
import styles from './year-end.module.css';

/** What keeps the principal from approving a class, in a few words; null when nothing does. */
export function approvalWaits(one: YearEndClass, stage: ApprovalStage): string | null {
  const say = (key: string, count: number) => text(`yearEnd.screen.approval.${key}`, { count: formatNumber(count) });
  if (one.pupils === 0) return text('yearEnd.screen.approval.nobody');
  if (stage === 'final' && one.year === null) return text('yearEnd.screen.approval.yearFirst');
  if (stage === 'year' && one.missing > 0) return say('missing', one.missing);
  if (one.undecided > 0) return say('undecided', one.undecided);
  if (stage === 'final' && one.waiting > 0) return say('waiting', one.waiting);
  return one.stale > 0 ? say('stale', one.stale) : null;
}

/** Each class with what it still lacks or who approved it; the principal approves what is ready and may take an approval back with a reason. */
export function YearEndApproval({ overview, stage }: { overview: YearEndOverview; stage: ApprovalStage }) {
  const { may, isClosedYear } = useSession();
  const approving = useJob('yearEnd.approve');
  const [standing, setStanding] = useState<YearEndClass | null>(null);
  const [withdrawing, setWithdrawing] = useState<YearEndClass | null>(null);
  const stand = useCallback((row: YearEndClass | null) => { setStanding(row); }, []);
  const columns = useMemo(() => approvalColumns(stage), [stage]);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(text(`yearEnd.screen.approval.where.${stage}`), hints);
  const mayApprove = may('yearEnd.approve') && !isClosedYear;
  const shown = overview.classes.find(one => one.classId === standing?.classId) ?? null;
  const ready = overview.classes.filter(one => one[stage] === null && approvalWaits(one, stage) === null);
  const approve = (classIds: string[]): void => { void approving.run({ year: overview.year, classIds, stage }); };
  const refused = approving.input?.stage === stage ? approving.result?.refused ?? [] : [];
  return (
    <SidePane label={text('yearEnd.screen.approval.pane')} width={336} side={<ApprovalPane one={shown} stage={stage} overview={overview} mayApprove={mayApprove} isBusy={approving.isRunning} onApprove={id => { approve([id]); }} onWithdraw={setWithdrawing} />}>
      <div className={styles.tools}>
        <span>{text('yearEnd.screen.approval.done', { done: formatNumber(overview.classes.filter(one => one[stage] !== null).length), total: formatNumber(overview.classes.length) })}</span>
        <span style={{ flex: 1 }} />
        {mayApprove ? (
          <Button leftSection={<IconRubberStamp size={15} stroke={1.7} />} disabled={ready.length === 0} loading={approving.isRunning} onClick={() => { approve(ready.map(one => one.classId)); }}>
            {text('yearEnd.screen.approval.approveReady', { count: formatNumber(ready.length) })}
          </Button>
        ) : null}
      </div>
      <div className={styles.told}>
        <RunningJob run={approving} />
        {refused.length === 0 ? null : (
          <Notice state="needs" title={text('yearEnd.screen.approval.refused', { count: formatNumber(refused.length) })}>{refused.map(one => <p key={one.className}>{one.why}</p>)}</Notice>
        )}
      </div>
      <DataTable
        label={text(`yearEnd.screen.step.${stage === 'year' ? 'approve' : 'final'}`)}
        name={`approval-${stage}`}
        rows={overview.classes}
        columns={columns}
        rowId={row => row.classId}
        onStand={stand}
        toneOf={row => (row[stage] === null && approvalWaits(row, stage) !== null ? 'needs' : null)}
        empty={<EmptyState icon={IconUsersMinus} title={text('yearEnd.screen.noPupils')} next={text('yearEnd.screen.noPupilsNext')} />}
      />
      {withdrawing === null ? null : (
        <ConfirmDialog
          title={text('yearEnd.screen.approval.withdrawTitle', { name: withdrawing.className })}
          confirmLabel={text('yearEnd.screen.approval.withdraw')}
          tone="danger"
          reason={{ label: text('yearEnd.screen.approval.reason'), minLength: 3 }}
          onConfirm={reason => api.yearEnd.withdraw({ classId: withdrawing.classId, stage, reason })}
          onClose={() => { setWithdrawing(null); }}
        >
          <p>{text('yearEnd.screen.approval.withdrawWhat')}</p>
        </ConfirmDialog>
      )}
    </SidePane>
  );
}

function approvalColumns(stage: ApprovalStage): TableColumn<YearEndClass>[] {
  const state = (row: YearEndClass) => approvalWaits(row, stage);
  const word = (row: YearEndClass) => (row[stage] !== null ? text('yearEnd.screen.approval.approved') : state(row) ?? text('yearEnd.screen.approval.ready'));
  return [
    { id: 'class', title: text('yearEnd.screen.column.class'), value: row => row.className, compare: (left, right) => compareWords(left.className, right.className), width: 70, isFixed: true },
    { id: 'pupils', title: text('yearEnd.screen.column.pupils'), value: row => row.pupils, width: 80, align: 'right' },
    { id: 'state', title: text('yearEnd.screen.column.state'), value: word, render: row => <StateBadge state={row[stage] !== null ? 'done' : state(row) === null ? 'quiet' : 'needs'}>{word(row)}</StateBadge>, width: { least: 200, share: 2 } },
    { id: 'by', title: text('yearEnd.screen.column.approvedBy'), value: row => row[stage]?.by ?? '', width: { least: 130, share: 1 } },
    { id: 'at', title: text('yearEnd.screen.column.approvedAt'), value: row => row[stage]?.at ?? '', render: row => <span className="tabular">{row[stage] === null ? '' : formatDateTime(row[stage].at)}</span>, width: 156 },
  ];
}

interface PaneProps {
  one: YearEndClass | null;
  stage: ApprovalStage;
  overview: YearEndOverview;
  mayApprove: boolean;
  isBusy: boolean;
  onApprove: (classId: string) => void;
  onWithdraw: (one: YearEndClass) => void;
}

function ApprovalPane({ one, stage, overview, mayApprove, isBusy, onApprove, onWithdraw }: PaneProps) {
  if (one === null) return <PaneEmpty>{text('yearEnd.screen.approval.paneEmpty')}</PaneEmpty>;
  const approval = one[stage];
  const waits = approvalWaits(one, stage);
  const differences = overview.differences.filter(found => found.className === one.className);
  return (
    <div className={styles.why}>
      <h2>{text('yearEnd.screen.approval.className', { name: one.className })}</h2>
      {approval === null ? <p>{waits ?? text('yearEnd.screen.approval.readyWhat')}</p> : <ApprovalFacts approval={approval} />}
      {mayApprove && approval === null ? <Button disabled={waits !== null} loading={isBusy} onClick={() => { onApprove(one.classId); }}>{text('yearEnd.screen.approval.approve')}</Button> : null}
      {mayApprove && approval !== null ? <Button variant="default" onClick={() => { onWithdraw(one); }}>{text('yearEnd.screen.approval.withdraw')}</Button> : null}
      {differences.length === 0 ? null : (
        <section>
          <h3>{text('yearEnd.screen.approval.differences', { count: formatNumber(differences.length) })}</h3>
          {differences.map(found => <p key={`${found.enrolmentId} ${found.field}`}><strong>{found.name}</strong><br />{found.field}: {found.approved} → {found.now}</p>)}
        </section>
      )}
    </div>
  );
}

function ApprovalFacts({ approval }: { approval: ApprovalView }) {
  return (
    <Facts facts={[
      { name: text('yearEnd.screen.approval.by'), value: approval.by },
      { name: text('yearEnd.screen.approval.at'), value: formatDateTime(approval.at) },
      { name: text('yearEnd.screen.approval.journal'), value: formatNumber(approval.journalSeq) },
      { name: text('yearEnd.screen.approval.hash'), value: <code className={styles.hash}>{approval.hash}</code> },
    ]} />
  );
}

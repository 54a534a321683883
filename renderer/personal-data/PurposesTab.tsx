import { Button, Group } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PurposeView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDate } from '../kit/formats.ts';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './personal-data.module.css';
import { PurposeDialog } from './PurposeDialog.tsx';

const word = (part: string) => text(`personalData.purpose.${part}`);

function columnsOf(): TableColumn<PurposeView>[] {
  return [
    { id: 'name', title: word('field.name'), value: row => row.name, width: { least: 200, share: 2 }, isFixed: true },
    { id: 'basis', title: word('field.basis'), value: row => text(`personalData.basis.${row.basis}`), width: 150 },
    { id: 'receivers', title: word('field.receivers'), value: row => row.receivers, width: { least: 150, share: 1 } },
    { id: 'retention', title: word('field.retention'), value: row => row.retention, width: { least: 130, share: 1 } },
    {
      id: 'state', title: word('field.state'), value: row => word(row.confirmed === null ? 'proposal' : 'confirmed'), width: 190,
      render: row => <StateBadge state={row.confirmed === null ? 'needs' : 'done'}>{word(row.confirmed === null ? 'proposal' : 'confirmed')}</StateBadge>,
    },
  ];
}

/** The register of processing purposes. */
export function PurposesTab() {
  const read = useRead('personalData.purposes', {});
  const [standing, setStanding] = useState<string | null>(null);
  const [editing, setEditing] = useState<PurposeView | 'new' | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const columns = useMemo(() => columnsOf(), []);
  const take = useAct(api.personalData.takeProposals);
  const takeAll = async (): Promise<void> => {
    const done = await take.run({});
    refresh('personalData');
    if (done !== null) showDone(text('personalData.purpose.taken', { count: done.added }));
  };
  return (
    <Waiting read={read} lines={10}>
      {({ purposes, proposals }) => {
        const open = purposes.filter(one => one.confirmed === null);
        const row = purposes.find(one => one.purposeId === standing) ?? purposes[0];
        const takeButton = proposals === 0 ? null : <Button variant={purposes.length === 0 ? 'filled' : 'default'} loading={take.isBusy} onClick={() => { void takeAll(); }}>{text('personalData.purpose.take', { count: proposals })}</Button>;
        return (
          <div className={styles.place}>
            <div className={styles.bar}>
              <Button className="end" onClick={() => { setEditing('new'); }} variant="default">{word('add')}</Button>
              {purposes.length === 0 ? null : takeButton}
              {open.length === 0 ? null : <Button onClick={() => { setConfirming(true); }}>{text('personalData.purpose.confirmAll', { count: open.length })}</Button>}
            </div>
            <p className={styles.note}>{word('note')}</p>
            {take.failure === null ? null : <ErrorNotice failure={take.failure} onDismiss={take.clear} />}
            <div className={styles.rows}>
              <SidePane label={word('pane')} width={360} side={row === undefined ? <PaneEmpty>{word('noneNext')}</PaneEmpty> : <PurposePane key={row.purposeId} purpose={row} onEdit={() => { setEditing(row); }} />}>
                <DataTable
                  label={text('personalData.tab.purposes')}
                  rows={purposes}
                  columns={columns}
                  rowId={one => one.purposeId}
                  onStand={one => { setStanding(one?.purposeId ?? null); }}
                  onOpen={setEditing}
                  empty={<EmptyState icon={IconListCheck} title={word('none')} next={word('noneNext')}>{takeButton}</EmptyState>}
                />
              </SidePane>
            </div>
            {editing === null ? null : <PurposeDialog purpose={editing === 'new' ? null : editing} onClose={() => { setEditing(null); }} />}
            {isConfirming ? (
              <ConfirmDialog
                title={text('personalData.purpose.confirmAll', { count: open.length })}
                confirmLabel={word('confirm')}
                onConfirm={async () => {
                  const result = await api.personalData.confirmPurposes({ purposeIds: open.map(one => one.purposeId) });
                  refresh('personalData');
                  return result;
                }}
                onClose={() => { setConfirming(false); }}
              >
                {text('personalData.purpose.confirmWhat', { count: open.length })}
              </ConfirmDialog>
            ) : null}
          </div>
        );
      }}
    </Waiting>
  );
}

function PurposePane({ purpose, onEdit }: { purpose: PurposeView; onEdit: () => void }) {
  const [isCancelling, setCancelling] = useState(false);
  const confirm = useAct(api.personalData.confirmPurposes);
  const yes = (value: boolean) => text(`personalData.flag.${value ? 1 : 0}`);
  return (
    <div className={styles.pane}>
      <h2>{purpose.name}</h2>
      <Facts
        facts={[
          { name: word('field.basis'), value: text(`personalData.basis.${purpose.basis}`) }, { name: word('field.basisNote'), value: purpose.basisNote },
          { name: word('field.categories'), value: purpose.categories }, { name: word('field.receivers'), value: purpose.receivers },
          { name: word('field.retention'), value: purpose.retention }, { name: word('field.isSensitive'), value: yes(purpose.isSensitive) },
          ...(purpose.basis === 'consent' ? [{ name: word('field.asksChild'), value: yes(purpose.asksChild) }] : []),
          { name: word('confirmed'), value: purpose.confirmed === null ? word('proposal') : text('personalData.purpose.confirmedBy', { by: purpose.confirmed.by, on: formatDate(purpose.confirmed.on) }) },
        ]}
      />
      {confirm.failure === null ? null : <ErrorNotice failure={confirm.failure} />}
      <Group gap={8}>
        {purpose.confirmed === null ? <Button size="xs" loading={confirm.isBusy} onClick={() => { void confirm.run({ purposeIds: [purpose.purposeId] }).then(() => { refresh('personalData'); }); }}>{word('confirm')}</Button> : null}
        <Button size="xs" variant="default" onClick={onEdit}>{word('edit')}</Button>
        <Button size="xs" variant="default" onClick={() => { setCancelling(true); }}>{word('cancel')}</Button>
      </Group>
      {isCancelling ? (
        <ConfirmDialog
          title={word('cancel')}
          confirmLabel={word('cancel')}
          tone="danger"
          reason={{ label: text('personalData.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.personalData.cancelPurpose({ purposeId: purpose.purposeId, version: purpose.version, reason });
            refresh('personalData');
            return result;
          }}
          onClose={() => { setCancelling(false); }}
        >
          {text('personalData.purpose.cancelWhat', { name: purpose.name })}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

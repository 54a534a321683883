import { Button, Group } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { IncidentView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { IncidentDialog } from './IncidentDialog.tsx';
import styles from './personal-data.module.css';

const word = (part: string) => text(`personalData.incident.${part}`);
const signs: Record<string, WorkState> = { waiting: 'needs', late: 'blocked', reported: 'done', closed: 'quiet' };

function stateOf({ state, minutesLeft }: IncidentView): string {
  if (state === 'closed') return 'closed';
  if (minutesLeft === null) return 'reported';
  return minutesLeft < 0 ? 'late' : 'waiting';
}

function leftWords({ minutesLeft }: IncidentView): string {
  if (minutesLeft === null) return '';
  const minutes = Math.abs(minutesLeft);
  return text(`personalData.incident.${minutesLeft < 0 ? 'hoursLate' : 'hoursLeft'}`, { hours: Math.trunc(minutes / 60), minutes: minutes % 60 });
}

function columnsOf(): TableColumn<IncidentView>[] {
  return [
    { id: 'number', title: word('column.number'), value: row => row.number, render: row => <span className="tabular">{row.number}</span>, width: 76 },
    { id: 'discovered', title: word('column.discovered'), value: row => row.discoveredAt, render: row => <span className="tabular">{formatDateTime(row.discoveredAt)}</span>, width: 134 },
    { id: 'happened', title: word('column.happened'), value: row => row.happened, width: { least: 120, share: 1 }, isFixed: true },
    { id: 'people', title: word('column.people'), value: row => row.peopleCount, width: 76, align: 'right' },
    { id: 'reportBy', title: word('column.reportBy'), value: row => row.reportBy, render: row => <span className="tabular">{[formatDateTime(row.reportBy), leftWords(row)].filter(part => part !== '').join(' · ')}</span>, width: 248 },
    { id: 'state', title: word('column.state'), value: row => word(`state.${stateOf(row)}`), render: row => <StateBadge state={signs[stateOf(row)] ?? 'quiet'}>{word(`state.${stateOf(row)}`)}</StateBadge>, width: 150 },
  ];
}

/** The register of incidents, with the clock of those that must be reported. */
export function IncidentsTab() {
  const read = useRead('personalData.incidents', {});
  const [standing, setStanding] = useState<string | null>(null);
  const [editing, setEditing] = useState<IncidentView | 'new' | null>(null);
  const columns = useMemo(() => columnsOf(), []);
  return (
    <Waiting read={read} lines={8}>
      {({ incidents }) => {
        const row = incidents.find(one => one.incidentId === standing) ?? incidents[0];
        const add = <Button onClick={() => { setEditing('new'); }}>{word('add')}</Button>;
        return (
          <div className={styles.place}>
            <div className={styles.bar}><span className="end">{add}</span></div>
            <div className={styles.rows}>
              <SidePane label={word('pane')} width={380} side={row === undefined ? <PaneEmpty>{word('paneEmpty')}</PaneEmpty> : <IncidentPane key={row.incidentId} incident={row} onEdit={() => { setEditing(row); }} />}>
                <DataTable
                  label={text('personalData.tab.incidents')}
                  rows={incidents}
                  columns={columns}
                  rowId={one => one.incidentId}
                  onStand={one => { setStanding(one?.incidentId ?? null); }}
                  onOpen={one => { if (one.state === 'open') setEditing(one); }}
                  toneOf={one => (stateOf(one) === 'late' ? 'blocked' : null)}
                  empty={<EmptyState icon={IconShieldExclamation} title={word('none')} next={word('noneNext')}>{add}</EmptyState>}
                />
              </SidePane>
            </div>
            {editing === null ? null : <IncidentDialog incident={editing === 'new' ? null : editing} onClose={() => { setEditing(null); }} />}
          </div>
        );
      }}
    </Waiting>
  );
}

function IncidentPane({ incident, onEdit }: { incident: IncidentView; onEdit: () => void }) {
  const [isClosing, setClosing] = useState(false);
  const long = (words: string) => <span className={styles.words}>{words}</span>;
  return (
    <div className={styles.pane}>
      <h2>{incident.number}</h2>
      <Facts
        nameWidth={130}
        facts={[
          { name: word('column.discovered'), value: formatDateTime(incident.discoveredAt) }, { name: word('column.reportBy'), value: `${formatDateTime(incident.reportBy)} ${leftWords(incident)}` },
          { name: word('field.happened'), value: long(incident.happened) }, { name: word('field.categories'), value: incident.categories },
          { name: word('field.peopleCount'), value: incident.peopleCount }, { name: word('field.measures'), value: long(incident.measures) },
          { name: word('field.reportedAt'), value: incident.reportedAt === null ? '' : `${formatDateTime(incident.reportedAt)} ${incident.reportedTo}` },
          ...(incident.unreportedReason === '' ? [] : [{ name: word('field.unreported'), value: incident.unreportedReason }]),
          { name: word('field.toldOn'), value: formatDate(incident.toldOn ?? '') }, { name: text('personalData.request.fact.by'), value: incident.by },
        ]}
      />
      {incident.state === 'closed' ? null : (
        <Group gap={8}>
          <Button size="xs" onClick={onEdit}>{text('personalData.incident.edit', { number: incident.number })}</Button>
          <Button size="xs" variant="default" onClick={() => { setClosing(true); }}>{word('close')}</Button>
        </Group>
      )}
      {isClosing ? (
        <ConfirmDialog
          title={word('close')}
          confirmLabel={word('close')}
          {...(incident.reportedAt === null ? { reason: { label: word('field.unreported'), minLength: 3 } } : {})}
          onConfirm={async unreportedReason => {
            const result = await api.personalData.closeIncident({ incidentId: incident.incidentId, version: incident.version, unreportedReason });
            refresh('personalData');
            return result;
          }}
          onClose={() => { setClosing(false); }}
        >
          {word('closeWhat')}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

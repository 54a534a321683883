import { Button } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { CurriculumView, StandingRow } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { AddStanding } from './AddStanding.tsx';
import styles from './curriculum.module.css';

function columnsOf(): TableColumn<StandingRow>[] {
  const title = (column: string) => text(`curriculum.list.${column}`);
  return [
    { id: 'class', title: title('class'), value: row => row.className, width: 70 },
    { id: 'name', title: title('name'), value: row => row.name, width: { least: 160, share: 2 }, isFixed: true },
    { id: 'subject', title: title('subject'), value: row => row.subjectName, width: { least: 150, share: 1 } },
    { id: 'standing', title: title('standing'), value: row => text(`curriculum.standing.${row.standing}.name`), width: 150 },
    {
      id: 'term', title: title('term'), value: row => text(`curriculum.term.${row.term}`), width: 190,
      render: row => {
        const term = text(`curriculum.term.${row.term}`);
        return row.needsDecision ? <StateBadge state="needs">{text('curriculum.needsDecision', { term })}</StateBadge> : term;
      },
    },
    {
      id: 'from', title: title('from'), value: row => row.from, width: 178,
      render: row => `${formatDate(row.from)}${row.to === null ? '' : ` – ${formatDate(row.to)}`}`,
    },
    { id: 'reason', title: title('reason'), value: row => row.reason, width: { least: 140, share: 2 } },
    { id: 'paper', title: title('paper'), value: row => row.paper, width: 110 },
  ];
}

/** Pupils who are exempt, do not take a subject, or follow a plan of their own. */
export function Standings({ view, mayEdit }: { view: CurriculumView; mayEdit: boolean }) {
  const read = useRead('curriculum.standings', { year: view.year });
  const columns = useMemo(() => columnsOf(), []);
  const [standing, setStanding] = useState<StandingRow | null>(null);
  const [adds, setAdds] = useState(false);
  const [takesBack, setTakesBack] = useState<StandingRow | null>(null);
  const add = mayEdit ? <Button onClick={() => { setAdds(true); }}>{text('curriculum.addStanding.act')}</Button> : null;
  return (
    <Waiting read={read} lines={10}>
      {({ rows }) => (
        <div className={styles.grades}>
          {rows.length === 0 ? null : (
            <div className={styles.bar}>
              {add}
              {!mayEdit || standing === null ? null : <Button variant="default" onClick={() => { setTakesBack(standing); }}>{text('curriculum.takeBack.act')}</Button>}
            </div>
          )}
          <div className={styles.list}>
            <DataTable
              label={text('curriculum.tab.standings')}
              rows={rows}
              columns={columns}
              rowId={row => row.standingId}
              onStand={setStanding}
              {...(mayEdit ? { onOpen: setTakesBack } : {})}
              empty={<EmptyState icon={IconUserOff} title={text('curriculum.noStandings')} next={text('curriculum.noStandingsNext')}>{add}</EmptyState>}
            />
          </div>
          {adds ? <AddStanding view={view} onClose={() => { setAdds(false); }} /> : null}
          {takesBack === null ? null : (
            <ConfirmDialog
              title={text('curriculum.takeBack.title', { name: takesBack.name, subject: takesBack.subjectName })}
              confirmLabel={text('curriculum.takeBack.act')}
              reason={{ label: text('curriculum.reason.label'), minLength: 3 }}
              onConfirm={async reason => {
                const result = await api.curriculum.cancelStanding({ standingId: takesBack.standingId, version: takesBack.version, reason });
                if (result.ok) showDone(text('curriculum.takeBack.done', { name: takesBack.name }));
                refresh('curriculum');
                refresh('grades');
                return result;
              }}
              onClose={() => { setTakesBack(null); }}
            >
              {text('curriculum.takeBack.body')}
            </ConfirmDialog>
          )}
        </div>
      )}
    </Waiting>
  );
}

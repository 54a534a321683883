import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { RollOverView } from '../../preload/contract/roll-over.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatDateTime, formatNumber, formatYear } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Card } from '../kit/Page.tsx';
import styles from './year-end.module.css';

/** The school has gone on to the next year: what was made, how to take it back, and the year that was left. */
export function RollOverDone({ done }: { done: RollOverView }) {
  const { may, setYear, years } = useSession();
  const [asking, setAsking] = useState<'undo' | 'reopen' | null>(null);
  const old = years.find(one => one.year === done.fromYear);
  const isHeld = done.heldBy.length > 0;
  const all = (): void => { for (const feature of ['school', 'yearEnd', 'classes', 'students', 'grades'] as const) refresh(feature); };
  return (
    <div style={{ padding: 16, display: 'flex', flexDirection: 'column', gap: 12, maxWidth: 760 }}>
      <Notice
        state="done"
        title={text('yearEnd.screen.roll.done', { year: formatYear(done.toYear) })}
        acts={<Button size="compact-sm" onClick={() => { setYear(done.toYear); }}>{text('yearEnd.screen.roll.openNew', { year: formatYear(done.toYear) })}</Button>}
      >
        <p>{text('yearEnd.screen.roll.doneWhat', { at: formatDateTime(done.at), by: done.by, classes: formatNumber(done.classes), pupils: formatNumber(done.pupils), leavers: formatNumber(done.leavers) })}</p>
      </Notice>
      <Card title={text('yearEnd.screen.roll.undoTitle')}>
        {isHeld ? (
          <>
            <p>{text('yearEnd.screen.roll.held')}</p>
            <ul className={styles.held}>{done.heldBy.map(line => <li key={line}>{line}</li>)}</ul>
          </>
        ) : <p>{text('yearEnd.screen.roll.undoWhat')}</p>}
        {may('yearEnd.decide') ? <Button mt={10} variant="default" disabled={isHeld} leftSection={<IconArrowBackUp size={15} stroke={1.7} />} onClick={() => { setAsking('undo'); }}>{text('yearEnd.screen.roll.undo')}</Button> : null}
      </Card>
      {old === undefined ? null : (
        <Card title={text('yearEnd.screen.roll.oldYear', { year: formatYear(done.fromYear) })}>
          <p>{text(old.state === 'closed' ? 'yearEnd.screen.roll.oldClosed' : 'yearEnd.screen.roll.oldOpen')}</p>
          {!may('yearEnd.approve') ? null : old.state === 'closed'
            ? <Button mt={10} variant="default" onClick={() => { setAsking('reopen'); }}>{text('yearEnd.screen.roll.reopen')}</Button>
            : <Button mt={10} variant="default" onClick={() => { void api.yearEnd.closeYear({ year: done.fromYear }).then(all); }}>{text('yearEnd.screen.roll.close')}</Button>}
        </Card>
      )}
      {asking === 'undo' ? (
        <ConfirmDialog
          title={text('yearEnd.screen.roll.undo')}
          confirmLabel={text('yearEnd.screen.roll.undo')}
          tone="danger"
          reason={{ label: text('yearEnd.screen.approval.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.yearEnd.undoRollOver({ rollOverId: done.rollOverId, reason });
            if (result.ok) { setYear(done.fromYear); all(); }
            return result;
          }}
          onClose={() => { setAsking(null); }}
        >
          <p>{text('yearEnd.screen.roll.undoConfirm', { pupils: formatNumber(done.pupils), classes: formatNumber(done.classes) })}</p>
        </ConfirmDialog>
      ) : null}
      {asking === 'reopen' ? (
        <ConfirmDialog
          title={text('yearEnd.screen.roll.reopen')}
          confirmLabel={text('yearEnd.screen.roll.reopen')}
          reason={{ label: text('yearEnd.screen.approval.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.yearEnd.reopenYear({ year: done.fromYear, reason });
            if (result.ok) all();
            return result;
          }}
          onClose={() => { setAsking(null); }}
        >
          <p>{text('yearEnd.screen.roll.reopenWhat')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

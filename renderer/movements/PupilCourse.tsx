import { Button, Menu } from '@mantine/core';
import { IconArrowsExchange, IconChevronDown, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import type { CourseEvent, InstantKind, MovementKind } from '../../preload/contract/movements.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink, navigate } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { ActDialog, refreshPupils } from './ActDialog.tsx';
import { PaperActs } from './PaperActs.tsx';
import styles from './movements.module.css';

/** A pupil's life at the school: years, what happened when, what can be done now, the papers about it. */
export function PupilCourse({ enrolmentId, personId, name, isReadOnly }: { enrolmentId: string; personId: string; name: string; isReadOnly: boolean }) {
  const read = useRead('movements.course', { enrolmentId });
  const [acting, setActing] = useState<MovementKind | null>(null);
  const [undoing, setUndoing] = useState<CourseEvent | null>(null);
  const extract = useJob('movements.printRegister');
  const undo = async (reason: string) => {
    const result = await api.movements.undo({ movementId: undoing?.movementId ?? '', reason });
    if (result.ok) refreshPupils();
    return result;
  };
  return (
    <Waiting read={read} lines={8}>
      {found => (
        <div className={styles.course}>
          <Card
            title={text('movements.course')}
            acts={isReadOnly || found.acts.length === 0 ? null : (
              <Menu position="bottom-end">
                <Menu.Target><Button size="compact-sm" rightSection={<IconChevronDown size={14} />}>{text('movements.newAct')}</Button></Menu.Target>
                <Menu.Dropdown>{found.acts.map(kind => <Menu.Item key={kind} onClick={() => { setActing(kind); }}>{text(`movements.kind.${kind}`)}…</Menu.Item>)}</Menu.Dropdown>
              </Menu>
            )}
          >
            {found.events.length === 0 ? <EmptyState icon={IconArrowsExchange} title={text('movements.noEvents')} next={text('movements.noneNext')} /> : (
              <ol className={styles.timeline}>
                {found.events.map(event => (
                  <li key={event.id} data-what={event.what} data-undone={event.state === 'undone' ? '' : undefined}>
                    <span className="tabular">{formatDate(event.on)}</span>
                    <div>
                      <strong>{event.movementId === null ? event.title : <RouteLink to={`/movements?show=all&case=${event.movementId}`}>{event.title}</RouteLink>}</strong>
                      {event.detail === '' ? null : <span>{event.detail}</span>}
                      {event.state === 'done' ? null : <StateBadge state={event.state === 'open' ? 'needs' : event.state === 'refused' ? 'blocked' : 'quiet'}>{text(`movements.state.${event.state}`)}</StateBadge>}
                    </div>
                    {event.mayUndo && !isReadOnly ? <Button size="compact-xs" variant="subtle" color="red.9" aria-label={`${text('kit.undo')}: ${event.title}`} onClick={() => { setUndoing(event); }}>{text('kit.undo')}</Button> : null}
                  </li>
                ))}
              </ol>
            )}
          </Card>
          {found.papers.length === 0 && found.issued.length === 0 ? null : (
            <Card title={text('movements.papersTitle')} acts={found.papers.length === 0 ? null : <Button size="compact-sm" variant="subtle" leftSection={<IconPrinter size={14} stroke={1.7} />} onClick={() => { void extract.run({ personId }); }}>{text('movements.extract')}</Button>}>
              <PaperActs of={{ enrolmentId }} papers={found.papers} issued={found.issued} mayIssue={found.papers.length > 0} />
            </Card>
          )}
          {acting === null ? null : (
            <ActDialog kind={acting as InstantKind | 'transferOut'} enrolmentId={enrolmentId} name={name} onClose={() => { setActing(null); }}
              onDone={movementId => { if (acting === 'transferOut') navigate(`/movements?case=${movementId}`); setActing(null); }} />
          )}
          {undoing === null ? null : (
            <ConfirmDialog title={`${text('kit.undo')}: ${undoing.title}`} confirmLabel={text('kit.undo')} tone="danger" reason={{ label: text('movements.field.reason'), minLength: 3 }} onConfirm={undo} onClose={() => { setUndoing(null); }}>
              {text('movements.undoTells')}
            </ConfirmDialog>
          )}
          {extract.input === null ? null : <PrintedPaper title={text('movements.extract')} run={extract} onRetry={() => { if (extract.input !== null) void extract.run(extract.input); }} />}
        </div>
      )}
    </Waiting>
  );
}

import { Button, Menu, SegmentedControl, TextInput } from '@mantine/core';
import { IconChalkboardOff, IconDots, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { TeachingChange, TeachingView } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDate, formatNumber, formatYear, parseDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { CopyTeaching } from './CopyTeaching.tsx';
import { NormsDialog } from './NormsDialog.tsx';
import { PasteTeaching } from './PasteTeaching.tsx';
import styles from './staff.module.css';
import { TeachingGrid } from './TeachingGrid.tsx';
import { TeachingLoads } from './TeachingLoads.tsx';

/** Who teaches what in which class: the table, and what it comes to for everybody. */
export default function TeachingPage() {
  const { year } = useSession();
  const [typedDay, setTypedDay] = useState<string | null>(null);
  const asked = typedDay === null ? null : parseDate(typedDay);
  const day = asked?.length === 10 ? asked : undefined;
  const read = useRead('staff.assignments', { year, ...(day === undefined ? {} : { day }) }, { keepPrevious: true });
  const [show, setShow] = useQueryValue('show');
  const [filter, setFilter] = useQueryValue('q');
  const view = read.data;
  const shownDay = typedDay ?? (view === undefined ? '' : formatDate(view.day));
  const printing = useJob('staff.printAssignments');
  const print = (): void => { void printing.run({ year }); };
  const isOpen = printing.isRunning || printing.result !== null || printing.failure !== null;
  return (
    <Page
      fills
      title={text('staff.teaching.title')}
      trail={[{ title: text('staff.title'), to: '/staff' }]}
      aside={view === undefined ? null : (
        <>
          <span className="tabular">{formatYear(view.year)}</span>
          {view.classes.length === 0 ? null : <StateBadge state={view.missing === 0 ? 'done' : 'needs'}>{view.missing === 0 ? text('staff.teaching.complete') : text('staff.teaching.missing', { count: formatNumber(view.missing) })}</StateBadge>}
        </>
      )}
      acts={view === undefined ? null : <TeachingActs view={view} onPrint={print} />}
      bar={(
        <div className={styles.bar}>
          <SegmentedControl
            size="xs"
            aria-label={text('staff.teaching.title')}
            data={[{ value: 'grid', label: text('staff.teaching.grid') }, { value: 'loads', label: text('staff.teaching.loads') }]}
            value={show === '' ? 'grid' : show}
            onChange={value => { setShow(value === 'grid' ? '' : value); }}
          />
          <TextInput
            w={190}
            aria-label={text('staff.teaching.day')}
            leftSection={<small>{text('staff.teaching.day')}</small>}
            leftSectionWidth={84}
            placeholder={text('staff.datePlaceholder')}
            value={shownDay}
            {...(typedDay !== null && day === undefined ? { error: true } : {})}
            onChange={event => { setTypedDay(event.currentTarget.value); }}
          />
          {show === 'loads' ? <FilterBox value={filter} onChange={setFilter} placeholder={text('staff.filter')} /> : read.data?.mayEdit === true ? <small>{text('staff.teaching.dayHint')}</small> : null}
        </div>
      )}
    >
      <Waiting read={read} lines={16}>
        {found => (found.classes.length === 0
          ? <EmptyState icon={IconChalkboardOff} title={text('staff.teaching.none')} next={text('staff.teaching.noneNext')} />
          : (
            <div className={styles.board}>
              {found.norms.isConfirmed || show !== 'loads' || !found.mayEdit ? null : <div className={styles.notice}><Notice state="needs" title={text('staff.teaching.normsUnconfirmed')} /></div>}
              {show === 'loads' ? <Loads view={found} filter={filter} /> : <Grid view={found} />}
            </div>
          ))}
      </Waiting>
      {isOpen ? <PrintedPaper title={text('staff.teaching.print')} run={printing} onRetry={print} /> : null}
    </Page>
  );
}

function Loads({ view, filter }: { view: TeachingView; filter: string }) {
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(text('staff.teaching.asOf', { day: formatDate(view.day) }), hints);
  return <TeachingLoads view={view} filter={filter} />;
}

function Grid({ view }: { view: TeachingView }) {
  const [standing, setStanding] = useState('');
  const hints = useMemo(() => [
    { keys: ['↑', '↓', '←', '→'], does: text('kit.keys.move') },
    ...(view.mayEdit ? [{ keys: ['Enter'], does: text('staff.teaching.keys.pick') }, { keys: ['Delete'], does: text('staff.teaching.keys.clear') }] : []),
  ], [view.mayEdit]);
  useFoot(standing === '' ? text('staff.teaching.where') : standing, hints);
  const names = new Map(view.subjects.map(one => [one.subject, one.name]));
  const people = new Map(view.loads.map(load => [load.staffId, load.name]));
  return (
    <TeachingGrid
      view={view}
      onStand={setStanding}
      onAssign={(found, cell, staffId) => {
        const name = staffId === null ? text('staff.teaching.nobody') : people.get(staffId) ?? '';
        void assign(view, [{ classId: found.classId, subject: cell.subject, staffId }], [{ classId: found.classId, subject: cell.subject, staffId: cell.staffId }],
          text('staff.teaching.changed', { class: found.name, subject: names.get(cell.subject) ?? cell.subject, name }));
      }}
    />
  );
}

/** Assigns from the day on screen and offers to take it back. */
async function assign(view: TeachingView, changes: TeachingChange[], before: TeachingChange[], message: string): Promise<void> {
  const result = await api.staff.assign({ changes, from: view.day });
  refresh('staff');
  if (!result.ok) {
    showFailure(result.error);
    return;
  }
  showUndo(message, () => {
    void api.staff.assign({ changes: before, from: view.day, path: 'undo' }).then(undone => { if (!undone.ok) showFailure(undone.error); refresh('staff'); });
  });
}

/** Empty subjects of classes with a homeroom teacher: in primary school he teaches most of them. */
function giveToHomerooms(view: TeachingView): void {
  const working = new Set(view.loads.filter(load => load.isWorking).map(load => load.staffId));
  const empty = view.classes.filter(found => found.homeroomStaffId !== null && working.has(found.homeroomStaffId))
    .flatMap(found => found.cells.filter(cell => cell.staffId === null).map(cell => ({ classId: found.classId, subject: cell.subject, staffId: found.homeroomStaffId })));
  if (empty.length === 0) showDone(text('staff.teaching.homeroomNone'));
  else void assign(view, empty, empty.map(one => ({ ...one, staffId: null })), text('staff.teaching.homeroomFilled', { count: empty.length }));
}

/** The table as a block that `readPasted` takes back. */
async function copyTable(view: TeachingView): Promise<void> {
  const names = new Map(view.loads.map(load => [load.staffId, load.name]));
  const lines = view.classes.map(found => [found.name, ...view.subjects.map(({ subject }) => names.get(found.cells.find(cell => cell.subject === subject)?.staffId ?? '') ?? '')].join('\t'));
  await navigator.clipboard.writeText([[text('staff.teaching.class'), ...view.subjects.map(one => one.short)].join('\t'), ...lines].join('\n'));
  showDone(text('staff.teaching.tableCopied'));
}

function TeachingActs({ view, onPrint }: { view: TeachingView; onPrint: () => void }) {
  const [dialog, setDialog] = useState<'copy' | 'paste' | 'norms' | null>(null);
  const { may } = useSession();
  const close = (): void => { setDialog(null); };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" leftSection={<IconDots size={15} />}>{text('staff.teaching.more')}</Button></Menu.Target>
        <Menu.Dropdown>
          {view.mayEdit ? <Menu.Item onClick={() => { setDialog('paste'); }}>{text('staff.teaching.paste')}</Menu.Item> : null}
          <Menu.Item onClick={() => { void copyTable(view); }}>{text('staff.teaching.copyTable')}</Menu.Item>
          {view.mayEdit && view.copyFrom !== null ? <Menu.Item onClick={() => { setDialog('copy'); }}>{text('staff.teaching.copy')}</Menu.Item> : null}
          {view.mayEdit ? <Menu.Item onClick={() => { giveToHomerooms(view); }}>{text('staff.teaching.homeroomFill')}</Menu.Item> : null}
          {may('system.manage') ? <Menu.Item onClick={() => { setDialog('norms'); }}>{text('staff.teaching.norms')}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<IconPrinter size={15} />} onClick={onPrint}>{text('staff.teaching.print')}</Button>
      {dialog === 'copy' && view.copyFrom !== null ? <CopyTeaching from={view.copyFrom} to={view.year} onClose={close} /> : null}
      {dialog === 'paste' ? <PasteTeaching view={view} onClose={close} /> : null}
      {dialog === 'norms' ? <NormsDialog norms={view.norms} onClose={close} /> : null}
    </>
  );
}

import { Button, Menu, SegmentedControl, Select } from '@mantine/core';
import { IconArrowsExchange, IconPrinter, IconSettings, IconUserPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { movementKinds, type MovementRow } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDate } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { AdmitDialog } from './AdmitDialog.tsx';
import { CasePane } from './CasePane.tsx';
import { CompleteDialog } from './CompleteDialog.tsx';
import { daysWords, rowState, today } from './movement-words.ts';
import { SettingsDialog } from './SettingsDialog.tsx';
import { TransferInDialog } from './TransferInDialog.tsx';

function columnsOf(): TableColumn<MovementRow>[] {
  return [
    { id: 'on', title: text('movements.column.on'), value: row => row.happenedOn ?? row.receivedOn, render: row => <span className="tabular">{formatDate(row.happenedOn ?? row.receivedOn)}</span>, width: 96 },
    { id: 'name', title: text('movements.column.name'), value: row => row.name, width: { least: 130, share: 2 }, isFixed: true },
    { id: 'class', title: text('movements.column.class'), value: row => row.className, width: 64 },
    { id: 'kind', title: text('movements.column.kind'), value: row => text(`movements.kind.${row.kind}`), width: { least: 118, share: 1 } },
    { id: 'reason', title: text('movements.column.reason'), value: row => row.reason, width: { least: 100, share: 2 } },
    {
      id: 'state', title: text('movements.column.state'), value: row => (row.urgent === null ? text(`movements.state.${row.state}`) : text(`movements.step.${row.urgent.step}`)),
      render: row => <StateBadge state={rowState(row)}>{row.urgent === null ? text(`movements.state.${row.state}`) : [text(`movements.step.${row.urgent.step}`), daysWords(row.urgent)].filter(words => words !== '').join(' · ')}</StateBadge>,
      width: { least: 264, share: 1 },
    },
  ];
}

type Opened = 'transferIn' | 'admit' | 'complete' | 'settings' | null;

/** How pupils come, go and come back: what is still open with its days, and everything of the year by kind and month. */
export default function MovementsPage() {
  const { year, isClosedYear, may } = useSession();
  const [state, setState] = useQueryValue('show');
  const [kind, setKind] = useQueryValue('kind');
  const [month, setMonth] = useQueryValue('month');
  const [words, setWords] = useQueryValue('q');
  const [caseId, setCaseId] = useQueryValue('case');
  const [opened, setOpened] = useState<Opened>(null);
  const shown = state === 'all' ? 'all' : 'open';
  const read = useRead('movements.list', {
    year, state: shown, ...(movementKinds.some(one => one === kind) ? { kind: kind as MovementRow['kind'] } : {}), ...(month === '' ? {} : { month }),
  }, { keepPrevious: true });
  const books = useRead('movements.registerBooks', {});
  const printMonth = useJob('movements.printMonth');
  const printRegister = useJob('movements.printRegister');
  const columns = useMemo(() => columnsOf(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('movements.keys.open') }], []);
  useFoot(read.data === undefined ? text('movements.title') : text('movements.where', { open: read.data.open, late: read.data.late }), hints);
  const stand = useCallback((row: MovementRow | null) => { if (row !== null) setCaseId(row.movementId); }, [setCaseId]);
  const begin = (movementId: string): void => {
    setOpened(null);
    setState('');
    setCaseId(movementId);
  };
  const monthToPrint = month === '' ? today().slice(0, 7) : month;
  return (
    <Page
      fills
      title={text('movements.title')}
      acts={(
        <>
          <Button variant="default" leftSection={<IconUserPlus size={15} stroke={1.7} />} disabled={isClosedYear} onClick={() => { setOpened('admit'); }}>{text('movements.admit')}</Button>
          <Button variant="default" onClick={() => { setOpened('complete'); }}>{text('movements.complete')}</Button>
          <Menu position="bottom-end">
            <Menu.Target><Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />}>{text('movements.printing')}</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => { void printMonth.run({ month: monthToPrint }); }}>{text('movements.printMonth', { month: formatDate(monthToPrint) })}</Menu.Item>
              {books.data?.books.map(book => <Menu.Item key={book.book} onClick={() => { void printRegister.run({ book: book.book }); }}>{`${book.title} (${book.entries})`}</Menu.Item>)}
              <Menu.Item onClick={() => { navigate('/movements/documents'); }}>{text('movements.documents.title')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {may('system.manage') ? <Button variant="default" aria-label={text('movements.settings')} title={text('movements.settings')} onClick={() => { setOpened('settings'); }}><IconSettings size={15} stroke={1.7} /></Button> : null}
          <Button leftSection={<IconArrowsExchange size={15} stroke={1.7} />} disabled={isClosedYear} onClick={() => { setOpened('transferIn'); }}>{text('movements.transferIn')}</Button>
        </>
      )}
      bar={(
        <>
          <SegmentedControl aria-label={text('movements.column.state')} value={shown} onChange={value => { setState(value === 'open' ? '' : value); }}
            data={[{ value: 'open', label: read.data === undefined ? text('movements.show.open') : `${text('movements.show.open')} (${read.data.open})` }, { value: 'all', label: text('movements.show.all') }]} />
          <Select aria-label={text('movements.column.kind')} placeholder={text('movements.column.kind')} clearable size="xs" w={210} data={movementKinds.map(value => ({ value, label: text(`movements.kind.${value}`) }))} value={kind === '' ? null : kind} onChange={value => { setKind(value ?? ''); }} />
          <Select aria-label={text('movements.month')} placeholder={text('movements.month')} clearable size="xs" w={120} data={(read.data?.months ?? []).map(value => ({ value, label: formatDate(value) }))} value={month === '' ? null : month} onChange={value => { setMonth(value ?? ''); }} />
          <FilterBox value={words} onChange={setWords} placeholder={text('movements.filter')} />
        </>
      )}
    >
      <Waiting read={read} lines={10}>
        {({ rows }) => (
          <SidePane label={text('movements.pane')} width={380} side={caseId === '' ? <PaneEmpty>{text('movements.paneEmpty')}</PaneEmpty> : <CasePane key={caseId} movementId={caseId} />}>
            <DataTable label={text('movements.title')} rows={rows} columns={columns} rowId={row => row.movementId} filter={words} onStand={stand}
              onOpen={row => { if (row.enrolmentId !== null) navigate(`/students/${row.enrolmentId}?tab=course`); }}
              toneOf={row => (rowState(row) === 'blocked' && row.state === 'open' ? 'blocked' : null)}
              empty={<EmptyState icon={IconArrowsExchange} title={text(shown === 'open' ? 'movements.noneOpen' : 'movements.none')} next={text('movements.noneNext')} />} />
          </SidePane>
        )}
      </Waiting>
      {opened === 'transferIn' ? <TransferInDialog onDone={begin} onClose={() => { setOpened(null); }} /> : null}
      {opened === 'admit' ? <AdmitDialog onClose={() => { setOpened(null); }} /> : null}
      {opened === 'complete' ? <CompleteDialog onClose={() => { setOpened(null); }} /> : null}
      {opened === 'settings' ? <SettingsDialog onClose={() => { setOpened(null); }} /> : null}
      {printMonth.input === null ? null : <PrintedPaper title={text('movements.printMonth', { month: formatDate(printMonth.input.month) })} run={printMonth} onRetry={() => { if (printMonth.input !== null) void printMonth.run(printMonth.input); }} />}
      {printRegister.input === null ? null : <PrintedPaper title={text('movements.print.registerBook.title')} run={printRegister} onRetry={() => { if (printRegister.input !== null) void printRegister.run(printRegister.input); }} />}
    </Page>
  );
}

import { IconArrowsRight, IconCalendarEvent, IconListCheck, IconMessageQuestion, IconTableOff } from '@tabler/icons-react';
import { Button, Progress, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatYear, wholePercent } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { BulkStepDialog } from './BulkStepDialog.tsx';
import styles from './grades.module.css';
import { filterSheets, hasPoints, isComplete, sheetState } from './sheet-tree.ts';
import type { TreeFilter } from './sheet-tree.ts';

function stateWord(sheet: SheetSummary): string {
  if (sheet.state !== 'open') return text(`gradebook.state.${sheet.state}`);
  if (isComplete(sheet)) return text('grades.state.complete');
  return text(sheet.filled === 0 ? 'grades.state.empty' : 'grades.state.missing', { count: sheet.expected - sheet.filled });
}

function overviewColumns(): TableColumn<SheetSummary>[] {
  return [
    { id: 'class', title: text('grades.overview.class'), value: sheet => sheet.className, width: 76, isFixed: true },
    { id: 'subject', title: text('grades.overview.subject'), value: sheet => sheet.subjectName, width: { least: 150, share: 2 } },
    { id: 'teacher', title: text('grades.overview.teacher'), value: sheet => sheet.teacher ?? '', width: { least: 150, share: 2 } },
    {
      id: 'filled',
      title: text('grades.overview.filled'),
      value: sheet => wholePercent(sheet.filled, sheet.expected),
      render: sheet => (
        <span className={styles.filled}>
          <Progress size={5} value={wholePercent(sheet.filled, sheet.expected)} aria-label={text('grades.overview.filled')} />
          <span className="tabular">{sheet.filled}/{sheet.expected}</span>
        </span>
      ),
      width: 180,
    },
    { id: 'state', title: text('grades.overview.state'), value: sheet => stateWord(sheet), render: sheet => <StateBadge state={sheetState(sheet)}>{stateWord(sheet)}</StateBadge>, width: 150 },
  ];
}

/** All sheets of a term with what is missing; Enter opens one. */
export function SheetOverview({ sheets, filter }: { sheets: SheetSummary[]; filter: TreeFilter }) {
  const { year } = useSession();
  const [show, setShow] = useQueryValue('show');
  const [isBulk, setBulk] = useState(false);
  const columns = useMemo(() => overviewColumns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('grades.keys.open') }], []);
  useFoot(text('grades.overview.where', { year: formatYear(year) }), hints);
  const ofTerm = filterSheets(sheets, filter);
  const rows = show === 'missing' ? ofTerm.filter(sheet => sheetState(sheet) === 'needs') : ofTerm;
  return (
    <Page
      fills
      title={ofTerm.some(sheet => hasPoints(sheet)) ? text('grades.overview.titlePoint', { point: text(`grades.point.${filter.point}`) }) : text('grades.overview.title', { term: filter.point <= 2 ? 1 : 2 })}
      aside={<span className="tabular">{text('grades.overview.done', { done: ofTerm.filter(sheet => isComplete(sheet)).length, total: ofTerm.length })}</span>}
      acts={(
        <>
          <Button variant="default" leftSection={<IconArrowsRight size={15} />} onClick={() => { setBulk(true); }}>{text('gradebook.bulk.act')}</Button>
          <Button variant="default" leftSection={<IconListCheck size={15} />} onClick={() => { navigate('/grades/boards'); }}>{text('reports.board.title')}</Button>
          <Button variant="default" leftSection={<IconMessageQuestion size={15} />} onClick={() => { navigate('/grades/requests'); }}>{text('gradebook.requests.title')}</Button>
          <Button variant="default" leftSection={<IconCalendarEvent size={15} />} onClick={() => { navigate('/system/locks'); }}>{text('gradebook.calendar.title')}</Button>
        </>
      )}
      bar={(
        <SegmentedControl
          value={show === '' ? 'all' : show}
          onChange={value => { setShow(value === 'all' ? '' : value); }}
          aria-label={text('grades.overview.state')}
          data={[{ value: 'all', label: text('grades.overview.all') }, { value: 'missing', label: text('grades.overview.missing') }]}
        />
      )}
    >
      <DataTable
        label={text('grades.title')}
        rows={rows}
        columns={columns}
        rowId={sheet => sheet.sheetId}
        onOpen={sheet => { navigate(`/grades/${sheet.sheetId}`); }}
        empty={<EmptyState icon={IconTableOff} title={text('grades.overview.none')} next={text(sheets.length === 0 ? 'grades.overview.noneNext' : 'grades.overview.noneFound')} />}
      />
      {isBulk ? <BulkStepDialog sheets={filterSheets(sheets, { point: filter.point, words: '', teacher: null })} point={filter.point} onClose={() => { setBulk(false); }} /> : null}
    </Page>
  );
}

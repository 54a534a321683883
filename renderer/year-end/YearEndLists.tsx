import { Button } from '@mantine/core';
import { IconListDetails, IconPrinter } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { navigate, useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { useJob } from '../kit/useJob.ts';
import { isListed, yearEndLists } from './result-groups.ts';
import { resultColumns } from './year-end-words.tsx';
import styles from './year-end.module.css';

const listed: ReadonlySet<string> = new Set(['order', 'name', 'class', 'learningYear', 'overall', 'conductYear', 'absences', 'promotion', 'award']);

/** The lists that follow from the results, each printed with letterhead and room to sign: who moves up, who is assessed again, who is commended. */
export function YearEndLists({ overview }: { overview: YearEndOverview }) {
  const [chosen, setChosen] = useQueryValue('list');
  const printing = useJob('yearEnd.printList');
  const [standing, setStanding] = useState<YearResultRow | null>(null);
  const stand = useCallback((row: YearResultRow | null) => { setStanding(row); }, []);
  const list = yearEndLists.find(one => one === chosen) ?? (overview.rows.some(row => isListed(row, 'promoted')) ? 'promoted' : 'completed');
  const rows = useMemo(() => overview.rows.filter(row => isListed(row, list)), [overview.rows, list]);
  const columns = useMemo<TableColumn<YearResultRow>[]>(() => resultColumns(true, rows).filter(column => listed.has(column.id)), [rows]);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('yearEnd.screen.keys.open') }], []);
  useFoot(standing === null ? text('yearEnd.screen.whereLists') : `${standing.name} · ${standing.className}`, hints);
  const print = (): void => { void printing.run({ year: overview.year, list, ...(overview.classId === null ? {} : { classId: overview.classId }) }); };
  const chips = yearEndLists.map(id => ({ id, label: text(`yearEnd.screen.group.${id}`), count: overview.rows.filter(row => isListed(row, id)).length }));
  return (
    <div className={styles.lists}>
      <div className={styles.tools}>
        <FilterChips label={text('yearEnd.screen.step.lists')} chosen={list} onChoose={setChosen} chips={chips.filter(chip => chip.count > 0 || chip.id === list || !['TT', 'TB', 'completed', 'promoted'].includes(chip.id))} />
        <span style={{ flex: 1 }} />
        <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} disabled={rows.length === 0 || overview.computedAt === null} loading={printing.isRunning} onClick={print}>{text('yearEnd.screen.print')}</Button>
      </div>
      <DataTable
        label={text(`yearEnd.screen.list.${list}`)}
        name="list"
        rows={rows}
        columns={columns}
        rowId={row => row.enrolmentId}
        onStand={stand}
        onOpen={row => { navigate(`/students/${row.enrolmentId}?tab=results`); }}
        empty={<EmptyState icon={IconListDetails} title={text('yearEnd.screen.emptyList')} next={text('yearEnd.screen.emptyListNext')} />}
      />
      {printing.isRunning || printing.result !== null || printing.failure !== null ? <PrintedPaper title={text(`yearEnd.paper.title.${list}`)} run={printing} onRetry={print} /> : null}
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconListDetails, IconPrinter } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { formatYear } from '../kit/formats.ts';
import { printList } from '../kit/print-list.ts';
import type { TableColumn } from '../kit/table-columns.ts';
import { isInGroup, resultGroups } from './result-groups.ts';
import { awardWord, levelWord, resultColumns } from './year-end-words.tsx';
import styles from './year-end.module.css';

const listed: readonly string[] = ['order', 'name', 'class', 'learningYear', 'conductYear', 'absences', 'promotion', 'award'];

/** The lists that follow from the results, ready to print: who moves up, who is assessed again, who is commended. */
export function YearEndLists({ overview }: { overview: YearEndOverview }) {
  const { school, year } = useSession();
  const [chosen, setChosen] = useQueryValue('list');
  const [standing, setStanding] = useState<YearResultRow | null>(null);
  const stand = useCallback((row: YearResultRow | null) => { setStanding(row); }, []);
  const group = resultGroups.find(one => one === chosen) ?? 'promoted';
  const rows = useMemo(() => overview.rows.filter(row => isInGroup(row, group)), [overview.rows, group]);
  const columns = useMemo<TableColumn<YearResultRow>[]>(() => resultColumns(true).filter(column => listed.includes(column.id)), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('yearEnd.screen.keys.open') }], []);
  useFoot(standing === null ? text('yearEnd.screen.whereLists') : `${standing.name} · ${standing.className}`, hints);
  const print = (): void => {
    const className = overview.classId === null ? null : rows[0]?.className ?? null;
    printList({
      letterhead: [school.superior, school.name.toLocaleUpperCase('vi')],
      title: text('yearEnd.screen.printTitle', { list: text(`yearEnd.screen.list.${group}`) }).toLocaleUpperCase('vi'),
      subtitle: [...(className === null ? [] : [text('yearEnd.screen.printClass', { name: className })]), text('yearEnd.screen.printYear', { year: formatYear(year) }), text('yearEnd.screen.printCount', { count: rows.length })].join(' · '),
      heads: ['order', 'name', 'code', 'class', 'learningYear', 'conductYear', 'promotion', 'award'].map(id => text(`yearEnd.screen.column.${id}`)),
      rows: rows.map((row, index) => [
        String(index + 1), row.name, row.code, row.className, levelWord(row.learningYear), levelWord(row.conductYear), text(`yearEnd.promotion.${row.promotion}`), awardWord(row.award),
      ]),
      closing: [text('yearEnd.screen.printDate', { commune: school.commune }), text('yearEnd.screen.printSigner')],
    });
  };
  return (
    <div className={styles.lists}>
      <div className={styles.tools}>
        <FilterChips
          label={text('yearEnd.screen.step.lists')}
          chosen={group}
          onChoose={setChosen}
          chips={resultGroups.map(id => ({ id, label: text(`yearEnd.screen.group.${id}`), count: overview.rows.filter(row => isInGroup(row, id)).length }))}
        />
        <span style={{ flex: 1 }} />
        <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} disabled={rows.length === 0} onClick={print}>{text('yearEnd.screen.print')}</Button>
      </div>
      <DataTable
        label={text(`yearEnd.screen.list.${group}`)}
        name="list"
        rows={rows}
        columns={columns}
        rowId={row => row.enrolmentId}
        onStand={stand}
        onOpen={row => { navigate(`/students/${row.enrolmentId}?tab=results`); }}
        empty={<EmptyState icon={IconListDetails} title={text('yearEnd.screen.emptyList')} next={text('yearEnd.screen.emptyListNext')} />}
      />
    </div>
  );
}

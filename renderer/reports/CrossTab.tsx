import { ActionIcon, Button, Select, Table } from '@mantine/core';
import { IconTableOff, IconTransform, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { crossDimensions, type CrossDimension, type CrossQuestion, type CrossTable } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Chart } from '../kit/Chart.tsx';
import { seriesColor } from '../kit/chart-data.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Card } from '../kit/Page.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { DayBox } from '../kit/DayBox.tsx';
import { MembersPane } from './MembersPane.tsx';
import { NumberCell } from './NumberCell.tsx';
import { ReportActs } from './ReportActs.tsx';
import styles from './reports.module.css';

const MOST_DRAWN = 12;
const isDimension = (value: string | null): value is CrossDimension => crossDimensions.some(one => one === value);
const options = (but: readonly string[]) => crossDimensions.filter(one => !but.includes(one)).map(one => ({ value: one, label: text(`reports.dimension.${one}`) }));

interface Chosen {
  row: string | null;
  column: string | null;
  title: string;
}

/** Pupils by any two facts, of some by others: each number opens, and the whole goes to paper or Excel. */
export function CrossTab({ asOf, onDay }: { asOf: string; onDay: (day: string) => void }) {
  const { year } = useSession();
  const [rowsText, setRows] = useQueryValue('rows');
  const [columnsText, setColumns] = useQueryValue('columns');
  const rows = isDimension(rowsText) ? rowsText : 'class';
  const columns = isDimension(columnsText) ? columnsText : 'sex';
  const [filters, setFilters] = useState<CrossQuestion['filters']>([]);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const question: CrossQuestion = { year, asOf, rows, columns, filters };
  const read = useRead('reports.cross', question, { keepPrevious: true });
  const members = useRead('reports.crossMembers', { question, row: chosen?.row ?? null, column: chosen?.column ?? null }, { enabled: chosen !== null });
  const change = (act: () => void): void => { setChosen(null); act(); };
  return (
    <>
      <div className={styles.bar}>
        <Select w={170} label={text('reports.cross.rows')} allowDeselect={false} data={options([columns])} value={rows} onChange={value => { change(() => { setRows(value ?? ''); }); }} />
        <ActionIcon variant="default" size={30} aria-label={text('reports.cross.swap')} title={text('reports.cross.swap')} onClick={() => { change(() => { setRows(columns); setColumns(rows); }); }}><IconTransform size={15} /></ActionIcon>
        <Select w={170} label={text('reports.cross.columns')} allowDeselect={false} data={options([rows])} value={columns} onChange={value => { change(() => { setColumns(value ?? ''); }); }} />
        {filters.map((filter, index) => (
          <Filter
            key={filter.by}
            filter={filter}
            choices={read.data?.choices[filter.by] ?? []}
            onChange={key => { change(() => { setFilters(filters.with(index, { ...filter, key })); }); }}
            onRemove={() => { change(() => { setFilters(filters.toSpliced(index, 1)); }); }}
          />
        ))}
        <Select
          w={150}
          label={text('reports.cross.filter')}
          placeholder={text('reports.cross.addFilter')}
          data={options(filters.map(one => one.by))}
          value={null}
          onChange={value => {
            const first = isDimension(value) ? read.data?.choices[value][0] : undefined;
            if (isDimension(value) && first !== undefined) change(() => { setFilters([...filters, { by: value, key: first.key }]); });
          }}
        />
        <DayBox key={asOf} label={text('reports.asOf')} day={asOf} onChange={day => { change(() => { onDay(day); }); }} />
        <ReportActs choice={{ of: 'cross', question }} title={text('reports.tab.cross')} />
      </div>
      <SidePane
        label={text('reports.members.label')}
        width={300}
        side={chosen === null ? <PaneEmpty>{text('reports.members.none')}</PaneEmpty> : <MembersPane title={chosen.title} read={members} />}
      >
        <div className={styles.scroll}>
          <Waiting read={read} lines={14}>
            {table => (table.total === 0
              ? <EmptyState icon={IconTableOff} title={text('reports.cross.nobody')} next={text('reports.cross.nobodyNext')}>{filters.length === 0 ? null : <Button variant="default" onClick={() => { setFilters([]); }}>{text('reports.cross.noFilters')}</Button>}</EmptyState>
              : <Crossed table={table} rows={rows} columns={columns} chosen={chosen} onChoose={setChosen} />)}
          </Waiting>
        </div>
      </SidePane>
    </>
  );
}

function Filter({ filter, choices, onChange, onRemove }: { filter: CrossQuestion['filters'][number]; choices: { key: string; title: string }[]; onChange: (key: string) => void; onRemove: () => void }) {
  const label = text(`reports.dimension.${filter.by}`);
  // A Select knows no empty value, which here is "not recorded".
  const data = choices.map(choice => ({ value: `=${choice.key}`, label: choice.title }));
  return (
    <Select
      w={160}
      label={label}
      searchable
      allowDeselect={false}
      data={data}
      value={`=${filter.key}`}
      onChange={value => { if (value !== null) onChange(value.slice(1)); }}
      rightSectionPointerEvents="all"
      rightSection={<ActionIcon variant="subtle" color="gray" size={20} aria-label={text('reports.cross.removeFilter', { name: label })} onClick={onRemove}><IconX size={13} /></ActionIcon>}
    />
  );
}

function Crossed({ table, rows, columns, chosen, onChoose }: { table: CrossTable; rows: CrossDimension; columns: CrossDimension; chosen: Chosen | null; onChoose: (chosen: Chosen) => void }) {
  const total = text('reports.column.total');
  const cell = (value: number, row: { key: string; title: string } | null, column: { key: string; title: string } | null) => {
    const title = [row?.title, column?.title].filter(words => words !== undefined).join(' – ') || total;
    const next: Chosen = { row: row?.key ?? null, column: column?.key ?? null, title };
    return <NumberCell key={column?.key ?? 'total'} value={value} label={title} isChosen={chosen?.row === next.row && chosen.column === next.column} onChoose={() => { onChoose(next); }} />;
  };
  return (
    <>
      {table.columns.length > MOST_DRAWN ? null : (
        <Card>
          <Chart
            title={text('reports.print.cross', { rows: text(`reports.dimension.${rows}`).toLocaleLowerCase('vi'), columns: text(`reports.dimension.${columns}`).toLocaleLowerCase('vi') })}
            data={{
              head: text(`reports.dimension.${rows}`), bars: 'stacked', series: table.columns.map((column, index) => ({ key: `c${index}`, title: column.title, color: seriesColor(index) })),
              rows: table.rows.map(row => ({ title: row.title, values: row.counts })),
            }}
            height={210}
          />
        </Card>
      )}
      <Card flush>
        <div className={styles.table}>
          <Table stickyHeader aria-label={text('reports.tab.cross')}>
            <Table.Thead>
              <Table.Tr><Table.Th>{text(`reports.dimension.${rows}`)}</Table.Th>{table.columns.map(column => <Table.Th key={column.key} ta="right">{column.title}</Table.Th>)}<Table.Th ta="right">{total}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map(row => (
                <Table.Tr key={row.key}><Table.Th scope="row">{row.title}</Table.Th>{table.columns.map((column, index) => cell(row.counts[index] ?? 0, row, column))}{cell(row.total, row, null)}</Table.Tr>
              ))}
              <Table.Tr data-total=""><Table.Th scope="row">{total}</Table.Th>{table.columns.map(column => cell(column.total, null, column))}{cell(table.total, null, null)}</Table.Tr>
            </Table.Tbody>
          </Table>
        </div>
      </Card>
    </>
  );
}

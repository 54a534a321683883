import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconEyeOff, IconFileExport } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { InputOf } from '../../preload/contract/base.ts';
import type { ExportLogRow } from '../../preload/contract/exports.ts';
import type { LookRow, personalData } from '../../preload/contract/personal-data.ts';
import type { Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { CallFailed, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { parseDay } from '../kit/moments.ts';
import type { TableColumn } from '../kit/table-columns.ts';
import { DayInput } from './DayInput.tsx';
import styles from './personal-data.module.css';

const word = (part: string) => text(`personalData.log.${part}`);
type Filter = InputOf<typeof personalData.looks>;
interface LogPage<Row> { rows: Row[]; before: string | null }

const at = (iso: string) => <span className="tabular">{formatDateTime(iso)}</span>;
const lookColumns = (): TableColumn<LookRow>[] => [
  { id: 'at', title: word('column.at'), value: row => row.at, render: row => at(row.at), width: 140 },
  { id: 'actor', title: word('column.actor'), value: row => row.actor, width: { least: 160, share: 1 } },
  { id: 'person', title: word('column.person'), value: row => row.personName, width: { least: 180, share: 1 }, isFixed: true },
  { id: 'field', title: word('column.field'), value: row => row.field, width: { least: 180, share: 1 } },
];
const exportColumns = (): TableColumn<ExportLogRow>[] => [
  { id: 'at', title: word('column.at'), value: row => row.at, render: row => at(row.at), width: 140 },
  { id: 'actor', title: word('column.actor'), value: row => row.actor, width: { least: 140, share: 1 } },
  { id: 'what', title: word('column.what'), value: row => row.what, width: { least: 150, share: 1 } },
  { id: 'file', title: word('column.file'), value: row => row.fileName, width: { least: 200, share: 2 }, isFixed: true },
  { id: 'count', title: word('column.count'), value: row => row.count, width: 100, align: 'right' },
  { id: 'purpose', title: word('column.purpose'), value: row => row.purpose, width: { least: 160, share: 1 } },
];

/** Who had masked data shown to him. */
export function LooksTab() {
  const columns = useMemo(() => lookColumns(), []);
  return <AccessLog name="looks" columns={columns} rowId={row => row.lookId} ask={api.personalData.looks} icon={IconEyeOff} />;
}

/** What left the program, on paper or as a file. */
export function ExportsTab() {
  const columns = useMemo(() => exportColumns(), []);
  return <AccessLog name="exports" columns={columns} rowId={row => row.exportId} ask={api.personalData.exports} icon={IconFileExport} />;
}

interface AccessLogProps<Row> {
  name: 'looks' | 'exports';
  columns: TableColumn<Row>[];
  rowId: (row: Row) => string;
  ask: (filter: Filter) => Promise<Result<LogPage<Row>>>;
  icon: typeof IconEyeOff;
}

function AccessLog<Row>({ name, columns, rowId, ask, icon }: AccessLogProps<Row>) {
  const [from, setFrom] = useQueryValue('from');
  const [to, setTo] = useQueryValue('to');
  const [actor, setActor] = useQueryValue('actor');
  const [words, setWords] = useQueryValue('q');
  const accounts = useRead('accounts.list', {});
  const day = (key: 'from' | 'to', typed: string) => (typeof parseDay(typed) === 'string' ? { [key]: parseDay(typed) ?? '' } : {});
  const filter: Filter = { ...day('from', from), ...day('to', to), ...(actor === '' ? {} : { actor }), ...(words === '' ? {} : { text: words }) };
  const read = useInfiniteQuery<LogPage<Row>, CallFailed, Row[], (string | Filter)[], string | null>({
    queryKey: ['personalData', name, filter],
    initialPageParam: null,
    queryFn: async ({ pageParam }) => {
      const result = await ask({ ...filter, ...(pageParam === null ? {} : { before: pageParam }) });
      if (!result.ok) throw new CallFailed(result.error);
      return result.value;
    },
    getNextPageParam: page => page.before,
    select: data => data.pages.flatMap(page => page.rows),
  });
  const people = (accounts.data?.accounts ?? []).map(one => ({ value: one.user, label: one.name }));
  return (
    <div className={styles.place}>
      <div className={styles.bar}>
        <DayInput label={word('from')} value={from} onChange={setFrom} width={130} />
        <DayInput label={word('to')} value={to} onChange={setTo} width={130} />
        <Select w={220} label={word('actor')} placeholder={word('anyone')} searchable clearable value={actor === '' ? null : actor} onChange={value => { setActor(value ?? ''); }} data={people} />
        <FilterBox value={words} onChange={setWords} placeholder={word(`${name}Text`)} />
        {read.hasNextPage ? <Button className="end" variant="default" loading={read.isFetchingNextPage} onClick={() => { void read.fetchNextPage(); }}>{word('more')}</Button> : null}
      </div>
      {read.error === null ? null : <ErrorNotice failure={read.error.failure} onRetry={() => { void read.refetch(); }} />}
      <div className={styles.rows}>
        <DataTable label={text(`personalData.tab.${name}`)} rows={read.data ?? []} columns={columns} rowId={rowId} empty={<EmptyState icon={icon} title={word(name === 'looks' ? 'noLooks' : 'noExports')} next={word('noneNext')} />} />
      </div>
    </div>
  );
}

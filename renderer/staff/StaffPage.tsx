import { Button, Select } from '@mantine/core';
import { IconIdOff, IconPlus, IconTable } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { staffStatuses, type StaffRow } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { ColumnChooser, useColumnChoice } from '../kit/ColumnChooser.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDate, formatNumber } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { AddStaff } from './AddStaff.tsx';
import styles from './staff.module.css';
import { StaffCard, StaffStatusBadge } from './StaffCard.tsx';

function title(column: string): string {
  return text(`staff.column.${column}`);
}

const forAll = ['name', 'position', 'subjects', 'homeroomOf', 'status'];

function staffColumns(maySeeRecords: boolean): TableColumn<StaffRow>[] {
  const columns: TableColumn<StaffRow>[] = [
    { id: 'code', title: title('code'), value: row => row.code, width: 124 },
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 170, share: 2 }, isFixed: true },
    { id: 'position', title: title('position'), value: row => row.position, width: { least: 140, share: 1 } },
    { id: 'subjects', title: title('subjects'), value: row => row.subjects, width: { least: 130, share: 2 } },
    { id: 'homeroomOf', title: title('homeroomOf'), value: row => row.homeroomOf, width: 96 },
    { id: 'qualification', title: title('qualification'), value: row => row.qualification, width: { least: 90, share: 1 }, isHiddenAtFirst: true },
    { id: 'birth', title: title('birth'), value: row => row.birth, render: row => formatDate(row.birth), width: 108, isHiddenAtFirst: true },
    { id: 'sex', title: title('sex'), value: row => text(`staff.sex.${row.sex}`), width: 80, isHiddenAtFirst: true },
    { id: 'status', title: title('status'), value: row => text(`staff.status.${row.status}`), render: row => <StaffStatusBadge status={row.status} />, width: 138 },
    { id: 'phone', title: title('phone'), value: row => row.phone, width: 112, isHiddenAtFirst: true },
    { id: 'email', title: title('email'), value: row => row.email, width: { least: 160, share: 1 }, isHiddenAtFirst: true },
    { id: 'completeness', title: title('completeness'), value: row => row.completeness, render: row => `${row.completeness ?? 0}%`, width: 72, align: 'right' },
  ];
  return maySeeRecords ? columns : columns.filter(column => forAll.includes(column.id));
}

const isHere = (row: StaffRow) => row.status === 'working' || row.status === 'leave';

/** Everyone who works or worked at the school. */
export default function StaffPage() {
  const read = useRead('staff.list', {});
  const [filter, setFilter] = useQueryValue('q');
  const [status, setStatus] = useQueryValue('status');
  const [isAdding, setAdding] = useState(false);
  const maySeeRecords = read.data?.maySeeRecords ?? false;
  const columns = useMemo(() => staffColumns(maySeeRecords), [maySeeRecords]);
  const choice = useColumnChoice(maySeeRecords ? 'staff' : 'staff-names', columns);
  const rows = useMemo(() => (read.data?.rows ?? []).filter(row => (status === 'all' ? true : status === '' ? isHere(row) : row.status === status)), [read.data, status]);
  return (
    <Page
      fills
      title={text('staff.title')}
      aside={read.data === undefined ? null : <span className="tabular" role="status">{text('staff.count', { count: formatNumber(rows.length) })}</span>}
      acts={(
        <>
          <Button variant="default" leftSection={<IconTable size={15} />} onClick={() => { navigate('/staff/assignments'); }}>{text('staff.teaching.title')}</Button>
          {maySeeRecords ? <Button variant="default" onClick={() => { navigate('/exports?what=staff'); }}>{text('exports.screen.do')}</Button> : null}
          {maySeeRecords ? <Button leftSection={<IconPlus size={15} />} onClick={() => { setAdding(true); }}>{text('staff.add.open')}</Button> : null}
        </>
      )}
      bar={(
        <>
          <FilterBox value={filter} onChange={setFilter} placeholder={text('staff.filter')} />
          <Select
            w={170}
            allowDeselect={false}
            aria-label={text('staff.column.status')}
            data={[{ value: '', label: text('staff.statusHere') }, { value: 'all', label: text('staff.statusAll') }, ...staffStatuses.map(value => ({ value, label: text(`staff.status.${value}`) }))]}
            value={status}
            onChange={value => { setStatus(value ?? ''); }}
          />
          <span style={{ flex: 1 }} />
          <ColumnChooser choice={choice} />
        </>
      )}
    >
      <Waiting read={read} lines={14}>{() => <ListWithCard rows={rows} columns={choice.shown} filter={filter} maySeeRecords={maySeeRecords} />}</Waiting>
      {isAdding ? <AddStaff onClose={() => { setAdding(false); }} /> : null}
    </Page>
  );
}

function ListWithCard({ rows, columns, filter, maySeeRecords }: { rows: StaffRow[]; columns: readonly TableColumn<StaffRow>[]; filter: string; maySeeRecords: boolean }) {
  const [standing, setStanding] = useState<StaffRow | null>(null);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, ...(maySeeRecords ? [{ keys: ['Enter'], does: text('staff.keys.open') }] : [])], [maySeeRecords]);
  useFoot(standing === null ? text('staff.where') : [standing.name, standing.position, standing.code].filter(words => words !== '').join(' · '), hints);
  return (
    <div className={styles.columns}>
      <DataTable
        label={text('staff.title')}
        rows={rows}
        columns={columns}
        rowId={row => row.staffId}
        filter={filter}
        onStand={setStanding}
        {...(maySeeRecords ? { onOpen: (row: StaffRow) => { navigate(`/staff/${row.staffId}`); } } : {})}
        empty={<EmptyState icon={IconIdOff} title={text('staff.none')} next={text(filter === '' ? 'staff.noneNext' : 'staff.noneFound')} />}
      />
      <StaffCard row={standing} maySeeRecords={maySeeRecords} />
    </div>
  );
}

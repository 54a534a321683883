import { IconIdOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { StaffRow } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { ColumnChooser, useColumnChoice } from '../kit/ColumnChooser.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDate, formatNumber } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';

function title(column: string): string {
  return text(`staff.column.${column}`);
}

function staffColumns(): TableColumn<StaffRow>[] {
  return [
    { id: 'code', title: title('code'), value: row => row.code, width: 124 },
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 170, share: 2 }, isFixed: true },
    { id: 'position', title: title('position'), value: row => row.position, width: { least: 150, share: 1 } },
    { id: 'subjects', title: title('subjects'), value: row => row.subjects, width: { least: 140, share: 2 } },
    { id: 'homeroomOf', title: title('homeroomOf'), value: row => row.homeroomOf, width: 96 },
    { id: 'qualification', title: title('qualification'), value: row => row.qualification, width: { least: 96, share: 1 } },
    { id: 'birth', title: title('birth'), value: row => row.birth, render: row => formatDate(row.birth), width: 108 },
    { id: 'sex', title: title('sex'), value: row => text(`staff.sex.${row.sex}`), width: 80, isHiddenAtFirst: true },
    { id: 'status', title: title('status'), value: row => text(`staff.status.${row.status}`), width: { least: 136, share: 1 } },
    { id: 'phone', title: title('phone'), value: row => row.phone, width: 120 },
    { id: 'email', title: title('email'), value: row => row.email, width: { least: 160, share: 1 }, isHiddenAtFirst: true },
  ];
}

/** Everyone who works at the school. */
export default function StaffPage() {
  const read = useRead('staff.list', {});
  const [filter, setFilter] = useQueryValue('q');
  const columns = useMemo(() => staffColumns(), []);
  const choice = useColumnChoice('staff', columns);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(text('staff.where'), hints);
  return (
    <Page
      fills
      title={text('staff.title')}
      aside={read.data === undefined ? null : <span className="tabular">{text('staff.count', { count: formatNumber(read.data.rows.length) })}</span>}
      bar={<><FilterBox value={filter} onChange={setFilter} placeholder={text('staff.filter')} /><span style={{ flex: 1 }} /><ColumnChooser choice={choice} /></>}
    >
      <Waiting read={read} lines={14}>
        {({ rows }) => (
          <DataTable
            label={text('staff.title')}
            rows={rows}
            columns={choice.shown}
            rowId={row => row.staffId}
            filter={filter}
            empty={<EmptyState icon={IconIdOff} title={text('staff.none')} next={text(filter === '' ? 'staff.noneNext' : 'staff.noneFound')} />}
          />
        )}
      </Waiting>
    </Page>
  );
}

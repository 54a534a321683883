import type { StudentRow } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';

function title(column: string): string {
  return text(`classes.column.${column}`);
}

/** The columns of a class list, as on the printed one, and a few more to choose. */
export function classColumns(): TableColumn<StudentRow>[] {
  return [
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 190, share: 3 }, isFixed: true },
    { id: 'birth', title: title('birth'), value: row => row.birth, render: row => formatDate(row.birth), width: 108 },
    { id: 'sex', title: title('sex'), value: row => text(`classes.sex.${row.sex}`), width: 84 },
    { id: 'code', title: title('code'), value: row => row.code, width: 124 },
    {
      id: 'status',
      title: title('status'),
      value: row => text(`classes.status.${row.status}`),
      render: row => (row.status === 'studying' ? text('classes.status.studying') : <StateBadge state={row.status === 'transferredIn' ? 'done' : 'quiet'}>{text(`classes.status.${row.status}`)}</StateBadge>),
      width: 132,
    },
    { id: 'ethnicGroup', title: title('ethnicGroup'), value: row => row.ethnicGroup, width: 90, isHiddenAtFirst: true },
    { id: 'phone', title: title('phone'), value: row => row.phone, width: 120, isHiddenAtFirst: true },
  ];
}

import { Progress } from '@mantine/core';
import type { PupilField } from '../../preload/contract/pupil-fields.ts';
import { pupilFields } from '../../preload/contract/pupil-fields.ts';
import type { StudentListing, StudentRow } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { fieldLabel, valueWords } from './student-fields.ts';
import styles from './students.module.css';

const statusTones: Record<StudentRow['status'], WorkState> = { studying: 'done', transferredIn: 'done', transferredOut: 'quiet', left: 'quiet' };

export function StudentStatus({ status }: { status: StudentRow['status'] }) {
  return <StateBadge state={statusTones[status]}>{text(`students.status.${status}`)}</StateBadge>;
}

/** In a list only what is not the rule stands out. */
function StatusInList({ status }: { status: StudentRow['status'] }) {
  return status === 'studying' ? text('students.status.studying') : <StudentStatus status={status} />;
}

export function Completeness({ percent }: { percent: number }) {
  if (percent >= 100) return <span className={styles.complete}>{text('students.completeness', { percent })}</span>;
  return (
    <span className={styles.completeness}>
      <Progress size={5} value={percent} color={percent >= 80 ? 'teal' : 'yellow.8'} aria-label={text('students.completeness', { percent })} />
      <span className="tabular">{percent}%</span>
    </span>
  );
}

function title(column: string): string {
  return text(`students.column.${column}`);
}

const base = new Set(['name', 'birth', 'sex', 'ethnicGroup', 'personalId', 'phone']);

/** A row with the further fields somebody chose to see. */
export type StudentListRow = StudentListing['rows'][number];

/** Fields of the record beyond the columns every row has; `fieldOfColumn` reads a column's id. */
const FIELD_COLUMN = 'field:';

export function fieldOfColumn(id: string): string | null {
  return id.startsWith(FIELD_COLUMN) ? id.slice(FIELD_COLUMN.length) : null;
}

function fieldColumn(field: PupilField): TableColumn<StudentListRow> {
  return { id: `${FIELD_COLUMN}${field.key}`, title: fieldLabel(field), value: row => valueWords(field, row.values?.[field.key] ?? ''), width: field.type === 'flag' ? 90 : 140, isHiddenAtFirst: true };
}

/** The columns of a pupil list: those of every row, then every field of the record. */
export function studentColumns(): TableColumn<StudentListRow>[] {
  return [
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 180, share: 3 }, isFixed: true },
    { id: 'class', title: title('class'), value: row => row.className, width: 72 },
    { id: 'birth', title: title('birth'), value: row => row.birth, render: row => formatDate(row.birth), width: 104 },
    { id: 'sex', title: title('sex'), value: row => text(`students.sex.${row.sex}`), width: 80 },
    { id: 'code', title: title('code'), value: row => row.code, width: 118 },
    { id: 'status', title: title('status'), value: row => text(`students.status.${row.status}`), render: row => <StatusInList status={row.status} />, width: 116 },
    { id: 'completeness', title: title('completeness'), value: row => row.completeness, render: row => <Completeness percent={row.completeness} />, width: 130 },
    { id: 'ethnicGroup', title: title('ethnicGroup'), value: row => row.ethnicGroup, width: 84, isHiddenAtFirst: true },
    { id: 'personalId', title: title('personalId'), value: row => row.personalId, width: 128, isHiddenAtFirst: true },
    { id: 'phone', title: title('phone'), value: row => row.phone, width: 112, isHiddenAtFirst: true },
    ...pupilFields.filter(field => !base.has(field.key)).map(fieldColumn),
  ];
}

import { Progress } from '@mantine/core';
import type { StudentRow } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
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

/** The columns of a pupil list. */
export function studentColumns(): TableColumn<StudentRow>[] {
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
  ];
}

import { Button } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import type { StudentRow } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { RouteLink, navigate } from '../app/router.tsx';
import { formatDate } from '../kit/formats.ts';
import { MaskedPersonalId } from './MaskedPersonalId.tsx';
import { Completeness, StudentStatus } from './student-columns.tsx';
import styles from './students.module.css';

/** The card beside the list: who this is, how to reach the family, how complete the record is. */
export function StudentCard({ row }: { row: StudentRow | null }) {
  if (row === null) {
    return <aside className={styles.card} aria-label={text('students.card')}><p className={styles.cardEmpty}><IconId size={26} stroke={1.3} aria-hidden />{text('students.cardEmpty')}</p></aside>;
  }
  const facts: [string, React.ReactNode][] = [
    ['class', <RouteLink key="class" to={`/classes/${row.classId}`}>{row.className}</RouteLink>],
    ['code', row.code],
    ['birth', formatDate(row.birth)],
    ['sex', text(`students.sex.${row.sex}`)],
    ['ethnicGroup', row.ethnicGroup],
    ['personalId', <MaskedPersonalId key="id" personId={row.personId} masked={row.personalId} />],
    ['phone', row.phone],
    ['completeness', <Completeness key="completeness" percent={row.completeness} />],
  ];
  return (
    <aside className={styles.card} aria-label={text('students.card')}>
      <h2>{row.name}</h2>
      <StudentStatus status={row.status} />
      <dl>
        {facts.map(([key, value]) => <div key={key}><dt>{text(`students.column.${key}`)}</dt><dd>{value === '' ? <span className={styles.absent}>{text('students.notRecorded')}</span> : value}</dd></div>)}
      </dl>
      <Button fullWidth variant="light" onClick={() => { navigate(`/students/${row.enrolmentId}`); }}>{text('students.openRecord')}</Button>
    </aside>
  );
}

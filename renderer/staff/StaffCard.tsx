import { Button } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import type { StaffRow } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { navigate } from '../app/router.tsx';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './staff.module.css';

export function StaffStatusBadge({ status }: { status: StaffRow['status'] }) {
  return <StateBadge state={status === 'working' ? 'done' : status === 'leave' ? 'needs' : 'quiet'}>{text(`staff.status.${status}`)}</StateBadge>;
}

/** The card beside the list. */
export function StaffCard({ row, maySeeRecords }: { row: StaffRow | null; maySeeRecords: boolean }) {
  if (row === null) {
    return <aside className={styles.card} aria-label={text('staff.card')}><p className={styles.cardEmpty}><IconId size={26} stroke={1.3} aria-hidden />{text('staff.cardEmpty')}</p></aside>;
  }
  const facts: [string, string][] = [
    ['position', row.position], ['subjects', row.subjects], ['homeroomOf', row.homeroomOf ?? ''],
    ...(maySeeRecords ? [
      ['code', row.code], ['birth', formatDate(row.birth)], ['qualification', row.qualification], ['phone', row.phone], ['email', row.email],
      ['completeness', `${row.completeness ?? 0}%`],
    ] satisfies [string, string][] : []),
  ];
  return (
    <aside className={styles.card} aria-label={text('staff.card')}>
      <h2>{row.name}</h2>
      <StaffStatusBadge status={row.status} />
      <dl>
        {facts.map(([key, value]) => <div key={key}><dt>{text(`staff.column.${key}`)}</dt><dd>{value === '' ? <span className={styles.absent}>{text('staff.notRecorded')}</span> : value}</dd></div>)}
      </dl>
      {maySeeRecords ? <Button fullWidth variant="light" onClick={() => { navigate(`/staff/${row.staffId}`); }}>{text('staff.openRecord')}</Button> : null}
    </aside>
  );
}

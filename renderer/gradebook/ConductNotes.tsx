import type { Term } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import styles from './comments.module.css';

/** What the subject teachers wrote about a pupil's conduct, beside the conduct column of the homeroom teacher (TT 22/2021 Đ8). */
export function ConductNotes({ classId, term, enrolmentId, name }: { classId: string; term: Term; enrolmentId: string; name: string }) {
  const read = useRead('gradebook.conductComments', { classId, term }, { keepPrevious: true });
  const told = read.data?.rows.find(row => row.enrolmentId === enrolmentId)?.comments ?? [];
  return (
    <section className={styles.note} aria-label={text('gradebook.comments.conductOf', { name, term })}>
      <strong>{text('gradebook.comments.conductOf', { name, term })}</strong>
      {told.length === 0 ? ` ${text('gradebook.comments.noConduct')}` : (
        <ul style={{ margin: '2px 0 0', paddingLeft: 18 }}>
          {told.map(one => <li key={one.subjectName}><strong>{one.subjectName}</strong>{one.teacher === '' ? '' : ` (${one.teacher})`}: {one.comment}</li>)}
        </ul>
      )}
    </section>
  );
}

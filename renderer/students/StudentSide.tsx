import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { countedFields, pupilField } from '../../preload/contract/pupil-fields.ts';
import type { StudentView } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { formatDate } from '../kit/formats.ts';
import { useAct } from '../kit/useAct.ts';
import { fieldId } from './FieldInput.tsx';
import { fieldGroups, fieldLabel } from './student-fields.ts';
import { StudentPhoto } from './StudentPhoto.tsx';
import { GiveCode } from './GiveCode.tsx';
import styles from './students.module.css';

function openField(key: string): void {
  const input = document.querySelector<HTMLElement>(`#${CSS.escape(fieldId(key))}`);
  input?.scrollIntoView({ block: 'center' });
  input?.focus();
}

/** Beside the form: the photo, how complete the record is and what is missing, the codes with their time. */
export function StudentSide({ student, mayEdit }: { student: StudentView; mayEdit: boolean }) {
  const undo = useAct(api.students.undoMerge);
  const { mergeId } = student;
  return (
    <aside className={styles.side} aria-label={text('students.record')}>
      <StudentPhoto student={student} mayEdit={mayEdit} />
      <section>
        <h2>{text('students.completeHead')}<span className="tabular">{student.completeness}%</span></h2>
        <Progress size={6} value={student.completeness} color={student.completeness >= 80 ? 'teal' : 'yellow.8'} aria-label={text('students.completeness', { percent: student.completeness })} />
        {student.missing.includes('code') ? <p className={styles.absent}>{text('students.noMinistryCode')}</p> : null}
        {student.missing.length === 0 ? <p className={styles.absent}>{text('students.nothingMissing')}</p> : fieldGroups.map(group => <MissingOf key={group} group={group} student={student} />)}
      </section>
      {student.warnings.length === 0 ? null : (
        <section>
          <h2>{text('students.warnings')}<span className="tabular">{student.warnings.length}</span></h2>
          <ul className={styles.warnings}>
            {student.warnings.map(warning => {
              const field = pupilField(warning.field);
              return (
                <li key={`${warning.field} ${warning.code}`}>
                  <button type="button" onClick={() => { openField(warning.field); }}>
                    <IconAlertTriangle size={14} stroke={1.7} aria-hidden /><span><strong>{field === undefined ? '' : fieldLabel(field)}</strong> {warning.message}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <section>
        <h2>{text('students.codesHead')}</h2>
        {student.codes.length === 0 ? <p className={styles.absent}>{text('students.noCodes')}</p> : (
          <dl className={styles.codes}>
            {student.codes.map(code => (
              <div key={`${code.kind} ${code.code}`} {...(code.validTo === null ? {} : { 'data-ended': true })}>
                <dt>{text(`students.codeKind.${code.kind}`)}</dt>
                <dd><span className="tabular">{code.code}</span><small>{code.validTo === null ? text('students.codeFrom', { from: formatDate(code.validFrom) }) : text('students.codeFromTo', { from: formatDate(code.validFrom), to: formatDate(code.validTo) })}</small></dd>
              </div>
            ))}
          </dl>
        )}
        {mayEdit ? <GiveCode student={student} /> : null}
      </section>
      {mergeId === null || !mayEdit ? null : (
        <Button
          variant="default"
          fullWidth
          loading={undo.isBusy}
          {...(undo.failure === null ? {} : { title: undo.failure.what })}
          disabled={undo.failure !== null}
          onClick={() => { void undo.run({ mergeId }).then(() => { refresh('students'); }); }}
        >
          {undo.failure === null ? text('students.undoMerge') : undo.failure.heading}
        </Button>
      )}
    </aside>
  );
}

function MissingOf({ group, student }: { group: (typeof fieldGroups)[number]; student: StudentView }) {
  const counted = countedFields.filter(field => field.group === group && student.values[field.key] !== undefined);
  const missing = counted.filter(field => student.missing.includes(field.key));
  if (missing.length === 0) return null;
  return (
    <div className={styles.missing}>
      <span>{text(`students.group.${group}`)} <span className="tabular">{counted.length - missing.length}/{counted.length}</span></span>
      <div>{missing.map(field => <button key={field.key} type="button" onClick={() => { openField(field.key); }}>{fieldLabel(field)}</button>)}</div>
    </div>
  );
}

import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { pupilFields } from '../../preload/contract/pupil-fields.ts';
import type { PupilField, PupilFieldGroup, PupilValues } from '../../preload/contract/pupil-fields.ts';
import type { StudentView } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card } from '../kit/Page.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { FieldInput } from './FieldInput.tsx';
import { StudentHealth } from './StudentHealth.tsx';
import { StudentSide } from './StudentSide.tsx';
import { changesOf, draftOf, faultyFields, fieldGroups, isMasked, reverseOf } from './student-fields.ts';
import styles from './students.module.css';

const CHECK_AFTER = 400; // milliseconds without a further letter

/** The profile, edited where it stands: what was changed is marked, and saved together. */
export function StudentProfile({ student }: { student: StudentView }) {
  const { isClosedYear } = useSession();
  /** Sensitive values somebody asked to see, for as long as this record is on screen. */
  const [shown, setShown] = useState<PupilValues>({});
  const values = useMemo(() => ({ ...student.values, ...shown }), [student.values, shown]);
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(() => draftOf(student.values));
  const save = useAct(api.students.save);
  const mayEdit = student.mayEdit && !isClosedYear;
  const changes = changesOf(values, draft);
  const changed = Object.keys(changes);
  const faults = faultyFields(draft);
  const [asked] = useDebouncedValue(JSON.stringify(changes), CHECK_AFTER);
  const checked = useRead('students.check', { personId: student.personId, enrolmentId: student.enrolmentId, changes: JSON.parse(asked) as Record<string, string> },
    { enabled: asked !== '{}' && faults.length === 0, keepPrevious: true });
  const warnings = changed.length > 0 && checked.data !== undefined ? checked.data.warnings : student.warnings;
  const warned = new Map(warnings.map(warning => [warning.field, warning.message]));

  const submit = async (): Promise<void> => {
    if (changed.length === 0 || faults.length > 0 || save.isBusy) return;
    const { personId, enrolmentId } = student;
    const saved = await save.run({ personId, enrolmentId, expectedVersion: student.version, changes });
    if (saved === null) return;
    const message = text('students.saved', { name: student.name });
    const back = reverseOf(values, changes);
    if (back === null) showDone(message);
    else {
      showUndo(message, () => {
        void api.students.save({ personId, enrolmentId, expectedVersion: saved.version, changes: back, reason: text('students.undone') })
          .then(result => { if (!result.ok) showFailure(result.error); refresh('students'); });
      });
    }
    refresh('students');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey && event.key.toLowerCase() === 's') {
      event.preventDefault();
      void submit();
    }
  };
  const unmask = async (field: PupilField): Promise<void> => {
    const result = await api.students.unmask({ personId: student.personId, enrolmentId: student.enrolmentId, field: field.key });
    if (!result.ok) {
      showFailure(result.error);
      return;
    }
    const { value } = result.value;
    setShown(before => ({ ...before, [field.key]: value }));
    setDraft(before => ({ ...before, ...draftOf({ [field.key]: value }) }));
  };
  const input = (field: PupilField) => (
    <FieldInput
      key={field.key}
      field={field}
      value={draft[field.key] ?? ''}
      readOnly={!mayEdit}
      masked={isMasked(values[field.key] ?? '') ? values[field.key] ?? null : null}
      onUnmask={() => { void unmask(field); }}
      isChanged={changed.includes(field.key)}
      error={faults.includes(field.key) ? faultWords(field) : undefined}
      warning={warned.get(field.key)}
      onChange={value => { setDraft(before => ({ ...before, [field.key]: value })); }}
    />
  );
  const visible = (group: PupilFieldGroup) => pupilFields.filter(field => field.group === group && values[field.key] !== undefined);
  return (
    <form className={styles.profile} onSubmit={event => { event.preventDefault(); void submit(); }} onKeyDown={press}>
      <div className={styles.groups}>
        {fieldGroups.map(group => {
          const fields = visible(group);
          if (fields.length === 0) return null;
          return (
            <Card key={group} title={text(`students.group.${group}`)}>
              {group === 'family'
                ? (['father', 'mother', 'guardian'] as const).map(relation => (
                  <fieldset key={relation} className={styles.relative}>
                    <legend>{text(`students.relation.${relation}`)}</legend>
                    <div className={styles.fields}>{fields.filter(field => field.of === relation).map(input)}</div>
                  </fieldset>
                ))
                : <div className={styles.fields}>{fields.map(input)}</div>}
              {group === 'health' ? <StudentHealth personId={student.personId} mayEdit={mayEdit} /> : null}
            </Card>
          );
        })}
        {save.failure === null ? null : <ErrorNotice failure={save.failure} onRetry={() => { save.clear(); refresh('students'); }} />}
        {changed.length === 0 && faults.length === 0 ? null : (
          <Group className={styles.saveBar ?? ''} gap={8}>
            <span role="status">{text('students.changedCount', { count: Math.max(changed.length, faults.length) })}</span>
            <Button variant="default" onClick={() => { setDraft(draftOf(values)); save.clear(); }}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={changed.length === 0 || faults.length > 0}>{text('students.saveKeys')}</Button>
          </Group>
        )}
      </div>
      <StudentSide student={student} mayEdit={mayEdit} />
    </form>
  );
}

function faultWords(field: PupilField): string {
  if (field.type === 'name') return text('students.fault.name');
  if (field.type === 'year') return text('students.fault.year');
  return text(field.type === 'date' ? 'students.fault.date' : 'students.fault.birth');
}


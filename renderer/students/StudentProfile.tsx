import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { StudentView } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card } from '../kit/Page.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { MaskedPersonalId } from './MaskedPersonalId.tsx';
import { changesOf, draftOf, faultyField, isMasked, reverseOf } from './student-fields.ts';
import type { StudentDraft } from './student-fields.ts';
import styles from './students.module.css';

/** Takes a save back while nobody else has changed the record since. */
async function takeBack(student: StudentView, version: number, changes: ReturnType<typeof changesOf>): Promise<void> {
  const result = await api.students.save({ personId: student.personId, expectedVersion: version, changes: reverseOf(student, changes), reason: text('students.undone') });
  if (!result.ok) showFailure(result.error);
  refresh('students');
}

/** The profile, edited where it stands: what was changed is marked, and saved together. */
export function StudentProfile({ student }: { student: StudentView }) {
  const { may, isClosedYear } = useSession();
  const [draft, setDraft] = useState<StudentDraft>(() => draftOf(student));
  const save = useAct(api.students.save);
  const mayEdit = may('records.edit') && !isClosedYear;
  const changes = changesOf(student, draft);
  const changed = Object.keys(changes);
  const fault = faultyField(draft);
  const submit = async (): Promise<void> => {
    if (changed.length === 0 || fault !== null || save.isBusy) return;
    const saved = await save.run({ personId: student.personId, expectedVersion: student.version, changes });
    if (saved === null) return;
    const message = text('students.saved', { name: student.name });
    if (Object.keys(reverseOf(student, changes)).length === changed.length) showUndo(message, () => { void takeBack(student, saved.version, changes); });
    else showDone(message);
    refresh('students');
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey && event.key.toLowerCase() === 's') {
      event.preventDefault();
      void submit();
    }
  };
  const field = (name: keyof StudentDraft, error?: string) => (
    <TextInput
      key={name}
      label={text(`students.field.${name}`)}
      placeholder={isMasked(student[name]) ? student[name] : ''}
      value={draft[name]}
      readOnly={!mayEdit}
      variant={mayEdit ? 'default' : 'unstyled'}
      {...(error === undefined ? {} : { error })}
      {...(changed.includes(name) ? { 'data-changed': true } : {})}
      onChange={event => { setDraft({ ...draft, [name]: event.currentTarget.value }); }}
    />
  );
  return (
    <form className={styles.profile} onSubmit={event => { event.preventDefault(); void submit(); }} onKeyDown={press}>
      <Card title={text('students.section.person')}>
        <div className={styles.fields}>
          {field('name', fault === 'name' ? text('students.fault.name') : undefined)}
          {field('birth', fault === 'birth' ? text('students.fault.birth') : undefined)}
          <Select
            label={text('students.field.sex')}
            data={(['male', 'female', 'unknown'] as const).map(value => ({ value, label: text(`students.sex.${value}`) }))}
            allowDeselect={false}
            value={draft.sex}
            readOnly={!mayEdit}
            variant={mayEdit ? 'default' : 'unstyled'}
            {...(changed.includes('sex') ? { 'data-changed': true } : {})}
            onChange={value => { setDraft({ ...draft, sex: value ?? 'unknown' }); }}
          />
          {field('ethnicGroup')}
          {field('birthPlace')}
          {field('policyGroup')}
        </div>
      </Card>
      <Card title={text('students.section.contact')}>
        <div className={styles.fields}>
          {field('address')}
          {field('phone')}
        </div>
        <dl className={styles.facts}>
          <div><dt>{text('students.column.personalId')}</dt><dd><MaskedPersonalId personId={student.personId} masked={student.personalId} /></dd></div>
          {(['commune', 'province', 'nationality'] as const).map(key => <div key={key}><dt>{text(`students.field.${key}`)}</dt><dd>{student[key] === '' ? text('students.notRecorded') : student[key]}</dd></div>)}
        </dl>
      </Card>
      <Card title={text('students.section.family')}>
        {student.guardians.length === 0 ? <p className={styles.absent}>{text('students.noGuardians')}</p> : (
          <dl className={styles.facts}>
            {student.guardians.map(one => (
              <div key={`${one.relation} ${one.name}`}>
                <dt>{text(`students.relation.${one.relation}`)}</dt>
                <dd>{[one.name, one.birthYear, one.occupation, one.phone].filter(words => words !== '').join(' · ')}</dd>
              </div>
            ))}
          </dl>
        )}
      </Card>
      {save.failure === null ? null : <ErrorNotice failure={save.failure} onRetry={() => { save.clear(); refresh('students'); }} />}
      {changed.length === 0 && fault === null ? null : (
        <Group className={styles.saveBar ?? ''} gap={8}>
          <span role="status">{text('students.changedCount', { count: changed.length })}</span>
          <Button variant="default" onClick={() => { setDraft(draftOf(student)); save.clear(); }}>{text('kit.cancel')}</Button>
          <Button type="submit" loading={save.isBusy} disabled={changed.length === 0 || fault !== null}>{text('students.saveKeys')}</Button>
        </Group>
      )}
    </form>
  );
}

import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RecordField, RecordValues } from '../../preload/contract/record-fields.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate, parseDate } from './formats.ts';
import { Card } from './Page.tsx';
import classes from './record-form.module.css';

export interface RecordFormProps {
  /** Catalogue prefix of the words: `school` has `school.field.<key>`, `school.group.<group>`, `school.choice.<key>.<value>`. */
  words: string;
  fields: readonly RecordField[];
  groups: readonly string[];
  values: RecordValues;
  mayEdit: boolean;
  isBusy: boolean;
  /** Gets what differs from `values`. */
  onSave: (changes: Record<string, string>) => void;
  /** Above the button, such as a failure. */
  children?: ReactNode;
}

/** A record edited where it stands: what was changed is marked and saved together (Ctrl+S). */
export function RecordForm({ words, fields, groups, values, mayEdit, isBusy, onSave, children }: RecordFormProps) {
  const [draft, setDraft] = useState<RecordValues>({});
  const changes = changesOf(fields, values, draft);
  const faulty = fields.filter(field => draft[field.key] !== undefined && typedValue(field, draft[field.key] ?? '') === null).map(field => field.key);
  const changed = Object.keys(changes);
  const submit = (): void => { if (changed.length > 0 && faulty.length === 0 && !isBusy) onSave(changes); };
  const press = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    submit();
  };
  return (
    <form className={classes.form} onSubmit={event => { event.preventDefault(); submit(); }} onKeyDown={press}>
      {groups.map(group => (
        <Card key={group} title={text(`${words}.group.${group}`)}>
          <div className={classes.fields}>
            {fields.filter(field => field.group === group).map(field => (
              <RecordInput
                key={field.key}
                words={words}
                field={field}
                value={draft[field.key] ?? shown(field, values[field.key] ?? '')}
                readOnly={!mayEdit}
                isChanged={changed.includes(field.key)}
                isFaulty={faulty.includes(field.key)}
                onChange={value => { setDraft(before => ({ ...before, [field.key]: value })); }}
              />
            ))}
          </div>
        </Card>
      ))}
      {children}
      {changed.length + faulty.length === 0 ? null : (
        <Group className={classes.saveBar ?? ''} gap={8}>
          <span role="status">{text('kit.record.changed', { count: Math.max(changed.length, faulty.length) })}</span>
          <Button variant="default" onClick={() => { setDraft({}); }}>{text('kit.cancel')}</Button>
          <Button type="submit" loading={isBusy} disabled={changed.length === 0 || faulty.length > 0}>{text('kit.record.save')}</Button>
        </Group>
      )}
    </form>
  );
}

interface RecordInputProps {
  words: string;
  field: RecordField;
  value: string;
  readOnly: boolean;
  isChanged: boolean;
  isFaulty: boolean;
  onChange: (value: string) => void;
}

function RecordInput({ words, field, value, readOnly, isChanged, isFaulty, onChange }: RecordInputProps) {
  const common = { id: `record-${field.key}`, label: text(`${words}.field.${field.key}`), readOnly, ...(isChanged ? { 'data-changed': true } : {}), error: isFaulty };
  const options = field.type === 'flag' ? [{ value: '1', label: text('kit.record.yes') }, { value: '0', label: text('kit.record.no') }]
    : field.choices?.map(choice => ({ value: choice, label: text(`${words}.choice.${field.key}.${choice}`) }));
  if (options) return <Select {...common} data={options} clearable={!readOnly} value={value === '' ? null : value} placeholder="—" onChange={next => { onChange(next ?? ''); }} />;
  return <TextInput {...common} value={value} maxLength={250} placeholder={field.type === 'partialDate' ? text('kit.dayPlaceholder') : '—'} onChange={event => { onChange(event.currentTarget.value); }} />;
}

function shown(field: RecordField, value: string): string {
  return field.type === 'partialDate' ? formatDate(value) : value;
}

/** As it is stored, or null for what is no value of this kind. */
function typedValue(field: RecordField, typed: string): string | null {
  const value = typed.normalize('NFC').trim();
  if (value === '' || field.type !== 'partialDate') return field.type === 'number' ? value.replace('.', ',') : value;
  return parseDate(value);
}

function changesOf(fields: readonly RecordField[], values: RecordValues, draft: RecordValues): Record<string, string> {
  return Object.fromEntries(fields.flatMap(field => {
    const typed = draft[field.key];
    const value = typed === undefined ? undefined : typedValue(field, typed);
    return value === undefined || value === null || value === (values[field.key] ?? '') ? [] : [[field.key, value]];
  }));
}

/** What takes `changes` back. */
export function reverseOf(values: RecordValues, changes: RecordValues): Record<string, string> {
  return Object.fromEntries(Object.keys(changes).map(key => [key, values[key] ?? '']));
}

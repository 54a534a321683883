import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { legalBases } from '../../preload/contract/personal-data.ts';
import type { LegalBasis, PurposeView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { FormDialog } from './FormDialog.tsx';

const word = (part: string) => text(`personalData.purpose.${part}`);
const blank = { name: '', basis: 'law' as LegalBasis, basisNote: '', categories: '', receivers: '', retention: '', isSensitive: false, asksChild: false };

/** A purpose, new or as it stands. */
export function PurposeDialog({ purpose, onClose }: { purpose: PurposeView | null; onClose: () => void }) {
  const [values, setValues] = useState(purpose ?? blank);
  const { name, basis, basisNote, categories, receivers, retention, isSensitive, asksChild } = values;
  const save = () => api.personalData.savePurpose({
    name, basis, basisNote, categories, receivers, retention, isSensitive, asksChild: basis === 'consent' && asksChild,
    ...(purpose === null ? {} : { purposeId: purpose.purposeId, version: purpose.version }),
  });
  return (
    <FormDialog title={word(purpose === null ? 'add' : 'edit')} isReady={name.trim() !== ''} onSave={save} onClose={onClose}>
      <TextInput data-autofocus required label={word('field.name')} maxLength={200} value={name} onChange={event => { setValues({ ...values, name: event.currentTarget.value }); }} />
      <Select
        label={word('field.basis')}
        allowDeselect={false}
        data={legalBases.map(value => ({ value, label: text(`personalData.basis.${value}`) }))}
        value={basis}
        onChange={value => { if (value !== null) setValues({ ...values, basis: value }); }}
      />
      {(['basisNote', 'categories', 'receivers', 'retention'] as const).map(part => (
        <Textarea key={part} label={word(`field.${part}`)} autosize minRows={1} maxLength={2000} value={values[part]} onChange={event => { setValues({ ...values, [part]: event.currentTarget.value }); }} />
      ))}
      <Checkbox label={word('field.isSensitive')} checked={isSensitive} onChange={event => { setValues({ ...values, isSensitive: event.currentTarget.checked }); }} />
      {basis === 'consent' ? <Checkbox label={word('field.asksChild')} checked={asksChild} onChange={event => { setValues({ ...values, asksChild: event.currentTarget.checked }); }} /> : null}
      <small>{word('saveConfirms')}</small>
    </FormDialog>
  );
}

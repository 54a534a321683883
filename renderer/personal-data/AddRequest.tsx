import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { requestKinds } from '../../preload/contract/personal-data.ts';
import type { RequestKind, RequestView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { FileDrop } from '../kit/FileDrop.tsx';
import { formatDate } from '../kit/formats.ts';
import { parseDay } from '../kit/moments.ts';
import { showDone } from '../kit/toasts.tsx';
import { DayInput, todayWords } from './DayInput.tsx';
import { FormDialog } from './FormDialog.tsx';

const word = (part: string) => text(`personalData.request.${part}`);
const relations = ['guardian', 'self', 'other'] as const;

/** A request as it comes in: whose data, who asks, what; its terms follow from the settings. */
export function AddRequest({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<RequestKind>('view');
  const [relation, setRelation] = useState<RequestView['relation']>('guardian');
  const [personId, setPersonId] = useState<string | null>(null);
  const [looking, setLooking] = useState('');
  const [values, setValues] = useState({ subjectName: '', requester: '', contact: '', content: '' });
  const [day, setDay] = useState(todayWords);
  const [file, setFile] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const people = useRead('personalData.findPeople', { text: looking.trim() }, { enabled: looking.trim().length >= 2, keepPrevious: true });
  const found = people.data?.people ?? [];
  const receivedOn = parseDay(day);
  const choose = (chosen: string | null): void => {
    setPersonId(chosen);
    const person = found.find(one => one.personId === chosen);
    if (person !== undefined) setValues({ ...values, subjectName: person.name });
  };
  const save = async () => {
    const result = await api.personalData.addRequest({ kind, relation, personId, ...values, receivedOn: receivedOn ?? '', ...(file === null ? {} : { file }) });
    if (result.ok) showDone(text('personalData.request.added', { number: result.value.number, due: formatDate(result.value.dueOn) }));
    return result;
  };
  const isReady = typeof receivedOn === 'string' && values.subjectName.trim() !== '' && values.requester.trim() !== '' && values.content.trim().length >= 3;
  const line = (name: keyof typeof values, required = false) => (
    <TextInput label={word(`field.${name}`)} required={required} maxLength={200} value={values[name]} onChange={event => { setValues({ ...values, [name]: event.currentTarget.value }); }} />
  );
  return (
    <FormDialog title={word('add')} isReady={isReady} onSave={save} onClose={onClose}>
      <SimpleGrid cols={2} spacing="sm">
        <Select label={word('field.kind')} allowDeselect={false} value={kind} onChange={value => { if (value !== null) setKind(value); }} data={requestKinds.map(value => ({ value, label: word(`kind.${value}`) }))} />
        <DayInput required label={word('field.receivedOn')} value={day} onChange={setDay} />
        <Select
          label={word('field.person')}
          searchable
          clearable
          placeholder={word('field.personNone')}
          nothingFoundMessage={looking.trim().length < 2 ? word('field.personNone') : undefined}
          value={personId}
          onChange={choose}
          onSearchChange={setLooking}
          filter={({ options }) => options}
          data={found.map(one => ({ value: one.personId, label: `${one.name} · ${formatDate(one.birth)} · ${one.place}` }))}
        />
        {line('subjectName', true)}
        {line('requester', true)}
        <Select label={word('field.relation')} allowDeselect={false} value={relation} onChange={value => { if (value !== null) setRelation(value); }} data={relations.map(value => ({ value, label: word(`relation.${value}`) }))} />
      </SimpleGrid>
      {line('contact')}
      <Textarea label={word('field.content')} required autosize minRows={2} maxLength={2000} value={values.content} onChange={event => { setValues({ ...values, content: event.currentTarget.value }); }} />
      <FileDrop title={file?.fileName ?? text('personalData.dropPaper')} hint={text('personalData.dropHint')} accept={['.pdf', '.jpg', '.jpeg', '.png']} onFile={setFile} />
    </FormDialog>
  );
}

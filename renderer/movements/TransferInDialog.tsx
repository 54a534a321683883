import { Button, Checkbox, Group, Modal, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { useAct } from '../kit/useAct.ts';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

const sexes = ['female', 'male', 'unknown'] as const;

/** A pupil of another school asks for a place: who he is, where from, into which grade. */
export function TransferInDialog({ onDone, onClose }: { onDone: (movementId: string) => void; onClose: () => void }) {
  const { year } = useSession();
  const classes = useRead('classes.list', { year });
  const [receivedOn, setReceivedOn] = useState(today());
  const [draft, setDraft] = useState<Record<string, string>>({ sex: 'unknown' });
  const [grade, setGrade] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [school, setSchool] = useState('');
  const [province, setProvince] = useState('');
  const [isOtherProvince, setOtherProvince] = useState(false);
  const [note, setNote] = useState('');
  const [paper, setPaper] = useState('');
  const open = useAct(api.movements.openTransferIn);
  const name = draft['name']?.trim() ?? '';
  const birth = parseDate(draft['birth'] ?? '');
  const similar = useRead('students.similar', { name, birth: birth ?? '', personalId: draft['personalId'] ?? '' }, { enabled: name.includes(' ') && birth !== null, keepPrevious: true });
  const grades = [...new Set((classes.data?.classes ?? []).map(one => one.grade))];
  const isReady = name !== '' && birth !== null && grade !== null && school.trim().length > 1 && receivedOn !== '';
  const field = (key: string, label: string, extra: { required?: boolean; placeholder?: string; 'data-autofocus'?: boolean } = {}) => (
    <TextInput label={label} maxLength={150} value={draft[key] ?? ''} {...extra} onChange={event => { const { value } = event.currentTarget; setDraft(before => ({ ...before, [key]: value })); }} />
  );
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const made = await open.run({
      year, receivedOn, grade: Number(grade), values: { ...draft, birth }, code, otherSchool: school, otherProvince: province, isSameProvince: !isOtherProvince, note, paper,
    });
    if (made === null) return;
    refresh('movements');
    onDone(made.movementId);
  };
  const found = similar.data?.found ?? [];
  return (
    <Modal opened onClose={onClose} title={text('movements.transferIn')} size="min(860px, 94vw)">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <div className={styles.twoSides}>
          <Stack gap="sm">
            {field('name', text('students.field.name'), { required: true, 'data-autofocus': true })}
            <Group grow>{field('birth', text('students.field.birth'), { required: true, placeholder: text('kit.dayPlaceholder') })}
              <Select label={text('students.field.sex')} allowDeselect={false} data={sexes.map(value => ({ value, label: text(`students.sex.${value}`) }))} value={draft['sex'] ?? 'unknown'} onChange={value => { setDraft(before => ({ ...before, sex: value ?? 'unknown' })); }} /></Group>
            <Group grow>{field('personalId', text('students.field.personalId'))}
              <TextInput label={text('movements.field.code')} maxLength={20} value={code} onChange={event => { setCode(event.currentTarget.value); }} /></Group>
            {field('address', text('students.field.address'))}
            <Group grow>{field('father.name', `${text('students.relation.father')}: ${text('students.field.name')}`)}{field('mother.name', `${text('students.relation.mother')}: ${text('students.field.name')}`)}</Group>
          </Stack>
          <Stack gap="sm">
            <Group grow><DayInput label={text('movements.field.receivedOn')} required value={receivedOn} onChange={setReceivedOn} />
              <Select label={text('movements.field.grade')} required data={grades.map(one => String(one))} value={grade} onChange={setGrade} /></Group>
            <TextInput label={text('movements.field.fromSchool')} required maxLength={150} value={school} onChange={event => { setSchool(event.currentTarget.value); }} />
            <TextInput label={text('movements.field.province')} maxLength={80} value={province} onChange={event => { setProvince(event.currentTarget.value); }} />
            <Checkbox label={text('movements.field.otherProvince')} checked={isOtherProvince} onChange={event => { setOtherProvince(event.currentTarget.checked); }} />
            <Textarea label={text('movements.field.reason')} autosize minRows={2} maxLength={300} value={note} onChange={event => { setNote(event.currentTarget.value); }} />
            <TextInput label={text('movements.field.paper')} maxLength={80} value={paper} onChange={event => { setPaper(event.currentTarget.value); }} />
          </Stack>
        </div>
        {found.length === 0 ? null : (
          <Notice state="needs" title={text('students.add.similar', { count: found.length })}>
            {found.map(({ card }) => <div key={card.personId}>{card.name} · <span className="tabular">{formatDate(card.birth)}</span> · {card.className} {card.year}</div>)}
            <p className={styles.hint}>{text('movements.similarTells')}</p>
          </Notice>
        )}
        {open.failure === null ? null : <ErrorNotice failure={open.failure} />}
        <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isReady} loading={open.isBusy}>{text('movements.openCase')}</Button></div>
      </form>
    </Modal>
  );
}

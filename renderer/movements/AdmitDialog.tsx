import { Button, Checkbox, Modal, Select, Stack, Table, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate } from '../kit/formats.ts';
import { useAct } from '../kit/useAct.ts';
import { admissionLines } from './admission-lines.ts';
import { refreshPupils } from './ActDialog.tsx';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

/** New pupils of a class, typed, pasted from a list, or from the grade below: seen as they will be before they are admitted together. */
export function AdmitDialog({ onClose }: { onClose: () => void }) {
  const { year } = useSession();
  const classes = useRead('classes.list', { year });
  const [classId, setClassId] = useState<string | null>(null);
  const [on, setOn] = useState(today());
  const [paper, setPaper] = useState('');
  const [typed, setTyped] = useState('');
  const [hasRegister, setRegister] = useState(true);
  const [hasTemporaryCodes, setTemporary] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const below = useRead('movements.candidates', { classId: classId ?? '' }, { enabled: classId !== null });
  const admit = useAct(api.movements.admit);
  const [done, setDone] = useState<{ name: string; registerNumber: string; temporaryCode: string }[] | null>(null);
  const lines = admissionLines(typed);
  const known = (below.data?.pupils ?? []).filter(one => chosen.has(one.personId));
  const count = lines.length + known.length;
  const isReady = classId !== null && on !== '' && count > 0 && lines.every(line => line.fault === null);
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const made = await admit.run({ classId, on, paper, hasRegister, hasTemporaryCodes, pupils: [...known.map(({ personId }) => ({ personId })), ...lines.map(({ values }) => ({ values }))] });
    if (made === null) return;
    refreshPupils();
    setDone(made.admitted);
  };
  if (done !== null) return <Admitted pupils={done} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={text('movements.admit')} size="min(980px, 94vw)">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <div className={styles.twoSides}>
          <Stack gap="sm">
            <Select data-autofocus label={text('movements.column.class')} required searchable value={classId} onChange={value => { setClassId(value); setChosen(new Set()); }}
              data={(classes.data?.classes ?? []).map(one => ({ value: one.classId, label: text('movements.classPupils', { class: one.name, count: one.pupils }) }))} />
            <DayInput label={text('movements.field.on')} required value={on} onChange={setOn} />
            <TextInput label={text('movements.field.paper')} maxLength={80} value={paper} onChange={event => { setPaper(event.currentTarget.value); }} />
            <Textarea label={text('movements.admitLines')} description={text('movements.admitLinesHint')} autosize minRows={5} maxRows={12} value={typed} onChange={event => { setTyped(event.currentTarget.value); }}
              onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey) void submit(); }} />
            <Checkbox label={text('movements.field.register')} checked={hasRegister} onChange={event => { setRegister(event.currentTarget.checked); }} />
            <Checkbox label={text('movements.field.temporary')} checked={hasTemporaryCodes} onChange={event => { setTemporary(event.currentTarget.checked); }} />
          </Stack>
          <section className={styles.preview} aria-label={text('movements.preview')}>
            <h2>{text('movements.admitPreview', { count })}</h2>
            {count === 0 ? <p className={styles.hint}>{text('movements.admitNone')}</p> : (
              <Table>
                <Table.Tbody>
                  {known.map(one => <Table.Tr key={one.personId}><Table.Td>{one.name}</Table.Td><Table.Td className="tabular">{formatDate(one.birth)}</Table.Td><Table.Td>{one.className}</Table.Td></Table.Tr>)}
                  {lines.map(line => (
                    <Table.Tr key={line.line} data-fault={line.fault ?? undefined}>
                      <Table.Td>{line.values['name']}</Table.Td>
                      <Table.Td className="tabular">{formatDate(line.values['birth'] ?? '')}</Table.Td>
                      <Table.Td>{line.fault === null ? text(`students.sex.${line.values['sex'] ?? 'unknown'}`) : <span className={styles.fault}>✕ {text(`movements.lineFault.${line.fault}`, { line: line.line })}</span>}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
            {(below.data?.pupils.length ?? 0) === 0 ? null : (
              <>
                <h3>{text('movements.fromBelow')}</h3>
                <div className={styles.held}>
                  {below.data?.pupils.map(one => (
                    <Checkbox key={one.personId} size="xs" label={`${one.name} · ${one.className}`} checked={chosen.has(one.personId)}
                      onChange={event => { const isIn = event.currentTarget.checked; setChosen(before => { const next = new Set(before); if (isIn) next.add(one.personId); else next.delete(one.personId); return next; }); }} />
                  ))}
                </div>
              </>
            )}
          </section>
        </div>
        {admit.failure === null ? null : <ErrorNotice failure={admit.failure} />}
        <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isReady} loading={admit.isBusy}>{text('movements.admitNow', { count })}</Button></div>
      </form>
    </Modal>
  );
}

function Admitted({ pupils, onClose }: { pupils: readonly { name: string; registerNumber: string; temporaryCode: string }[]; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={text('movements.admitted', { count: pupils.length })} size="lg">
      <Table>
        <Table.Thead><Table.Tr><Table.Th>{text('movements.column.name')}</Table.Th><Table.Th>{text('movements.column.register')}</Table.Th><Table.Th>{text('movements.column.temporary')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{pupils.map((one, index) => <Table.Tr key={`${one.registerNumber} ${index}`}><Table.Td>{one.name}</Table.Td><Table.Td className="tabular">{one.registerNumber}</Table.Td><Table.Td className="tabular">{one.temporaryCode === '' ? '—' : one.temporaryCode}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
      <div className={styles.dialogActs}><Button data-autofocus onClick={onClose}>{text('kit.close')}</Button></div>
    </Modal>
  );
}

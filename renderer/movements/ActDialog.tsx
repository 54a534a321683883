import { Button, Checkbox, Group, Modal, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { dropOutReasons, type InstantKind } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { PaperNames, RegimeNotice, StepList } from './CaseRules.tsx';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

export interface ActDialogProps {
  kind: InstantKind | 'transferOut';
  enrolmentId: string;
  name: string;
  /** With the new case of a transfer. */
  onDone: (movementId: string) => void;
  onClose: () => void;
}

/** One act about a pupil: what to write at the left, what it changes and what is missing at the right, before it is done. */
export function ActDialog({ kind, enrolmentId, name, onDone, onClose }: ActDialogProps) {
  const [on, setOn] = useState(today());
  const [expectedOn, setExpectedOn] = useState('');
  const [reasonCode, setReasonCode] = useState<string | null>(null);
  const [school, setSchool] = useState('');
  const [province, setProvince] = useState('');
  const [isOtherProvince, setOtherProvince] = useState(false);
  const [note, setNote] = useState('');
  const [paper, setPaper] = useState('');
  const act = useAct(api.movements.act);
  const transfer = useAct(api.movements.openTransferOut);
  const preview = useRead('movements.previewAct', { enrolmentId, kind, on, isSameProvince: !isOtherProvince }, { enabled: on !== '', keepPrevious: true });
  const asksReason = kind === 'dropOut' || kind === 'leave';
  const isReady = on !== '' && (kind !== 'dropOut' || reasonCode !== null) && (kind !== 'transferOut' || school.trim().length > 1);
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const made = kind === 'transferOut'
      ? await transfer.run({ enrolmentId, receivedOn: on, otherSchool: school, otherProvince: province, isSameProvince: !isOtherProvince, note, paper })
      : await act.run({ enrolmentId, kind, on, expectedOn: expectedOn === '' ? null : expectedOn, reasonCode: dropOutReasons.find(one => one === reasonCode), note, paper });
    if (made === null) return;
    refreshPupils();
    showUndo(text('movements.acted', { act: text(`movements.kind.${kind}`), name }), () => { void takeBack(made.movementId); });
    onDone(made.movementId);
  };
  const failure = act.failure ?? transfer.failure;
  return (
    <Modal opened onClose={onClose} title={`${text(`movements.kind.${kind}`)} · ${name}`} size="min(860px, 94vw)">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <div className={styles.twoSides}>
          <Stack gap="sm">
            <DayInput label={text(kind === 'transferOut' ? 'movements.field.receivedOn' : 'movements.field.on')} required value={on} onChange={setOn} />
            {kind === 'leave' ? <DayInput label={text('movements.field.expectedOn')} value={expectedOn} onChange={setExpectedOn} /> : null}
            {kind === 'transferOut' ? (
              <>
                <TextInput data-autofocus label={text('movements.field.toSchool')} required maxLength={150} value={school} onChange={event => { setSchool(event.currentTarget.value); }} />
                <TextInput label={text('movements.field.province')} maxLength={80} value={province} onChange={event => { setProvince(event.currentTarget.value); }} />
                <Checkbox label={text('movements.field.otherProvince')} checked={isOtherProvince} onChange={event => { setOtherProvince(event.currentTarget.checked); }} />
              </>
            ) : null}
            {asksReason ? <Select label={text('movements.field.reason')} required={kind === 'dropOut'} data={dropOutReasons.map(value => ({ value, label: text(`movements.reason.${value}`) }))} value={reasonCode} onChange={setReasonCode} /> : null}
            <Textarea label={text(asksReason ? 'movements.field.note' : 'movements.field.reason')} autosize minRows={2} maxLength={300} value={note} onChange={event => { setNote(event.currentTarget.value); }} />
            <TextInput label={text('movements.field.paper')} maxLength={80} value={paper} onChange={event => { setPaper(event.currentTarget.value); }} />
          </Stack>
          <section className={styles.preview} aria-label={text('movements.preview')}>
            <h2>{text('movements.preview')}</h2>
            {preview.data === undefined ? null : (
              <>
                {kind === 'transferOut' ? <p>{text('movements.onceGone')}</p> : null}
                <ul className={styles.plainList}>{preview.data.changes.map(line => <li key={line}>{line}</li>)}</ul>
                {preview.data.missing.length === 0 ? null : <><h3>{text('movements.missingTitle')}</h3><ul className={styles.missing}>{preview.data.missing.map(line => <li key={line}>{line}</li>)}</ul></>}
                {preview.data.regime === null ? null : (
                  <><RegimeNotice regime={preview.data.regime} /><h3>{text('movements.days')}</h3><StepList steps={preview.data.steps} /><h3>{text('movements.papersAsked')}</h3><PaperNames papers={preview.data.needed} /></>
                )}
              </>
            )}
          </section>
        </div>
        {failure === null ? null : <ErrorNotice failure={failure} />}
        <Group justify="flex-end" gap={8} mt="md">
          <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
          <Button type="submit" loading={act.isBusy || transfer.isBusy} disabled={!isReady}>{text(kind === 'transferOut' ? 'movements.openCase' : 'movements.record')}</Button>
        </Group>
      </form>
    </Modal>
  );
}

export function refreshPupils(): void {
  for (const feature of ['movements', 'students', 'classes'] as const) refresh(feature);
}

/** Undo from the notice that told of the act. */
export async function takeBack(movementId: string): Promise<void> {
  const result = await api.movements.undo({ movementId, reason: text('movements.undoReason') });
  if (result.ok) refreshPupils();
  else showFailure(result.error);
}

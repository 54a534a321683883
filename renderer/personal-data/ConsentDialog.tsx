import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { consentAnswers, consentGivers } from '../../preload/contract/personal-data.ts';
import type { ConsentAnswer, ConsentGiver, PurposeView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { FileDrop } from '../kit/FileDrop.tsx';
import { parseDay } from '../kit/moments.ts';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { DayInput, todayWords } from './DayInput.tsx';
import { FormDialog } from './FormDialog.tsx';

const word = (part: string) => text(`personalData.consent.${part}`);
const accept = ['.pdf', '.jpg', '.jpeg', '.png'];

async function undo(consentIds: string[]): Promise<void> {
  const result = await api.personalData.undoConsents({ consentIds });
  if (!result.ok) showFailure(result.error);
  refresh('personalData');
}

/** One answer for all chosen pupils, with the signed paper where there is one. */
export function ConsentDialog({ purpose, personIds, onClose }: { purpose: PurposeView; personIds: string[]; onClose: () => void }) {
  const [answer, setAnswer] = useState<ConsentAnswer>('given');
  const [givenBy, setGivenBy] = useState<ConsentGiver>(purpose.asksChild ? 'both' : 'guardian');
  const [giverName, setGiverName] = useState('');
  const [note, setNote] = useState('');
  const [day, setDay] = useState(todayWords);
  const [file, setFile] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const happenedOn = parseDay(day);
  const save = async () => {
    const result = await api.personalData.recordConsents({
      purposeId: purpose.purposeId, personIds, answer, givenBy, giverName, note, happenedOn: happenedOn ?? '', ...(file === null ? {} : { file }),
    });
    if (result.ok) {
      const { consentIds, incomplete } = result.value;
      showUndo(incomplete > 0 ? text('personalData.consent.doneIncomplete', { count: incomplete }) : text('personalData.consent.done', { count: consentIds.length }), () => { void undo(consentIds); });
    }
    return result;
  };
  return (
    <FormDialog title={text('personalData.consent.recordTitle', { count: personIds.length })} isReady={typeof happenedOn === 'string'} onSave={save} onClose={onClose}>
      <SimpleGrid cols={2} spacing="sm">
        <Select label={word('field.answer')} allowDeselect={false} value={answer} onChange={value => { if (value !== null) setAnswer(value); }} data={consentAnswers.map(value => ({ value, label: word(`answer.${value}`) }))} />
        <DayInput required label={word('field.happenedOn')} value={day} onChange={setDay} />
        <Select label={word('field.givenBy')} allowDeselect={false} value={givenBy} onChange={value => { if (value !== null) setGivenBy(value); }} data={consentGivers.map(value => ({ value, label: word(`giver.${value}`) }))} />
        <TextInput label={word('field.giverName')} maxLength={120} value={giverName} onChange={event => { setGiverName(event.currentTarget.value); }} />
      </SimpleGrid>
      <TextInput label={word('field.note')} maxLength={300} value={note} onChange={event => { setNote(event.currentTarget.value); }} />
      <FileDrop title={file?.fileName ?? text('personalData.dropPaper')} hint={text('personalData.dropHint')} accept={accept} onFile={setFile} />
    </FormDialog>
  );
}

import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { requestEnds } from '../../preload/contract/personal-data.ts';
import type { RequestView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { FileDrop } from '../kit/FileDrop.tsx';
import { parseDay } from '../kit/moments.ts';
import { DayInput, todayWords } from './DayInput.tsx';
import { FormDialog } from './FormDialog.tsx';

const word = (part: string) => text(`personalData.request.${part}`);

/** The answer to a request, with its paper. */
export function EndRequest({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const [state, setState] = useState<(typeof requestEnds)[number]>('answered');
  const [answer, setAnswer] = useState('');
  const [day, setDay] = useState(todayWords);
  const [file, setFile] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const on = parseDay(day);
  const save = () => api.personalData.endRequest({ requestId: request.requestId, version: request.version, state, answer, on: on ?? '', ...(file === null ? {} : { file }) });
  return (
    <FormDialog title={text('personalData.request.endTitle', { number: request.number })} isReady={typeof on === 'string' && answer.trim().length >= 3} onSave={save} onClose={onClose}>
      <Select label={word('endState')} allowDeselect={false} value={state} onChange={value => { if (value !== null) setState(value); }} data={requestEnds.map(value => ({ value, label: word(`state.${value}`) }))} />
      <Textarea data-autofocus required label={word('endAnswer')} autosize minRows={3} maxLength={2000} value={answer} onChange={event => { setAnswer(event.currentTarget.value); }} />
      <DayInput required label={word('endOn')} value={day} onChange={setDay} />
      <FileDrop title={file?.fileName ?? text('personalData.dropPaper')} hint={text('personalData.dropHint')} accept={['.pdf', '.jpg', '.jpeg', '.png']} onFile={setFile} />
    </FormDialog>
  );
}

import { Button, Checkbox, Group, Modal, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CommentKind } from '../../preload/contract/gradebook-comments.ts';
import type { MarkLevel } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { formatLevel } from '../grades/mark-words.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';

const levels: readonly MarkLevel[] = ['D', 'CD', 'T', 'H', 'C'];
const tenths = (value: number | string): number | null => (typeof value === 'number' ? Math.round(value * 10) : null);

/** Keeps a phrase: one's own or the whole department's, for a range of marks or a level, for this subject or any. */
export function PhraseDialog({ phrase, subject, subjectName, kind, onClose }: { phrase: string; subject: string; subjectName: string; kind: CommentKind; onClose: () => void }) {
  const [words, setWords] = useState(phrase);
  const [isShared, setShared] = useState(false);
  const [isOwnSubject, setOwnSubject] = useState(true);
  const [low, setLow] = useState<number | string>('');
  const [high, setHigh] = useState<number | string>('');
  const [level, setLevel] = useState<MarkLevel | null>(null);
  const save = useAct(async () => api.gradebook.savePhrase({
    phraseId: null, isShared, subject: isOwnSubject ? subject : '', kind, low: tenths(low), high: tenths(high), level, phrase: words,
  }));
  const keep = async (): Promise<void> => { if (await save.run() !== null) onClose(); };
  return (
    <Modal opened onClose={onClose} title={text('gradebook.comments.keep')} size="md">
      <form onSubmit={event => { event.preventDefault(); void keep(); }}>
        <Stack gap="sm">
          <Textarea data-autofocus label={text('gradebook.comments.phrase')} description={text('gradebook.comments.placeholders')} autosize minRows={2} maxLength={500} value={words} onChange={event => { setWords(event.currentTarget.value); }} />
          <Group grow>
            <NumberInput label={text('gradebook.comments.low')} min={0} max={10} step={0.5} decimalScale={1} decimalSeparator="," value={low} onChange={setLow} />
            <NumberInput label={text('gradebook.comments.high')} min={0} max={10} step={0.5} decimalScale={1} decimalSeparator="," value={high} onChange={setHigh} />
            <Select label={text('gradebook.comments.level')} clearable data={levels.map(one => ({ value: one, label: formatLevel(one) }))} value={level} onChange={value => { setLevel(levels.find(one => one === value) ?? null); }} />
          </Group>
          <Checkbox checked={isOwnSubject} label={text('gradebook.comments.onlySubject', { subject: subjectName })} onChange={event => { setOwnSubject(event.currentTarget.checked); }} />
          <Checkbox checked={isShared} label={text('gradebook.comments.share')} onChange={event => { setShared(event.currentTarget.checked); }} />
          {save.failure === null ? null : <ErrorNotice failure={save.failure} onDismiss={save.clear} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={words.trim().length < 3}>{text('gradebook.comments.keepAct')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Button, Group, Modal, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CurriculumView } from '../../preload/contract/curriculum.ts';
import { StandingKind } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate, parseDate } from '../kit/formats.ts';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';

const today = (): string => new Date().toISOString().slice(0, 10);
const ALL_SUBJECTS = '*';
const label = (field: string) => text(`curriculum.addStanding.${field}`);

/** The form of one exemption, subject not taken, or individual plan. */
export function AddStanding({ view, onClose }: { view: CurriculumView; onClose: () => void }) {
  const pupils = useRead('students.list', { year: view.year, status: '' });
  const [enrolmentId, setEnrolmentId] = useState<string | null>(null);
  const [subject, setSubject] = useState<string | null>(null);
  const [standing, setStanding] = useState<StandingKind>('reducedPractice');
  const [term, setTerm] = useState<'0' | '1' | '2'>('0');
  const [words, setWords] = useState({ reason: '', paper: '', from: formatDate(today()), to: '' });
  const act = useAct(api.curriculum.addStanding);
  const pupil = pupils.data?.rows.find(row => row.enrolmentId === enrolmentId);
  // The class name begins with its grade: 9A, 12A1.
  const grade = Number(/^\d+/.exec(pupil?.className ?? '')?.[0] ?? 0);
  const rows = view.grades.find(found => found.grade === grade)?.rows ?? [];
  const from = parseDate(words.from);
  const to = words.to.trim() === '' ? null : parseDate(words.to);
  const isReady = enrolmentId !== null && subject !== null && words.reason.trim().length >= 3 && from !== null && (words.to.trim() === '' || to !== null);
  const submit = async (): Promise<void> => {
    if (!isReady || act.isBusy) return;
    const saved = await act.run({ enrolmentId, subject, standing, term: Number(term) as 0 | 1 | 2, reason: words.reason, paper: words.paper, from, to });
    if (saved === null) return;
    showDone(text('curriculum.addStanding.done', { name: pupil?.name ?? '' }));
    refresh('curriculum');
    refresh('grades');
    onClose();
  };
  const wordField = (field: 'paper' | 'from' | 'to', error: boolean) => (
    <TextInput
      label={label(field)}
      value={words[field]}
      {...(error ? { error: label('badDate') } : {})}
      onChange={event => { setWords({ ...words, [field]: event.currentTarget.value }); }}
    />
  );
  return (
    <Modal opened onClose={onClose} title={text('curriculum.addStanding.title')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <Select
            data-autofocus
            searchable
            label={label('pupil')}
            placeholder={label('pupilHint')}
            nothingFoundMessage={label('noPupil')}
            limit={40}
            data={(pupils.data?.rows ?? []).map(row => ({ value: row.enrolmentId, label: `${row.name} · ${row.className} · ${row.code}` }))}
            value={enrolmentId}
            onChange={value => { setEnrolmentId(value); setSubject(null); }}
          />
          <Select
            searchable
            label={label('subject')}
            disabled={pupil === undefined}
            data={[...rows.map(row => ({ value: row.subject, label: row.name })), { value: ALL_SUBJECTS, label: text('curriculum.allSubjects') }]}
            value={subject}
            onChange={setSubject}
          />
          <Group grow gap="sm" align="flex-start">
            <Select
              label={label('standing')}
              allowDeselect={false}
              data={StandingKind.options.map(value => ({ value, label: text(`curriculum.standing.${value}.name`) }))}
              value={standing}
              onChange={value => { setStanding(value ?? 'reducedPractice'); }}
            />
            <Select
              label={label('term')}
              allowDeselect={false}
              data={(['0', '1', '2'] as const).map(value => ({ value, label: text(`curriculum.term.${value}`) }))}
              value={term}
              onChange={value => { setTerm(value ?? '0'); }}
            />
          </Group>
          <p style={{ margin: 0, color: 'var(--st-text-2)', fontSize: 12 }}>{text(`curriculum.standing.${standing}.about`)}</p>
          <Textarea
            label={label('reason')}
            required
            autosize
            minRows={2}
            maxLength={300}
            value={words.reason}
            onChange={event => { setWords({ ...words, reason: event.currentTarget.value }); }}
          />
          <Group grow gap="sm" align="flex-start">
            {wordField('paper', false)}
            {wordField('from', from === null)}
            {wordField('to', words.to.trim() !== '' && to === null)}
          </Group>
          {act.failure === null ? null : <ErrorNotice failure={act.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={act.isBusy} disabled={!isReady}>{text('curriculum.addStanding.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

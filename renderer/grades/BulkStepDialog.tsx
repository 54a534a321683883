import { Button, Checkbox, Group, Modal, Select, SegmentedControl, SimpleGrid, Stack, Table } from '@mantine/core';
import { useState } from 'react';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { refresh } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { useJob } from '../kit/useJob.ts';
import styles from './grades.module.css';
import type { YearPoint } from './sheet-tree.ts';

const targets = ['submitted', 'checked', 'locked'] as const;
const signs = { done: 'done', unchanged: 'quiet', refused: 'blocked' } as const;
const words = { done: 'gradebook.bulk.ok', unchanged: 'gradebook.bulk.same' } as const;

/** One step for a class, a grade, a subject or the school: every sheet's outcome is listed. `sheets` are those of the term or point on screen. */
export function BulkStepDialog({ sheets, point, onClose }: { sheets: readonly SheetSummary[]; point: YearPoint; onClose: () => void }) {
  const { year, account } = useSession();
  const [to, setTo] = useState<(typeof targets)[number]>(account.role === 'principal' ? 'locked' : 'submitted');
  const [grade, setGrade] = useState<string | null>(null);
  const [classId, setClassId] = useState<string | null>(null);
  const [subject, setSubject] = useState<string | null>(null);
  const [leaveOutDrafts, setLeaveOut] = useState(false);
  const run = useJob('gradebook.stepMany');
  const ofGrade = sheets.filter(sheet => grade === null || sheet.grade === Number(grade));
  const ofClass = ofGrade.filter(sheet => classId === null || sheet.classId === classId);
  const chosen = ofClass.filter(sheet => subject === null || sheet.subject === subject);
  const options = (pairs: (readonly [string, string])[]) => [...new Map(pairs)].map(([value, label]) => ({ value, label }));
  const start = async (): Promise<void> => {
    const done = await run.run({
      year, to, leaveOutDrafts: leaveOutDrafts && to !== 'submitted', ...(grade === null ? {} : { grade: Number(grade) }), ...(classId === null ? {} : { classId }), ...(subject === null ? {} : { subject }), point,
    });
    if (done === null) return;
    refresh('grades');
    refresh('gradebook');
  };
  const close = (): void => {
    if (!run.isRunning) run.clear();
    onClose();
  };
  return (
    <Modal opened onClose={close} title={text('gradebook.bulk.title')} size="lg">
      <Stack gap="sm">
        <SegmentedControl fullWidth aria-label={text('gradebook.bulk.to')} value={to} onChange={value => { setTo(targets.find(one => one === value) ?? 'submitted'); }} data={targets.map(one => ({ value: one, label: text(`gradebook.bulk.${one}`) }))} />
        <SimpleGrid cols={3} spacing="sm">
          <Select label={text('gradebook.rules.field.grade')} placeholder={text('gradebook.rules.any')} clearable value={grade} onChange={value => { setGrade(value); setClassId(null); }} data={options(sheets.map(sheet => [String(sheet.grade), String(sheet.grade)]))} />
          <Select label={text('gradebook.rules.field.class')} placeholder={text('gradebook.rules.any')} clearable searchable value={classId} onChange={setClassId} data={options(ofGrade.map(sheet => [sheet.classId, sheet.className]))} />
          <Select label={text('gradebook.rules.field.subject')} placeholder={text('gradebook.rules.any')} clearable searchable value={subject} onChange={setSubject} data={options(ofClass.map(sheet => [sheet.subject, sheet.subjectName]))} />
        </SimpleGrid>
        <span>{text('gradebook.bulk.what', { count: chosen.length })}</span>
        {to === 'submitted' ? null : <Checkbox label={text('gradebook.leaveOutDraftsMany')} checked={leaveOutDrafts} onChange={event => { setLeaveOut(event.currentTarget.checked); }} />}
        <RunningJob run={run} />
        {run.result === null ? null : (
          <>
            <strong role="status">{text('gradebook.bulk.done', { done: run.result.done, unchanged: run.result.unchanged, refused: run.result.refused })}</strong>
            <div className={styles.preview} role="region" aria-label={text('gradebook.bulk.outcome')} tabIndex={0}>
              <Table stickyHeader>
                <Table.Thead><Table.Tr><Table.Th>{text('gradebook.bulk.sheet')}</Table.Th><Table.Th>{text('gradebook.bulk.outcome')}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {run.result.outcomes.toSorted((left, right) => Number(right.outcome === 'refused') - Number(left.outcome === 'refused')).map(one => (
                    <Table.Tr key={one.sheetId}>
                      <Table.Td>{one.className} · {one.subjectName}</Table.Td>
                      <Table.Td style={{ whiteSpace: 'normal' }}><StateBadge state={signs[one.outcome]}>{one.outcome === 'refused' ? one.why ?? '' : text(words[one.outcome])}</StateBadge>{one.missing > 0 ? ` — ${text('gradebook.bulk.missing', { count: one.missing })}` : ''}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={close}>{text('kit.close')}</Button>
          <Button loading={run.isRunning} disabled={chosen.length === 0} onClick={() => { void start(); }}>{text('gradebook.bulk.run')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

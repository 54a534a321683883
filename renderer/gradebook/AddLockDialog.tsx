import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { columnGroups } from '../../preload/contract/gradebook-locks.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { parseMoment } from '../kit/moments.ts';
import { Waiting } from '../kit/Waiting.tsx';

function momentFault(): Failure {
  return { code: 'window.moment', heading: text('gradebook.momentFault'), what: '', remedy: text('gradebook.momentHint'), batchCanContinue: true };
}

/** A new lock: what is left open reaches everything of its kind. */
export function AddLockDialog({ onClose }: { onClose: () => void }) {
  const { year } = useSession();
  const read = useRead('grades.listSheets', { year });
  const [grade, setGrade] = useState<string | null>(null);
  const [classId, setClassId] = useState<string | null>(null);
  const [subject, setSubject] = useState<string | null>(null);
  const [term, setTerm] = useState<string | null>(null);
  const [columns, setColumns] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const confirm = async (reason: string): Promise<Result<unknown>> => {
    if (parseMoment(from) === undefined) return { ok: false, error: momentFault() };
    const result = await api.gradebook.addLockRule({
      year, reason, classId, subject, grade: grade === null ? null : Number(grade), term: term === null ? null : Number(term),
      columns: columnGroups.find(one => one === columns) ?? null, fromAt: parseMoment(from) ?? null,
    });
    if (result.ok) {
      refresh('gradebook');
      refresh('grades');
    }
    return result;
  };
  return (
    <ConfirmDialog title={text('gradebook.rules.add')} confirmLabel={text('gradebook.rules.lock')} reason={{ label: text('gradebook.reason'), minLength: 3 }} onConfirm={confirm} onClose={onClose}>
      <Waiting read={read} lines={4}>
        {({ sheets }) => {
          const ofGrade = sheets.filter(sheet => grade === null || sheet.grade === Number(grade));
          const ofClass = ofGrade.filter(sheet => classId === null || sheet.classId === classId);
          const options = (pairs: (readonly [string, string])[]) => [...new Map(pairs)].map(([value, label]) => ({ value, label }));
          return (
            <SimpleGrid cols={2} spacing="sm">
              <Select label={text('gradebook.rules.field.grade')} placeholder={text('gradebook.rules.any')} clearable value={grade} onChange={value => { setGrade(value); setClassId(null); }} data={options(sheets.map(sheet => [String(sheet.grade), String(sheet.grade)]))} />
              <Select label={text('gradebook.rules.field.class')} placeholder={text('gradebook.rules.any')} clearable searchable value={classId} onChange={setClassId} data={options(ofGrade.map(sheet => [sheet.classId, sheet.className]))} />
              <Select label={text('gradebook.rules.field.subject')} placeholder={text('gradebook.rules.any')} clearable searchable value={subject} onChange={setSubject} data={options(ofClass.map(sheet => [sheet.subject, sheet.subjectName]))} />
              <Select label={text('gradebook.rules.field.term')} placeholder={text('gradebook.rules.any')} clearable value={term} onChange={setTerm} data={options(ofClass.toSorted((left, right) => left.term - right.term).map(sheet => [String(sheet.term), String(sheet.term)]))} />
              <Select label={text('gradebook.rules.field.columns')} placeholder={text('gradebook.rules.any')} clearable value={columns} onChange={setColumns} data={columnGroups.map(one => ({ value: one, label: text(`gradebook.columns.${one}`) }))} />
              <TextInput label={text('gradebook.rules.field.from')} placeholder={text('gradebook.rules.fromNow')} error={parseMoment(from) === undefined ? text('gradebook.momentFault') : undefined} value={from} onChange={event => { setFrom(event.currentTarget.value); }} />
            </SimpleGrid>
          );
        }}
      </Waiting>
    </ConfirmDialog>
  );
}

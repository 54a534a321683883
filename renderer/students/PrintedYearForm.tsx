import { Button, Group, Modal, Stack, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PrintedLine, PrintedResult } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './students.module.css';

const emptyLine: PrintedLine = { subject: '', term1: '', term2: '', year: '' };
const fields = ['school', 'className', 'learning', 'conduct', 'outcome', 'award', 'absences'] as const;
const columns = ['subject', 'term1', 'term2', 'year'] as const;
const word = (key: string) => text(`students.printed.${key}`);

/** One year typed from a book; a new line of subjects opens below the last one. */
export function PrintedYearForm({ personId, known, onClose }: { personId: string; known: PrintedResult | null; onClose: () => void }) {
  const [year, setYear] = useState(known?.year ?? '');
  const [grade, setGrade] = useState(known === null ? '' : String(known.grade));
  const [words, setWords] = useState(() => Object.fromEntries(fields.map(field => [field, known?.[field] ?? ''])) as Record<(typeof fields)[number], string>);
  const [lines, setLines] = useState<PrintedLine[]>(() => [...(known?.lines ?? []), emptyLine]);
  const save = useAct(api.curriculum.savePrinted);
  const isYear = /^(\d{4})-(\d{4})$/.test(year) && Number(year.slice(5)) === Number(year.slice(0, 4)) + 1;
  const isGrade = /^([1-9]|1[0-2])$/.test(grade);
  const write = (index: number, column: keyof PrintedLine, value: string): void => {
    const next = lines.map((line, at) => (at === index ? { ...line, [column]: value } : line));
    setLines(next.at(-1)?.subject === '' ? next : [...next, emptyLine]);
  };
  const submit = async (): Promise<void> => {
    if (!isYear || !isGrade || save.isBusy) return;
    const result = { year, grade: Number(grade), ...words, lines: lines.filter(line => line.subject.trim() !== '') };
    const saved = await save.run({ personId, printedId: known?.printedId ?? null, version: known?.version ?? 0, result });
    if (saved === null) return;
    showDone(text('students.printed.saved', { year }));
    refresh('curriculum');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={word(known === null ? 'add' : 'edit')} size="lg">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <Group grow gap="sm" align="flex-start">
            <TextInput
              data-autofocus
              label={word('schoolYear')}
              placeholder="2009-2010"
              value={year}
              {...(year === '' || isYear ? {} : { error: word('badYear') })}
              onChange={event => { setYear(event.currentTarget.value.trim()); }}
            />
            <TextInput
              label={word('grade')}
              value={grade}
              {...(grade === '' || isGrade ? {} : { error: word('badGrade') })}
              onChange={event => { setGrade(event.currentTarget.value.trim()); }}
            />
          </Group>
          <div className={styles.printedFields}>
            {fields.map(field => (
              <TextInput key={field} label={word(field)} value={words[field]} onChange={event => { setWords({ ...words, [field]: event.currentTarget.value }); }} />
            ))}
          </div>
          <Table>
            <Table.Thead><Table.Tr>{columns.map(column => <Table.Th key={column}>{word(`column.${column}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {lines.map((line, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
                <Table.Tr key={index}>
                  {columns.map(column => (
                    <Table.Td key={column}>
                      <TextInput
                        size="xs"
                        aria-label={text('students.printed.cell', { column: word(`column.${column}`), line: index + 1 })}
                        value={line[column]}
                        onChange={event => { write(index, column, event.currentTarget.value); }}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={!isYear || !isGrade}>{word('save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Button, Group, Modal, Stack, Table, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FileDrop } from '../kit/FileDrop.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { cellAt, cellsOf, lockAt, markAt, selectedRange } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { formatMark, parseMark, wayOf } from './mark-words.ts';

interface Line {
  enrolmentId: string;
  column: MarkColumn;
  name: string;
  title: string;
  before: MarkValue;
}

const LEAST_REASON = 3;
const MOST_CELLS = 60;

/** The locked cells of the selection, the one stood on first among them. */
function linesOf(state: MarkGridState): Line[] {
  return cellsOf(selectedRange(state)).flatMap(at => {
    const cell = cellAt(state, at);
    const before = markAt(state, at);
    if (cell === null || before === null || lockAt(state, cell.enrolmentId, cell.column) === null) return [];
    return [{ ...cell, before, name: state.rows[at.row]?.name ?? '', title: state.columns[at.column]?.title ?? '' }];
  }).slice(0, MOST_CELLS);
}

/** "Xin sửa": the new marks of locked cells, why, and what proves it. */
export function AskChangeDialog({ state, onClose }: { state: MarkGridState; onClose: () => void }) {
  const [lines] = useState(() => linesOf(state));
  const [words, setWords] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const ask = useAct(api.gradebook.askChange);
  const keyOf = (line: Line): string => `${line.enrolmentId} ${line.column}`;
  const read = lines.map(line => ({ line, typed: words[keyOf(line)] ?? '', parsed: parseMark(wayOf(state.kind, line.column), words[keyOf(line)] ?? '', { twoDigits: state.twoDigits }) }));
  const wanted = read.flatMap(({ line, typed, parsed }) => (typed.trim() === '' || !parsed.ok ? [] : [{ enrolmentId: line.enrolmentId, column: line.column, before: line.before, after: parsed.value }]));
  const isReady = wanted.length > 0 && read.every(({ parsed }) => parsed.ok) && reason.trim().length >= LEAST_REASON;
  const send = async (): Promise<void> => {
    const done = await ask.run({ sheetId: state.sheetId, cells: wanted, reason: reason.trim(), ...(evidence === null ? {} : { evidence }) });
    if (done === null) return;
    refresh('gradebook');
    showDone(text('gradebook.ask.sent'));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('gradebook.ask.title')} size="lg">
      <form onSubmit={event => { event.preventDefault(); if (isReady && !ask.isBusy) void send(); }}>
        <Stack gap="sm">
          <Table>
            <Table.Thead><Table.Tr><Table.Th>{text('grades.pupil')}</Table.Th><Table.Th>{text('gradebook.ask.column')}</Table.Th><Table.Th>{text('gradebook.ask.before')}</Table.Th><Table.Th w={130}>{text('gradebook.ask.after')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {read.map(({ line, typed, parsed }, index) => (
                <Table.Tr key={keyOf(line)}>
                  <Table.Td>{line.name}</Table.Td>
                  <Table.Td>{line.title}</Table.Td>
                  <Table.Td className="tabular">{formatMark(line.before, state.kind) || text('grades.pane.empty')}</Table.Td>
                  <Table.Td>
                    <TextInput
                      {...(index === 0 ? { 'data-autofocus': true } : {})}
                      aria-label={`${text('gradebook.ask.after')}: ${line.name}, ${line.title}`}
                      value={typed}
                      error={parsed.ok ? undefined : text(`grades.fault.${parsed.fault}`)}
                      onChange={event => { const { value } = event.currentTarget; setWords(now => ({ ...now, [keyOf(line)]: value })); }}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Textarea label={text('gradebook.reason')} placeholder={text('gradebook.ask.reasonHint')} required maxLength={300} autosize minRows={2} value={reason} onChange={event => { setReason(event.currentTarget.value); }} />
          <FileDrop title={evidence === null ? text('gradebook.ask.evidence') : evidence.fileName} hint={text('gradebook.ask.evidenceHint')} accept={['.pdf', '.jpg', '.jpeg', '.png']} onFile={setEvidence} />
          {ask.failure === null ? null : <ErrorNotice failure={ask.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" disabled={!isReady} loading={ask.isBusy}>{text('gradebook.ask.send')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

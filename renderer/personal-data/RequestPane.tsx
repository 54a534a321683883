import { Button, Group, Table } from '@mantine/core';
import { IconFileDownload, IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import type { RequestView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDate, formatNumber } from '../kit/formats.ts';
import { RunningJob } from '../kit/RunningJob.tsx';
import { saveFile } from '../kit/save-file.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { parseDay } from '../kit/moments.ts';
import { DayInput, todayWords } from './DayInput.tsx';
import { EndRequest } from './EndRequest.tsx';
import { FormDialog } from './FormDialog.tsx';
import styles from './personal-data.module.css';

const word = (part: string) => text(`personalData.request.${part}`);

async function openPaper(requestId: string, which: 'request' | 'answer'): Promise<void> {
  const result = await api.personalData.openRequestPaper({ requestId, which });
  if (result.ok) saveFile(result.value.fileName, result.value.bytes);
  else showFailure(result.error);
}

/** One request: what was asked, its terms, what the school holds, and the next steps. */
export function RequestPane({ request }: { request: RequestView }) {
  const [asked, setAsked] = useState<'acknowledge' | 'extend' | 'end' | null>(null);
  const exporting = useJob('personalData.exportPerson');
  const { requestId, version, personId, number } = request;
  const isOpen = request.state === 'open';
  const close = (): void => { setAsked(null); };
  const exportAll = async (): Promise<void> => {
    if (personId === null) return;
    const files = await exporting.run({ personId, purpose: text('personalData.request.exportPurpose', { number }) });
    if (files === null) return;
    saveFile(files.pdf.fileName, files.pdf.bytes, 'application/pdf');
    saveFile(files.json.fileName, files.json.bytes, 'application/json');
    showDone(word('exported'));
    exporting.clear();
  };
  return (
    <div className={styles.pane}>
      <h2>{number} · {word(`kind.${request.kind}`)}</h2>
      <Facts
        facts={[
          { name: word('column.subject'), value: request.subjectName },
          { name: word('column.requester'), value: `${request.requester} (${word(`relation.${request.relation}`)})` },
          ...(request.contact === '' ? [] : [{ name: word('fact.contact'), value: request.contact }]),
          { name: word('fact.content'), value: <span className={styles.words}>{request.content}</span> },
          { name: word('column.received'), value: formatDate(request.receivedOn) },
          { name: word('fact.acknowledge'), value: request.acknowledgedOn === null ? text('personalData.request.fact.acknowledgeBy', { day: formatDate(request.acknowledgeBy) }) : formatDate(request.acknowledgedOn) },
          { name: word('column.due'), value: formatDate(request.dueOn) },
          ...(request.extensionReason === '' ? [] : [{ name: word('fact.extension'), value: request.extensionReason }]),
          ...(isOpen ? [] : [{ name: word(`state.${request.state}`), value: <span className={styles.words}>{`${formatDate(request.answeredOn ?? '')}: ${request.answer}`}</span> }]),
          { name: word('fact.by'), value: request.by },
        ]}
      />
      <Group gap={8}>
        {isOpen ? <Button size="xs" onClick={() => { setAsked('end'); }}>{word('end')}</Button> : null}
        {isOpen && request.acknowledgedOn === null ? <Button size="xs" variant="default" onClick={() => { setAsked('acknowledge'); }}>{word('acknowledge')}</Button> : null}
        {isOpen && request.extensionReason === '' ? <Button size="xs" variant="default" onClick={() => { setAsked('extend'); }}>{word('extend')}</Button> : null}
        {personId === null ? null : <Button size="xs" variant="default" leftSection={<IconFileDownload size={14} />} loading={exporting.isRunning} onClick={() => { void exportAll(); }}>{word('export')}</Button>}
        {request.paperName === '' ? null : <Button size="xs" variant="default" leftSection={<IconPaperclip size={14} />} onClick={() => { void openPaper(requestId, 'request'); }}>{word('openRecord')}</Button>}
        {request.answerPaperName === '' ? null : <Button size="xs" variant="default" leftSection={<IconPaperclip size={14} />} onClick={() => { void openPaper(requestId, 'answer'); }}>{word('openAnswer')}</Button>}
      </Group>
      <RunningJob run={exporting} onRetry={() => { void exportAll(); }} />
      {personId === null ? null : <Holding personId={personId} />}
      {asked === 'end' ? <EndRequest request={request} onClose={close} /> : null}
      {asked === 'acknowledge' ? <Acknowledge request={request} onClose={close} /> : null}
      {asked === 'extend' ? (
        <ConfirmDialog
          title={word('extend')}
          confirmLabel={word('extend')}
          reason={{ label: text('personalData.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.personalData.extendRequest({ requestId, version, reason });
            refresh('personalData');
            return result;
          }}
          onClose={close}
        >
          {word('extendWhat')}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function Acknowledge({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const [day, setDay] = useState(todayWords);
  const on = parseDay(day);
  return (
    <FormDialog title={word('acknowledge')} isReady={typeof on === 'string'} onSave={() => api.personalData.acknowledgeRequest({ requestId: request.requestId, version: request.version, on: on ?? '' })} onClose={onClose}>
      <DayInput required label={text('personalData.day')} value={day} onChange={setDay} />
    </FormDialog>
  );
}

/** What is held about the person and what keeps it: the answer to "erase everything". */
function Holding({ personId }: { personId: string }) {
  const read = useRead('personalData.holding', { personId });
  return (
    <Waiting read={read} lines={4}>
      {({ holding }) => (
        <>
          <h3>{text('personalData.holding.title')}</h3>
          <p>{text('personalData.holding.note')}</p>
          <Table>
            <Table.Thead><Table.Tr>{(['kind', 'rows', 'keeping'] as const).map(key => <Table.Th key={key}>{text(`personalData.holding.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {holding.map(one => (
                <Table.Tr key={one.table}><Table.Td>{one.title}</Table.Td><Table.Td className="tabular">{formatNumber(one.rows)}</Table.Td><Table.Td>{text(`personalData.holding.${one.keeping}`)}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </Waiting>
  );
}

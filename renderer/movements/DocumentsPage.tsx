import { Button, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconFileDigit, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { IssuedPaper } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDate } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { FiledPaper } from './FiledPaper.tsx';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

function columnsOf(): TableColumn<IssuedPaper>[] {
  return [
    { id: 'number', title: text('movements.documents.number'), value: row => row.number, width: 150, isFixed: true },
    { id: 'on', title: text('movements.documents.on'), value: row => row.issuedOn, render: row => <span className="tabular">{formatDate(row.issuedOn)}</span>, width: 120 },
    { id: 'title', title: text('movements.documents.subject'), value: row => row.title, width: { least: 220, share: 3 } },
    { id: 'receiver', title: text('movements.documents.receiver'), value: row => row.receiver, width: { least: 150, share: 2 } },
    { id: 'signer', title: text('movements.documents.signer'), value: row => row.signer, width: { least: 130, share: 1 } },
    { id: 'state', title: text('movements.column.state'), value: row => row.voidReason, render: row => (row.state === 'void' ? <StateBadge state="blocked">{text('movements.voided', { reason: row.voidReason })}</StateBadge> : null), width: { least: 120, share: 1 } },
  ];
}

/** The register of outgoing documents of a calendar year, one series without a gap. */
export default function DocumentsPage() {
  const [shownYear, setShownYear] = useQueryValue('year');
  const [words, setWords] = useQueryValue('q');
  const year = /^\d{4}$/.test(shownYear) ? Number(shownYear) : Number(today().slice(0, 4));
  const read = useRead('movements.documents', { year });
  const print = useJob('movements.printDocuments');
  const [opened, setOpened] = useState<IssuedPaper | null>(null);
  const [isTaking, setTaking] = useState(false);
  const columns = useMemo(() => columnsOf(), []);
  const hints = useMemo(() => [{ keys: ['Enter'], does: text('movements.keys.openPaper') }], []);
  useFoot(read.data === undefined ? '' : text('movements.documents.where', { next: read.data.next }), hints);
  return (
    <Page
      fills
      title={text('movements.documents.title')}
      trail={[{ title: text('movements.title'), to: '/movements' }]}
      acts={(
        <>
          <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} onClick={() => { void print.run({ year }); }}>{text('movements.printing')}</Button>
          <Button leftSection={<IconFileDigit size={15} stroke={1.7} />} onClick={() => { setTaking(true); }}>{text('movements.takeNumber')}</Button>
        </>
      )}
      bar={<><NumberInput aria-label={text('movements.documents.year')} size="xs" w={90} min={2000} max={2100} allowDecimal={false} thousandSeparator="" value={year} onChange={value => { if (/^\d{4}$/.test(String(value))) setShownYear(String(value)); }} /><FilterBox value={words} onChange={setWords} placeholder={text('movements.documents.filter')} /></>}
    >
      <Waiting read={read} lines={10}>
        {({ documents }) => (
          <DataTable label={text('movements.documents.title')} rows={documents} columns={columns} rowId={row => row.documentId} filter={words} onOpen={row => { if (row.hasFile) setOpened(row); }}
            empty={<EmptyState icon={IconFileDigit} title={text('movements.documents.none', { year })} next={text('movements.documents.noneNext')} />} />
        )}
      </Waiting>
      {opened === null ? null : <FiledPaper paper={opened} onClose={() => { setOpened(null); }} />}
      {isTaking && read.data !== undefined ? <TakeNumber isBegun={read.data.isBegun} onClose={() => { setTaking(false); }} /> : null}
      {print.input === null ? null : <PrintedPaper title={text('movements.documents.title')} run={print} onRetry={() => { if (print.input !== null) void print.run(print.input); }} />}
    </Page>
  );
}

/** A number for a document made outside the program; the first of a year may go on from a paper register. */
function TakeNumber({ isBegun, onClose }: { isBegun: boolean; onClose: () => void }) {
  const [on, setOn] = useState(today());
  const [symbol, setSymbol] = useState('');
  const [title, setTitle] = useState('');
  const [receiver, setReceiver] = useState('');
  const [signer, setSigner] = useState('');
  const [first, setFirst] = useState<number | string>('');
  const take = useAct(api.movements.takeNumber);
  const isReady = on !== '' && symbol.trim() !== '' && title.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const made = await take.run({ on, symbol, title, receiver, signer, ...(typeof first === 'number' && first > 0 ? { firstNumber: first } : {}) });
    if (made === null) return;
    refresh('movements');
    showDone(text('movements.numberTaken', { number: made.number }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('movements.takeNumber')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          <DayInput label={text('movements.documents.on')} required value={on} onChange={setOn} />
          <TextInput data-autofocus label={text('movements.documents.symbol')} placeholder="KH-THCSHB" required maxLength={40} value={symbol} onChange={event => { setSymbol(event.currentTarget.value); }} />
          <TextInput label={text('movements.documents.subject')} required maxLength={300} value={title} onChange={event => { setTitle(event.currentTarget.value); }} />
          <TextInput label={text('movements.documents.receiver')} maxLength={200} value={receiver} onChange={event => { setReceiver(event.currentTarget.value); }} />
          <TextInput label={text('movements.documents.signer')} maxLength={100} value={signer} onChange={event => { setSigner(event.currentTarget.value); }} />
          {isBegun ? null : <NumberInput label={text('movements.documents.first')} description={text('movements.documents.firstHint')} min={1} max={99_999} allowDecimal={false} value={first} onChange={setFirst} />}
          {take.failure === null ? null : <ErrorNotice failure={take.failure} />}
          <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isReady} loading={take.isBusy}>{text('movements.takeNumber')}</Button></div>
        </Stack>
      </form>
    </Modal>
  );
}

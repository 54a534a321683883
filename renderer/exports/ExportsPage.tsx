import { Button, Select, Table, TextInput } from '@mantine/core';
import { IconFileExport, IconHistoryOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportWhat } from '../../preload/contract/exports.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatNumber, formatWhen } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { saveFile } from '../kit/save-file.ts';
import { showDone } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './exports.module.css';

const noHints: [] = [];
const kinds: readonly ExportWhat[] = ['pupils', 'staff', 'primaryResults', 'marks'];
const points = [1, 2, 3, 4] as const;

/** Takes lists out in the sector database's forms, says what for, and shows everything that has left. */
export default function ExportsPage() {
  useFoot(text('exports.screen.where'), noHints);
  return (
    <Page title={text('exports.screen.title')} trail={[{ title: text('imports.screen.title'), to: '/imports' }]}>
      <div className={styles.place}>
        <TakeOut />
        <Log />
      </div>
    </Page>
  );
}

function TakeOut() {
  const { year } = useSession();
  const running = useJob('exports.run');
  const [asked] = useQueryValue('what');
  const [what, setWhat] = useState<ExportWhat>(kinds.find(one => one === asked) ?? 'pupils');
  const [classId, setClassId] = useState<string | null>(null);
  const [point, setPoint] = useState<(typeof points)[number]>(4);
  const [purpose, setPurpose] = useState('');
  const classes = useRead('classes.list', { year });
  const takesClass = what !== 'staff';
  const isReady = purpose.trim().length >= 3 && (what !== 'primaryResults' || classId !== null);
  const options = (classes.data?.classes ?? []).filter(one => what !== 'primaryResults' || one.grade <= 5).map(one => ({ value: one.classId, label: one.name }));
  const run = async (): Promise<void> => {
    const file = await running.run({ what, purpose: purpose.trim(), point, ...(takesClass && classId !== null ? { classId } : {}) });
    if (file === null) return;
    saveFile(file.fileName, file.bytes);
    showDone(text('exports.screen.done', { file: file.fileName, count: formatNumber(file.count) }));
    running.clear();
  };
  return (
    <Card title={text('exports.screen.takeOut')}>
      <form className={styles.form} onSubmit={event => { event.preventDefault(); void run(); }}>
        <Select label={text('exports.screen.what')} allowDeselect={false} data={kinds.map(value => ({ value, label: text(`exports.what.${value}`) }))} value={what} onChange={value => { setWhat(kinds.find(one => one === value) ?? 'pupils'); setClassId(null); }} />
        {takesClass ? <Select label={text('exports.screen.class')} clearable={what !== 'primaryResults'} searchable placeholder={text(what === 'primaryResults' ? 'exports.screen.chooseClass' : 'exports.screen.allClasses')} data={options} value={classId} onChange={setClassId} /> : null}
        {what === 'primaryResults' ? <Select label={text('exports.screen.point')} allowDeselect={false} data={points.map(one => ({ value: String(one), label: text(`gradebook.issue.point.${one}`) }))} value={String(point)} onChange={value => { setPoint(points.find(one => String(one) === value) ?? 4); }} /> : null}
        <TextInput label={text('exports.screen.purpose')} description={text('exports.screen.purposeHint')} placeholder={text('exports.screen.purposeExample')} value={purpose} maxLength={300} onChange={event => { setPurpose(event.currentTarget.value); }} />
        <div><Button type="submit" leftSection={<IconFileExport size={15} stroke={1.7} />} loading={running.isRunning} disabled={!isReady}>{text('exports.screen.do')}</Button></div>
      </form>
      {running.failure === null ? <RunningJob run={running} /> : <ErrorNotice failure={running.failure} onDismiss={running.clear} />}
      <p className={styles.hint}>{text(`exports.note.${what}`)}</p>
    </Card>
  );
}

function Log() {
  const read = useRead('exports.log', {});
  return (
    <Card flush title={text('exports.screen.log')}>
      <Waiting read={read} lines={4}>
        {({ rows }) => (rows.length === 0 ? <EmptyState icon={IconHistoryOff} title={text('exports.screen.noLog')} next={text('exports.screen.noLogNext')} /> : (
          <Table.ScrollContainer minWidth={620} mt={8}>
            <Table aria-label={text('exports.screen.log')}>
              <Table.Thead><Table.Tr>{(['at', 'actor', 'what', 'count', 'purpose', 'file'] as const).map(key => <Table.Th key={key} ta={key === 'count' ? 'right' : 'left'}>{text(`exports.screen.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody className="tabular">
                {rows.map(row => (
                  <Table.Tr key={row.exportId}>
                    <Table.Td className={styles.nowrap}>{formatWhen(row.at)}</Table.Td>
                    <Table.Td className={styles.nowrap}>{row.actor}</Table.Td>
                    <Table.Td>{whatWords(row.what)}</Table.Td>
                    <Table.Td ta="right">{formatNumber(row.count)}</Table.Td>
                    <Table.Td>{row.purpose}</Table.Td>
                    <Table.Td className={styles.file}>{row.fileName}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        ))}
      </Waiting>
    </Card>
  );
}

/** What kind of export has no word of its own is shown as it was noted. */
const whatWords = (what: string): string => (hasText(`accounts.export.${what}`) ? text(`accounts.export.${what}`) : what);

import { Button, Checkbox, Table } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import type { CatalogueDifference, CatalogueView } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FilePick } from '../kit/FilePick.tsx';
import { formatDate, formatNumber, formatWhen } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './imports.module.css';

const noHints: [] = [];

/** Catalogues with their source and edition, what a school's own export would change in them, and what words of files were said to mean. */
export default function CataloguesPage() {
  const read = useRead('imports.catalogues', {});
  const reading = useJob('imports.readCatalogues');
  const [open, setOpen] = useState<string | null>(null);
  useFoot(text('imports.words.where'), noHints);
  const shown = read.data?.catalogues.find(one => idOf(one) === open) ?? read.data?.catalogues[0] ?? null;
  return (
    <Page
      title={text('imports.words.title')}
      trail={[{ title: text('system.screen.title'), to: '/system' }]}
      acts={<FilePick label={text('imports.words.learn')} disabled={reading.isRunning} onFile={file => { void reading.run(file); }} />}
    >
      <div className={styles.column}>
        {reading.failure === null ? <RunningJob run={reading} /> : <ErrorNotice failure={reading.failure} onDismiss={reading.clear} />}
        {reading.result === null || reading.input === null ? null : <Differences key={reading.result.sha256} file={reading.input} sha256={reading.result.sha256} differences={reading.result.differences} onDone={reading.clear} />}
        <div className={styles.catalogues}>
          <div className={styles.column}>
            <Card flush title={text('imports.words.catalogues')}>
              <Waiting read={read} lines={5}>
                {({ catalogues }) => (
                  <Table aria-label={text('imports.words.catalogues')}>
                    <Table.Thead><Table.Tr>{(['catalogue', 'entries', 'edition', 'from', 'source'] as const).map(key => <Table.Th key={key}>{text(`imports.words.head.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                    <Table.Tbody>
                      {catalogues.map(one => (
                        <Table.Tr key={idOf(one)} className={styles.row ?? ''} aria-selected={one === shown} onClick={() => { setOpen(idOf(one)); }}>
                          <Table.Td><Button size="compact-xs" variant="transparent" px={0} onClick={() => { setOpen(idOf(one)); }}>{one.title}</Button></Table.Td>
                          <Table.Td className="tabular">{formatNumber(one.entries.length)}</Table.Td>
                          <Table.Td className="tabular">{one.edition === 0 ? '' : one.edition}</Table.Td>
                          <Table.Td className="tabular">{one.validFrom === '' ? '' : formatDate(one.validFrom)}</Table.Td>
                          <Table.Td className={styles.fileName}>{one.source}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                )}
              </Waiting>
            </Card>
            <Mappings />
          </div>
          <Card flush title={shown === null ? text('imports.words.entries') : shown.title}>{shown === null ? null : <Entries entries={shown.entries} />}</Card>
        </div>
      </div>
    </Page>
  );
}

const idOf = (one: CatalogueView): string => `${one.sheet}/${one.edition}`;

function Entries({ entries }: { entries: readonly { code: string; name: string }[] }) {
  return (
    <div className={styles.entries} role="region" aria-label={text('imports.words.entries')} tabIndex={0}>
      <Table stickyHeader>
        <Table.Thead><Table.Tr><Table.Th>{text('imports.words.head.code')}</Table.Th><Table.Th>{text('imports.words.head.name')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{entries.map(entry => <Table.Tr key={entry.code}><Table.Td className="tabular">{entry.code}</Table.Td><Table.Td>{entry.name}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
    </div>
  );
}

interface DifferencesProps {
  file: { fileName: string; bytes: Uint8Array };
  sha256: string;
  differences: readonly CatalogueDifference[];
  onDone: () => void;
}

/** What a file brings, catalogue by catalogue; nothing is taken over before it is ticked and confirmed. */
function Differences({ file, sha256, differences, onDone }: DifferencesProps) {
  const learning = useJob('imports.learnCatalogues');
  const isNew = (one: CatalogueDifference): boolean => one.fresh.length + one.changed.length + one.gone.length > 0;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(differences.filter(isNew).map(one => one.sheet)));
  const learn = async (): Promise<void> => {
    const done = await learning.run({ ...file, sha256, sheets: [...chosen] });
    if (done === null) return;
    learning.clear();
    showDone(text('imports.words.learned', { count: formatNumber(done.learned) }));
    onDone();
  };
  const examples = (one: CatalogueDifference): string => [
    ...one.changed.map(change => `${change.code}: ${change.before} → ${change.after}`), ...one.fresh.map(entry => `+ ${entry.name}`), ...one.gone.map(entry => `− ${entry.name}`),
  ].slice(0, 4).join(' · ');
  return (
    <Card
      flush
      title={text('imports.words.differences', { file: file.fileName })}
      acts={<span className={styles.links}><Button size="compact-sm" variant="default" onClick={onDone}>{text('imports.words.leave')}</Button><Button size="compact-sm" disabled={chosen.size === 0} loading={learning.isRunning} onClick={() => { void learn(); }}>{text('imports.words.take', { count: formatNumber(chosen.size) })}</Button></span>}
    >
      {learning.failure === null ? null : <ErrorNotice failure={learning.failure} onDismiss={learning.clear} />}
      <div className={styles.entries}>
        <Table stickyHeader aria-label={text('imports.words.differencesTable')}>
          <Table.Thead><Table.Tr><Table.Th />{(['catalogue', 'fresh', 'changed', 'gone', 'same', 'examples'] as const).map(key => <Table.Th key={key}>{text(`imports.words.head.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {differences.map(one => (
              <Table.Tr key={one.sheet}>
                <Table.Td>
                  <Checkbox
                    size="xs" aria-label={one.title} disabled={!isNew(one)} checked={chosen.has(one.sheet)}
                    onChange={event => { const next = new Set(chosen); next[event.currentTarget.checked ? 'add' : 'delete'](one.sheet); setChosen(next); }}
                  />
                </Table.Td>
                <Table.Td>{one.title}</Table.Td>
                {[one.fresh.length, one.changed.length, one.gone.length, one.same].map((count, index) => <Table.Td key={index} className="tabular">{count === 0 ? '' : formatNumber(count)}</Table.Td>)}
                <Table.Td className={styles.fileName}>{examples(one)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

/** What was said of unknown words and headers, with a way to take it back. */
function Mappings() {
  const read = useRead('imports.mappings', {});
  const withdraw = async (mappingId: string): Promise<void> => {
    const result = await api.imports.withdrawMapping({ mappingId });
    if (!result.ok) showFailure(result.error);
  };
  return (
    <Card flush title={text('imports.words.said')}>
      <Waiting read={read} lines={3}>
        {({ mappings }) => (mappings.length === 0 ? <EmptyState icon={IconLanguage} title={text('imports.words.none')} next={text('imports.words.noneNext')} /> : (
          <Table aria-label={text('imports.words.said')}>
            <Table.Thead><Table.Tr>{(['of', 'said', 'means', 'by', 'do'] as const).map(key => <Table.Th key={key}>{text(`imports.words.head.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {mappings.map(one => (
                <Table.Tr key={one.mappingId}>
                  <Table.Td>{one.of}</Table.Td>
                  <Table.Td>{one.said}</Table.Td>
                  <Table.Td>{one.means}</Table.Td>
                  <Table.Td title={one.source}>{one.actor} · {formatWhen(one.at)}</Table.Td>
                  <Table.Td><Button size="compact-xs" variant="subtle" onClick={() => { void withdraw(one.mappingId); }}>{text('imports.words.withdraw')}</Button></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
      </Waiting>
    </Card>
  );
}

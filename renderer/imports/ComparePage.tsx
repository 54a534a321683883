import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconEqual, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ImportPreview } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import type { KeyHint } from '../app/foot.tsx';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FileDrop } from '../kit/FileDrop.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { formatNumber } from '../kit/formats.ts';
import { matches } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { showDone } from '../kit/toasts.tsx';
import type { DroppedFile } from '../kit/useWindowDrop.ts';
import { useJob } from '../kit/useJob.ts';
import { compareColumns, compareLines, compareWords } from './compare-lines.tsx';
import type { CompareLine } from './compare-lines.tsx';
import styles from './imports.module.css';

const trail = [{ title: text('imports.screen.title'), to: '/imports' }];

/** The sector database's own list beside what the school has: who is only here or there, what differs, and which side is right. */
export default function ComparePage() {
  const reading = useJob('imports.preview');
  const take = (file: DroppedFile): void => { void reading.run({ ...file, kind: 'pupils' }); };
  if (reading.result?.kind === 'pupils' && reading.input !== null) {
    return <Comparison key={reading.result.sha256} preview={reading.result} file={reading.input} onLeave={reading.clear} onAgain={take} />;
  }
  return (
    <Page title={text('imports.compare.title')} trail={trail}>
      <div className={styles.start}>
        <FileDrop title={text('imports.compare.drop')} hint={text('imports.compare.dropHint')} accept={['.xlsx', '.xls', '.csv']} isBusy={reading.isRunning} onFile={take} />
        {reading.failure === null ? <RunningJob run={reading} /> : <ErrorNotice failure={reading.failure} onDismiss={reading.clear} />}
      </div>
    </Page>
  );
}

interface ComparisonProps {
  preview: ImportPreview;
  file: DroppedFile & { corrections?: Readonly<Record<string, string>> | undefined };
  onLeave: () => void;
  onAgain: (file: DroppedFile) => void;
}

const kinds = ['different', 'onlyThere', 'onlyHere'] as const;

function Comparison({ preview, file, onLeave, onAgain }: ComparisonProps) {
  const saving = useJob('imports.apply');
  const printing = useJob('imports.printComparison');
  const lines = useMemo(() => compareLines(preview), [preview]);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useQueryValue('show');
  const [words, setWords] = useQueryValue('q');
  const kind = kinds.find(one => one === chosen) ?? 'different';
  const hints = useMemo<KeyHint[]>(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('imports.compare.turn') }], []);
  useFoot(preview.fileName, hints);
  const rows = lines.filter(line => line.kind === kind);
  const filtered = rows.filter(line => line.key !== null && matches(compareWords(line), words));
  const errors = preview.problems.filter(problem => problem.severity === 'error').length;
  const turn = (line: CompareLine): void => { if (line.key !== null) setTaken(flipped(taken, line.key)); };
  const all = (isTaken: boolean): void => {
    const next = new Set(taken);
    for (const { key } of filtered) if (key !== null) next[isTaken ? 'add' : 'delete'](key);
    setTaken(next);
  };
  const save = async (): Promise<void> => {
    const done = await saving.run({ fileName: file.fileName, bytes: file.bytes, kind: 'pupils', sha256: preview.sha256, ...(file.corrections === undefined ? {} : { corrections: file.corrections }), take: [...taken] });
    saving.clear();
    if (done === null) return;
    showDone(text('imports.compare.done', { count: formatNumber(done.created + done.updated) }));
    onAgain({ fileName: file.fileName, bytes: file.bytes });
  };
  const print = (): void => { void printing.run({ fileName: file.fileName, bytes: file.bytes, take: [...taken] }); };
  return (
    <Page
      fills
      title={text('imports.compare.title')}
      trail={trail}
      aside={<span className="tabular">{preview.fileName}</span>}
      acts={(
        <>
          <Button variant="subtle" color="gray" onClick={onLeave}>{text('imports.compare.leave')}</Button>
          <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} loading={printing.isRunning} onClick={print}>{text('imports.compare.print')}</Button>
          <Button leftSection={<IconDeviceFloppy size={15} stroke={1.7} />} loading={saving.isRunning} disabled={errors > 0 || taken.size === 0} onClick={() => { void save(); }}>
            {text('imports.compare.save', { count: formatNumber(taken.size) })}
          </Button>
        </>
      )}
      bar={(
        <>
          <FilterChips label={text('imports.screen.showing')} chosen={kind} onChoose={setChosen} chips={kinds.map(id => ({ id, label: text(`imports.compare.kind.${id}`), count: lines.filter(line => line.kind === id).length }))} />
          <FilterBox value={words} onChange={setWords} placeholder={text('imports.compare.filter')} width={220} />
          <span style={{ flex: 1 }} />
          <Button size="compact-sm" variant="default" disabled={filtered.length === 0} onClick={() => { all(true); }}>{text('imports.compare.takeAll', { count: formatNumber(filtered.length) })}</Button>
          <Button size="compact-sm" variant="default" disabled={filtered.length === 0} onClick={() => { all(false); }}>{text('imports.compare.keepAll')}</Button>
        </>
      )}
    >
      <div className={styles.told}>
        {errors > 0 ? <Notice state="blocked" title={text('imports.screen.blocked', { count: formatNumber(errors) })} acts={<RouteLink to="/imports">{text('imports.compare.mend')}</RouteLink>} /> : null}
        {saving.failure === null ? null : <ErrorNotice failure={saving.failure} onDismiss={saving.clear} />}
        {printing.isRunning || printing.result !== null || printing.failure !== null ? <PrintedPaper title={text('imports.compare.title')} run={printing} onRetry={print} /> : null}
        <RunningJob run={saving} />
      </div>
      <div className={styles.lines}>
        <DataTable
          label={text('imports.compare.table')} name="compare" rows={rows} columns={compareColumns(kind, taken, turn)} rowId={line => line.id} filter={words} onOpen={turn}
          empty={<EmptyState icon={IconEqual} title={text('imports.compare.same')} next={text('imports.compare.sameNext')} />}
        />
      </div>
    </Page>
  );
}

function flipped(taken: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(taken);
  if (!next.delete(key)) next.add(key);
  return next;
}

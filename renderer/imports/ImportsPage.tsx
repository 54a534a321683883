import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { ImportKind, ImportPreview } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FileDrop } from '../kit/FileDrop.tsx';
import { formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { useJob } from '../kit/useJob.ts';
import { useWindowDrop } from '../kit/useWindowDrop.ts';
import type { DroppedFile } from '../kit/useWindowDrop.ts';
import { ImportHistory } from './ImportHistory.tsx';
import { ImportPreviewPlace } from './ImportPreviewPlace.tsx';
import styles from './imports.module.css';

const noHints: [] = [];
const kinds: readonly ImportKind[] = ['pupils', 'staff', 'marks', 'attendance'];
const settledAt: Record<ImportKind, string> = { pupils: '/students', staff: '/staff', marks: '/grades', attendance: '/attendance' };
/** Failures that a person mends by saying what the file is. */
const needsKind: ReadonlySet<string> = new Set(['imports.unknownForm', 'imports.headerMissing', 'imports.notMarks']);

/** Takes a workbook, shows what it would do, saves it all or nothing, and takes earlier imports back. */
export default function ImportsPage() {
  const reading = useJob('imports.preview');
  const saving = useJob('imports.apply');
  const [kind, setKind] = useState<ImportKind | null>(null);
  const [sheetId] = useQueryValue('sheet');
  // What was shown stays while a mended cell is read anew.
  const [shown, setShown] = useState<ImportPreview | null>(null);
  const take = (file: DroppedFile): void => {
    if (reading.isRunning || saving.isRunning) return;
    saving.clear();
    setShown(null);
    void reading.run({ ...file, ...(kind === null ? {} : { kind }), ...(sheetId === '' ? {} : { sheetId }) });
  };
  const isOver = useWindowDrop(take);
  if (reading.result !== null && reading.result !== shown) setShown(reading.result);
  const preview = reading.result ?? (reading.isRunning ? shown : null);
  const input = reading.input;
  if (preview !== null && input !== null && saving.result === null) {
    const reread = (corrections: Readonly<Record<string, string>>): void => { void reading.run({ ...input, kind: preview.kind, corrections }); };
    return <ImportPreviewPlace key={preview.sha256} corrections={input.corrections ?? {}} onReread={reread} isReading={reading.isRunning} sheetId={sheetId === '' ? null : sheetId} preview={preview} file={input} saving={saving} onTake={take} onLeave={() => { saving.clear(); reading.clear(); setShown(null); }} isOver={isOver} />;
  }
  return <ImportsStart reading={reading} saving={saving} kind={kind} setKind={setKind} onTake={take} />;
}

interface ImportsStartProps {
  reading: ReturnType<typeof useJob<'imports.preview'>>;
  saving: ReturnType<typeof useJob<'imports.apply'>>;
  kind: ImportKind | null;
  setKind: (kind: ImportKind | null) => void;
  onTake: (file: DroppedFile) => void;
}

function ImportsStart({ reading, saving, kind, setKind, onTake }: ImportsStartProps) {
  useFoot(text('imports.screen.where'), noHints);
  const retry = reading.input;
  return (
    <Page title={text('imports.screen.title')} acts={<span className={styles.links}><RouteLink to="/imports/compare">{text('imports.compare.title')}</RouteLink><RouteLink to="/system/catalogues">{text('imports.words.title')}</RouteLink><RouteLink to="/exports">{text('exports.screen.title')}</RouteLink></span>}>
      <div className={styles.start}>
        {saving.result === null ? null : (
          <Notice
            state="done"
            title={text('imports.screen.done', { rows: formatNumber(saving.result.rows) })}
            acts={<><RouteLink to={settledAt[saving.result.kind]}>{text(`imports.screen.open.${saving.result.kind}`)}</RouteLink><Button size="compact-xs" variant="default" onClick={() => { saving.clear(); reading.clear(); }}>{text('kit.close')}</Button></>}
          >
            <p className="tabular">{text('imports.screen.doneCounts', { created: formatNumber(saving.result.created), updated: formatNumber(saving.result.updated), unchanged: formatNumber(saving.result.unchanged) })}</p>
          </Notice>
        )}
        <div className={styles.take}>
          <FileDrop title={text('imports.screen.drop')} hint={text('imports.screen.dropHint')} accept={['.xlsx', '.xls', '.csv']} isBusy={reading.isRunning} onFile={onTake} />
          <Select
            label={text('imports.screen.kind')}
            description={text('imports.screen.kindHint')}
            classNames={{ description: styles.hint ?? '' }}
            w={260}
            data={[{ value: '', label: text('imports.screen.kinds.auto') }, ...kinds.map(value => ({ value, label: text(`imports.screen.kinds.${value}`) }))]}
            allowDeselect={false}
            value={kind ?? ''}
            onChange={value => { setKind(kinds.find(one => one === value) ?? null); }}
          />
        </div>
        {reading.failure === null ? <RunningJob run={reading} /> : (
          <ErrorNotice failure={reading.failure} onDismiss={reading.clear}>
            {retry !== null && needsKind.has(reading.failure.code)
              ? kinds.map(value => <Button key={value} size="compact-xs" variant="default" onClick={() => { void reading.run({ ...retry, kind: value }); }}>{text('imports.screen.readAs', { kind: text(`imports.screen.kinds.${value}`) })}</Button>)
              : undefined}
          </ErrorNotice>
        )}
        <ImportHistory />
      </div>
    </Page>
  );
}

import { Button, FileButton } from '@mantine/core';
import { IconDeviceFloppy, IconFilterOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { ImportPreview } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import type { KeyHint } from '../app/foot.tsx';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { formatBytes, formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import type { JobRun } from '../kit/useJob.ts';
import type { DroppedFile } from '../kit/useWindowDrop.ts';
import { importColumns, linesOf } from './import-lines.tsx';
import type { ImportLine } from './import-lines.tsx';
import { ImportConflicts } from './ImportConflicts.tsx';
import type { Choices } from './ImportConflicts.tsx';
import { ImportLinePane } from './ImportLinePane.tsx';
import { ImportWords } from './ImportWords.tsx';
import styles from './imports.module.css';

export interface ImportPreviewPlaceProps {
  preview: ImportPreview;
  file: DroppedFile;
  /** Cells mended so far. */
  corrections: Readonly<Record<string, string>>;
  /** Reads the file anew with other corrections, or with words said meanwhile. */
  onReread: (corrections: Readonly<Record<string, string>>) => void;
  isReading: boolean;
  saving: JobRun<'imports.apply'>;
  /** The sheet whose paper this must be. */
  sheetId: string | null;
  /** Another file instead of this one. */
  onTake: (file: DroppedFile) => void;
  onLeave: () => void;
  isOver: boolean;
}

const shows = ['all', 'error', 'warning', 'updated', 'created', 'unchanged'] as const;
type Show = (typeof shows)[number];

/** What a file will do, as it will be saved: problems first; one button saves all of it or nothing. */
export function ImportPreviewPlace({ preview, file, corrections, onReread, isReading, saving, sheetId, onTake, onLeave, isOver }: ImportPreviewPlaceProps) {
  const lines = useMemo(() => linesOf(preview), [preview]);
  const errors = preview.problems.filter(problem => problem.severity === 'error').length;
  const warnings = preview.problems.length - errors;
  const [shown, setShown] = useQueryValue('show');
  const [words, setWords] = useQueryValue('q');
  const [chosen, setChosen] = useState<Choices>(new Map());
  const [standing, setStanding] = useState<ImportLine | null>(null);
  const stand = useCallback((line: ImportLine | null) => { setStanding(line); }, []);
  const columns = useMemo(() => importColumns(preview), [preview]);
  const hints = useMemo<KeyHint[]>(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(standing === null ? preview.fileName : text('imports.screen.whereRow', { row: standing.row, title: standing.title }), hints);

  const show: Show = shows.find(one => one === shown) ?? (errors > 0 ? 'error' : 'all');
  const rows = show === 'all' ? lines : lines.filter(line => line.outcome === show);
  const counts: Record<Show, number> = { all: preview.rows, error: errors, warning: warnings, updated: preview.updated, created: preview.created, unchanged: preview.unchanged };
  const left = preview.created + preview.updated + preview.unchanged - preview.preview.filter(row => row.outcome !== 'problem').length;
  const save = (): void => {
    void saving.run({
      fileName: file.fileName, bytes: file.bytes, kind: preview.kind, sha256: preview.sha256, corrections, ...(sheetId === null ? {} : { sheetId }),
      ...(preview.conflicts.length === 0 ? {} : { settle: Object.fromEntries(chosen) }),
    });
  };
  const mended = Object.keys(corrections).length;
  const undecided = preview.conflicts.filter(one => !chosen.has(one.key)).length;
  const writes = preview.created + preview.updated + [...chosen.values()].filter(choice => choice !== 'program').length;
  return (
    <Page
      fills
      title={preview.title}
      trail={[{ title: text('imports.screen.title'), to: '/imports' }]}
      aside={<span className="tabular">{preview.fileName} · {formatBytes(file.bytes.length)}</span>}
      acts={(
        <>
          {preview.kind === 'pupils' ? <span className={styles.links}><RouteLink to="/imports/compare">{text('imports.compare.open')}</RouteLink></span> : null}
          <Button variant="subtle" color="gray" disabled={saving.isRunning} onClick={onLeave}>{text('imports.screen.leave')}</Button>
          <FileButton accept=".xlsx,.xls,.csv" onChange={picked => { if (picked !== null) void take(picked, onTake); }}>
            {props => <Button variant="default" disabled={saving.isRunning} {...props}>{text('imports.screen.otherFile')}</Button>}
          </FileButton>
          <Button leftSection={<IconDeviceFloppy size={15} stroke={1.7} />} loading={saving.isRunning} disabled={isReading || errors > 0 || undecided > 0 || writes === 0} onClick={save}>
            {text('imports.screen.save', { count: formatNumber(writes) })}
          </Button>
        </>
      )}
      bar={(
        <>
          <FilterChips
            label={text('imports.screen.showing')}
            chosen={show}
            onChoose={id => { setShown(id); }}
            chips={shows.filter(id => id === 'all' || counts[id] > 0).map(id => ({
              id, label: text(`imports.screen.show.${id}`), count: counts[id], ...(id === 'error' ? { state: 'blocked' as const } : id === 'warning' ? { state: 'needs' as const } : {}),
            }))}
          />
          <span style={{ flex: 1 }} />
          <FilterBox value={words} onChange={setWords} placeholder={text('imports.screen.filter')} width={200} />
        </>
      )}
    >
      <SidePane label={text('imports.screen.pane')} side={<ImportLinePane line={standing} onMend={isReading || saving.isRunning ? null : (cell, value) => { onReread({ ...corrections, [cell]: value }); }} />}>
        <div className={styles.told}>
          {errors > 0 ? <Notice state="blocked" title={text('imports.screen.blocked', { count: formatNumber(errors) })}><p>{text('imports.screen.blockedNext')}</p></Notice> : null}
          {mended === 0 ? null : <Notice state="quiet" title={text('imports.mend.done', { count: formatNumber(mended) })} acts={<Button size="compact-xs" variant="default" disabled={isReading} onClick={() => { onReread({}); }}>{text('imports.mend.drop')}</Button>} />}
          <ImportWords preview={preview} onSaid={() => { onReread(corrections); }} isDisabled={isReading || saving.isRunning} />
          {errors === 0 && preview.conflicts.length > 0 ? <ImportConflicts conflicts={preview.conflicts} chosen={chosen} onChoose={setChosen} isDisabled={saving.isRunning} /> : null}
          {errors === 0 && writes === 0 && undecided === 0 ? <Notice state="quiet" title={text('imports.screen.nothingNew')}><p>{text('imports.screen.nothingNewNext')}</p></Notice> : null}
          <RunningJob run={saving} onRetry={save} />
        </div>
        <div className={styles.lines} {...(isOver ? { 'data-over': true } : {})}>
          <DataTable
            label={text('imports.screen.table')}
            name="import"
            rows={rows}
            columns={columns}
            rowId={line => line.id}
            filter={words}
            onStand={stand}
            toneOf={line => (line.outcome === 'error' ? 'blocked' : line.outcome === 'warning' ? 'needs' : null)}
            empty={<EmptyState icon={IconFilterOff} title={text('imports.screen.none')} next={text('imports.screen.noneNext')} />}
          />
        </div>
        {left > 0 ? <p className={styles.more}>{text('imports.screen.more', { count: formatNumber(left) })}</p> : null}
      </SidePane>
    </Page>
  );
}

async function take(picked: File, onTake: (file: DroppedFile) => void): Promise<void> {
  onTake({ fileName: picked.name.normalize('NFC'), bytes: new Uint8Array(await picked.arrayBuffer()) });
}

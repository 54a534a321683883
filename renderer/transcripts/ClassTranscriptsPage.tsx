import { Button } from '@mantine/core';
import { IconSignature, IconUsersMinus } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TranscriptRow } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatNumber } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { PaperPane } from './PaperPane.tsx';
import { PrepareButton, PrepareOutcome } from './PrepareTranscripts.tsx';
import { countBoard } from './transcript-boards.ts';
import { paperColumns } from './transcript-columns.tsx';
import styles from './transcripts.module.css';

/** Keys that turn pages wherever the cursor stands in this place. */
const pageKeys: ReadonlySet<string> = new Set(['j', 'k']);
/** Keys that step through the pupils, also while the paper has the focus. */
const pupilKeys: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown']);

/** One class: each pupil's transcript with its state and signatures, the paper of the one stood on beside. */
export default function ClassTranscriptsPage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { may, isClosedYear } = useSession();
  const read = useRead('transcripts.board', { classId });
  const [words, setWords] = useQueryValue('q');
  const [standing, setStanding] = useState<TranscriptRow | null>(null);
  const stand = useCallback((row: TranscriptRow | null) => { setStanding(row); }, []);
  const columns = useMemo(() => paperColumns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('transcripts.screen.keys.pupils') }, { keys: ['J', 'K'], does: text('transcripts.screen.keys.pages') }, { keys: ['Ctrl', 'P'], does: text('transcripts.screen.keys.print') }], []);
  useFoot(standing === null ? text('transcripts.screen.where') : `${standing.order}. ${standing.name} · ${text(`transcripts.screen.state.${standing.state}`)}`, hints);
  const place = useRef<HTMLDivElement>(null);
  const board = read.data;
  const counts = board === undefined ? null : countBoard(board.rows);

  // A pupil without a paper takes the viewer away, and the focus with it: the arrows must go on.
  useEffect(() => {
    if (standing === null || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }, [standing]);

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof HTMLElement) || event.target.matches('input, textarea')) return;
    const isInPaper = event.target.closest('[data-paper]') !== null;
    const wanted = pupilKeys.has(event.key) && isInPaper ? '[role=grid]' : pageKeys.has(event.key.toLowerCase()) && !isInPaper ? '[data-paper] section' : null;
    const target = wanted === null ? null : place.current?.querySelector(wanted);
    if (target === null || target === undefined) return;
    event.preventDefault();
    target.dispatchEvent(new globalThis.KeyboardEvent('keydown', { key: event.key, bubbles: true }));
  };
  return (
    <Page
      fills
      title={board === undefined ? '…' : text('transcripts.screen.classTitle', { name: board.className })}
      trail={[{ title: text('transcripts.screen.title'), to: '/transcripts' }]}
      aside={counts === null ? null : <span className="tabular">{text('transcripts.screen.classCounts', { pupils: formatNumber(counts.pupils), prepared: formatNumber(counts.pupils - counts.none), sealed: formatNumber(counts.sealed + counts.sent) })}</span>}
      acts={board === undefined ? null : (
        <>
          {may('signing.sign') ? <Button component={RouteLink} to={`/signing/${classId}`} variant="default" leftSection={<IconSignature size={15} stroke={1.7} />}>{text('transcripts.screen.sign')}</Button> : null}
          {may('transcripts.prepare') ? <PrepareButton board={board} disabled={isClosedYear} /> : null}
        </>
      )}
      bar={<FilterBox value={words} onChange={setWords} placeholder={text('transcripts.screen.filter')} width={220} />}
    >
      <Waiting read={read} lines={16}>
        {found => (
          <div ref={place} className={styles.class} role="presentation" onKeyDown={press}>
            <div className={styles.pupils}>
              <PrepareOutcome classId={classId} />
              <DataTable
                label={text('transcripts.screen.pupilsOf', { name: found.className })}
                name="papers"
                rows={found.rows}
                columns={columns}
                rowId={row => row.enrolmentId}
                filter={words}
                onStand={stand}
                toneOf={row => (row.isStale ? 'needs' : row.blockedBy !== null && row.state === 'none' ? 'blocked' : null)}
                empty={<EmptyState icon={IconUsersMinus} title={text('transcripts.screen.noPupils')} next={text(words === '' ? 'transcripts.screen.noPupilsNext' : 'transcripts.screen.noPupilsFound')} />}
              />
            </div>
            <PaperPane row={standing} />
          </div>
        )}
      </Waiting>
    </Page>
  );
}

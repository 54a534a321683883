import { IconFileOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { ClassCard } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatNumber, formatYear } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { countBoard, paperStates, useBoards } from './transcript-boards.ts';
import type { BoardCounts } from './transcript-boards.ts';
import styles from './transcripts.module.css';

interface ClassLine {
  card: ClassCard;
  /** Null until the class's board has answered. */
  counts: BoardCounts | null;
}

/** The classes of the year, and how far their transcripts are. */
export default function TranscriptsPage() {
  const { year } = useSession();
  const read = useRead('classes.list', { year });
  const cards = useMemo(() => (read.data?.classes ?? []).toSorted((left, right) => compareWords(left.name, right.name)), [read.data]);
  const boards = useBoards(cards.map(card => card.classId));
  const lines = useMemo(() => cards.map((card): ClassLine => {
    const board = boards.get(card.classId);
    return { card, counts: board === undefined ? null : countBoard(board.rows) };
  }), [cards, boards]);
  const [standing, setStanding] = useState<ClassLine | null>(null);
  const stand = useCallback((line: ClassLine | null) => { setStanding(line); }, []);
  const columns = useMemo(() => classColumns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('kit.keys.open') }], []);
  useFoot(standing === null ? text('transcripts.screen.where') : text('transcripts.screen.whereClass', { name: standing.card.name, pupils: standing.card.pupils }), hints);
  const total = lines.reduce((sum, line) => sum + (line.counts?.pupils ?? 0), 0);
  const sealed = lines.reduce((sum, line) => sum + (line.counts === null ? 0 : line.counts.sealed + line.counts.sent), 0);
  return (
    <Page
      fills
      title={text('transcripts.screen.title')}
      aside={<span className="tabular">{text('transcripts.screen.sealedOf', { year: formatYear(year), done: formatNumber(sealed), total: formatNumber(total) })}</span>}
    >
      <Waiting read={read} lines={14}>
        {() => (
          <DataTable
            label={text('transcripts.screen.title')}
            name="classes"
            rows={lines}
            columns={columns}
            rowId={line => line.card.classId}
            onStand={stand}
            onOpen={line => { navigate(`/transcripts/${line.card.classId}`); }}
            empty={<EmptyState icon={IconFileOff} title={text('transcripts.screen.noClasses')} next={text('transcripts.screen.noClassesNext')} />}
          />
        )}
      </Waiting>
    </Page>
  );
}

function classColumns(): TableColumn<ClassLine>[] {
  return [
    { id: 'class', title: text('transcripts.screen.column.class'), value: line => line.card.name, compare: (left, right) => compareWords(left.card.name, right.card.name), render: line => <strong>{line.card.name}</strong>, width: 70 },
    { id: 'homeroom', title: text('transcripts.screen.column.homeroom'), value: line => line.card.homeroom, width: { least: 140, share: 2 } },
    { id: 'pupils', title: text('transcripts.screen.column.pupils'), value: line => line.card.pupils, width: 70, align: 'right' },
    ...paperStates.map((state): TableColumn<ClassLine> => ({
      id: state,
      title: text(`transcripts.screen.stateShort.${state}`),
      value: line => line.counts?.[state] ?? null,
      render: line => (line.counts === null ? '…' : line.counts[state] === 0 ? <span className={styles.nought}>·</span> : formatNumber(line.counts[state])),
      width: 92,
      align: 'right',
    })),
    { id: 'state', title: text('transcripts.screen.column.next'), value: line => nextWords(line.counts), render: line => <NextAct counts={line.counts} />, width: { least: 210, share: 3 } },
  ];
}

function nextWords(counts: BoardCounts | null): string {
  if (counts === null) return '';
  if (counts.stale > 0) return text('transcripts.screen.next.stale', { count: counts.stale });
  if (counts.blocked > 0) return text('transcripts.screen.next.blocked', { count: counts.blocked });
  if (counts.none > 0) return text('transcripts.screen.next.prepare', { count: counts.none });
  if (counts.prepared > 0) return text('transcripts.screen.next.homeroom', { count: counts.prepared });
  if (counts.homeroomSigned > 0) return text('transcripts.screen.next.principal', { count: counts.homeroomSigned });
  if (counts.principalSigned > 0) return text('transcripts.screen.next.seal', { count: counts.principalSigned });
  if (counts.sealed > 0) return text('transcripts.screen.next.send', { count: counts.sealed });
  return text('transcripts.screen.next.done');
}

function NextAct({ counts }: { counts: BoardCounts | null }) {
  if (counts === null || counts.pupils === 0) return null;
  const isDone = counts.sealed + counts.sent === counts.pupils && counts.stale === 0;
  return <StateBadge state={counts.blocked > 0 && counts.stale === 0 ? 'blocked' : isDone ? 'done' : 'needs'}>{nextWords(counts)}</StateBadge>;
}

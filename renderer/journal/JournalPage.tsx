import { Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconHistoryOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { UIEvent } from 'react';
import type { OutputOf } from '../../preload/contract/base.ts';
import type { JournalRowView, system } from '../../preload/contract/system.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { CallFailed, useRead } from '../app/queries.ts';
import { RouteLink, navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatDateTime, formatNumber } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { journalColumns } from './journal-columns.tsx';
import { JournalPane } from './JournalPane.tsx';
import styles from './journal.module.css';

type JournalPageOfRows = OutputOf<typeof system.journal>;

/** Pixels before the end of the list at which older rows are fetched. */
const NEAR_END = 600;

/** Who changed what, when, on which computer: before and after. Older rows come as one scrolls. */
export default function JournalPage() {
  const { may } = useSession();
  const [words, setWords] = useQueryValue('q');
  const [actor, setActor] = useQueryValue('actor');
  const read = useInfiniteQuery<JournalPageOfRows, CallFailed, JournalPageOfRows[], (string | { text: string; actor: string })[], number | null>({
    queryKey: ['system', 'journal', { text: words, actor }],
    initialPageParam: null,
    queryFn: async ({ pageParam }) => {
      const result = await api.system.journal({ ...(words === '' ? {} : { text: words }), ...(actor === '' ? {} : { actor }), ...(pageParam === null ? {} : { beforeSeq: pageParam }) });
      if (!result.ok) throw new CallFailed(result.error);
      return result.value;
    },
    getNextPageParam: page => page.nextBeforeSeq,
    select: data => data.pages,
  });
  const rows = useMemo(() => (read.data ?? []).flatMap(page => page.rows), [read.data]);
  const [standing, setStanding] = useState<JournalRowView | null>(null);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = read;
  const older = useCallback(() => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage(); }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const lastSeq = rows.at(-1)?.seq;
  const stand = useCallback((row: JournalRowView | null) => {
    setStanding(row);
    if (row !== null && row.seq === lastSeq) older();
  }, [older, lastSeq]);
  const scrolled = (event: UIEvent<HTMLDivElement>): void => {
    const box = event.target;
    if (box instanceof HTMLElement && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END) older();
  };
  const columns = useMemo(() => journalColumns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['End'], does: text('journal.screen.keys.older') }], []);
  useFoot(standing === null ? text('journal.screen.where') : text('journal.screen.whereRow', { seq: standing.seq, at: formatDateTime(standing.at), actor: standing.actor }), hints);
  const isFiltered = words !== '' || actor !== '';
  return (
    <Page
      fills
      title={text('journal.screen.title')}
      aside={<span className="tabular" role="status">{read.data === undefined ? '' : text(hasNextPage ? 'journal.screen.countMore' : 'journal.screen.count', { count: formatNumber(rows.length) })}</span>}
      bar={(
        <>
          <FilterBox value={words} onChange={setWords} placeholder={text('journal.screen.filter')} width={280} />
          <ActorFilter actor={actor} onChange={setActor} />
          <span style={{ flex: 1 }} />
          {may('system.manage') ? <RouteLink to="/system">{text('journal.screen.checkChain')}</RouteLink> : null}
        </>
      )}
    >
      {read.isError && read.data === undefined ? <div className={styles.fault}><ErrorNotice failure={read.error.failure} onRetry={() => { void read.refetch(); }} /></div> : null}
      {read.isPending ? <Waiting read={read} lines={14}>{() => null}</Waiting> : null}
      {read.data === undefined ? null : (
        <SidePane label={text('journal.screen.pane')} width={320} side={<JournalPane row={standing} />}>
          <div className={styles.rows} role="presentation" onScrollCapture={scrolled}>
            <DataTable
              label={text('journal.screen.title')}
              name="journal"
              rows={rows}
              columns={columns}
              rowId={row => String(row.seq)}
              onStand={stand}
              onOpen={row => { if (row.route !== null) navigate(row.route); }}
              empty={<EmptyState icon={IconHistoryOff} title={text('journal.screen.none')} next={text(isFiltered ? 'journal.screen.noneFound' : 'journal.screen.noneNext')} />}
            />
          </div>
          {isFetchingNextPage ? <p className={styles.older} role="status">{text('journal.screen.loading')}</p> : null}
        </SidePane>
      )}
    </Page>
  );
}

/** A choice of people where the accounts may be read, otherwise a name to type. */
function ActorFilter({ actor, onChange }: { actor: string; onChange: (actor: string) => void }) {
  const { may } = useSession();
  const accounts = useRead('accounts.list', {}, { enabled: may('system.manage') });
  if (!may('system.manage')) {
    return <TextInput w={190} placeholder={text('journal.screen.actor')} aria-label={text('journal.screen.actor')} defaultValue={actor} onBlur={event => { onChange(event.currentTarget.value.trim()); }} onKeyDown={event => { if (event.key === 'Enter') onChange(event.currentTarget.value.trim()); }} />;
  }
  return (
    <Select
      w={220}
      clearable
      searchable
      placeholder={text('journal.screen.everyone')}
      aria-label={text('journal.screen.actor')}
      data={(accounts.data?.accounts ?? []).map(one => ({ value: one.user, label: `${one.name} (${one.user})` }))}
      value={actor === '' ? null : actor}
      onChange={value => { onChange(value ?? ''); }}
    />
  );
}

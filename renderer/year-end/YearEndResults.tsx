import { IconFilterOff, IconUsersMinus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { YearEndOverview, YearResultRow } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { navigate, useQueryValue } from '../app/router.tsx';
import { ColumnChooser, useColumnChoice } from '../kit/ColumnChooser.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import { isInGroup, resultGroups } from './result-groups.ts';
import type { ResultGroup } from './result-groups.ts';
import { resultColumns } from './year-end-words.tsx';
import { YearEndWhy } from './YearEndWhy.tsx';
import styles from './year-end.module.css';

const groups: readonly ResultGroup[] = ['all', ...resultGroups, 'flagged'];

/** Every pupil's results as they stand now, and beside them why. In the order of the class lists: pupils are never ranked. */
export function YearEndResults({ overview }: { overview: YearEndOverview }) {
  const [words, setWords] = useQueryValue('q');
  const [chosen, setChosen] = useQueryValue('show');
  const [standing, setStanding] = useState<YearResultRow | null>(null);
  const stand = useCallback((row: YearResultRow | null) => { setStanding(row); }, []);
  const all = useMemo(() => resultColumns(overview.classId === null, overview.rows), [overview.classId, overview.rows]);
  const choice = useColumnChoice('year-end-results', all);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('yearEnd.screen.keys.open') }], []);
  useFoot(standing === null ? text('yearEnd.screen.whereResults') : `${standing.order}. ${standing.name} · ${standing.className} · ${text(`yearEnd.promotion.${standing.promotion}`)}`, hints);

  const group = groups.find(one => one === chosen) ?? 'all';
  const rows = useMemo(() => overview.rows.filter(row => isInGroup(row, group)), [overview.rows, group]);
  const chips = groups
    .map(id => ({ id, label: text(`yearEnd.screen.group.${id}`), count: overview.rows.filter(row => isInGroup(row, id)).length }))
    .filter(chip => chip.id === 'all' || chip.id === group || chip.count > 0);
  return (
    <SidePane label={text('yearEnd.screen.why')} width={336} side={<YearEndWhy key={standing?.enrolmentId ?? ''} row={standing} />}>
      <div className={styles.tools}>
        <FilterChips label={text('yearEnd.screen.showing')} chips={chips} chosen={group} onChoose={id => { setChosen(id === 'all' ? '' : id); }} />
        <span style={{ flex: 1 }} />
        <FilterBox value={words} onChange={setWords} placeholder={text('yearEnd.screen.filter')} width={170} />
        <ColumnChooser choice={choice} />
      </div>
      <DataTable
        label={text('yearEnd.screen.step.results')}
        name="results"
        rows={rows}
        columns={choice.shown}
        rowId={row => row.enrolmentId}
        filter={words}
        onStand={stand}
        onOpen={row => { navigate(`/students/${row.enrolmentId}?tab=results`); }}
        toneOf={row => (row.promotion === 'repeat' ? 'blocked' : row.promotion === 'promoted' || row.promotion === 'incomplete' ? null : 'needs')}
        empty={overview.rows.length === 0
          ? <EmptyState icon={IconUsersMinus} title={text('yearEnd.screen.noPupils')} next={text('yearEnd.screen.noPupilsNext')} />
          : <EmptyState icon={IconFilterOff} title={text('yearEnd.screen.nobody')} next={text('yearEnd.screen.nobodyNext')} />}
      />
    </SidePane>
  );
}

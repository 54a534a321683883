import { IconChecks, IconFilterOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { DecisionPane } from './DecisionPane.tsx';
import styles from './year-end.module.css';

/** Where the regulations leave the result to a person: who is concerned, what each choice leads to, what was decided and why. */
export function YearEndDecisions({ year, classId }: { year: string; classId: string | null }) {
  const read = useRead('yearEnd.decisions', classId === null ? { year } : { year, classId });
  return <Waiting read={read} lines={12}>{({ cases }) => <Cases cases={cases} hasManyClasses={classId === null} />}</Waiting>;
}

/** `no-rule:award-despite-absences` stands in the catalogue under its last part. */
const matterWord = (matter: DecisionCase['matter']): string => text(`yearEnd.decision.${matter.replace('no-rule:', '')}.short`);
const isOpen = (one: DecisionCase): boolean => one.decision === null && !one.isOptional;

function Cases({ cases, hasManyClasses }: { cases: readonly DecisionCase[]; hasManyClasses: boolean }) {
  const [chosen, setChosen] = useQueryValue('matter');
  const [words] = useQueryValue('q');
  const [standingId, setStandingId] = useState<string | null>(null);
  const stand = useCallback((row: DecisionCase | null) => { setStandingId(row?.id ?? null); }, []);
  const standing = cases.find(one => one.id === standingId) ?? null;
  const columns = useMemo(() => columnsOf(hasManyClasses), [hasManyClasses]);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('yearEnd.screen.keys.open') }], []);
  useFoot(standing === null ? text('yearEnd.decision.screen.where') : `${standing.name} · ${standing.className} · ${matterWord(standing.matter)}`, hints);
  const matters = [...new Set(cases.map(one => one.matter))];
  const group = chosen === 'open' || matters.some(matter => matter === chosen) ? chosen : 'all';
  const rows = useMemo(() => cases.filter(one => group === 'all' || (group === 'open' ? isOpen(one) : one.matter === group)), [cases, group]);
  const chips = [
    { id: 'all', label: text('yearEnd.decision.screen.all'), count: cases.length },
    { id: 'open', label: text('yearEnd.decision.screen.open'), count: cases.filter(isOpen).length, state: 'needs' as const },
    ...matters.map(matter => ({ id: matter, label: matterWord(matter), count: cases.filter(one => one.matter === matter).length })),
  ];
  return (
    <SidePane label={text('yearEnd.decision.screen.pane')} width={360} side={<DecisionPane key={standing?.id ?? ''} one={standing} />}>
      <div className={styles.tools}>
        <FilterChips label={text('yearEnd.decision.screen.showing')} chips={chips} chosen={group} onChoose={id => { setChosen(id === 'all' ? '' : id); }} />
      </div>
      <DataTable
        label={text('yearEnd.decision.screen.title')}
        name="decisions"
        rows={rows}
        columns={columns}
        rowId={row => row.id}
        filter={words}
        onStand={stand}
        onOpen={row => { navigate(`/students/${row.enrolmentId}?tab=results`); }}
        toneOf={row => (isOpen(row) ? 'needs' : null)}
        empty={cases.length === 0
          ? <EmptyState icon={IconChecks} title={text('yearEnd.decision.screen.nothing')} next={text('yearEnd.decision.screen.nothingNext')} />
          : <EmptyState icon={IconFilterOff} title={text('yearEnd.decision.screen.noneHere')} next={text('yearEnd.decision.screen.noneHereNext')} />}
      />
    </SidePane>
  );
}

function columnsOf(hasManyClasses: boolean): TableColumn<DecisionCase>[] {
  const title = (id: string) => text(`yearEnd.decision.screen.column.${id}`);
  return [
    { id: 'order', title: title('order'), value: row => row.order, width: 52, align: 'right' },
    { id: 'name', title: title('name'), value: row => row.name, width: 190 },
    ...(hasManyClasses ? [{ id: 'class', title: title('class'), value: (row: DecisionCase) => row.className, width: 64 }] : []),
    { id: 'matter', title: title('matter'), value: row => matterWord(row.matter), width: 190 },
    { id: 'decision', title: title('decision'), value: decisionWord, render: row => <StateBadge state={stateOf(row)}>{decisionWord(row)}</StateBadge>, width: 180 },
    { id: 'by', title: title('by'), value: row => row.decision?.by ?? '', width: 150 },
  ];
}

function stateOf(row: DecisionCase): 'done' | 'needs' | 'quiet' {
  if (row.decision !== null) return 'done';
  return row.isOptional ? 'quiet' : 'needs';
}

function decisionWord(row: DecisionCase): string {
  return row.decision?.label ?? text(row.isOptional ? 'yearEnd.decision.screen.mayRecognise' : 'yearEnd.decision.screen.waiting');
}

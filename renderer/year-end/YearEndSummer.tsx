import { IconSun } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { Promotion } from '../../preload/contract/year-end.ts';
import type { SummerPupil, SummerView } from '../../preload/contract/year-end-steps.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { comparePupilNames, compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { SummerPane } from './SummerPane.tsx';
import { PromotionBadge } from './year-end-words.tsx';
import styles from './year-end.module.css';

/** A level of any rule set in words. */
export function anyLevel(level: string | null): string {
  return level === null ? '–' : hasText(`yearEnd.level.${level}`) ? text(`yearEnd.level.${level}`) : level;
}

/** Re-assessment and training in the summer: who waits, the year's values beside the new ones. */
export function YearEndSummer({ year, classId }: { year: string; classId: string | null }) {
  const read = useRead('yearEnd.summer', { year, ...(classId === null ? {} : { classId }) });
  return <Waiting read={read} lines={10}>{view => <SummerList view={view} hasManyClasses={classId === null} />}</Waiting>;
}

const groups = ['all', 'waiting', 'reassess', 'training', 'settled'] as const;
type Group = (typeof groups)[number];

function isSettled(row: SummerPupil): boolean {
  return row.promotion === 'promoted' || row.promotion === 'repeat';
}

function isIn(row: SummerPupil, group: Group): boolean {
  switch (group) {
    case 'all': return true;
    case 'waiting': return !isSettled(row);
    case 'reassess': return row.subjects.length > 0;
    case 'training': return row.training !== null;
    case 'settled': return isSettled(row);
  }
}

function SummerList({ view, hasManyClasses }: { view: SummerView; hasManyClasses: boolean }) {
  const [chosen, setChosen] = useQueryValue('summer');
  const [standing, setStanding] = useState<SummerPupil | null>(null);
  const stand = useCallback((row: SummerPupil | null) => { setStanding(row); }, []);
  const columns = useMemo(() => summerColumns(hasManyClasses), [hasManyClasses]);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Tab'], does: text('yearEnd.screen.summer.toPane') }], []);
  useFoot(standing === null ? text('yearEnd.screen.summer.where') : `${standing.name} · ${standing.className} · ${text(`yearEnd.promotion.${standing.promotion}`)}`, hints);
  const group = groups.find(one => one === chosen) ?? 'all';
  const rows = useMemo(() => view.rows.filter(row => isIn(row, group)), [view.rows, group]);
  const shown = view.rows.find(row => row.enrolmentId === standing?.enrolmentId) ?? null;
  return (
    <SidePane label={text('yearEnd.screen.summer.pane')} width={372} side={shown === null ? <PaneEmpty>{text('yearEnd.screen.summer.paneEmpty')}</PaneEmpty> : <SummerPane key={shown.enrolmentId} pupil={shown} />}>
      <div className={styles.tools}>
        <FilterChips label={text('yearEnd.screen.showing')} chosen={group} onChoose={id => { setChosen(id === 'all' ? '' : id); }} chips={groups.map(id => ({ id, label: text(`yearEnd.screen.summer.group.${id}`), count: view.rows.filter(row => isIn(row, id)).length }))} />
      </div>
      <div className={styles.told}>
        {view.notApproved.length === 0 ? null : <Notice state="needs" title={text('yearEnd.screen.summer.notApproved', { classes: view.notApproved.join(', ') })}><p>{text('yearEnd.screen.summer.notApprovedNext')}</p></Notice>}
      </div>
      <DataTable
        label={text('yearEnd.screen.step.summer')}
        name="summer"
        rows={rows}
        columns={columns}
        rowId={row => row.enrolmentId}
        onStand={stand}
        toneOf={row => (isSettled(row) ? null : 'needs')}
        empty={<EmptyState icon={IconSun} title={text('yearEnd.screen.summer.nobody')} next={text(view.notApproved.length > 0 ? 'yearEnd.screen.summer.notApprovedNext' : 'yearEnd.screen.summer.nobodyNext')} />}
      />
    </SidePane>
  );
}

function summerColumns(hasManyClasses: boolean): TableColumn<SummerPupil>[] {
  const beforeAfter = (id: string, before: (row: SummerPupil) => string | null, after: (row: SummerPupil) => string | null): TableColumn<SummerPupil> => ({
    id, title: text(`yearEnd.screen.summer.column.${id}`), width: 140, value: row => `${anyLevel(before(row))} → ${anyLevel(after(row))}`,
    render: row => (before(row) === after(row) ? <span>{anyLevel(before(row))}</span> : <span>{anyLevel(before(row))} → <strong>{anyLevel(after(row))}</strong></span>),
  });
  const entered = (row: SummerPupil) => row.subjects.filter(subject => subject.again.state !== 'empty').length;
  return [
    { id: 'name', title: text('yearEnd.screen.column.name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 130, share: 2 }, isFixed: true },
    ...(hasManyClasses ? [{ id: 'class', title: text('yearEnd.screen.column.class'), value: (row: SummerPupil) => row.className, compare: (left: SummerPupil, right: SummerPupil) => compareWords(left.className, right.className), width: 54 }] : []),
    { id: 'promotion', title: text('yearEnd.screen.column.promotion'), value: row => text(`yearEnd.promotion.${row.promotion}`), render: row => <PromotionBadge promotion={row.promotion as Promotion} />, width: { least: 206, share: 1 } },
    { id: 'subjects', title: text('yearEnd.screen.summer.column.subjects'), value: row => (row.subjects.length === 0 ? '' : `${entered(row)}/${row.subjects.length}`), width: 98, align: 'center' },
    beforeAfter('learning', row => row.learningYear, row => row.learningFinal),
    beforeAfter('conduct', row => row.conductYear, row => row.conductFinal),
  ];
}

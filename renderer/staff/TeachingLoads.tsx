import { IconUsersMinus } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { TeachingLoad, TeachingView } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { navigate } from '../app/router.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { comparePupilNames } from '../kit/matching.ts';
import type { TableColumn } from '../kit/table-columns.ts';
import { lessonsText, LoadState } from './teaching-words.tsx';

function columnsOf(view: TeachingView): TableColumn<TeachingLoad>[] {
  const short = new Map(view.subjects.map(one => [one.subject, one.short]));
  const taught = Map.groupBy(view.classes.flatMap(found => found.cells.map(cell => ({ ...cell, className: found.name }))), cell => cell.staffId ?? '');
  const words = (load: TeachingLoad) => [...Map.groupBy(taught.get(load.staffId) ?? [], cell => cell.subject)]
    .map(([subject, cells]) => `${short.get(subject) ?? subject}: ${cells.map(cell => cell.className).join(', ')}`).join('; ');
  const figure = (id: 'lessons' | 'reduced' | 'total'): TableColumn<TeachingLoad> =>
    ({ id, title: text(`staff.load.${id}`), value: load => load[id], render: load => lessonsText(load[id]), width: 92, align: 'right' });
  return [
    { id: 'name', title: text('staff.column.name'), value: load => load.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 160, share: 1 }, isFixed: true },
    { id: 'position', title: text('staff.column.position'), value: load => load.position, width: { least: 110, share: 1 } },
    { id: 'teaching', title: text('staff.tab.teaching'), value: words, render: load => <span title={words(load)}>{words(load)}</span>, width: { least: 200, share: 3 } },
    { id: 'homeroom', title: text('staff.column.homeroomOf'), value: load => load.homeroomOf.join(', '), width: 90 },
    figure('lessons'), figure('reduced'), figure('total'),
    { id: 'norm', title: text('staff.load.norm'), value: load => load.norm, render: load => (load.norm === null ? '—' : lessonsText(load.norm)), width: 88, align: 'right' },
    { id: 'difference', title: text('staff.load.difference'), value: load => (load.norm === null ? null : load.total - load.norm), render: load => <LoadState load={load} />, width: 120 },
  ];
}

/** Lessons a week of everybody, against the norm. */
export function TeachingLoads({ view, filter }: { view: TeachingView; filter: string }) {
  const columns = useMemo(() => columnsOf(view), [view]);
  return (
    <DataTable
      label={text('staff.teaching.loads')}
      rows={view.loads}
      columns={columns}
      rowId={load => load.staffId}
      filter={filter}
      {...(view.mayEdit ? { onOpen: (load: TeachingLoad) => { navigate(`/staff/${load.staffId}?tab=teaching`); } } : {})}
      toneOf={load => (load.state === 'under' || load.state === 'over' ? 'needs' : null)}
      empty={<EmptyState icon={IconUsersMinus} title={text('staff.none')} next={text('staff.noneFound')} />}
    />
  );
}

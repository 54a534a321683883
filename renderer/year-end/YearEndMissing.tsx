import { IconCircleCheck } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { RouteLink, navigate } from '../app/router.tsx';
import { hasPlace } from '../app/routes.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { compareWords } from '../kit/matching.ts';
import type { TableColumn } from '../kit/table-columns.ts';

type Missing = YearEndOverview['missing'][number];

function columns(): TableColumn<Missing>[] {
  return [
    { id: 'class', title: text('yearEnd.screen.column.class'), value: row => row.className, compare: (left, right) => compareWords(left.className, right.className), width: 90 },
    { id: 'what', title: text('yearEnd.screen.column.what'), value: row => row.what, width: { least: 260, share: 1 } },
    { id: 'count', title: text('yearEnd.screen.column.count'), value: row => row.count, width: 100, align: 'right' },
    {
      id: 'open',
      title: '',
      value: () => null,
      render: row => (hasPlace(row.route) ? <RouteLink to={row.route}>{text('yearEnd.screen.openPlace')}</RouteLink> : null),
      width: 120,
    },
  ];
}

function openPlace(row: Missing): void {
  if (hasPlace(row.route)) navigate(row.route);
}

/** What is still missing before the year can end; each line opens the place that mends it. */
export function YearEndMissing({ missing }: { missing: readonly Missing[] }) {
  const [standing, setStanding] = useState<Missing | null>(null);
  const stand = useCallback((row: Missing | null) => { setStanding(row); }, []);
  const shown = useMemo(() => columns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('yearEnd.screen.keys.mend') }], []);
  useFoot(standing === null ? text('yearEnd.screen.whereCheck') : `${standing.className} · ${standing.what} · ${standing.count}`, hints);
  if (missing.length === 0) return <EmptyState icon={IconCircleCheck} title={text('yearEnd.screen.nothingMissing')} next={text('yearEnd.screen.nothingMissingNext')} />;
  return (
    <DataTable
      label={text('yearEnd.screen.step.check')}
      name="missing"
      rows={missing}
      columns={shown}
      rowId={row => `${row.route} ${row.what}`}
      onStand={stand}
      onOpen={openPlace}
      toneOf={() => 'needs'}
      empty={null}
    />
  );
}

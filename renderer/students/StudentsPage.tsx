import { Button, Checkbox, Menu, Select } from '@mantine/core';
import { IconDots, IconPlus, IconUsersMinus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ColumnChooser, useColumnChoice } from '../kit/ColumnChooser.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatNumber } from '../kit/formats.ts';
import { compareWords, matches } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { AddPupil } from './AddPupil.tsx';
import { BulkBar } from './BulkBar.tsx';
import { SavedFilters } from './SavedFilters.tsx';
import { fieldOfColumn, studentColumns } from './student-columns.tsx';
import type { StudentListRow } from './student-columns.tsx';
import { StudentCard } from './StudentCard.tsx';
import styles from './students.module.css';

function turned(ticked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ticked);
  if (!next.delete(id)) next.add(id);
  return next;
}

function tickColumn(ticked: ReadonlySet<string>, onTick: (next: ReadonlySet<string>) => void): TableColumn<StudentListRow> {
  return {
    id: 'tick', title: '✓', value: row => (ticked.has(row.enrolmentId) ? 0 : 1), width: 40,
    render: row => (
      <Checkbox size="xs" mt={7} tabIndex={-1} aria-label={text('students.bulk.tick', { name: row.name })} checked={ticked.has(row.enrolmentId)} onChange={() => { onTick(turned(ticked, row.enrolmentId)); }} />
    ),
  };
}

const INCOMPLETE_BELOW = 80; // percent of the expected fields

/** Every pupil of the year: filters on top, the list, and the card of the one stood on. */
export default function StudentsPage() {
  const { year, may, isClosedYear } = useSession();
  const [words, setWords] = useQueryValue('q');
  const [classId, setClassId] = useQueryValue('class');
  const [status, setStatus] = useQueryValue('status');
  const [record, setRecord] = useQueryValue('record');
  const columns = useMemo(() => studentColumns(), []);
  const choice = useColumnChoice('students', columns);
  const fields = choice.shown.map(column => fieldOfColumn(column.id)).filter(key => key !== null);
  const read = useRead('students.list', { year, ...(fields.length === 0 ? {} : { fields }) }, { keepPrevious: true });
  const [isAdding, setAdding] = useState(false);
  /** Ids of enrolments ticked for an act on many; null while nobody is ticking. */
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null);

  const all = read.data?.rows;
  const classOptions = useMemo(() => {
    const names = new Map((all ?? []).map(row => [row.classId, row.className]));
    return [...names].map(([value, label]) => ({ value, label })).toSorted((left, right) => compareWords(left.label, right.label));
  }, [all]);
  // Words look in name, code and class whatever columns are shown, so that hiding a column never hides a pupil.
  const rows = useMemo(() => (all ?? []).filter(row =>
    (classId === '' || row.classId === classId)
    && (status === '' || row.status === status)
    && (record === '' || row.completeness < INCOMPLETE_BELOW)
    && (words === '' || matches(`${row.name} ${row.code} ${row.className}`, words))), [all, classId, status, record, words]);
  const isFiltered = classId !== '' || status !== '' || record !== '' || words !== '';
  const count = all === undefined ? null : text(isFiltered ? 'students.countOf' : 'students.count', { count: formatNumber(rows.length), total: formatNumber(all.length) });
  const mayEdit = may('records.edit') && !isClosedYear;
  const shown = useMemo(() => (ticked === null ? choice.shown : [tickColumn(ticked, setTicked), ...choice.shown]), [choice.shown, ticked]);
  return (
    <Page
      fills
      title={text('students.title')}
      {...(mayEdit ? {
        acts: (
          <>
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default" leftSection={<IconDots size={15} />}>{text('students.more')}</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => { setTicked(new Set()); }}>{text('students.bulk.start')}</Menu.Item>
                <Menu.Item onClick={() => { navigate('/exports?what=pupils'); }}>{text('exports.screen.do')}</Menu.Item>
                <Menu.Item onClick={() => { navigate('/students/duplicates'); }}>{text('students.twins.title')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button leftSection={<IconPlus size={15} />} onClick={() => { setAdding(true); }}>{text('students.add.open')}</Button>
          </>
        ),
      } : {})}
      aside={<span className="tabular" role="status">{count}</span>}
      bar={(
        <>
          <FilterBox value={words} onChange={setWords} placeholder={text('students.filter')} />
          <Select w={110} clearable searchable placeholder={text('students.allClasses')} aria-label={text('students.column.class')} data={classOptions} value={classId === '' ? null : classId} onChange={value => { setClassId(value ?? ''); }} />
          <Select w={150} clearable placeholder={text('students.allStatuses')} aria-label={text('students.column.status')} data={statusOptions()} value={status === '' ? null : status} onChange={value => { setStatus(value ?? ''); }} />
          <Select w={170} clearable placeholder={text('students.allRecords')} aria-label={text('students.column.completeness')} data={[{ value: 'incomplete', label: text('students.incompleteOnly') }]} value={record === '' ? null : record} onChange={value => { setRecord(value ?? ''); }} />
          <SavedFilters />
          <span style={{ flex: 1 }} />
          <ColumnChooser choice={choice} />
        </>
      )}
    >
      <Waiting read={read} lines={16}>
        {() => (
          <div className={styles.stack}>
            {ticked === null ? null : <BulkBar rows={rows} ticked={ticked} onTick={setTicked} />}
            <ListWithCard
              rows={rows}
              columns={shown}
              isFiltered={isFiltered}
              {...(ticked === null ? {} : { onTick: (row: StudentListRow) => { setTicked(turned(ticked, row.enrolmentId)); } })}
            />
          </div>
        )}
      </Waiting>
      {isAdding ? <AddPupil classes={classOptions} onClose={() => { setAdding(false); }} /> : null}
    </Page>
  );
}

/** The list and the card of the pupil stood on; apart from the filters, so that a step by arrow key draws only these. */
function ListWithCard({ rows, columns, isFiltered, onTick }: { rows: StudentListRow[]; columns: readonly TableColumn<StudentListRow>[]; isFiltered: boolean; onTick?: (row: StudentListRow) => void }) {
  const [standing, setStanding] = useState<StudentListRow | null>(null);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('students.keys.open') }], []);
  useFoot(standing === null ? text('students.where') : `${standing.name} · ${standing.className} · ${standing.code}`, hints);
  return (
    <div className={styles.columns}>
      <DataTable
        label={text('students.title')}
        rows={rows}
        columns={columns}
        rowId={row => row.enrolmentId}
        onStand={setStanding}
        onOpen={onTick ?? (row => { navigate(`/students/${row.enrolmentId}`); })}
        empty={<EmptyState icon={IconUsersMinus} title={text('students.none')} next={text(isFiltered ? 'students.noneFound' : 'students.noneNext')} />}
      />
      <StudentCard row={standing} />
    </div>
  );
}

function statusOptions(): { value: string; label: string }[] {
  return (['studying', 'transferredIn', 'transferredOut', 'left'] as const).map(value => ({ value, label: text(`students.status.${value}`) }));
}

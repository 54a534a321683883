import { Select } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TeachingCell, TeachingClass, TeachingView } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { formatDate } from '../kit/formats.ts';
import styles from './staff.module.css';
import { shortName } from './teaching-words.tsx';

export type Assigning = (found: TeachingClass, cell: TeachingCell, staffId: string | null) => void;

/** Classes by subjects. Arrow keys walk, Enter chooses a teacher, Delete takes him away. */
export function TeachingGrid({ view, onAssign, onStand }: { view: TeachingView; onAssign: Assigning; onStand: (words: string) => void }) {
  const [editing, setEditing] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const names = new Map(view.loads.map(load => [load.staffId, load.name]));
  const focus = (row: number, column: number): void => { body.current?.querySelector<HTMLElement>(`[data-at="${row}/${column}"]`)?.focus(); };
  const press = (event: KeyboardEvent, row: number, column: number, clear: (() => void) | null): void => {
    const [down, right] = ({ ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] } as Record<string, [number, number]>)[event.key] ?? [0, 0];
    if (event.key === 'Delete' && clear !== null) clear();
    else if (down === 0 && right === 0) return;
    event.preventDefault();
    // Over the places where a class does not have the subject.
    for (let step = 1; step <= Math.max(view.subjects.length, view.classes.length); step += 1) {
      const [nextRow, nextColumn] = [row + down * step, column + right * step];
      if (body.current?.querySelector(`[data-at="${nextRow}/${nextColumn}"]`)) {
        focus(nextRow, nextColumn);
        return;
      }
    }
  };
  return (
    <div className={styles.gridHolder}>
      <table className={styles.grid} aria-label={text('staff.teaching.grid')}>
        <thead><tr><th scope="col">{text('staff.teaching.class')}</th>{view.subjects.map(one => <th key={one.subject} scope="col" title={one.name}>{one.short}</th>)}</tr></thead>
        <tbody ref={body}>
          {view.classes.map((found, row) => (
            <tr key={found.classId}>
              <th scope="row">{found.name}</th>
              {view.subjects.map(({ subject, name }, column) => {
                const cell = found.cells.find(one => one.subject === subject);
                if (cell === undefined) return <td key={subject} data-outside />;
                const at = `${row}/${column}`;
                const teacher = cell.staffId === null ? null : names.get(cell.staffId) ?? '';
                const where = `${text('staff.teaching.pick', { subject: name, class: found.name })}: ${teacher ?? text('staff.teaching.nobody')}`;
                if (editing === at) {
                  return (
                    <td key={subject}>
                      <TeacherSelect
                        view={view}
                        cell={cell}
                        label={where}
                        onChoose={staffId => { setEditing(null); if (staffId !== undefined && staffId !== cell.staffId) onAssign(found, cell, staffId); requestAnimationFrame(() => { focus(row, column); }); }}
                      />
                    </td>
                  );
                }
                return (
                  <td key={subject} {...(teacher === null ? { 'data-empty': true } : {})}>
                    <button
                      type="button"
                      data-at={at}
                      aria-label={where}
                      title={hint(cell, teacher, names)}
                      onClick={() => { if (view.mayEdit) setEditing(at); }}
                      onFocus={() => { onStand(`${found.name} · ${name} · ${teacher ?? text('staff.teaching.nobody')} · ${text('staff.teaching.periods', { count: cell.periods })}`); }}
                      onKeyDown={event => { press(event, row, column, view.mayEdit && cell.staffId !== null ? () => { onAssign(found, cell, null); } : null); }}
                    >
                      {teacher === null ? '●' : shortName(teacher)}{cell.others.length > 0 ? ' *' : ''}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function hint(cell: TeachingCell, teacher: string | null, names: ReadonlyMap<string, string>): string {
  const line = (name: string, from: string, to: string | null) => [name, text('staff.teaching.since', { day: formatDate(from) }), ...(to === null ? [] : [text('staff.teaching.until', { day: formatDate(to) })])].join(' ');
  return [
    ...(teacher === null || cell.from === null ? [text('staff.teaching.nobody')] : [line(teacher, cell.from, null)]),
    ...cell.others.map(other => line(names.get(other.staffId) ?? '', other.from, other.to)),
  ].join('\n');
}

/** Among the ids of the list, for taking the teacher away. */
const NOBODY = '-';

/** Those who teach the subject first, then everybody. Answers undefined when nothing was chosen. */
function TeacherSelect({ view, cell, label, onChoose }: { view: TeachingView; cell: TeachingCell; label: string; onChoose: (staffId: string | null | undefined) => void }) {
  const isDone = useRef(false);
  const choose = (staffId: string | null | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    onChoose(staffId);
  };
  const working = view.loads.filter(load => load.isWorking);
  const option = (load: (typeof working)[number]) => ({ value: load.staffId, label: load.name });
  return (
    <Select
      autoFocus
      defaultDropdownOpened
      searchable
      aria-label={label}
      // Not its value: what is typed looks for somebody else.
      placeholder={view.loads.find(load => load.staffId === cell.staffId)?.name ?? ''}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      data={[
        ...(cell.staffId === null ? [] : [{ value: NOBODY, label: text('staff.teaching.clear') }]),
        { group: text('staff.teaching.fits'), items: working.filter(load => load.subjects.includes(cell.subject)).map(option) },
        { group: text('staff.teaching.all'), items: working.filter(load => !load.subjects.includes(cell.subject)).map(option) },
      ]}
      value={null}
      onChange={value => { choose(value === NOBODY ? null : value ?? undefined); }}
      onBlur={() => { choose(undefined); }}
      onKeyDown={event => { if (event.key === 'Escape') choose(undefined); }}
    />
  );
}

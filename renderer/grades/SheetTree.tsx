import { Checkbox, SegmentedControl, Select } from '@mantine/core';
import { IconCheck, IconChevronRight, IconLock } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { SheetState, SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { RouteLink } from '../app/router.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { hasPoints, isComplete, pointOfTerm, sheetStates, sheetTree } from './sheet-tree.ts';
import type { ClassBranch, TreeFilter, YearPoint } from './sheet-tree.ts';
import styles from './sheet-tree.module.css';

const points: readonly YearPoint[] = [1, 2, 3, 4];

export interface SheetTreeProps {
  sheets: SheetSummary[];
  filter: TreeFilter;
  /** The sheet, or the class whose term records are open. */
  sheetId: string | null;
  classId: string | null;
  /** "Only my sheets", for someone who has some. */
  own: { isOn: boolean; onChange: (isOn: boolean) => void } | null;
  onPoint: (point: YearPoint) => void;
  onWords: (words: string) => void;
  onState: (state: SheetState | null) => void;
}

/** Grade → class → subject with what is filled; the way to every sheet of the year. */
export function SheetTree({ sheets, filter, sheetId, classId, own, onPoint, onWords, onState }: SheetTreeProps) {
  const { point, words, teacher, state = null } = filter;
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const tree = useMemo(() => sheetTree(sheets, { point, words, teacher, state }), [sheets, point, words, teacher, state]);
  const here = sheets.find(sheet => sheet.sheetId === sheetId)?.classId ?? classId;
  const few = tree.reduce((sum, grade) => sum + grade.classes.length, 0) <= 3;
  const isOpen = (id: string): boolean => toggled.get(id) ?? (id === here || words.trim() !== '' || state !== null || few);
  return (
    <nav className={styles.tree} aria-label={text('grades.tree.label')}>
      <div className={styles.tools}>
        <PeriodChoice hasPoints={sheets.some(sheet => hasPoints(sheet))} point={point} onPoint={onPoint} />
        <FilterBox width={216} value={words} onChange={onWords} placeholder={text('grades.tree.filter')} />
        <Select
          aria-label={text('gradebook.tree.state')}
          placeholder={text('gradebook.tree.anyState')}
          clearable
          value={state}
          data={sheetStates.map(one => ({ value: one, label: text(`gradebook.state.${one}`) }))}
          onChange={value => { onState(sheetStates.find(one => one === value) ?? null); }}
        />
        {own === null ? null : <Checkbox label={text('grades.tree.own')} checked={own.isOn} onChange={event => { own.onChange(event.currentTarget.checked); }} />}
      </div>
      <div className={styles.branches}>
        {tree.length === 0 ? <p className={styles.none}>{text(sheets.length === 0 ? 'grades.tree.none' : 'grades.tree.noneFound')}</p> : null}
        {tree.map(grade => (
          <section key={grade.grade}>
            <h2>{text('grades.tree.grade', { grade: grade.grade })}</h2>
            <ul>
              {grade.classes.map(branch => (
                <li key={branch.classId}>
                  <ClassLine branch={branch} isOpen={isOpen(branch.classId)} onToggle={() => { setToggled(new Map(toggled).set(branch.classId, !isOpen(branch.classId))); }} />
                  {isOpen(branch.classId) ? <Leaves branch={branch} sheetId={sheetId} recordsOpen={classId === branch.classId} /> : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

/** Terms; in a school with primary classes the four points of their year, a secondary term standing at both of its half. */
function PeriodChoice({ hasPoints: isPrimary, point, onPoint }: { hasPoints: boolean; point: YearPoint; onPoint: (point: YearPoint) => void }) {
  if (isPrimary) {
    return (
      <Select
        aria-label={text('grades.tree.point')}
        allowDeselect={false}
        data={points.map(one => ({ value: String(one), label: text(`grades.point.${one}`) }))}
        value={String(point)}
        onChange={value => { onPoint(points.find(one => String(one) === value) ?? point); }}
      />
    );
  }
  return (
    <SegmentedControl
      fullWidth
      aria-label={text('grades.tree.term')}
      value={point <= 2 ? '1' : '2'}
      onChange={value => { onPoint(pointOfTerm(value === '1' ? 1 : 2)); }}
      data={[{ value: '1', label: text('grades.term', { term: 1 }) }, { value: '2', label: text('grades.term', { term: 2 }) }]}
    />
  );
}

function ClassLine({ branch, isOpen, onToggle }: { branch: ClassBranch; isOpen: boolean; onToggle: () => void }) {
  const isDone = branch.complete === branch.sheets.length;
  return (
    <button type="button" className={styles.class} aria-expanded={isOpen} onClick={onToggle}>
      <IconChevronRight size={14} aria-hidden />
      <span>{branch.name}</span>
      <span className="tabular" data-done={isDone ? true : undefined}>{isDone ? '✓ ' : ''}{branch.complete}/{branch.sheets.length}</span>
    </button>
  );
}

function Leaves({ branch, sheetId, recordsOpen }: { branch: ClassBranch; sheetId: string | null; recordsOpen: boolean }) {
  return (
    <ul className={styles.leaves}>
      {branch.sheets.map(sheet => (
        <li key={sheet.sheetId}>
          <RouteLink to={`/grades/${sheet.sheetId}`} {...(sheet.sheetId === sheetId ? { 'aria-current': 'page' as const } : {})} title={sheet.teacher ?? text('grades.noTeacher')}>
            <span>{sheet.subjectName}</span>
            <SheetProgress sheet={sheet} />
          </RouteLink>
        </li>
      ))}
      <li>
        <RouteLink to={`/grades/records/${branch.classId}`} {...(recordsOpen ? { 'aria-current': 'page' as const } : {})}><span>{text(branch.sheets.some(sheet => hasPoints(sheet)) ? 'grades.records.titlePrimary' : 'grades.records.title')}</span></RouteLink>
      </li>
    </ul>
  );
}

function SheetProgress({ sheet }: { sheet: SheetSummary }) {
  if (sheet.state === 'locked') return <span className={styles.locked}><IconLock size={13} aria-hidden />{text('grades.tree.locked')}</span>;
  if (sheet.state !== 'open') return <span className={sheet.state === 'reopened' ? styles.reopened : styles.onTheWay}>{text(`gradebook.state.${sheet.state}`)}</span>;
  if (isComplete(sheet)) return <span className={styles.complete}><IconCheck size={13} aria-hidden />{text('grades.tree.complete')}</span>;
  return <span className="tabular">{sheet.filled}/{sheet.expected}</span>;
}

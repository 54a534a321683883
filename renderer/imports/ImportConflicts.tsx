import { Button } from '@mantine/core';
import type { ImportChoice, ImportConflict } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { formatWhen } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { TwoValues } from '../kit/TwoValues.tsx';
import styles from './imports.module.css';

export type Choices = ReadonlyMap<string, ImportChoice>;

/** Cells changed both here and in the file since the sheet was handed out: the program's value beside the file's, each for a person to decide. */
export function ImportConflicts({ conflicts, chosen, onChoose, isDisabled }: { conflicts: readonly ImportConflict[]; chosen: Choices; onChoose: (choices: Choices) => void; isDisabled: boolean }) {
  const open = conflicts.filter(one => !chosen.has(one.key)).length;
  const all = (choice: ImportChoice): void => { onChoose(new Map(conflicts.map(one => [one.key, choice]))); };
  const shown = (value: string | null): string => value ?? text('grades.pane.empty');
  return (
    <>
      <Notice
        state={open > 0 ? 'needs' : 'done'}
        title={open > 0 ? text('imports.conflict.title', { count: conflicts.length, open }) : text('imports.conflict.settled', { count: conflicts.length })}
        acts={(['program', 'file', 'later'] as const).map(choice => <Button key={choice} size="compact-xs" variant="default" disabled={isDisabled} onClick={() => { all(choice); }}>{text(`imports.conflict.all.${choice}`)}</Button>)}
      />
      <div className={styles.conflicts}>
        <TwoValues<ImportChoice>
          label={text('imports.conflict.label')}
          heads={(['cell', 'issued', 'program', 'file', 'later'] as const).map(key => text(`imports.conflict.column.${key}`))}
          rows={conflicts.map(one => ({
            key: one.key, place: <>{one.pupil} — {one.column}<br /><small>{one.where}</small></>, label: `${one.pupil} — ${one.column}`, seen: shown(one.issued),
            choices: [
              { id: 'program', value: shown(one.program), from: one.programBy === '' ? '' : `${one.programBy} · ${formatWhen(one.programAt)}` },
              { id: 'file', value: shown(one.file), from: text('imports.conflict.row', { row: one.row }) },
              { id: 'later', value: text('imports.conflict.later') },
            ],
          }))}
          chosen={chosen}
          onChoose={(key, choice) => { onChoose(new Map(chosen).set(key, choice)); }}
          isDisabled={isDisabled}
        />
      </div>
    </>
  );
}

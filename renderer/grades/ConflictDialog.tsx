import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { MarkConflictView } from '../../preload/contract/mark-sheets.ts';
import type { SheetKind } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatWhen } from '../kit/formats.ts';
import { TwoValues } from '../kit/TwoValues.tsx';
import { useAct } from '../kit/useAct.ts';
import { formatMark } from './mark-words.ts';

type Choice = 'stored' | 'offered';

/** Cells that two people wrote: shows both values with who wrote them and when. Both are in the book, so that it can be decided later. */
export function ConflictDialog({ conflicts, kind, onClose }: { conflicts: readonly MarkConflictView[]; kind: SheetKind; onClose: () => void }) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(new Map());
  const act = useAct(() => api.gradebook.settleConflicts({
    settle: conflicts.flatMap(({ conflictId, stored }) => {
      const choice = chosen.get(conflictId);
      return choice === undefined ? [] : [{ conflictId, choice, stored }];
    }),
  }));
  const words = (value: MarkConflictView['stored']): string => formatMark(value, kind) || text('grades.pane.empty');
  const all = (choice: Choice): void => { setChosen(new Map(conflicts.map(one => [one.conflictId, choice]))); };
  const save = async (): Promise<void> => {
    const done = await act.run();
    refresh('gradebook');
    refresh('grades');
    if (done !== null && done.settled === conflicts.length) onClose();
    else setChosen(new Map());
  };
  return (
    <Modal opened onClose={onClose} title={text('grades.conflict.title', { count: conflicts.length })} size="lg">
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{text('grades.conflict.what')}</p>
        <TwoValues<Choice>
          label={text('grades.conflict.title', { count: conflicts.length })}
          heads={(['cell', 'seen', 'stored', 'offered'] as const).map(key => text(`grades.conflict.${key}`))}
          rows={conflicts.map(one => ({
            key: one.conflictId, place: `${one.order}. ${one.pupil} — ${one.columnTitle}`, label: `${one.pupil} — ${one.columnTitle}`, seen: words(one.seen),
            choices: [
              { id: 'stored', value: words(one.stored), from: one.storedBy === '' ? '' : `${one.storedBy} · ${formatWhen(one.storedAt)}` },
              { id: 'offered', value: words(one.offered), from: `${one.offeredBy} · ${formatWhen(one.offeredAt)}${one.source === '' ? '' : ` · ${one.source}`}` },
            ],
          }))}
          chosen={chosen}
          onChoose={(key, choice) => { setChosen(now => new Map(now).set(key, choice)); }}
          isDisabled={act.isBusy}
        />
        {act.failure === null ? null : <ErrorNotice failure={act.failure} />}
        <Group justify="space-between" gap={8}>
          <Group gap={8}>
            <Button variant="subtle" size="compact-sm" onClick={() => { all('stored'); }}>{text('grades.conflict.allStored')}</Button>
            <Button variant="subtle" size="compact-sm" onClick={() => { all('offered'); }}>{text('grades.conflict.allOffered')}</Button>
          </Group>
          <Group gap={8}>
            <Button variant="default" onClick={onClose}>{text('grades.conflict.later')}</Button>
            <Button loading={act.isBusy} disabled={chosen.size === 0} onClick={() => { void save(); }}>{text('grades.conflict.settle', { count: chosen.size })}</Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}

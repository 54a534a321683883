import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { PlacementPupil } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { showUndo } from '../kit/toasts.tsx';
import { undoMove } from './ClassMoves.tsx';

/** Puts everybody where the proposal says, with a day and a reason; taken back as one act. */
export function ApplyPlacement({ year, grade, pupils, onClose, onDone }: { year: string; grade: number; pupils: PlacementPupil[]; onClose: () => void; onDone: () => void }) {
  const [on, setOn] = useState(`${year.slice(0, 4)}-09-05`);
  return (
    <ConfirmDialog
      title={text('classes.placement.apply', { count: pupils.length })}
      confirmLabel={text('classes.move.act')}
      reason={{ label: text('school.reason'), minLength: 3, placeholder: text('classes.placement.reasonExample') }}
      onConfirm={async reason => {
        const result = await api.classes.place({ year, grade, on, reason, places: pupils.map(({ enrolmentId, toClassId }) => ({ enrolmentId, toClassId })) });
        if (result.ok) {
          for (const feature of ['classes', 'students'] as const) refresh(feature);
          const { actId, moved } = result.value;
          if (actId !== null) showUndo(text('classes.placement.done', { count: moved }), () => { void undoMove(actId); });
          onDone();
        }
        return result;
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <span>{text('classes.placement.applyNote')}</span>
        <DayInput label={text('classes.move.on')} required value={on} onChange={setOn} />
      </Stack>
    </ConfirmDialog>
  );
}

import { Checkbox, Select, Stack, Table } from '@mantine/core';
import { useState } from 'react';
import type { ClassCard, MovePreview } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import { showUndo } from '../kit/toasts.tsx';
import { undoMove } from './ClassMoves.tsx';
import styles from './classes.module.css';

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}

/** Where to, from when, why; and pupil by pupil what becomes of the marks before anything is done. */
export function MoveDialog({ ids, toClassId, targets, onClose, onMoved }: { ids: string[]; toClassId: string | null; targets: ClassCard[]; onClose: () => void; onMoved: () => void }) {
  const [to, setTo] = useState(toClassId);
  const [on, setOn] = useState(today);
  const [leaveMarks, setLeaveMarks] = useState(false);
  const preview = useRead('classes.movePreview', { enrolmentIds: ids, toClassId: to ?? '-' }, { enabled: to !== null });
  const hasBlocked = preview.data?.pupils.some(pupil => pupil.marks.some(one => one.outcome === 'blocked')) ?? false;
  return (
    <ConfirmDialog
      title={text('classes.people.move', { count: ids.length })}
      confirmLabel={text('classes.move.act')}
      reason={{ label: text('school.reason'), minLength: 3, placeholder: text('classes.move.reasonExample') }}
      onConfirm={async reason => {
        const result = await api.classes.move({ enrolmentIds: ids, toClassId: to ?? '-', on, reason, leaveMarks });
        if (result.ok) {
          for (const feature of ['classes', 'students', 'grades'] as const) refresh(feature);
          onMoved();
          showUndo(text('classes.move.done', { count: ids.length, class: preview.data?.toClass ?? '' }), () => { void undoMove(result.value.actId); });
        }
        return result;
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Select label={text('classes.move.to')} required allowDeselect={false} data={targets.map(one => ({ value: one.classId, label: text('classes.move.target', { name: one.name, pupils: one.pupils }) }))} value={to} onChange={setTo} />
        <DayInput label={text('classes.move.on')} required value={on} onChange={setOn} />
        {preview.data === undefined ? null : <Fates preview={preview.data} />}
        {hasBlocked ? <Checkbox label={text('classes.move.leave')} description={text('classes.move.leaveNote')} checked={leaveMarks} onChange={event => { setLeaveMarks(event.currentTarget.checked); }} /> : null}
      </Stack>
    </ConfirmDialog>
  );
}

function Fates({ preview }: { preview: MovePreview }) {
  return (
    <div className={styles.fates}>
      <Table>
        <Table.Tbody>
          {preview.pupils.map(pupil => {
            const blocked = pupil.marks.filter(one => one.outcome === 'blocked');
            const going = pupil.marks.filter(one => one.outcome === 'go');
            const count = going.reduce((sum, one) => sum + one.count, 0);
            return (
              <Table.Tr key={pupil.enrolmentId}>
                <Table.Td className={styles.fateName}>{pupil.name}</Table.Td>
                <Table.Td>
                  {pupil.refusal === null ? null : <Fate state="blocked">{pupil.refusal}</Fate>}
                  {pupil.refusal === null && pupil.marks.length === 0 ? <Fate state="quiet">{text('classes.move.noMarks')}</Fate> : null}
                  {pupil.refusal === null && count > 0 ? <Fate state="done">{text('classes.move.goes', { count, subjects: [...new Set(going.map(one => one.subjectName))].join(', ') })}</Fate> : null}
                  {pupil.refusal === null ? blocked.map(one => <Fate key={`${one.subjectName} ${one.term}`} state="blocked">{text('classes.move.stays', { subject: one.subjectName, term: one.term, why: one.why })}</Fate>) : null}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const signs: Record<WorkState, string> = { needs: '●', done: '✓', blocked: '✕', quiet: '–' };

function Fate({ state, children }: { state: WorkState; children: string }) {
  return <div className={styles.fate} data-state={state}><span aria-hidden>{signs[state]}</span>{children}</div>;
}

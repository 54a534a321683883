import { Button } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { formatDate } from '../kit/formats.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';

const NAMED = 3;

export async function undoMove(actId: string): Promise<void> {
  const result = await api.classes.undoMove({ actId });
  for (const feature of ['classes', 'students'] as const) refresh(feature);
  if (result.ok) showDone(text('classes.moves.undone', { count: result.value.undone }));
  else showFailure(result.error);
}

/** Who came to a class and who went from it; each act can be taken back while nothing rests on it. */
export function ClassMoves({ classId }: { classId: string }) {
  const { may } = useSession();
  const { data } = useRead('classes.moves', { classId });
  if (data === undefined || data.moves.length === 0) return null;
  return (
    <>
      <h2>{text('classes.moves.title')}</h2>
      <ul>
        {data.moves.map(act => (
          <li key={act.actId} data-undone={act.state === 'undone' ? true : undefined}>
            <div>
              <strong>{act.pupils.slice(0, NAMED).map(pupil => pupil.name).join(', ')}{act.pupils.length > NAMED ? text('classes.moves.others', { count: act.pupils.length - NAMED }) : ''}</strong>
              <span className="tabular">{text('classes.moves.line', { from: act.pupils[0]?.fromClass ?? '', to: act.pupils[0]?.toClass ?? '', on: formatDate(act.on), by: act.by })}</span>
              <span>{act.state === 'undone' ? text('classes.moves.wasUndone') : act.note}</span>
            </div>
            {act.state === 'done' && may('records.edit') ? <Button size="compact-xs" variant="subtle" onClick={() => { void undoMove(act.actId); }}>{text('kit.undo')}</Button> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

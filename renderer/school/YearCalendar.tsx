import { ActionIcon, Button, Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { schoolLevels } from '../../preload/contract/school.ts';
import type { CalendarEntry } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { formatDate, formatYear } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { daysBetween, spansOf } from './calendar-spans.ts';
import type { CalendarSpan } from './calendar-spans.ts';
import styles from './school.module.css';

/** Holidays of a year and the days made up for them; the attendance follows it. */
export function YearCalendar({ year, mayEdit }: { year: string; mayEdit: boolean }) {
  const read = useRead('school.calendar', { year });
  const [isAdding, setAdding] = useState(false);
  const add = mayEdit ? <Button size="compact-sm" variant="default" onClick={() => { setAdding(true); }}>{text('school.calendar.add')}</Button> : null;
  const remove = (span: CalendarSpan): void => {
    void writeDays(year, span.days.map(day => ({ ...day, kind: null })), text('school.calendar.removed', { name: span.name }));
  };
  return (
    <Card flush title={text('school.calendar.title', { year: formatYear(year) })} acts={add}>
      <Waiting read={read} lines={4}>
        {({ days }) => (days.length === 0 ? <p className={styles.quiet}>{text('school.calendar.none')}</p> : (
          <ul className={`${styles.list ?? ''} ${styles.days ?? ''}`}>
            {spansOf(days).map(span => (
              <li key={`${span.from} ${span.level}`}>
                <div>
                  {span.name === '' ? text(`school.calendar.${span.kind}`) : span.name}{' '}
                  <span className="tabular">{span.from === span.to ? formatDate(span.from) : `${formatDate(span.from)} – ${formatDate(span.to)}`} · {text(`school.calendar.${span.kind}`)}{span.level === '' ? '' : ` · ${text(`school.level.${span.level}`)}`}</span>
                </div>
                {mayEdit ? <ActionIcon variant="subtle" aria-label={text('school.remove', { name: `${span.name} ${formatDate(span.from)}` })} onClick={() => { remove(span); }}><IconTrash size={15} /></ActionIcon> : null}
              </li>
            ))}
          </ul>
        ))}
      </Waiting>
      {isAdding ? <AddDays year={year} onClose={() => { setAdding(false); }} /> : null}
    </Card>
  );
}

async function writeDays(year: string, days: CalendarEntry[], message: string) {
  const result = await api.school.setDays({ year, days });
  refresh('school');
  if (result.ok) {
    showUndo(message, () => {
      void api.school.setDays({ year, days: result.value.before, reason: text('kit.undo') }).then(undone => { if (!undone.ok) showFailure(undone.error); refresh('school'); });
    });
  }
  return result;
}

function AddDays({ year, onClose }: { year: string; onClose: () => void }) {
  const { school } = useSession();
  const [draft, setDraft] = useState({ from: '', to: '', name: '', level: '', kind: 'off' });
  const [saturdaysOnly, setSaturdaysOnly] = useState(false);
  const set = (key: keyof typeof draft) => (value: string | null) => { setDraft(before => ({ ...before, [key]: value ?? '' })); };
  const kind = draft.kind === 'on' ? 'on' : 'off';
  const level = schoolLevels.find(one => one === draft.level) ?? '';
  const days = daysBetween(draft.from, draft.to === '' ? draft.from : draft.to, kind, saturdaysOnly).map((date): CalendarEntry => ({ date, level, kind, name: draft.name }));
  return (
    <ConfirmDialog
      title={text('school.calendar.add')}
      confirmLabel={text('school.calendar.save', { count: days.length })}
      onConfirm={() => writeDays(year, days, text('school.calendar.saved', { count: days.length }))}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput data-autofocus label={text('school.calendar.name')} placeholder={text('school.calendar.nameExample')} maxLength={100} value={draft.name} onChange={event => { set('name')(event.currentTarget.value); }} />
        <div className={styles.pair}>
          <DayInput label={text('school.calendar.from')} required value={draft.from} onChange={set('from')} />
          <DayInput label={text('school.calendar.to')} value={draft.to} onChange={set('to')} />
          <Select label={text('school.calendar.kind')} allowDeselect={false} data={(['off', 'on'] as const).map(value => ({ value, label: text(`school.calendar.${value}`) }))} value={draft.kind} onChange={set('kind')} />
          {school.levels.length < 2 ? null : (
            <Select label={text('school.column.level')} allowDeselect={false} data={[{ value: '', label: text('school.calendar.allLevels') }, ...school.levels.map(value => ({ value, label: text(`school.level.${value}`) }))]} value={draft.level} onChange={set('level')} />
          )}
        </div>
        {kind === 'off' ? <Checkbox label={text('school.calendar.saturdays')} checked={saturdaysOnly} onChange={event => { setSaturdaysOnly(event.currentTarget.checked); }} /> : null}
      </Stack>
    </ConfirmDialog>
  );
}

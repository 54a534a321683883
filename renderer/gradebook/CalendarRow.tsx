import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CalendarEntry, CalendarPoint } from '../../preload/contract/gradebook-locks.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { momentWords, parseDay, parseMoment } from '../kit/moments.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';


export interface CalendarRowProps {
  year: string;
  level: SchoolLevel | null;
  point: CalendarPoint;
  own: CalendarEntry | undefined;
  /** What holds for all levels, shown where this level has nothing of its own. */
  shared: CalendarEntry | undefined;
  mayChange: boolean;
}

/** One point of the year: from when, due, and the minute of the lock. */
export function CalendarRow({ year, level, point, own, shared, mayChange }: CalendarRowProps) {
  const first = { opensOn: formatDate(own?.opensOn ?? ''), dueOn: formatDate(own?.dueOn ?? ''), locksAt: momentWords(own?.locksAt ?? null) };
  const [opensOn, setOpensOn] = useState(first.opensOn);
  const [dueOn, setDueOn] = useState(first.dueOn);
  const [locksAt, setLocksAt] = useState(first.locksAt);
  const read = { opensOn: parseDay(opensOn), dueOn: parseDay(dueOn), locksAt: parseMoment(locksAt) };
  const [isBusy, setBusy] = useState(false);
  const isChanged = opensOn !== first.opensOn || dueOn !== first.dueOn || locksAt !== first.locksAt;
  const isReady = isChanged && Object.values(read).every(value => value !== undefined);
  const name = text(`gradebook.point.${point}`);
  const send = async (): Promise<void> => {
    const input = { year, level, point, opensOn: read.opensOn ?? null, dueOn: read.dueOn ?? null, locksAt: read.locksAt ?? null, version: own?.version ?? null };
    setBusy(true);
    const result = await api.gradebook.saveCalendarEntry(input);
    setBusy(false);
    if (!result.ok) {
      showFailure(result.error);
      return;
    }
    showDone(text('gradebook.calendar.saved', { point: name }));
    refresh('gradebook');
    refresh('grades');
  };
  const fields = [
    { key: 'opensOn', value: opensOn, set: setOpensOn, hint: shared?.opensOn == null ? '' : formatDate(shared.opensOn) },
    { key: 'dueOn', value: dueOn, set: setDueOn, hint: shared?.dueOn == null ? '' : formatDate(shared.dueOn) },
    { key: 'locksAt', value: locksAt, set: setLocksAt, hint: shared?.locksAt == null ? '' : formatDateTime(shared.locksAt) },
  ] as const;
  return (
    <tr>
      <th scope="row">{name}</th>
      {fields.map(field => (
        <td key={field.key}>
          <TextInput
            placeholder={text(field.key === 'locksAt' ? 'gradebook.momentHint' : 'gradebook.dayHint')}
            error={read[field.key] === undefined}
            readOnly={!mayChange}
            aria-label={`${name}: ${text(`gradebook.calendar.column.${field.key}`)}`}
            value={field.value}
            onChange={event => { field.set(event.currentTarget.value); }}
            onKeyDown={event => { if (event.key === 'Enter' && isReady) void send(); }}
          />
          {field.value === '' && field.hint !== '' ? <small>{text('gradebook.calendar.shared', { value: field.hint })}</small> : null}
        </td>
      ))}
      <td>{mayChange && isChanged ? <Button size="xs" disabled={!isReady} loading={isBusy} onClick={() => { void send(); }}>{text('gradebook.calendar.save')}</Button> : null}</td>
    </tr>
  );
}

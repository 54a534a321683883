import { NumberInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IncidentView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { formatDate, formatDateTime } from '../kit/formats.ts';
import { momentWords, parseDay, parseMoment } from '../kit/moments.ts';
import { showDone } from '../kit/toasts.tsx';
import { DayInput } from './DayInput.tsx';
import { FormDialog } from './FormDialog.tsx';

const word = (part: string) => text(`personalData.incident.${part}`);

/** An incident, new or as it stands; the term for reporting runs from its discovery. */
export function IncidentDialog({ incident, onClose }: { incident: IncidentView | null; onClose: () => void }) {
  const [values, setValues] = useState(() => ({
    discoveredAt: momentWords(incident?.discoveredAt ?? new Date().toISOString()), happened: incident?.happened ?? '', categories: incident?.categories ?? '',
    measures: incident?.measures ?? '', reportedAt: momentWords(incident?.reportedAt ?? null), reportedTo: incident?.reportedTo ?? '', toldOn: formatDate(incident?.toldOn ?? ''),
  }));
  const [peopleCount, setPeopleCount] = useState(incident?.peopleCount ?? 0);
  const discoveredAt = parseMoment(values.discoveredAt);
  const reportedAt = parseMoment(values.reportedAt);
  const toldOn = parseDay(values.toldOn);
  const isReady = typeof discoveredAt === 'string' && reportedAt !== undefined && toldOn !== undefined && values.happened.trim().length >= 3;
  const save = async () => {
    const result = await api.personalData.saveIncident({
      // What was typed has no seconds: an unchanged moment stays the very same.
      discoveredAt: incident !== null && values.discoveredAt === momentWords(incident.discoveredAt) ? incident.discoveredAt : discoveredAt ?? '',
      happened: values.happened, categories: values.categories, peopleCount, measures: values.measures,
      reportedAt: incident !== null && values.reportedAt === momentWords(incident.reportedAt) ? incident.reportedAt : reportedAt ?? null,
      reportedTo: values.reportedTo, toldOn: toldOn ?? null, ...(incident === null ? {} : { incidentId: incident.incidentId, version: incident.version }),
    });
    if (result.ok) showDone(text('personalData.incident.saved', { by: formatDateTime(result.value.reportBy) }));
    return result;
  };
  const line = (name: 'discoveredAt' | 'reportedAt' | 'reportedTo' | 'categories', fault = false) => (
    <TextInput label={word(`field.${name}`)} required={name === 'discoveredAt'} maxLength={200} value={values[name]} error={fault ? text('personalData.momentFault') : undefined} onChange={event => { setValues({ ...values, [name]: event.currentTarget.value }); }} />
  );
  const long = (name: 'happened' | 'measures') => (
    <Textarea label={word(`field.${name}`)} required={name === 'happened'} autosize minRows={2} maxLength={2000} value={values[name]} onChange={event => { setValues({ ...values, [name]: event.currentTarget.value }); }} />
  );
  return (
    <FormDialog title={incident === null ? word('add') : text('personalData.incident.edit', { number: incident.number })} isReady={isReady} onSave={save} onClose={onClose}>
      {long('happened')}
      <SimpleGrid cols={2} spacing="sm">
        {line('discoveredAt', typeof discoveredAt !== 'string')}
        <NumberInput label={word('field.peopleCount')} min={0} max={1_000_000} allowDecimal={false} value={peopleCount} onChange={value => { setPeopleCount(Number(value) || 0); }} />
      </SimpleGrid>
      {line('categories')}
      {long('measures')}
      <SimpleGrid cols={2} spacing="sm">
        {line('reportedAt', reportedAt === undefined)}
        {line('reportedTo')}
        <DayInput label={word('field.toldOn')} value={values.toldOn} onChange={value => { setValues({ ...values, toldOn: value }); }} />
      </SimpleGrid>
    </FormDialog>
  );
}

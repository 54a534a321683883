import { Button, Checkbox, Group, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { schoolLevels } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card } from '../kit/Page.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './school.module.css';

type Draft = Record<string, string>;
const schoolKeys = ['code', 'name', 'superior', 'commune', 'province'] as const;
const people = ['principal', 'secretary'] as const;

/** The school year that a day belongs to or that is about to begin: from June on, the next. */
function firstYear(now: Date): { year: string } & Record<'startsOn' | 'term2From' | 'endsOn', string> {
  const first = now.getMonth() >= 5 ? now.getFullYear() : now.getFullYear() - 1;
  return { year: `${first}-${first + 1}`, startsOn: `${first}-09-05`, term2From: `${first + 1}-01-18`, endsOn: `${first + 1}-05-31` };
}

/** The first screen of an empty database: the school, its first year, and its first two people. */
export function BeginSchoolPage() {
  const [draft, setDraft] = useState<Draft>({ 'principal.user': 'hieutruong', 'secretary.user': 'vanthu' });
  const [levels, setLevels] = useState<readonly string[]>([]);
  const [dates, setDates] = useState(() => firstYear(new Date()));
  const begin = useAct(api.accounts.beginSchool);
  const value = (key: string) => draft[key] ?? '';
  const input = (key: string, label: string, focus = false): ReactNode => (
    <TextInput key={key} label={label} required value={value(key)} maxLength={200} autoFocus={focus} error={begin.failure?.field === key} onChange={event => { const typed = event.currentTarget.value; setDraft(before => ({ ...before, [key]: typed })); }} />
  );
  const account = (of: (typeof people)[number]) => ({ user: value(`${of}.user`), name: value(`${of}.name`), password: value(`${of}.password`) });
  const needed = [...schoolKeys, ...people.flatMap(of => [`${of}.user`, `${of}.name`, `${of}.password`])];
  const isUnequal = people.some(of => value(`${of}.again`) !== value(`${of}.password`));
  const isReady = needed.every(key => value(key).trim() !== '') && levels.length > 0 && !isUnequal && Object.values(dates).every(day => day !== '');
  const submit = async (): Promise<void> => {
    if (!isReady || begin.isBusy) return;
    const [code, name, superior, commune, province] = schoolKeys.map(value) as [string, string, string, string, string];
    const done = await begin.run({
      code, name, superior, commune, province, levels: schoolLevels.filter(level => levels.includes(level)), ...dates, principal: account('principal'), secretary: account('secretary'),
    });
    if (done === null) return;
    showDone(text('school.begin.done', { user: done.user }));
    refresh('accounts');
  };
  return (
    <main className={styles.gate}>
      <form className={styles.begin} onSubmit={event => { event.preventDefault(); void submit(); }}>
        <header><h1>{text('school.begin.title')}</h1><p>{text('school.begin.note')}</p></header>
        <Card title={text('school.begin.school')}>
          <div className={styles.pair}>{schoolKeys.map((key, index) => input(key, text(key === 'code' ? 'school.begin.code' : `school.field.${key}`), index === 0))}</div>
          <Group mt={10} gap={18}>
            {schoolLevels.map(level => (
              <Checkbox key={level} label={text(`school.level.${level}`)} checked={levels.includes(level)} onChange={event => { const isOn = event.currentTarget.checked; setLevels(before => (isOn ? [...before, level] : before.filter(one => one !== level))); }} />
            ))}
          </Group>
        </Card>
        <Card title={text('school.begin.year')}>
          <div className={styles.pair}>
            <TextInput label={text('school.column.year')} required value={dates.year} onChange={event => { const year = event.currentTarget.value.trim(); setDates(before => ({ ...before, year })); }} />
            {([['startsOn', 'starts_on'], ['term2From', 'term2_from'], ['endsOn', 'ends_on']] as const).map(([key, word]) => (
              <DayInput key={key} label={text(`school.column.${word}`)} required value={dates[key]} onChange={day => { setDates(before => ({ ...before, [key]: day })); }} />
            ))}
          </div>
        </Card>
        {people.map(of => (
          <Card key={of} title={text(`school.begin.${of}`)}>
            <div className={styles.pair}>
              {input(`${of}.name`, text('school.begin.personName'))}
              {input(`${of}.user`, text('window.signIn.user'))}
              {(['password', 'again'] as const).map(key => (
                <PasswordInput
                  key={key}
                  size="xs"
                  label={text(`school.begin.${key}`)}
                  required
                  autoComplete="new-password"
                  value={value(`${of}.${key}`)}
                  error={key === 'again' && value(`${of}.again`) !== '' && value(`${of}.again`) !== value(`${of}.password`) ? text('school.begin.unequal') : begin.failure?.field === `${of}.${key}`}
                  onChange={event => { const typed = event.currentTarget.value; setDraft(before => ({ ...before, [`${of}.${key}`]: typed })); }}
                />
              ))}
            </div>
          </Card>
        ))}
        {begin.failure === null ? null : <ErrorNotice failure={begin.failure} />}
        <Group justify="flex-end"><Button type="submit" loading={begin.isBusy} disabled={!isReady}>{text('school.begin.act')}</Button></Group>
      </form>
    </main>
  );
}

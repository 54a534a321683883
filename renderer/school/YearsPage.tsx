import { Button, Group, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SchoolYearRecord } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { formatDate, formatYear } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { YearCalendar } from './YearCalendar.tsx';
import styles from './school.module.css';

const noHints: [] = [];
type Dates = Record<'startsOn' | 'endsOn' | 'term2From', string>;
type Asked = { kind: 'create' | 'save'; year: string; version: number; dates: Dates } | { kind: 'current'; year: string };

/** The school's years with their days, and the calendar of the year on screen. */
export default function YearsPage() {
  const { year, may } = useSession();
  const read = useRead('school.years', {});
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayEdit = may('system.manage');
  useFoot(text('school.years.where'), noHints);
  const next = read.data?.next;
  return (
    <Page
      title={text('school.years.title')}
      trail={[{ title: text('system.screen.title'), to: '/system' }]}
      acts={mayEdit && next !== undefined ? <Button onClick={() => { setAsked({ kind: 'create', year: next.year, version: 0, dates: next }); }}>{text('school.years.create', { year: formatYear(next.year) })}</Button> : null}
    >
      <div className={styles.column}>
        <Card flush>
          <Waiting read={read} lines={4}>
            {found => (
              <Table>
                <Table.Thead><Table.Tr>{(['year', 'starts_on', 'term2_from', 'ends_on'] as const).map(key => <Table.Th key={key}>{text(`school.column.${key}`)}</Table.Th>)}<Table.Th>{text('school.years.state')}</Table.Th><Table.Th>{text('school.years.holds')}</Table.Th><Table.Th /></Table.Tr></Table.Thead>
                <Table.Tbody>{found.years.map(one => <OneYear key={one.year} one={one} mayEdit={mayEdit} onAsk={setAsked} />)}</Table.Tbody>
              </Table>
            )}
          </Waiting>
        </Card>
        <YearCalendar year={year} mayEdit={mayEdit} />
      </div>
      {asked === null ? null : asked.kind === 'current'
        ? <CurrentDialog year={asked.year} onClose={() => { setAsked(null); }} />
        : <DatesDialog asked={asked} onClose={() => { setAsked(null); }} />}
    </Page>
  );
}

function OneYear({ one, mayEdit, onAsk }: { one: SchoolYearRecord; mayEdit: boolean; onAsk: (asked: Asked) => void }) {
  const { year, version, startsOn, endsOn, term2From } = one;
  return (
    <Table.Tr>
      <Table.Td className="tabular">{formatYear(year)}</Table.Td>
      {[startsOn, term2From, endsOn].map((day, index) => <Table.Td key={index} className="tabular">{formatDate(day)}</Table.Td>)}
      <Table.Td><StateBadge state={one.isCurrent ? 'done' : 'quiet'}>{text(one.isCurrent ? 'school.years.current' : `school.years.${one.state}`)}</StateBadge></Table.Td>
      <Table.Td className="tabular">{text('school.years.counts', { classes: one.classes, days: one.days })}</Table.Td>
      <Table.Td>
        {mayEdit && one.state === 'open' ? (
          <Group gap={6} justify="flex-end">
            <Button size="compact-xs" variant="default" onClick={() => { onAsk({ kind: 'save', year, version, dates: { startsOn, endsOn, term2From } }); }}>{text('school.years.edit')}</Button>
            {one.isCurrent ? null : <Button size="compact-xs" variant="default" onClick={() => { onAsk({ kind: 'current', year }); }}>{text('school.years.makeCurrent')}</Button>}
          </Group>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function DatesDialog({ asked: { kind, year: named, version, dates: known }, onClose }: { asked: Extract<Asked, { kind: 'create' | 'save' }>; onClose: () => void }) {
  const [year, setYear] = useState(named);
  const [dates, setDates] = useState<Dates>({ startsOn: known.startsOn, endsOn: known.endsOn, term2From: known.term2From });
  const title = text(kind === 'create' ? 'school.years.create' : 'school.years.editYear', { year: formatYear(year) });
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={text('kit.record.save')}
      onConfirm={async () => {
        const result = kind === 'create' ? await api.school.createYear({ year, ...dates }) : await api.school.saveYear({ year, expectedVersion: version, ...dates });
        refresh('school');
        return result;
      }}
      onClose={onClose}
    >
      <div className={styles.pair}>
        {kind === 'create' ? <TextInput label={text('school.column.year')} value={year} onChange={event => { setYear(event.currentTarget.value.trim()); }} /> : null}
        {([['startsOn', 'starts_on'], ['term2From', 'term2_from'], ['endsOn', 'ends_on']] as const).map(([key, word]) => (
          <DayInput key={key} label={text(`school.column.${word}`)} required value={dates[key]} onChange={day => { setDates(before => ({ ...before, [key]: day })); }} />
        ))}
      </div>
    </ConfirmDialog>
  );
}

function CurrentDialog({ year, onClose }: { year: string; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={text('school.years.makeCurrent')}
      confirmLabel={text('school.years.makeCurrent')}
      reason={{ label: text('school.reason'), minLength: 3 }}
      onConfirm={async reason => {
        const result = await api.school.makeCurrent({ year, reason });
        refresh('school');
        return result;
      }}
      onClose={onClose}
    >
      {text('school.years.makeCurrentNote', { year: formatYear(year) })}
    </ConfirmDialog>
  );
}

import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { RollPreview } from '../../preload/contract/roll-over.ts';
import { text } from '../../resources/language/language.ts';
import { DayInput } from '../kit/DayInput.tsx';
import { formatNumber, formatYear } from '../kit/formats.ts';
import { placeOf, renamed, type RollDraft } from './roll-over-draft.ts';
import styles from './year-end.module.css';

/** The new year and its classes: names, homeroom teachers, how many pupils each gets. */
export function RollClasses({ plan, draft, onChange }: { plan: RollPreview; draft: RollDraft; onChange: (draft: RollDraft) => void }) {
  const heads = new Map<string, number>();
  for (const pupil of plan.pupils) {
    const place = placeOf(draft, pupil);
    if (place.kind === 'class') heads.set(place.name, (heads.get(place.name) ?? 0) + 1);
  }
  const staff = plan.staff.map(one => ({ value: one.staffId, label: one.name }));
  const set = (index: number, part: Partial<RollDraft['classes'][number]>): void => {
    onChange({ ...draft, classes: draft.classes.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  };
  const grades = [...new Set(plan.classes.map(one => one.grade))].toSorted((left, right) => left - right);
  const addTo = (grade: number): void => {
    onChange({ ...draft, classes: [...draft.classes, { name: `${grade}…`, grade, fromClassId: plan.classes.find(one => one.grade === grade)?.fromClassId ?? null, homeroomStaffId: null, homeroom: null, exists: false }] });
  };
  return (
    <div className={styles.why}>
      <h2>{text('yearEnd.screen.roll.newYear', { year: formatYear(plan.toYear) })}</h2>
      <RollDays draft={draft} onChange={onChange} />
      <h3>{text('yearEnd.screen.roll.classes')}</h3>
      <div className={styles.rollClasses}>
        <table>
          <thead><tr><th>{text('yearEnd.screen.column.class')}</th><th>{text('yearEnd.screen.column.pupils')}</th><th>{text('yearEnd.screen.roll.homeroom')}</th><th aria-label={text('yearEnd.screen.roll.remove')} /></tr></thead>
          <tbody>
            {draft.classes.map((one, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a name is being typed here: it cannot be the key of its own field
              <tr key={`${one.grade} ${index}`}>
                <td><TextInput size="xs" w={72} aria-label={text('yearEnd.screen.roll.className', { grade: one.grade })} value={one.name} maxLength={20} disabled={one.exists} onChange={event => { onChange(renamed(draft, index, event.currentTarget.value)); }} /></td>
                <td className="tabular">{formatNumber(heads.get(one.name) ?? 0)}</td>
                <td><Select size="xs" searchable clearable aria-label={text('yearEnd.screen.roll.homeroomOf', { name: one.name })} placeholder={text('yearEnd.screen.roll.noHomeroom')} data={staff} value={one.homeroomStaffId} onChange={value => { set(index, { homeroomStaffId: value }); }} /></td>
                <td>{one.exists ? null : <ActionIcon variant="subtle" color="gray" size="sm" aria-label={text('yearEnd.screen.roll.removeClass', { name: one.name })} onClick={() => { onChange({ ...draft, classes: draft.classes.filter((_one, at) => at !== index) }); }}><IconX size={14} /></ActionIcon>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.formActs} style={{ flexWrap: 'wrap', marginTop: 10 }}>
        {grades.map(grade => <Button key={grade} size="compact-xs" variant="default" leftSection={<IconPlus size={12} />} onClick={() => { addTo(grade); }}>{text('yearEnd.screen.roll.addClass', { grade })}</Button>)}
        <Button size="compact-xs" variant="subtle" onClick={() => { onChange({ ...draft, classes: draft.classes.map(one => ({ ...one, homeroomStaffId: null })) }); }}>{text('yearEnd.screen.roll.clearHomerooms')}</Button>
      </div>
      {plan.gone === 0 ? null : <p>{text('yearEnd.screen.roll.gone', { count: formatNumber(plan.gone) })}</p>}
      <p>{text('yearEnd.screen.roll.brings')}</p>
    </div>
  );
}

/** The three days of the new year. */
function RollDays({ draft, onChange }: { draft: RollDraft; onChange: (draft: RollDraft) => void }) {
  return (
    <div className={styles.rollDays}>
      {(['startsOn', 'term2From', 'endsOn'] as const).map(id => (
        <DayInput key={id} label={text(`yearEnd.screen.roll.${id}`)} value={draft[id]} onChange={day => { onChange({ ...draft, [id]: day }); }} />
      ))}
    </div>
  );
}

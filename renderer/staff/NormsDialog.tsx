import { ActionIcon, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { schoolLevels } from '../../preload/contract/school.ts';
import type { TeachingNorms } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Notice } from '../kit/Notice.tsx';
import { showDone } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './staff.module.css';
import { lessonsFrom, lessonsText } from './teaching-words.tsx';

type Figures = Record<string, string>;

function figuresOf(norms: TeachingNorms): Figures {
  return {
    weeks: String(norms.weeks), principal: lessonsText(norms.principal), vicePrincipal: lessonsText(norms.vicePrincipal),
    ...Object.fromEntries(schoolLevels.flatMap(level => [[`teacher.${level}`, lessonsText(norms.teacher[level])], [`homeroom.${level}`, lessonsText(norms.homeroom[level])]])),
  };
}

/** How many lessons a week are whose, and what duties count for. Proposals until somebody confirms them. */
export function NormsDialog({ norms, onClose }: { norms: TeachingNorms; onClose: () => void }) {
  const { school } = useSession();
  const [figures, setFigures] = useState<Figures>(() => figuresOf(norms));
  const [duties, setDuties] = useState(() => norms.duties.map(({ name, periods }) => ({ name, periods: lessonsText(periods) })));
  const save = useAct(api.staff.saveNorms);
  const weeks = Number(figures['weeks']);
  const lessons = (key: string) => lessonsFrom(figures[key] ?? '');
  const isReady = Number.isInteger(weeks) && weeks >= 1 && weeks <= 52 && Object.keys(figures).every(key => key === 'weeks' || lessons(key) !== null)
    && duties.every(duty => duty.name.trim() !== '' && lessonsFrom(duty.periods) !== null);
  const submit = async (): Promise<void> => {
    if (!isReady || save.isBusy) return;
    const byLevel = (what: 'teacher' | 'homeroom') => ({ 'tieu-hoc': lessons(`${what}.tieu-hoc`) ?? 0, thcs: lessons(`${what}.thcs`) ?? 0, thpt: lessons(`${what}.thpt`) ?? 0 });
    const saved = await save.run({
      norms: {
        weeks, teacher: byLevel('teacher'), homeroom: byLevel('homeroom'), principal: lessons('principal') ?? 0, vicePrincipal: lessons('vicePrincipal') ?? 0,
        duties: duties.map(({ name, periods }) => ({ name: name.trim(), periods: lessonsFrom(periods) ?? 0 })),
      },
    });
    if (saved === null) return;
    showDone(text('staff.teaching.normsSaved'));
    refresh('staff');
    onClose();
  };
  const input = (key: string, label: string) => (
    <TextInput
      key={key}
      label={label}
      value={figures[key] ?? ''}
      {...(key !== 'weeks' && lessons(key) === null ? { error: text('staff.fault.periods') } : {})}
      onChange={event => { const { value } = event.currentTarget; setFigures(before => ({ ...before, [key]: value })); }}
    />
  );
  const setDuty = (index: number, change: Partial<{ name: string; periods: string }>): void => { setDuties(before => before.map((duty, at) => (at === index ? { ...duty, ...change } : duty))); };
  return (
    <Modal opened onClose={onClose} title={text('staff.teaching.normsTitle')} size="lg">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          {norms.isConfirmed ? null : <Notice state="needs" title={text('staff.teaching.normsUnconfirmed')}><p>{text('staff.teaching.normsWhat')}</p></Notice>}
          <Group grow align="start">{input('weeks', text('staff.teaching.normsWeeks'))}{input('principal', text('staff.teaching.normsPrincipal'))}{input('vicePrincipal', text('staff.teaching.normsVice'))}</Group>
          {school.levels.map(level => (
            <Group key={level} grow align="start">
              {input(`teacher.${level}`, `${text('staff.teaching.normsTeacher')} ${text(`staff.teaching.level.${level}`)} (${text('staff.load.perWeek')})`)}
              {input(`homeroom.${level}`, `${text('staff.teaching.normsHomeroom')}, ${text(`staff.teaching.level.${level}`)}`)}
            </Group>
          ))}
          <p className={styles.note}>{text('staff.teaching.normsLevel')}</p>
          <strong>{text('staff.teaching.normsDuties')}</strong>
          {duties.map((duty, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place while they are typed
            <Group key={index} gap={8} wrap="nowrap">
              <TextInput style={{ flex: 1 }} aria-label={text('staff.teaching.normsDutyName')} placeholder={text('staff.teaching.normsDutyName')} value={duty.name} onChange={event => { setDuty(index, { name: event.currentTarget.value }); }} />
              <TextInput w={90} aria-label={text('staff.teaching.postPeriods')} value={duty.periods} onChange={event => { setDuty(index, { periods: event.currentTarget.value }); }} />
              <ActionIcon variant="subtle" aria-label={text('staff.teaching.normsDutyRemove')} title={text('staff.teaching.normsDutyRemove')} onClick={() => { setDuties(before => before.filter((_, at) => at !== index)); }}><IconX size={15} /></ActionIcon>
            </Group>
          ))}
          <Group><Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => { setDuties(before => [...before, { name: '', periods: '' }]); }}>{text('staff.teaching.normsDutyAdd')}</Button></Group>
          {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={!isReady}>{text('staff.teaching.normsSave')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

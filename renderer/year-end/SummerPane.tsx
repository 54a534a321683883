import { Button, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SummerPupil, SummerSubject, SummerTraining, SummerValue } from '../../preload/contract/year-end-steps.ts';
import type { Promotion } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatTenths } from '../kit/formats.ts';
import { useAct } from '../kit/useAct.ts';
import { PromotionBadge } from './year-end-words.tsx';
import { anyLevel } from './YearEndSummer.tsx';
import styles from './year-end.module.css';

/** One pupil's summer: every subject that may be assessed again beside the year's value, and the training from task to level. */
export function SummerPane({ pupil }: { pupil: SummerPupil }) {
  return (
    <div className={styles.why}>
      <h2>{pupil.name}</h2>
      <div className={styles.whyHead}><PromotionBadge promotion={pupil.promotion as Promotion} /><span>{pupil.className}</span></div>
      {pupil.training === null ? null : <TrainingForm key={JSON.stringify(pupil.training)} pupil={pupil} training={pupil.training} />}
      {pupil.subjects.length === 0 ? null : (
        <section>
          <h3>{text('yearEnd.screen.summer.reassessment')}</h3>
          {pupil.reassessmentWaits === null ? null : <p className={styles.waits}>{pupil.reassessmentWaits}</p>}
          <StillOpen pupil={pupil} />
          {pupil.subjects.map(subject => (
            <SubjectForm key={`${subject.subject}/${subject.part}/${JSON.stringify([subject.again, subject.takenOn, subject.paper])}`} pupil={pupil} subject={subject} isOpen={pupil.mayEdit && pupil.reassessmentWaits === null} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Some subjects have their second value and others not: nothing is concluded until they have, or somebody says that no more follows. */
function StillOpen({ pupil }: { pupil: SummerPupil }) {
  const [asked, setAsked] = useState<boolean | null>(null);
  const open = pupil.subjects.filter(({ again }) => again.state === 'empty');
  if (open.length === 0 || open.length === pupil.subjects.length) return null;
  const names = open.map(({ name }) => name).join(', ');
  const act = pupil.over === null ? 'noMore' : 'moreAgain';
  return (
    <div className={styles.waits}>
      <p>{pupil.over === null ? text('yearEnd.screen.summer.stillOpen', { subjects: names }) : text('yearEnd.screen.summer.over', { by: pupil.over.by, reason: pupil.over.reason, subjects: names })}</p>
      {pupil.mayEdit ? <Button size="compact-sm" variant="default" onClick={() => { setAsked(pupil.over === null); }}>{text(`yearEnd.screen.summer.${act}`)}</Button> : null}
      {asked === null ? null : (
        <ConfirmDialog
          title={text(`yearEnd.screen.summer.${act}Of`, { name: pupil.name })}
          confirmLabel={text(`yearEnd.screen.summer.${act}`)}
          reason={{ label: text('yearEnd.screen.approval.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.yearEnd.endReassessment({ enrolmentId: pupil.enrolmentId, isOver: asked, reason });
            if (result.ok) refresh('yearEnd');
            return result;
          }}
          onClose={() => { setAsked(null); }}
        >
          <p>{text(`yearEnd.screen.summer.${act}What`, { subjects: names })}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

/** "8,5", "85" or "8.5" as tenths; a whole number up to 10 is itself. Null for what is no mark. */
function tenthsOf(words: string): number | null {
  const typed = words.trim().replace('.', ',');
  if (!/^\d{1,2}(,\d)?$/.test(typed)) return null;
  const [whole = '', part] = typed.split(',');
  const tenths = part === undefined && Number(whole) > 10 ? Number(whole) : Number(whole) * 10 + Number(part ?? 0);
  return tenths <= 100 ? tenths : null;
}

function shownValue(value: SummerValue, takes: SummerSubject['takes']): string {
  if (value.state === 'score') return takes === 'whole' ? String(value.tenths / 10) : formatTenths(value.tenths);
  return value.state === 'level' ? value.level : '';
}

function SubjectForm({ pupil, subject, isOpen }: { pupil: SummerPupil; subject: SummerSubject; isOpen: boolean }) {
  const [value, setValue] = useState(shownValue(subject.again, subject.takes));
  const [takenOn, setTakenOn] = useState(subject.takenOn);
  const [paper, setPaper] = useState(subject.paper);
  const save = useAct(async (again: SummerValue) => {
    const result = await api.yearEnd.saveReassessment({ enrolmentId: pupil.enrolmentId, subject: subject.subject, part: subject.part, value: again, takenOn, paper });
    if (result.ok) refresh('yearEnd');
    return result;
  });
  const read = (): SummerValue | null => {
    if (typeof subject.takes !== 'string') return subject.takes.some(one => one === value) ? { state: 'level', level: value as 'D' } : null;
    const tenths = tenthsOf(value);
    return tenths === null ? null : { state: 'score', tenths };
  };
  const typed = read();
  const isChanged = value !== shownValue(subject.again, subject.takes) || takenOn !== subject.takenOn || paper !== subject.paper;
  const isAbsent = subject.again.state === 'absent';
  return (
    <form className={styles.summerSubject} aria-label={subject.name} onSubmit={event => { event.preventDefault(); if (typed !== null) void save.run(typed); }}>
      <div className={styles.sideBySide}>
        <strong>{subject.name}</strong>
        <span>{text('yearEnd.screen.summer.original')} <b className="tabular">{subject.original}</b></span>
        <span>{text('yearEnd.screen.summer.again')} <b className="tabular">{isAbsent ? text('yearEnd.screen.summer.absent') : shownValue(subject.again, subject.takes) || '–'}</b></span>
      </div>
      {isOpen ? (
        <>
          <div className={styles.fields}>
            {typeof subject.takes === 'string'
              ? <TextInput label={text('yearEnd.screen.summer.mark')} inputMode="decimal" value={value} onChange={event => { setValue(event.currentTarget.value); }} error={value !== '' && typed === null} />
              : <Select label={text('yearEnd.screen.summer.level')} data={subject.takes.map(one => ({ value: one, label: text(`yearEnd.screen.summer.mark${one}`) }))} value={value === '' ? null : value} onChange={next => { setValue(next ?? ''); }} />}
            <DayInput label={text('yearEnd.screen.summer.takenOn')} value={takenOn} onChange={setTakenOn} />
            <TextInput label={text('yearEnd.screen.summer.paper')} value={paper} maxLength={120} onChange={event => { setPaper(event.currentTarget.value); }} />
          </div>
          <div className={styles.formActs}>
            <Button size="compact-sm" type="submit" disabled={typed === null || !isChanged} loading={save.isBusy}>{text('kit.save')}</Button>
            {isAbsent ? null : <Button size="compact-sm" variant="default" disabled={save.isBusy} onClick={() => { void save.run({ state: 'absent' }); }}>{text('yearEnd.screen.summer.didNotCome')}</Button>}
            {subject.again.state === 'empty' ? null : <Button size="compact-sm" variant="subtle" disabled={save.isBusy} onClick={() => { void save.run({ state: 'empty' }); }}>{text('yearEnd.screen.summer.takeBack')}</Button>}
          </div>
        </>
      ) : null}
      {save.failure === null ? null : <ErrorNotice failure={save.failure} onDismiss={save.clear} />}
    </form>
  );
}

function TrainingForm({ pupil, training }: { pupil: SummerPupil; training: SummerTraining }) {
  const { may } = useSession();
  const [form, setForm] = useState(training);
  const set = (part: Partial<SummerTraining>): void => { setForm(now => ({ ...now, ...part })); };
  const save = useAct(async () => {
    const result = await api.yearEnd.saveTraining({ enrolmentId: pupil.enrolmentId, ...form });
    if (result.ok) refresh('yearEnd');
    return result;
  });
  const day = (id: 'informedOn' | 'reportOn' | 'proposedOn') => (
    <DayInput label={text(`yearEnd.screen.summer.${id}`)} disabled={!pupil.mayEdit} value={form[id] ?? ''} onChange={chosen => { set({ [id]: chosen === '' ? null : chosen }); }} />
  );
  return (
    <section>
      <h3>{text('yearEnd.screen.summer.training')}</h3>
      <form className={styles.summerSubject} aria-label={text('yearEnd.screen.summer.training')} onSubmit={event => { event.preventDefault(); void save.run(); }}>
        <div className={styles.sideBySide}>
          <span>{text('yearEnd.screen.summer.conductYear')} <b>{anyLevel(pupil.conductYear)}</b></span>
          <span>{text('yearEnd.screen.summer.conductAfter')} <b>{anyLevel(training.level)}</b></span>
        </div>
        <Textarea label={text('yearEnd.screen.summer.task')} autosize minRows={2} maxLength={500} disabled={!pupil.mayEdit} value={form.task} onChange={event => { set({ task: event.currentTarget.value }); }} />
        <div className={styles.fields}>{day('informedOn')}{day('reportOn')}{day('proposedOn')}</div>
        <div className={styles.fields}>
          <Select clearable label={text('yearEnd.screen.summer.newLevel')} disabled={!pupil.mayEdit || !may('yearEnd.decide')} data={pupil.levels.map(level => ({ value: level, label: anyLevel(level) }))} value={form.level} onChange={level => { set({ level }); }} />
          <TextInput label={text('yearEnd.screen.summer.decisionNo')} maxLength={60} disabled={!pupil.mayEdit || !may('yearEnd.decide')} value={form.decisionNo} onChange={event => { set({ decisionNo: event.currentTarget.value }); }} />
        </div>
        {pupil.mayEdit ? <div className={styles.formActs}><Button size="compact-sm" type="submit" disabled={JSON.stringify(form) === JSON.stringify(training)} loading={save.isBusy}>{text('kit.save')}</Button></div> : null}
        {save.failure === null ? null : <ErrorNotice failure={save.failure} onDismiss={save.clear} />}
      </form>
    </section>
  );
}

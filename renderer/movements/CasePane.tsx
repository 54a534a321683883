import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MovementView } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDate } from '../kit/formats.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showFailure } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { refreshPupils } from './ActDialog.tsx';
import { RegimeNotice, StepList } from './CaseRules.tsx';
import { FormerResults } from './FormerResults.tsx';
import { rowState, today } from './movement-words.ts';
import { PaperActs } from './PaperActs.tsx';
import styles from './movements.module.css';

/** One movement: its facts, its steps with their days, the papers it has and the papers to print. */
export function CasePane({ movementId }: { movementId: string }) {
  const read = useRead('movements.open', { movementId });
  return <Waiting read={read} lines={8}>{found => <CaseView key={found.movementId} found={found} />}</Waiting>;
}

function CaseView({ found }: { found: MovementView }) {
  const [isUndoing, setUndoing] = useState(false);
  const isTransfer = found.kind === 'transferIn' || found.kind === 'transferOut';
  const undo = async (reason: string) => {
    const result = await api.movements.undo({ movementId: found.movementId, reason });
    if (result.ok) refreshPupils();
    return result;
  };
  const because = isTransfer ? [found.note, found.paper].filter(words => words !== '').join(' · ') : found.reason;
  const facts = [
    { name: text('movements.column.kind'), value: text(`movements.kind.${found.kind}`) },
    ...(found.className === '' ? [] : [{ name: text('movements.column.class'), value: found.className }]),
    ...(isTransfer ? [{ name: text(found.kind === 'transferIn' ? 'movements.field.fromSchool' : 'movements.field.toSchool'), value: [found.otherSchool, found.otherProvince].filter(words => words !== '').join(', ') }] : []),
    ...(isTransfer ? [{ name: text('movements.field.receivedOn'), value: <span className="tabular">{formatDate(found.receivedOn)}</span> }] : []),
    ...(found.happenedOn === null ? [] : [{ name: text('movements.field.on'), value: <span className="tabular">{formatDate(found.happenedOn)}</span> }]),
    ...(found.expectedOn === null ? [] : [{ name: text('movements.field.expectedOn'), value: <span className="tabular">{formatDate(found.expectedOn)}</span> }]),
    ...(because === '' ? [] : [{ name: text(isTransfer ? 'movements.field.reason' : 'movements.column.reason'), value: because }]),
    { name: text('movements.field.by'), value: found.by },
  ];
  return (
    <div className={styles.pane}>
      <h2>{found.enrolmentId === null || found.state === 'undone' ? found.name : <RouteLink to={`/students/${found.enrolmentId}?tab=course`}>{found.name}</RouteLink>}</h2>
      <StateBadge state={rowState(found)}>{text(`movements.state.${found.state}`)}</StateBadge>
      <Facts facts={facts} nameWidth={118} />
      {found.steps.length === 0 ? null : <><h3>{text('movements.days')}</h3><StepList steps={found.steps} /></>}
      {found.state === 'open' ? <NextStep key={found.next?.step ?? ''} found={found} /> : null}
      {found.needed.length === 0 ? null : <HeldPapers found={found} />}
      {found.kind === 'transferIn' && found.state !== 'refused' && found.state !== 'undone' ? <FormerResults found={found} /> : null}
      {found.papers.length === 0 && found.issued.length === 0 ? null : (
        <><h3>{text('movements.papersTitle')}</h3><PaperActs of={{ movementId: found.movementId }} papers={found.papers} issued={found.issued} mayIssue /></>
      )}
      {found.regime === null ? null : <RegimeNotice regime={found.regime} />}
      {found.state === 'undone' ? null : (
        <div className={styles.undo}>
          <Button size="compact-sm" variant="subtle" color="red.9" disabled={found.undoHeldBy !== null} onClick={() => { setUndoing(true); }}>{text('kit.undo')}</Button>
          {found.undoHeldBy === null ? null : <span>{text('movements.heldBy', { why: found.undoHeldBy })}</span>}
        </div>
      )}
      {isUndoing ? (
        <ConfirmDialog title={`${text('kit.undo')}: ${text(`movements.kind.${found.kind}`)} · ${found.name}`} confirmLabel={text('kit.undo')} tone="danger" reason={{ label: text('movements.field.reason'), minLength: 3 }} onConfirm={undo} onClose={() => { setUndoing(false); }}>
          {text(isTransfer && found.happenedOn !== null ? 'movements.undoStep' : 'movements.undoTells')}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

/** The one thing to do next, with its day. */
function NextStep({ found }: { found: MovementView }) {
  const { year } = useSession();
  const [on, setOn] = useState(today());
  const [reason, setReason] = useState('');
  const [classId, setClassId] = useState<string | null>(found.classId);
  const step = found.next?.step;
  const classes = useRead('classes.list', { year: found.year === '' ? year : found.year }, { enabled: step === 'place' });
  const { movementId } = found;
  const act = useAct(async (what: 'accept' | 'refuse' | 'place' | 'letGo' | 'handOver') => {
    const result = what === 'accept' || what === 'refuse' ? await api.movements.decide({ movementId, on, isAccepted: what === 'accept', ...(what === 'refuse' ? { reason } : {}) })
      : what === 'place' ? await api.movements.place({ movementId, on, classId: classId ?? '' })
        : what === 'letGo' ? await api.movements.letGo({ movementId, on }) : await api.movements.handOver({ movementId, on });
    if (result.ok) refreshPupils();
    return result.ok ? { ok: true as const, value: null } : result;
  });
  if (step === undefined) return null;
  return (
    <div className={styles.next}>
      <h3>{text(`movements.step.${step}`)}</h3>
      <DayInput label={text('movements.field.on')} required value={on} onChange={setOn} />
      {step === 'decide' ? (
        <>
          <TextInput label={text('movements.field.refusal')} maxLength={300} value={reason} onChange={event => { setReason(event.currentTarget.value); }} />
          <div className={styles.buttons}>
            <Button size="compact-sm" loading={act.isBusy} onClick={() => { void act.run('accept'); }}>{text('movements.accept')}</Button>
            <Button size="compact-sm" variant="default" disabled={reason.trim().length < 3} loading={act.isBusy} onClick={() => { void act.run('refuse'); }}>{text('movements.refuse')}</Button>
          </div>
        </>
      ) : step === 'place' ? (
        <>
          <Select label={text('movements.column.class')} required searchable value={classId} onChange={setClassId}
            data={(classes.data?.classes ?? []).filter(one => one.grade === found.grade).map(one => ({ value: one.classId, label: text('movements.classPupils', { class: one.name, count: one.pupils }) }))} />
          <p className={styles.hint}>{text('movements.placeTells')}</p>
          <Button size="compact-sm" disabled={classId === null} loading={act.isBusy} onClick={() => { void act.run('place'); }}>{text('movements.placeNow')}</Button>
        </>
      ) : (
        <Button size="compact-sm" loading={act.isBusy} onClick={() => { void act.run(step); }}>{text(`movements.do.${step}`)}</Button>
      )}
      {found.kind === 'transferIn' && step === 'handOver' ? <p className={styles.hint}>{text('movements.handOverIn')}</p> : null}
      {act.failure === null ? null : <ErrorNotice failure={act.failure} onDismiss={act.clear} />}
    </div>
  );
}

function HeldPapers({ found }: { found: MovementView }) {
  const stored = found.needed.filter(one => one.isHeld).map(one => one.paper);
  // What was just ticked shows at once; the answer of the program takes its place.
  const [ticked, setTicked] = useState<typeof stored | null>(null);
  const held = ticked ?? stored;
  const toggle = async (paper: (typeof held)[number], isHeld: boolean): Promise<void> => {
    const papers = isHeld ? [...held, paper] : held.filter(one => one !== paper);
    setTicked(papers);
    const result = await api.movements.holdPapers({ movementId: found.movementId, papers });
    if (result.ok) refresh('movements');
    else {
      setTicked(null);
      showFailure(result.error);
    }
  };
  return (
    <>
      <h3>{text('movements.papersAsked')}</h3>
      <div className={styles.held}>
        {found.needed.map(one => (
          <Checkbox key={one.paper} size="xs" label={text(`movements.transferPaper.${one.paper}`)} checked={held.includes(one.paper)} disabled={found.state !== 'open'} onChange={event => { void toggle(one.paper, event.currentTarget.checked); }} />
        ))}
      </div>
    </>
  );
}

import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { NextStep, SheetScope } from '../../preload/contract/gradebook-steps.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ReadingBadge } from '../gradebook/SheetTools.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { momentWords, parseMoment } from '../kit/moments.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { cellAt, cellsOf, selectedRange } from './mark-grid-state.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import styles from './grades.module.css';
import { periodName } from './sheet-tree.ts';

type ScopeKind = 'all' | 'column' | 'cells';
const forward: ReadonlySet<NextStep['act']> = new Set(['submit', 'check', 'lock', 'relock']);
const WARNINGS_SHOWN = 4;
const LEAST_REASON = 3;

/** Asks before a step, and says first what is still missing and what looks odd. Neither stops anybody. */
export function StepDialog({ sheet, step, state, missing, unseen, onClose }: { sheet: SheetView; step: NextStep; state: MarkGridState; missing: number; unseen: number; onClose: () => void }) {
  const [leaveOutDrafts, setLeaveOut] = useState(false);
  const [kind, setKind] = useState<ScopeKind>('cells');
  const [until, setUntil] = useState(tomorrowEvening);
  const isReopening = step.act === 'reopen';
  const confirm = async (reason: string) => {
    const when = parseMoment(until) ?? null;
    const result = await api.gradebook.step({
      sheetId: sheet.sheetId, to: step.to, leaveOutDrafts, ...(reason === '' ? {} : { reason }),
      ...(isReopening ? { scope: scopeOf(kind, state), ...(when === null ? {} : { until: when }) } : {}),
    });
    if (result.ok) {
      refresh('grades');
      refresh('gradebook');
    }
    return result;
  };
  return (
    <ConfirmDialog
      title={text(`gradebook.stepTitle.${step.act}`, { subject: sheet.subjectName, name: sheet.className, period: periodName(sheet) })}
      confirmLabel={text(`gradebook.step.${step.act}`)}
      reason={{ label: text(step.needsReason ? 'gradebook.reason' : 'gradebook.reasonOptional'), minLength: step.needsReason ? LEAST_REASON : 0 }}
      onConfirm={confirm}
      onClose={onClose}
    >
      <div className={styles.stepWords}>
        <p>{text(`gradebook.stepWhat.${step.act}`)}</p>
        {step.skips.length === 0 ? null : <StateBadge state="needs">{text('gradebook.skips', { states: step.skips.map(one => text(`gradebook.notYet.${one}`)).join(', ') })}</StateBadge>}
        {forward.has(step.act) ? <><StateBadge state={missing === 0 ? 'done' : 'needs'}>{missing === 0 ? text('gradebook.nothingMissing') : text('grades.lock.missing', { count: missing })}</StateBadge><Warnings sheetId={sheet.sheetId} /><ReadingBadge sheetId={sheet.sheetId} /></> : null}
        {unseen > 0 && forward.has(step.act) ? (
          <>
            <StateBadge state="needs">{text('gradebook.draftsUnseen', { count: unseen })}</StateBadge>
            {step.act === 'submit' ? null : <Checkbox label={text('gradebook.leaveOutDrafts')} checked={leaveOutDrafts} onChange={event => { setLeaveOut(event.currentTarget.checked); }} />}
          </>
        ) : null}
        {isReopening ? (
          <>
            <SegmentedControl fullWidth aria-label={text('gradebook.scope.label')} value={kind} onChange={value => { setKind(value === 'all' || value === 'column' ? value : 'cells'); }}
              data={(['cells', 'column', 'all'] as const).map(one => ({ value: one, label: text(`gradebook.scope.${one}`, { column: state.columns[state.active.column]?.title ?? '', count: scopeOf('cells', state).length }) }))} />
            <TextInput label={text('gradebook.until')} placeholder={text('gradebook.momentHint')} error={parseMoment(until) === undefined ? text('gradebook.momentFault') : undefined} value={until} onChange={event => { setUntil(event.currentTarget.value); }} required />
          </>
        ) : null}
      </div>
    </ConfirmDialog>
  );
}

function scopeOf(kind: ScopeKind, state: MarkGridState): SheetScope[] {
  if (kind === 'all') return [];
  if (kind === 'column') return [{ enrolmentId: null, column: state.columns[state.active.column]?.column ?? null }];
  return cellsOf(selectedRange(state)).flatMap(at => cellAt(state, at) ?? []);
}

/** What the program finds odd in the sheet; looked at with the marks, not here. */
function Warnings({ sheetId }: { sheetId: string }) {
  const { data } = useRead('gradebook.warnings', { sheetId });
  const open = data?.warnings.filter(one => one.noted === null && one.kind !== 'missing') ?? [];
  if (open.length === 0) return null;
  return (
    <div>
      <StateBadge state="needs">{text('gradebook.warningsOpen', { count: open.length })}</StateBadge>
      <ul className={styles.stepWarnings}>{open.slice(0, WARNINGS_SHOWN).map(one => <li key={one.key}>{one.title}</li>)}</ul>
    </div>
  );
}

/** Tomorrow at 17:00, as typed. */
function tomorrowEvening(): string {
  const at = new Date(Date.now() + 86_400_000);
  at.setHours(17, 0, 0, 0);
  return momentWords(at.toISOString());
}

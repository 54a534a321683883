import { Button, Group, Progress } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { staffField, staffFieldGroups, staffFields, type StaffField, type StaffValues } from '../../preload/contract/staff-fields.ts';
import type { StaffView } from '../../preload/contract/staff.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card } from '../kit/Page.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { changesOf, draftOf, faultOf, fieldLabel, isMasked, reverseOf } from './staff-draft.ts';
import styles from './staff.module.css';
import { fieldId, StaffFieldInput } from './StaffFieldInput.tsx';

/** The profile, edited where it stands: what was changed is marked, and saved together. */
export function StaffProfile({ staff }: { staff: StaffView }) {
  /** Sensitive values somebody asked to see, for as long as this record is on screen. */
  const [shown, setShown] = useState<StaffValues>({});
  const values = useMemo(() => ({ ...staff.values, ...shown }), [staff.values, shown]);
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(() => draftOf(staff.values));
  const save = useAct(api.staff.save);
  const changes = changesOf(values, draft);
  const changed = Object.keys(changes);
  const faults = new Map(staffFields.flatMap(field => { const fault = faultOf(field, draft[field.key] ?? ''); return fault === null ? [] : [[field.key, fault] as const]; }));
  const warned = new Map(staff.warnings.map(warning => [warning.field, warning.message]));
  const { staffId, name } = staff;

  const submit = async (): Promise<void> => {
    if (changed.length === 0 || faults.size > 0 || save.isBusy) return;
    const saved = await save.run({ staffId, expectedVersion: staff.version, changes });
    if (saved === null) return;
    const back = reverseOf(values, changes);
    if (back === null) showDone(text('staff.saved', { name }));
    else {
      showUndo(text('staff.saved', { name }), () => {
        void api.staff.save({ staffId, expectedVersion: saved.version, changes: back, reason: text('staff.undone') })
          .then(result => { if (!result.ok) showFailure(result.error); refresh('staff'); });
      });
    }
    refresh('staff');
  };
  const press = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void submit();
  };
  const unmask = async (field: StaffField): Promise<void> => {
    const result = await api.staff.unmask({ staffId, field: field.key });
    if (!result.ok) {
      showFailure(result.error);
      return;
    }
    const { value } = result.value;
    setShown(before => ({ ...before, [field.key]: value }));
    setDraft(before => ({ ...before, ...draftOf({ [field.key]: value }) }));
  };
  return (
    <form className={styles.profile} onSubmit={event => { event.preventDefault(); void submit(); }} onKeyDown={press}>
      <div className={styles.groups}>
        {staffFieldGroups.map(group => (
          <Card key={group} title={text(`staff.group.${group}`)}>
            <div className={styles.fields}>
              {staffFields.filter(field => field.group === group).map(field => (
                <StaffFieldInput
                  key={field.key}
                  field={field}
                  value={draft[field.key] ?? ''}
                  masked={isMasked(values[field.key] ?? '') ? values[field.key] ?? null : null}
                  onUnmask={() => { void unmask(field); }}
                  isChanged={changed.includes(field.key)}
                  error={faults.get(field.key) ?? null}
                  warning={changed.includes(field.key) ? undefined : warned.get(field.key)}
                  onChange={value => { setDraft(before => ({ ...before, [field.key]: value })); }}
                />
              ))}
            </div>
          </Card>
        ))}
        {save.failure === null ? null : <ErrorNotice failure={save.failure} onRetry={() => { save.clear(); refresh('staff'); }} />}
        {changed.length === 0 && faults.size === 0 ? null : (
          <Group className={styles.saveBar ?? ''} gap={8}>
            <span role="status">{text('staff.changedCount', { count: Math.max(changed.length, faults.size) })}</span>
            <Button variant="default" onClick={() => { setDraft(draftOf(values)); save.clear(); }}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={save.isBusy} disabled={changed.length === 0 || faults.size > 0}>{text('staff.saveKeys')}</Button>
          </Group>
        )}
      </div>
      <StaffSide staff={staff} />
    </form>
  );
}

function openField(key: string): void {
  const input = document.querySelector<HTMLElement>(`#${CSS.escape(fieldId(key))}`);
  input?.scrollIntoView({ block: 'center' });
  input?.focus();
}

/** How complete the record is, what to look at again, and the account. */
function StaffSide({ staff }: { staff: StaffView }) {
  const percent = staff.completeness ?? 0;
  const line = (key: string, words: string) => <li key={`${key} ${words}`}><button type="button" onClick={() => { openField(key); }}>{words}</button></li>;
  const labelOf = (key: string) => { const field = staffField(key); return field === undefined ? key : fieldLabel(field); };
  return (
    <aside className={styles.side} aria-label={text('staff.completeHead')}>
      <section>
        <h2>{text('staff.completeHead')}<span className="tabular">{percent}%</span></h2>
        <Progress size={6} value={percent} color={percent >= 80 ? 'teal' : 'yellow.8'} aria-label={text('staff.completeHead')} />
      </section>
      <section>
        <h2>{text('staff.missingHead')}<span className="tabular">{staff.missing.length}</span></h2>
        {staff.missing.length === 0 ? <p className={styles.absent}>{text('staff.nothingMissing')}</p> : <ul>{staff.missing.map(key => line(key, labelOf(key)))}</ul>}
      </section>
      {staff.warnings.length === 0 ? null : (
        <section>
          <h2>{text('staff.warningsHead')}<span className="tabular">{staff.warnings.length}</span></h2>
          <ul>{staff.warnings.map(warning => line(warning.field, `${labelOf(warning.field)}: ${warning.message}`))}</ul>
        </section>
      )}
      <section>
        <h2>{text('staff.account.head')}</h2>
        <p className={styles.note}>{staff.account === null ? text('staff.account.none') : `${staff.account.user} · ${text(`accounts.screen.state.${staff.account.state}`)}`}</p>
        <RouteLink to="/system/accounts">{text('staff.account.open')} ›</RouteLink>
      </section>
    </aside>
  );
}

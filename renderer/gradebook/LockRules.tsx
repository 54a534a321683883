import { Button } from '@mantine/core';
import { IconLock, IconLockOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { LockRuleView } from '../../preload/contract/gradebook-locks.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { AddLockDialog } from './AddLockDialog.tsx';
import styles from './locks.module.css';

/** "Lớp 9A · Toán · Học kì 1 · Giữa kì"; nothing chosen is the whole school. */
export function scopeWords(rule: Pick<LockRuleView, 'grade' | 'className' | 'subjectName' | 'term' | 'columns'>): string {
  const parts = [
    rule.className === null ? (rule.grade === null ? text('gradebook.rules.school') : text('gradebook.rules.grade', { grade: rule.grade })) : text('gradebook.rules.class', { name: rule.className }),
    rule.subjectName, rule.term === null ? null : text('gradebook.rules.term', { term: rule.term }), rule.columns === null ? null : text(`gradebook.columns.${rule.columns}`),
  ];
  return parts.filter(part => part !== null).join(' · ');
}

/** Locks by scope: school, grade, class, subject, term, columns. */
export function LockRules() {
  const { year, isClosedYear } = useSession();
  const read = useRead('gradebook.lockRules', { year });
  const [isAdding, setAdding] = useState(false);
  const [withdrawn, setWithdrawn] = useState<LockRuleView | null>(null);
  const mayChange = read.data?.mayChange === true && !isClosedYear;
  const withdraw = async (reason: string) => {
    const result = await api.gradebook.withdrawLockRule({ ruleId: withdrawn?.ruleId ?? '', version: withdrawn?.version ?? 0, reason });
    if (result.ok) {
      refresh('gradebook');
      refresh('grades');
    }
    return result;
  };
  return (
    <Card flush title={text('gradebook.rules.title')} acts={mayChange ? <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => { setAdding(true); }}>{text('gradebook.rules.add')}</Button> : undefined}>
      <Waiting read={read} lines={4}>
        {({ rules }) => (rules.length === 0 ? <EmptyState icon={IconLock} title={text('gradebook.rules.none')} next={text('gradebook.rules.noneNext')} /> : (
          <ul className={styles.rules}>
            {rules.map(rule => (
              <li key={rule.ruleId}>
                <StateBadge state={rule.isInForce ? 'done' : 'quiet'}>{text(rule.isInForce ? 'gradebook.rules.inForce' : 'gradebook.rules.later')}</StateBadge>
                <div><strong>{scopeWords(rule)}</strong><span>{text('gradebook.rules.detail', { from: formatDateTime(rule.fromAt), by: rule.by, count: rule.sheets })}</span><span>{rule.reason}</span></div>
                {mayChange ? <Button size="compact-xs" variant="default" leftSection={<IconLockOff size={13} />} onClick={() => { setWithdrawn(rule); }}>{text('gradebook.rules.withdraw')}</Button> : null}
              </li>
            ))}
          </ul>
        ))}
      </Waiting>
      {isAdding ? <AddLockDialog onClose={() => { setAdding(false); }} /> : null}
      {withdrawn === null ? null : (
        <ConfirmDialog title={text('gradebook.rules.withdrawTitle', { scope: scopeWords(withdrawn) })} confirmLabel={text('gradebook.rules.withdraw')} reason={{ label: text('gradebook.reason'), minLength: 3 }} onConfirm={withdraw} onClose={() => { setWithdrawn(null); }}>
          {text('gradebook.rules.withdrawWhat', { count: withdrawn.sheets })}
        </ConfirmDialog>
      )}
    </Card>
  );
}

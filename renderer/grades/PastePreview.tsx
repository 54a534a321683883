import { Button, Group, Modal, Stack, Table } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './grades.module.css';
import { faultInWords } from './mark-faults.ts';
import { planPaste } from './mark-grid-block.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { formatMark } from './mark-words.ts';

const SHOWN = 200;

/** What lands where, before it does: shown when the copied block and the selection differ, or filled cells beyond the selection would change. */
export function PastePreview({ state, block, onPaste, onClose }: { state: MarkGridState; block: string[][]; onPaste: () => void; onClose: () => void }) {
  const plan = planPaste(state, block);
  const faults = plan.cells.filter(cell => cell.fault !== null).length;
  const first = state.rows[plan.range.top];
  const last = state.rows[plan.range.bottom];
  return (
    <Modal opened onClose={onClose} title={text('grades.paste.title')} size={620}>
      <Stack gap="sm">
        <p style={{ margin: 0 }}>
          {text('grades.paste.where', {
            rows: plan.blockRows, columns: plan.blockColumns,
            from: `${first?.order ?? ''}. ${first?.name ?? ''} — ${state.columns[plan.range.left]?.title ?? ''}`,
            to: `${last?.order ?? ''}. ${last?.name ?? ''} — ${state.columns[plan.range.right]?.title ?? ''}`,
          })}
        </p>
        <Group gap={6}>
          <StateBadge state="done">{text('grades.paste.changed', { count: plan.cells.length - faults })}</StateBadge>
          {plan.overwritten > 0 ? <StateBadge state="needs">{text('grades.paste.overwritten', { count: plan.overwritten })}</StateBadge> : null}
          {plan.outside > 0 ? <StateBadge state="blocked">{text('grades.paste.outside', { count: plan.outside })}</StateBadge> : null}
          {faults > 0 ? <StateBadge state="blocked">{text('grades.paste.faulty', { count: faults })}</StateBadge> : null}
        </Group>
        <div className={styles.preview}>
          <Table stickyHeader>
            <Table.Thead><Table.Tr>{(['pupil', 'column', 'before', 'after'] as const).map(key => <Table.Th key={key}>{text(`grades.paste.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {plan.cells.slice(0, SHOWN).map(cell => (
                <Table.Tr key={`${cell.enrolmentId} ${cell.column}`}>
                  <Table.Td>{state.rows[cell.at.row]?.order}. {state.rows[cell.at.row]?.name}</Table.Td>
                  <Table.Td>{state.columns[cell.at.column]?.title}</Table.Td>
                  <Table.Td className="tabular">{formatMark(cell.before, state.kind) || '–'}</Table.Td>
                  <Table.Td className="tabular">
                    {cell.fault === null ? formatMark(cell.after ?? { state: 'empty' }, state.kind) || text('grades.pane.empty') : <span className={styles.faultWords}>✕ {cell.words}: {faultInWords({ fault: cell.fault })}</span>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {plan.cells.length > SHOWN ? <span>{text('grades.paste.more', { count: plan.cells.length - SHOWN })}</span> : null}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
          <Button data-autofocus disabled={plan.cells.length === 0} onClick={onPaste}>{text('grades.paste.act')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

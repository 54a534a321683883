import { Button, Table } from '@mantine/core';
import type { SignedBatch } from '../../preload/contract/signing.ts';
import { text } from '../../resources/language/language.ts';
import { formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';

export interface SigningOutcomeProps {
  batch: SignedBatch;
  hasTimestampServer: boolean;
  /** Present when more can be signed now. */
  onResume: (() => void) | null;
  onClose: () => void;
}

/** What came of a batch: so many signed, which not and why, how many timestamps are there and how many are awaited. */
export function SigningOutcome({ batch, hasTimestampServer, onResume, onClose }: SigningOutcomeProps) {
  const failed = batch.failed.length;
  const title = [
    text('signing.screen.outcome.signed', { count: formatNumber(batch.signed) }),
    ...(failed > 0 ? [text('signing.screen.outcome.failed', { count: formatNumber(failed) })] : []),
    hasTimestampServer
      ? text('signing.screen.outcome.timestamps', { granted: formatNumber(batch.signed - batch.timestampWaiting), waiting: formatNumber(batch.timestampWaiting) })
      : text('signing.screen.outcome.noTimestamps'),
  ].join(' · ');
  return (
    <Notice
      state={failed > 0 || batch.stopped ? 'needs' : 'done'}
      title={title}
      acts={(
        <>
          {onResume === null ? null : <Button size="compact-xs" onClick={onResume}>{text('signing.screen.resume')}</Button>}
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onClose}>{text('kit.close')}</Button>
        </>
      )}
    >
      {batch.stopped ? <p>{text('signing.screen.outcome.stopped')}</p> : null}
      {failed === 0 ? null : (
        <Table mt={6} fz="xs" verticalSpacing={3} horizontalSpacing={6}>
          <Table.Thead><Table.Tr>{(['paper', 'why', 'remedy'] as const).map(key => <Table.Th key={key}>{text(`signing.screen.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {batch.failed.map(one => <Table.Tr key={one.name}><Table.Td>{one.name}</Table.Td><Table.Td>{one.why}</Table.Td><Table.Td>{one.remedy}</Table.Td></Table.Tr>)}
          </Table.Tbody>
        </Table>
      )}
    </Notice>
  );
}

import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CallFailed } from '../app/queries.ts';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from './ErrorNotice.tsx';

export interface WaitingProps<Value> {
  read: UseQueryResult<Value, CallFailed>;
  children: (value: Value) => ReactNode;
  /** Grey lines shown meanwhile. */
  lines?: number;
}

/** What a read answers, grey lines until it does, or why it does not. */
export function Waiting<Value>({ read, children, lines = 6 }: WaitingProps<Value>) {
  if (read.data !== undefined) return <>{children(read.data)}</>;
  if (read.error !== null) {
    return <div style={{ flex: 1, padding: 16 }}><ErrorNotice failure={read.error.failure} onRetry={() => { void read.refetch(); }} /></div>;
  }
  return (
    <div style={{ flex: 1, padding: 16 }} role="status" aria-label={text('kit.loading')}>
      {Array.from({ length: lines }, (_, line) => <Skeleton key={line} height={14} mb={10} width={`${92 - ((line * 17) % 40)}%`} />)}
    </div>
  );
}

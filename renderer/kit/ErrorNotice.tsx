import { Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import classes from './notices.module.css';

export interface ErrorNoticeProps {
  failure: Failure;
  onRetry?: () => void;
  onDismiss?: () => void;
  /** Further ways out, beside "try again". */
  children?: ReactNode;
}

/** A failure in words: heading, what happened, what to do. */
export function ErrorNotice({ failure, onRetry, onDismiss, children }: ErrorNoticeProps) {
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden className={classes.errorIcon} />
      <div>
        <strong>{failure.heading}</strong>
        <p>{failure.what}</p>
        <p>{failure.remedy}</p>
        {(onRetry ?? onDismiss ?? children) === undefined ? null : (
          <Group gap={8} mt={6}>
            {onRetry === undefined ? null : <Button size="compact-xs" variant="default" onClick={onRetry}>{text('kit.retry')}</Button>}
            {children}
            {onDismiss === undefined ? null : <Button size="compact-xs" variant="subtle" color="gray" onClick={onDismiss}>{text('kit.dismiss')}</Button>}
          </Group>
        )}
      </div>
    </div>
  );
}

import { Component } from 'react';
import type { ReactNode } from 'react';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';

/** Keeps a fault of one place from taking the window with it, and shows it in words. */
export class PlaceFault extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: unknown): { fault: Error } {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <div style={{ padding: 20 }}>
        <ErrorNotice
          failure={{
            code: 'window.placeFault',
            heading: text('errors.window.placeFault.heading'),
            what: text('errors.window.placeFault.what', { detail: fault.message }),
            remedy: text('errors.window.placeFault.remedy'),
            batchCanContinue: true,
          }}
          onRetry={() => { window.location.reload(); }}
        />
      </div>
    );
  }
}

import { Component } from 'react';
import type { ReactNode } from 'react';
import { text } from '../../resources/language/language.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';

interface PlaceFaultProps {
  /** The path on screen. */
  at: string;
  children: ReactNode;
}

interface PlaceFaultState {
  at: string;
  fault: Error | null;
}

/** Keeps a fault of one place from taking the window with it, and shows it in words. */
export class PlaceFault extends Component<PlaceFaultProps, PlaceFaultState> {
  override state: PlaceFaultState = { at: this.props.at, fault: null };

  static getDerivedStateFromError(fault: unknown): Pick<PlaceFaultState, 'fault'> {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  /** Another place is another try. */
  static getDerivedStateFromProps(props: PlaceFaultProps, state: PlaceFaultState): PlaceFaultState | null {
    return props.at === state.at ? null : { at: props.at, fault: null };
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

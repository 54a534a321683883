import { useState } from 'react';
import type { Failure } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatNumber } from '../kit/formats.ts';
import { showDone } from '../kit/toasts.tsx';
import { FilePick } from '../kit/FilePick.tsx';
import styles from './sync.module.css';

/** The way back of a stick: the authority's receipt for a package it was handed. */
export function ReceiptBox() {
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async (file: { fileName: string; bytes: Uint8Array }): Promise<void> => {
    setFailure(null);
    const result = await api.sync.acceptReceipt(file);
    if (result.ok) showDone(text('sync.screen.receipt.taken', { sequence: result.value.sequence, waiting: formatNumber(result.value.waiting) }));
    else setFailure(result.error);
  };
  return (
    <div className={styles.receipt}>
      <span>{text('sync.screen.receipt.what')}</span>
      <FilePick label={text('sync.screen.receipt.take')} onFile={file => { void take(file); }} />
      {failure === null ? null : <ErrorNotice failure={failure} onDismiss={() => { setFailure(null); }} />}
    </div>
  );
}

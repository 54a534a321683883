import { Modal } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { IssuedPaper } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './movements.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('../kit/PdfViewer.tsx')).PdfViewer }));

/** A paper as it was issued. */
export function FiledPaper({ paper, onClose }: { paper: IssuedPaper; onClose: () => void }) {
  const read = useRead('movements.paper', { documentId: paper.documentId });
  return (
    <Modal opened onClose={onClose} title={`${paper.number} · ${paper.title}`} size="min(1100px, 92vw)">
      <div className={styles.filed}>
        <Waiting read={read} lines={12}>{file => <Suspense fallback={text('kit.loading')}><PdfViewer file={file} takesKeyboard /></Suspense>}</Waiting>
      </div>
    </Modal>
  );
}

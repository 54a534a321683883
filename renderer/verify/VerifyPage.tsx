import { Button, FileButton } from '@mantine/core';
import { IconFileImport, IconShieldCheck } from '@tabler/icons-react';
import type { VerifyReport } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FileDrop } from '../kit/FileDrop.tsx';
import { formatBytes } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { useJob } from '../kit/useJob.ts';
import { useWindowDrop } from '../kit/useWindowDrop.ts';
import type { DroppedFile } from '../kit/useWindowDrop.ts';
import { VerifiedSignatureCard } from './VerifiedSignatureCard.tsx';
import { ReasonList, severities } from './ReasonList.tsx';
import styles from './verify.module.css';

const noHints: [] = [];

/** Drop any PDF: a verdict in one line, then why, then the signatures with their chains. */
export default function VerifyPage() {
  const checking = useJob('transcripts.verify');
  const take = (file: DroppedFile): void => {
    if (!checking.isRunning) void checking.run(file);
  };
  const isOver = useWindowDrop(take);
  const report = checking.result;
  useFoot(report === null ? text('verify.screen.where') : `${report.fileName} · ${report.verdict}`, noHints);
  if (report === null) {
    return (
      <Page title={text('verify.screen.title')}>
        <div className={styles.start}>
          <FileDrop title={text('verify.screen.drop')} hint={text('verify.screen.dropHint')} accept={['.pdf']} isBusy={checking.isRunning} onFile={take} />
          <RunningJob run={checking} />
          {checking.isRunning || checking.failure !== null ? null : <EmptyState icon={IconShieldCheck} title={text('verify.screen.empty')} next={text('verify.screen.emptyNext')} />}
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={report.fileName}
      trail={[{ title: text('verify.screen.title'), to: '/verify' }]}
      aside={checking.input === null ? null : <span className="tabular">{formatBytes(checking.input.bytes.length)}</span>}
      acts={(
        <>
          <Button variant="subtle" color="gray" onClick={checking.clear}>{text('kit.close')}</Button>
          <FileButton accept=".pdf" onChange={picked => { if (picked !== null) void takePicked(picked, take); }} inputProps={{ 'aria-label': text('verify.screen.another') }}>
            {props => <Button leftSection={<IconFileImport size={15} stroke={1.7} />} {...props}>{text('verify.screen.another')}</Button>}
          </FileButton>
        </>
      )}
    >
      <div className={styles.report} {...(isOver ? { 'data-over': true } : {})}><Report report={report} /></div>
    </Page>
  );
}

async function takePicked(picked: File, take: (file: DroppedFile) => void): Promise<void> {
  take({ fileName: picked.name.normalize('NFC'), bytes: new Uint8Array(await picked.arrayBuffer()) });
}

const signs: Record<VerifyReport['status'], string> = { valid: '✓', warning: '!', invalid: '✕', unknown: '?', unsigned: '○' };

function Report({ report }: { report: VerifyReport }) {
  const worstFirst = report.reasons.toSorted((left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity));
  return (
    <>
      <section className={styles.verdict} data-status={report.status} role="status">
        <span className={styles.verdictSign} aria-hidden>{signs[report.status]}</span>
        <div>
          <strong>{report.verdict}</strong>
          <span>{text(`verify.screen.status.${report.status}`)}</span>
        </div>
      </section>
      {worstFirst.length === 0 ? null : <section className={styles.card}><h2>{text('verify.screen.reasons')}</h2><ReasonList reasons={worstFirst} /></section>}
      {report.signatures.map((signature, index) => <VerifiedSignatureCard key={`${signature.field} ${signature.serial}`} signature={signature} order={index + 1} />)}
    </>
  );
}

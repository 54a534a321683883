import { Button, Group, Table } from '@mantine/core';
import { IconPaperclip, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChangeRequestView } from '../../preload/contract/gradebook-requests.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Facts } from '../kit/Facts.tsx';
import type { Fact } from '../kit/Facts.tsx';
import { formatDateTime } from '../kit/formats.ts';
import { saveFile } from '../kit/save-file.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { useAct } from '../kit/useAct.ts';
import { useJob } from '../kit/useJob.ts';
import styles from './requests.module.css';

type Act = 'approve' | 'refuse' | 'agree' | 'disagree' | 'withdraw';
const leastReason: Record<Act, number> = { approve: 0, refuse: 3, agree: 0, disagree: 3, withdraw: 0 };

function said(by: string | null, at: string | null, words: string, note: string | null): string {
  return `${words} — ${by ?? ''}, ${at === null ? '' : formatDateTime(at)}${note === null ? '' : `: ${note}`}`;
}

function factsOf(request: ChangeRequestView): Fact[] {
  return [
    { name: text('gradebook.requests.column.by'), value: `${request.askedBy}, ${formatDateTime(request.askedAt)}` },
    { name: text('gradebook.reason'), value: request.reason },
    { name: text('gradebook.requests.homeroom'), value: request.opinion === null ? text('gradebook.requests.noOpinion') : said(request.opinionBy, request.opinionAt, text(`gradebook.requests.opinion.${request.opinion}`), request.opinionNote) },
    ...(request.state === 'waiting' ? [] : [{ name: text('gradebook.requests.decision'), value: said(request.decidedBy, request.decidedAt, text(`gradebook.requests.state.${request.state}`), request.decisionNote) }]),
  ];
}

/** One request with all that is known of it, and what the reader may do. */
export function RequestPane({ request }: { request: ChangeRequestView }) {
  const [asked, setAsked] = useState<Act | null>(null);
  const print = useJob('gradebook.printMinutes');
  const evidence = useAct(api.gradebook.evidence);
  const { may } = request;
  const printNow = async (): Promise<void> => {
    const paper = await print.run({ requestId: request.requestId });
    if (paper !== null) saveFile(paper.fileName, paper.bytes, 'application/pdf');
  };
  const openEvidence = async (): Promise<void> => {
    const file = await evidence.run({ requestId: request.requestId });
    if (file !== null) saveFile(file.fileName, file.bytes);
  };
  const confirm = async (note: string) => {
    const one = { requestId: request.requestId, version: request.version, ...(note === '' ? {} : { note }) };
    const result = asked === 'approve' || asked === 'refuse' ? await api.gradebook.decideRequest({ ...one, decision: asked })
      : asked === 'withdraw' ? await api.gradebook.withdrawRequest({ requestId: one.requestId, version: one.version })
      : await api.gradebook.giveOpinion({ ...one, opinion: asked === 'disagree' ? 'disagree' : 'agree' });
    if (result.ok) {
      refresh('gradebook');
      refresh('grades');
    }
    return result;
  };
  const button = (act: Act, isMain = false) => <Button key={act} size="xs" {...(isMain ? {} : { variant: 'default' })} onClick={() => { setAsked(act); }}>{text(`gradebook.requests.act.${act}`)}</Button>;
  return (
    <div className={styles.pane}>
      <h2><RouteLink to={`/grades/${request.sheetId}`}>{request.subjectName} · {request.className}</RouteLink></h2>
      <Table>
        <Table.Tbody>
          {request.cells.map(cell => (
            <Table.Tr key={`${cell.enrolmentId} ${cell.column}`}>
              <Table.Td>{cell.name}</Table.Td>
              <Table.Td>{cell.title}</Table.Td>
              <Table.Td className="tabular">{cell.before ?? text('grades.pane.empty')} → <strong>{cell.after ?? text('grades.pane.empty')}</strong>{cell.isStale ? <StateBadge state="blocked">{text('gradebook.requests.stale', { now: cell.now ?? text('grades.pane.empty') })}</StateBadge> : null}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Facts facts={factsOf(request)} />
      <Group gap={8}>
        {request.evidenceName === null ? null : <Button size="xs" variant="default" leftSection={<IconPaperclip size={14} />} loading={evidence.isBusy} onClick={() => { void openEvidence(); }}>{request.evidenceName}</Button>}
        <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} loading={print.isRunning} onClick={() => { void printNow(); }}>{text('gradebook.requests.print')}</Button>
      </Group>
      {evidence.failure === null ? null : <ErrorNotice failure={evidence.failure} />}
      {print.failure === null ? null : <ErrorNotice failure={print.failure} />}
      <Group gap={8} mt={12}>
        {may.decide ? [button('approve', true), button('refuse')] : null}
        {may.giveOpinion ? [button('agree', !may.decide), button('disagree')] : null}
        {may.withdraw ? button('withdraw') : null}
      </Group>
      {asked === null ? null : (
        <ConfirmDialog
          title={text(`gradebook.requests.confirm.${asked}`)}
          confirmLabel={text(`gradebook.requests.act.${asked}`)}
          {...(asked === 'withdraw' ? {} : { reason: { label: text(leastReason[asked] > 0 ? 'gradebook.reason' : 'gradebook.reasonOptional'), minLength: leastReason[asked] } })}
          onConfirm={confirm}
          onClose={() => { setAsked(null); }}
        >
          {text(`gradebook.requests.what.${asked}`)}
        </ConfirmDialog>
      )}
    </div>
  );
}

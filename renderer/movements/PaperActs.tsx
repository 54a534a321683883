import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { numberedPapers, type IssuedPaper, type OfficePaper } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DayInput } from '../kit/DayInput.tsx';
import { formatDate } from '../kit/formats.ts';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { useJob } from '../kit/useJob.ts';
import { FiledPaper } from './FiledPaper.tsx';
import { today } from './movement-words.ts';
import styles from './movements.module.css';

/** The papers that can be made about a case or a pupil, and those issued already. */
export function PaperActs({ of, papers, issued, mayIssue }: { of: { movementId: string } | { enrolmentId: string }; papers: readonly OfficePaper[]; issued: readonly IssuedPaper[]; mayIssue: boolean }) {
  const [chosen, setChosen] = useState<OfficePaper | null>(null);
  const [opened, setOpened] = useState<IssuedPaper | null>(null);
  const [voided, setVoided] = useState<IssuedPaper | null>(null);
  const make = useJob('movements.makePaper');
  return (
    <div className={styles.papers}>
      {mayIssue ? (
        <div className={styles.buttons}>
          {papers.map(paper => (
            <Button key={paper} size="compact-sm" variant="default" leftSection={<IconFileText size={14} stroke={1.7} />} onClick={() => { setChosen(paper); }}>{text(`movements.paper.${paper}`)}</Button>
          ))}
        </div>
      ) : null}
      {issued.length === 0 ? null : (
        <ul className={styles.issued}>
          {issued.map(one => (
            <li key={one.documentId} data-void={one.state === 'void' ? '' : undefined}>
              <span className="tabular">{one.number}</span>
              <span>{text(`movements.paper.${one.kind}`)} · {formatDate(one.issuedOn)}{one.state === 'void' ? ` · ${text('movements.voided', { reason: one.voidReason })}` : ''}</span>
              <span className={styles.buttons}>
                {one.hasFile && mayIssue ? <Button size="compact-xs" variant="subtle" aria-label={text('movements.openPaper', { number: one.number })} onClick={() => { setOpened(one); }}>{text('movements.open')}</Button> : null}
                {one.state === 'issued' && mayIssue ? <Button size="compact-xs" variant="subtle" color="red.9" aria-label={text('movements.voidPaper', { number: one.number })} onClick={() => { setVoided(one); }}>{text('movements.void')}</Button> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      {chosen === null ? null : <MakeDialog paper={chosen} onClose={() => { setChosen(null); }} onMake={async input => { setChosen(null); if (await make.run({ ...of, ...input }) !== null) refresh('movements'); }} />}
      {make.input === null ? null : <PrintedPaper title={text(`movements.paper.${make.input.paper}`)} run={make} onRetry={() => { if (make.input !== null) void make.run(make.input); }} />}
      {opened === null ? null : <FiledPaper paper={opened} onClose={() => { setOpened(null); }} />}
      {voided === null ? null : <VoidDialog paper={voided} onClose={() => { setVoided(null); }} />}
    </div>
  );
}

interface Made {
  paper: OfficePaper;
  on: string;
  isIssued: boolean;
  purpose: string;
  signer?: { name: string; isDeputy: boolean };
}

/** Date, signer and whether the paper takes a number, before it is made. */
function MakeDialog({ paper, onMake, onClose }: { paper: OfficePaper; onMake: (made: Made) => Promise<void>; onClose: () => void }) {
  const [on, setOn] = useState(today());
  const [purpose, setPurpose] = useState('');
  const [isIssued, setIssued] = useState(false);
  const [isDeputy, setDeputy] = useState(false);
  const [deputy, setName] = useState('');
  const canIssue = (numberedPapers as readonly string[]).includes(paper);
  const documents = useRead('movements.documents', { year: Number((on || today()).slice(0, 4)) }, { enabled: canIssue });
  const isReady = on !== '' && (!isDeputy || deputy.trim() !== '');
  return (
    <Modal opened onClose={onClose} title={text(`movements.paper.${paper}`)} size="md">
      <form onSubmit={event => { event.preventDefault(); if (isReady) void onMake({ paper, on, isIssued, purpose, ...(isDeputy ? { signer: { name: deputy.trim(), isDeputy } } : {}) }); }}>
        <Stack gap="sm">
          <DayInput label={text('movements.field.paperOn')} required value={on} onChange={setOn} />
          {paper === 'studying' ? <TextInput data-autofocus label={text('movements.field.purpose')} description={text('movements.field.purposeHint')} maxLength={200} value={purpose} onChange={event => { setPurpose(event.currentTarget.value); }} /> : null}
          {paper === 'application' ? null : <Checkbox label={text('movements.field.deputy')} checked={isDeputy} onChange={event => { setDeputy(event.currentTarget.checked); }} />}
          {isDeputy ? <TextInput label={text('movements.field.deputyName')} required maxLength={100} value={deputy} onChange={event => { setName(event.currentTarget.value); }} /> : null}
          {canIssue ? (
            <Checkbox
              label={text('movements.field.issue', { number: documents.data?.next ?? '…' })}
              description={text('movements.field.issueHint')}
              checked={isIssued}
              onChange={event => { setIssued(event.currentTarget.checked); }}
            />
          ) : null}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" disabled={!isReady}>{text(isIssued ? 'movements.issue' : 'movements.look')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function VoidDialog({ paper, onClose }: { paper: IssuedPaper; onClose: () => void }) {
  const confirm = async (reason: string) => {
    const result = await api.movements.voidDocument({ documentId: paper.documentId, reason });
    if (result.ok) refresh('movements');
    return result;
  };
  return (
    <ConfirmDialog title={text('movements.voidPaper', { number: paper.number })} confirmLabel={text('movements.void')} tone="danger" reason={{ label: text('movements.field.reason'), minLength: 3 }} onConfirm={confirm} onClose={onClose}>
      {text('movements.voidTells')}
    </ConfirmDialog>
  );
}

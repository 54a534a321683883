import { Button, Table, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { SigningSetup, StampImage, TrustAnchor } from '../../preload/contract/signing.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { FilePick } from '../kit/FilePick.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './signing-setup.module.css';

const noHints: [] = [];

/** What signing leans on besides the token: the timestamp service, the authorities trusted, the pictures in the stamps. */
export default function SigningSetupPage() {
  const read = useRead('signing.setup', {});
  useFoot(text('signing.setup.where'), noHints);
  return (
    <Page title={text('signing.setup.title')} trail={[{ title: text('system.screen.title'), to: '/system' }]}>
      <Waiting read={read} lines={14}>
        {found => (
          <div className={styles.place}>
            <Timestamps key={found.tsaUrl ?? ''} url={found.tsaUrl} />
            <Anchors anchors={found.anchors} />
            <Images images={found.images} />
          </div>
        )}
      </Waiting>
    </Page>
  );
}

function Timestamps({ url }: { url: SigningSetup['tsaUrl'] }) {
  const [words, setWords] = useState(url ?? '');
  const save = async (): Promise<void> => {
    const result = await api.signing.setTimestampService({ url: words.trim() === '' ? null : words.trim() });
    if (!result.ok) return showFailure(result.error);
    refresh('signing');
    showDone(text('signing.setup.tsa.saved'));
  };
  return (
    <Card title={text('signing.setup.tsa.title')}>
      <p className={styles.hint}>{text('signing.setup.tsa.hint')}</p>
      <form className={styles.line} onSubmit={event => { event.preventDefault(); void save(); }}>
        <TextInput className={styles.address} aria-label={text('signing.setup.tsa.address')} placeholder="http://tsa.…" value={words} onChange={event => { setWords(event.currentTarget.value); }} />
        <Button type="submit" disabled={words.trim() === (url ?? '')}>{text('signing.setup.save')}</Button>
      </form>
    </Card>
  );
}

function Anchors({ anchors }: { anchors: TrustAnchor[] }) {
  const [adding, setAdding] = useState<{ fileName: string; bytes: Uint8Array } | null>(null);
  const [removing, setRemoving] = useState<TrustAnchor | null>(null);
  const reason = { label: text('signing.setup.reason'), minLength: 3 };
  return (
    <Card flush title={text('signing.setup.trust.title')} acts={<FilePick label={text('signing.setup.trust.add')} onFile={setAdding} />}>
      {anchors.length === 0 ? <p className={styles.empty}>{text('signing.setup.trust.none')}</p> : (
        <Table>
          <Table.Thead><Table.Tr>{(['subject', 'issuer', 'validTo', 'file'] as const).map(key => <Table.Th key={key}>{text(`signing.setup.trust.${key}`)}</Table.Th>)}<Table.Th /></Table.Tr></Table.Thead>
          <Table.Tbody>
            {anchors.map(anchor => (
              <Table.Tr key={anchor.sha256}>
                <Table.Td>{anchor.subject}</Table.Td>
                <Table.Td>{anchor.issuer}</Table.Td>
                <Table.Td className="tabular">{anchor.isOutOfTime ? <StateBadge state="blocked">{formatDate(anchor.validTo)}</StateBadge> : formatDate(anchor.validTo)}</Table.Td>
                <Table.Td title={anchor.sha256}>{anchor.fileName}</Table.Td>
                <Table.Td><Button size="compact-xs" variant="default" onClick={() => { setRemoving(anchor); }}>{text('signing.setup.trust.remove')}</Button></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {adding === null ? null : (
        <ConfirmDialog
          title={text('signing.setup.trust.addTitle')}
          confirmLabel={text('signing.setup.trust.add')}
          reason={reason}
          onConfirm={why => api.signing.addTrustAnchor({ ...adding, reason: why })}
          onClose={() => { setAdding(null); refresh('signing'); }}
        >
          {text('signing.setup.trust.addWords', { file: adding.fileName })}
        </ConfirmDialog>
      )}
      {removing === null ? null : (
        <ConfirmDialog
          title={text('signing.setup.trust.removeTitle')}
          confirmLabel={text('signing.setup.trust.remove')}
          reason={reason}
          tone="danger"
          onConfirm={why => api.signing.removeTrustAnchor({ fileName: removing.fileName, reason: why })}
          onClose={() => { setRemoving(null); refresh('signing'); }}
        >
          {text('signing.setup.trust.removeWords', { subject: removing.subject, file: removing.fileName })}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Images({ images }: { images: StampImage[] }) {
  return (
    <Card title={text('signing.setup.image.title')}>
      <p className={styles.hint}>{text('signing.setup.image.hint')}</p>
      <ul className={styles.images}>{images.map(image => <li key={`${image.role} ${image.className ?? ''}`}><OneImage image={image} /></li>)}</ul>
    </Card>
  );
}

function OneImage({ image }: { image: StampImage }) {
  const { role, className, bytes } = image;
  const name = text(`signing.setup.image.${role}`, { class: className ?? '' });
  const address = useMemo(() => (bytes === null ? null : URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))), [bytes]);
  useEffect(() => () => { if (address !== null) URL.revokeObjectURL(address); }, [address]);
  const save = async (next: Uint8Array | null): Promise<void> => {
    const result = await api.signing.setStampImage({ role, className, bytes: next });
    if (!result.ok) return showFailure(result.error);
    refresh('signing');
    showDone(text(next === null ? 'signing.setup.image.removed' : 'signing.setup.image.saved', { name }));
  };
  return (
    <div className={styles.image}>
      <strong>{name}</strong>
      <span className={styles.picture}>{address === null ? text('signing.setup.image.none') : <img src={address} alt={name} />}</span>
      <span className={styles.line}>
        <FilePick label={text('signing.setup.image.choose')} onFile={file => { void save(file.bytes); }} />
        {bytes === null ? null : <Button variant="subtle" color="gray" onClick={() => { void save(null); }}>{text('signing.setup.image.remove')}</Button>}
      </span>
    </div>
  );
}

import { Button, Group, Modal, Select, Stack, Table, TextInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import type { PupilDocumentView } from '../../preload/contract/pupil-records.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FileDrop } from '../kit/FileDrop.tsx';
import { formatBytes, formatDate, formatDateTime, parseDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { saveFile } from '../kit/save-file.ts';
import { showFailure } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';

const accept = ['.pdf', '.jpg', '.jpeg', '.png'];
const paperKinds = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
type HandedFile = { fileName: string; bytes: Uint8Array };

/** Documents kept as files and the papers that prove who the pupil is. */
export function StudentDocuments({ personId, mayEdit }: { personId: string; mayEdit: boolean }) {
  const read = useRead('students.documents', { personId });
  const [adding, setAdding] = useState<'document' | 'paper' | null>(null);
  const [replacing, setReplacing] = useState<PupilDocumentView | null>(null);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const open = async (documentId: string): Promise<void> => {
    const result = await api.students.openDocument({ documentId });
    if (result.ok) saveFile(result.value.fileName, result.value.bytes);
    else showFailure(result.error);
  };
  const close = (): void => { setAdding(null); };
  return (
    <Waiting read={read} lines={4}>
      {({ documents, papers }) => (
        <>
          <Card flush title={text('students.documents.title')} acts={mayEdit ? <Button variant="default" size="compact-sm" onClick={() => { setAdding('document'); }}>{text('students.documents.add')}</Button> : null}>
            {documents.length === 0 ? <EmptyState icon={IconPaperclip} title={text('students.documents.none')} next={text('students.documents.noneNext')} /> : (
              <Table>
                <Table.Thead><Table.Tr>{(['kind', 'number', 'issuedOn', 'file', 'addedAt', 'act'] as const).map(key => <Table.Th key={key}>{text(`students.documents.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                <Table.Tbody>
                  {documents.map(one => (
                    <Table.Tr key={one.documentId} style={one.isReplaced ? { color: 'var(--st-text-2)' } : {}}>
                      <Table.Td>{one.kind}{one.isReplaced ? ` (${text('students.documents.replaced')})` : ''}</Table.Td>
                      <Table.Td>{one.number}</Table.Td>
                      <Table.Td className="tabular">{formatDate(one.issuedOn)}</Table.Td>
                      <Table.Td>{one.fileName} · {formatBytes(one.bytes)}</Table.Td>
                      <Table.Td className="tabular">{formatDateTime(one.addedAt)}</Table.Td>
                      <Table.Td>
                        <Group gap={6}>
                          <Button size="compact-xs" variant="light" onClick={() => { void open(one.documentId); }}>{text('students.documents.open')}</Button>
                          {mayEdit && !one.isReplaced ? <Button size="compact-xs" variant="default" onClick={() => { setReplacing(one); }}>{text('students.documents.replace')}</Button> : null}
                        </Group>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Card>
          <Card flush title={text('students.idPapers.title')} acts={mayEdit ? <Button variant="default" size="compact-sm" onClick={() => { setAdding('paper'); }}>{text('students.idPapers.add')}</Button> : null}>
            {papers.length === 0 ? <p style={{ margin: 0, padding: '10px 14px', color: 'var(--st-text-2)' }}>{text('students.idPapers.none')}</p> : (
              <Table>
                <Table.Thead><Table.Tr>{(['kind', 'number', 'issuedOn', 'issuedAt', 'act'] as const).map(key => <Table.Th key={key}>{text(`students.idPapers.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                <Table.Tbody>
                  {papers.map(paper => (
                    <Table.Tr key={paper.paperId}>
                      <Table.Td>{text(`students.told.identity_paper.kind.${paper.kind}`)}</Table.Td>
                      <Table.Td className="tabular">{paper.number}</Table.Td>
                      <Table.Td className="tabular">{formatDate(paper.issuedOn)}</Table.Td>
                      <Table.Td>{paper.issuedAt}</Table.Td>
                      <Table.Td>{mayEdit ? <Button size="compact-xs" variant="default" onClick={() => { setCancelling(paper.paperId); }}>{text('students.idPapers.cancel')}</Button> : null}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Card>
          {adding === 'document' ? <AddDocument personId={personId} onClose={close} /> : null}
          {adding === 'paper' ? <AddPaper personId={personId} onClose={close} /> : null}
          {replacing === null ? null : <ReplaceDocument document={replacing} onClose={() => { setReplacing(null); }} />}
          {cancelling === null ? null : (
            <ConfirmDialog
              title={text('students.idPapers.cancelTitle')}
              confirmLabel={text('students.idPapers.cancel')}
              reason={{ label: text('students.reason'), minLength: 3 }}
              onConfirm={async reason => {
                const result = await api.students.cancelIdentityPaper({ paperId: cancelling, reason });
                refresh('students');
                return result;
              }}
              onClose={() => { setCancelling(null); }}
            >
              {text('students.idPapers.cancelWhat')}
            </ConfirmDialog>
          )}
        </>
      )}
    </Waiting>
  );
}

/** Sends a form and closes it, or says why not. */
function useSending(onClose: () => void): { failure: Failure | null; send: (call: Promise<Result<unknown>>) => Promise<void> } {
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (call: Promise<Result<unknown>>): Promise<void> => {
    const result = await call;
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    refresh('students');
    onClose();
  };
  return { failure, send };
}

function AddDocument({ personId, onClose }: { personId: string; onClose: () => void }) {
  const [values, setValues] = useState({ kind: '', number: '', issuedOn: '' });
  const [file, setFile] = useState<HandedFile | null>(null);
  const { failure, send } = useSending(onClose);
  const issuedOn = values.issuedOn.trim() === '' ? '' : parseDate(values.issuedOn) ?? '?';
  const isReady = file !== null && values.kind.trim() !== '' && (issuedOn === '' || issuedOn.length === 10);
  return (
    <Modal opened onClose={onClose} title={text('students.documents.add')} size="md">
      <form onSubmit={event => { event.preventDefault(); if (isReady) void send(api.students.addDocument({ personId, kind: values.kind, number: values.number, issuedOn, file })); }}>
        <Stack gap="sm">
          {(['kind', 'number', 'issuedOn'] as const).map(name => (
            <TextInput key={name} label={text(`students.documents.${name}`)} required={name === 'kind'} {...(name === 'kind' ? { 'data-autofocus': true } : {})} value={values[name]} onChange={event => { setValues({ ...values, [name]: event.currentTarget.value }); }} />
          ))}
          <FileDrop title={file?.fileName ?? text('students.documents.drop')} hint={text('students.documents.dropHint')} accept={accept} onFile={setFile} />
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isReady}>{text('kit.save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function ReplaceDocument({ document, onClose }: { document: PupilDocumentView; onClose: () => void }) {
  const [file, setFile] = useState<HandedFile | null>(null);
  if (file === null) {
    return (
      <Modal opened onClose={onClose} title={text('students.documents.replaceTitle', { kind: document.kind })} size="md">
        <FileDrop title={text('students.documents.drop')} hint={text('students.documents.dropHint')} accept={accept} onFile={setFile} />
      </Modal>
    );
  }
  return (
    <ConfirmDialog
      title={text('students.documents.replaceTitle', { kind: document.kind })}
      confirmLabel={text('students.documents.replace')}
      reason={{ label: text('students.reason'), minLength: 3 }}
      onConfirm={async reason => {
        const result = await api.students.replaceDocument({ documentId: document.documentId, file, reason });
        refresh('students');
        return result;
      }}
      onClose={onClose}
    >
      {text('students.documents.replaceWhat', { file: file.fileName })}
    </ConfirmDialog>
  );
}

function AddPaper({ personId, onClose }: { personId: string; onClose: () => void }) {
  const [kind, setKind] = useState<(typeof paperKinds)[number]>('1');
  const [values, setValues] = useState({ number: '', issuedOn: '', issuedAt: '' });
  const { failure, send } = useSending(onClose);
  const issuedOn = values.issuedOn.trim() === '' ? '' : parseDate(values.issuedOn) ?? '?';
  const isReady = values.number.trim() !== '' && (issuedOn === '' || issuedOn.length === 10);
  return (
    <Modal opened onClose={onClose} title={text('students.idPapers.add')} size="sm">
      <form onSubmit={event => { event.preventDefault(); if (isReady) void send(api.students.addIdentityPaper({ personId, kind, number: values.number, issuedOn, issuedAt: values.issuedAt })); }}>
        <Stack gap="sm">
          <Select label={text('students.idPapers.kind')} allowDeselect={false} data={paperKinds.map(value => ({ value, label: text(`students.told.identity_paper.kind.${value}`) }))} value={kind} onChange={value => { if (value !== null) setKind(value); }} />
          {(['number', 'issuedOn', 'issuedAt'] as const).map(name => (
            <TextInput key={name} label={text(`students.idPapers.${name}`)} required={name === 'number'} {...(name === 'number' ? { 'data-autofocus': true } : {})} value={values[name]} onChange={event => { setValues({ ...values, [name]: event.currentTarget.value }); }} />
          ))}
          {failure === null ? null : <ErrorNotice failure={failure} />}
          <Group justify="flex-end" gap={8}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" disabled={!isReady}>{text('kit.save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

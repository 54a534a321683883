import { Button, SegmentedControl } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { CommentKind, CommentSheet } from '../../preload/contract/gradebook-comments.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { reread, useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useCommentOutbox } from '../grades/outbox-context.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { CommentField } from './CommentField.tsx';
import styles from './comments.module.css';
import { PhraseDialog } from './PhraseDialog.tsx';

/** All comments of a sheet, one pupil a line, written by keyboard. */
export default function CommentsPage({ params }: ScreenProps) {
  const read = useRead('gradebook.comments', { sheetId: params['sheetId'] ?? '-' }, { keepPrevious: true });
  return <Waiting read={read} lines={16}>{sheet => <Comments key={sheet.sheetId} sheet={sheet} />}</Waiting>;
}

function Comments({ sheet }: { sheet: CommentSheet }) {
  const [chosen, setChosen] = useQueryValue('kind');
  const kind: CommentKind = sheet.kinds.find(one => one === chosen) ?? sheet.kinds[0] ?? 'subject';
  const [keeping, setKeeping] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const bank = useRead('gradebook.phrases', { subject: sheet.subject, kind });
  const draft = useAct(async () => api.gradebook.draftComments({ sheetId: sheet.sheetId, kind }));
  const title = text('gradebook.comments.title', { subject: sheet.subjectName, name: sheet.className });
  const hints = useMemo(() => [
    { keys: ['/'], does: text('gradebook.comments.keys.bank') }, { keys: ['Ctrl', 'Enter'], does: text('gradebook.comments.keys.next') }, { keys: ['Alt', '↓'], does: text('kit.keys.move') },
  ], []);
  useFoot(title, sheet.mayEdit ? hints : []);
  const go = (order: number): void => { list.current?.querySelector<HTMLTextAreaElement>(`textarea[data-comment="${order}"]`)?.focus(); };
  const again = (): void => { reread('gradebook'); };
  const outbox = useCommentOutbox();
  const { waiting, refused, isHeld } = useSyncExternalStore(watcher => outbox.watch(watcher), () => outbox.status);
  // Whatever left the outbox stands in the book, or another person's words do: read them.
  const ofSheet = waiting.filter(entry => entry.sheetId === sheet.sheetId).length;
  const open = `${ofSheet} ${refused.length}`;
  const before = useRef(open);
  useEffect(() => {
    if (before.current === open) return;
    before.current = open;
    reread('gradebook');
  }, [open]);
  const drafted = async (): Promise<void> => {
    const done = await draft.run();
    if (done === null) return;
    again();
    showDone(text('gradebook.comments.drafted', done));
  };
  const ofKind = sheet.rows.map(row => row.comments[kind]);
  const written = ofKind.filter(comment => (comment?.comment ?? '') !== '').length;
  const unseen = ofKind.filter(comment => comment !== undefined && !comment.isSeen && comment.comment !== '').length;
  return (
    <Page
      fills
      title={text('gradebook.comments.name')}
      trail={[{ title: text('grades.title'), to: '/grades' }, { title: text('grades.sheetTitle', { subject: sheet.subjectName, name: sheet.className }), to: `/grades/${sheet.sheetId}` }]}
      aside={(
        <>
          <span className="tabular" role="status">{text('gradebook.comments.written', { written, total: sheet.rows.length })}</span>
          {isHeld && ofSheet > 0 ? <StateBadge state="needs">{text('gradebook.comments.held', { count: ofSheet })}</StateBadge> : null}
          {unseen > 0 ? <StateBadge state="needs">{text('gradebook.comments.unseenCount', { count: unseen })}</StateBadge> : null}
        </>
      )}
      acts={(
        <>
          {sheet.mayEdit ? <Button variant="default" leftSection={<IconPencil size={15} stroke={1.7} />} loading={draft.isBusy} disabled={written === sheet.rows.length} onClick={() => { void drafted(); }}>{text('gradebook.comments.draft')}</Button> : null}
          <Button variant="default" onClick={() => { navigate(`/grades/${sheet.sheetId}`); }}>{text('gradebook.reading.back')}</Button>
        </>
      )}
      bar={sheet.kinds.length < 2 ? undefined : <SegmentedControl size="xs" aria-label={text('gradebook.comments.kinds')} value={kind} onChange={setChosen} data={sheet.kinds.map(one => ({ value: one, label: text(`gradebook.comments.kind.${one}`) }))} />}
    >
      <div className={styles.list} ref={list}>
        {sheet.readOnlyReason === null ? null : <div className={styles.note} role="note">{sheet.readOnlyReason}</div>}
        {draft.failure === null ? null : <ErrorNotice failure={draft.failure} onDismiss={draft.clear} />}
        <div className={styles.note}>{text(`gradebook.comments.about.${kind}`)}</div>
        {sheet.rows.map(row => (
          <CommentField
            key={`${row.enrolmentId} ${kind}`}
            sheet={sheet}
            row={row}
            kind={kind}
            phrases={bank.data?.phrases ?? []}
            onNext={by => { go(row.order + by); }}
            onKeep={setKeeping}
            onRemove={phrase => {
              void api.gradebook.removePhrase({ phraseId: phrase.phraseId }).then(result => {
                if (result.ok) again();
                else showFailure(result.error);
              });
            }}
          />
        ))}
      </div>
      {keeping === null ? null : <PhraseDialog phrase={keeping} subject={sheet.subject} subjectName={sheet.subjectName} kind={kind} onClose={() => { setKeeping(null); again(); }} />}
    </Page>
  );
}

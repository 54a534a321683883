import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChecks, IconDots, IconHistory, IconMessage2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { ReadingDialog } from './ReadingDialog.tsx';
import { readingInWords } from './reading-words.ts';

/** What one does beside typing: comments, a second reading, the marks that were changed. */
export function SheetTools({ sheet, onClosed }: { sheet: SheetView; onClosed: () => void }) {
  const [readsAgain, setReadsAgain] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-sm" leftSection={<IconMessage2 size={15} stroke={1.7} />} onClick={() => { navigate(`/grades/comments/${sheet.sheetId}`); }}>{text('gradebook.comments.act')}</Button>
      <Menu position="bottom-end" onClose={onClosed}>
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={text('gradebook.tools')} title={text('gradebook.tools')}><IconDots size={17} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {sheet.kind === 'score' || sheet.kind === 'comment' || sheet.kind === 'primary' ? <Menu.Item leftSection={<IconChecks size={15} />} onClick={() => { setReadsAgain(true); }}>{text('gradebook.reading.act')}</Menu.Item> : null}
          <Menu.Item leftSection={<IconHistory size={15} />} onClick={() => { navigate(`/grades/changes/${sheet.sheetId}`); }}>{text('gradebook.history.sheetPage')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {readsAgain ? <ReadingDialog sheet={sheet} onClose={() => { setReadsAgain(false); onClosed(); }} /> : null}
    </>
  );
}

/** In the head of a sheet: that it was read a second time, or is being read. */
export function ReadingBadge({ sheetId }: { sheetId: string }) {
  const { data } = useRead('gradebook.readings', { sheetId });
  const last = data?.readings.find(reading => reading.state !== 'dropped');
  if (last === undefined) return null;
  const isDone = last.state === 'done';
  return <span title={readingInWords(last)}><StateBadge state={isDone ? 'done' : 'needs'}>{text(`gradebook.reading.badge.${isDone ? 'done' : 'open'}`, { columns: last.columnTitles.join(', ') })}</StateBadge></span>;
}

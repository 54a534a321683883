import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { OpenReading } from '../../preload/contract/gradebook-readings.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { reread, useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ReadingDifferences } from './ReadingDifferences.tsx';
import { ReadingWalk } from './ReadingWalk.tsx';
import { readingInWords } from './reading-words.ts';

/** One second reading: cell by cell while it is read, then the differences. */
export default function SecondReadingPage({ params }: ScreenProps) {
  const read = useRead('gradebook.openReading', { readingId: params['readingId'] ?? '-' });
  return <Waiting read={read} lines={12}>{found => <Reading key={`${found.readingId} ${found.state}`} reading={found} />}</Waiting>;
}

function Reading({ reading }: { reading: OpenReading }) {
  const [asksDrop, setAsksDrop] = useState(false);
  const title = text(`gradebook.reading.title.${reading.kind}`);
  const hints = useMemo(() => (reading.mayRead ? [
    { keys: ['Enter'], does: text(`gradebook.reading.keys.${reading.kind}`) }, { keys: ['Delete'], does: text('gradebook.reading.keys.empty') }, { keys: ['↑', '↓'], does: text('kit.keys.move') },
  ] : []), [reading.mayRead, reading.kind]);
  useFoot(`${title} · ${reading.subjectName} ${reading.className} · ${reading.columnTitles.join(', ')}`, hints);
  return (
    <Page
      fills
      title={title}
      trail={[{ title: text('grades.title'), to: '/grades' }, { title: text('grades.sheetTitle', { subject: reading.subjectName, name: reading.className }), to: `/grades/${reading.sheetId}` }]}
      aside={<span>{reading.columnTitles.join(', ')}</span>}
      acts={(
        <>
          {reading.state === 'reading' || reading.state === 'settling' ? <Button variant="default" onClick={() => { setAsksDrop(true); }}>{text('gradebook.reading.drop')}</Button> : null}
          <Button variant="default" onClick={() => { navigate(`/grades/${reading.sheetId}`); }}>{text('gradebook.reading.back')}</Button>
        </>
      )}
      {...(reading.state === 'reading' && reading.mayRead ? {} : { bar: <span role="status">{readingInWords(reading)}</span> })}
    >
      {reading.state === 'reading' ? (reading.mayRead ? <ReadingWalk reading={reading} /> : <Notice state="quiet" title={text('gradebook.reading.others', { name: reading.readerName })} />) : <ReadingDifferences reading={reading} />}
      {asksDrop ? (
        <ConfirmDialog
          title={text('gradebook.reading.drop')}
          confirmLabel={text('gradebook.reading.drop')}
          reason={{ label: text('journal.screen.column.reason'), minLength: 3 }}
          tone="danger"
          onConfirm={async reason => {
            const result = await api.gradebook.dropReading({ readingId: reading.readingId, reason });
            if (result.ok) {
              reread('gradebook');
              navigate(`/grades/${reading.sheetId}`);
            }
            return result;
          }}
          onClose={() => { setAsksDrop(false); }}
        >
          {text('gradebook.reading.dropWhat')}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

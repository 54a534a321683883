import { Button, Modal } from '@mantine/core';
import { IconPrinter, IconUsersMinus } from '@tabler/icons-react';
import { Suspense, lazy, useMemo, useState } from 'react';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { ClassView } from '../../preload/contract/classes.ts';
import type { StudentRow } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { runJob } from '../app/jobs.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink, navigate, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { ColumnChooser, useColumnChoice } from '../kit/ColumnChooser.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { Page } from '../kit/Page.tsx';
import { useAct } from '../kit/useAct.ts';
import type { Act } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { classColumns } from './class-columns.tsx';
import styles from './classes.module.css';

const PdfViewer = lazy(async () => ({ default: (await import('../kit/PdfViewer.tsx')).PdfViewer }));

/** One class: its pupils, who teaches what, how far its sheets are; the list to print. */
export default function ClassPage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { may } = useSession();
  const read = useRead('classes.open', { classId });
  const [words, setWords] = useQueryValue('q');
  const [isPrinting, setPrinting] = useState(false);
  const [file, setFile] = useState<PdfFile | null>(null);
  const print = useAct(() => runJob('classes.printList', { classId }));
  const startPrint = async (): Promise<void> => {
    setPrinting(true);
    setFile(null);
    setFile(await print.run());
  };
  const columns = useMemo(() => classColumns(), []);
  const choice = useColumnChoice('class', columns);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }, { keys: ['Enter'], does: text('kit.keys.open') }], []);
  const found = read.data;
  useFoot(found === undefined ? '' : text('classes.whereClass', { name: found.name, pupils: found.pupils }), hints);
  return (
    <Page
      fills
      title={found === undefined ? '…' : text('classes.className', { name: found.name })}
      trail={[{ title: text('classes.title'), to: '/classes' }]}
      aside={found === undefined ? null : <span className="tabular">{text('classes.pupils', { pupils: found.pupils, female: found.female })} · {found.homeroom === null ? text('classes.noHomeroom') : text('classes.homeroom', { name: found.homeroom })}</span>}
      acts={(
        <>
          <Button variant="default" onClick={() => { navigate(`/classes/${classId}/record`); }}>{text('classes.record.open')}</Button>
          {may('records.edit') ? <Button variant="default" onClick={() => { navigate(`/classes/${classId}/people`); }}>{text('classes.people.open')}</Button> : null}
          <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} onClick={() => { void startPrint(); }}>{text('classes.print')}</Button>
        </>
      )}
      bar={<><FilterBox value={words} onChange={setWords} placeholder={text('classes.filter')} /><span style={{ flex: 1 }} /><ColumnChooser choice={choice} /></>}
    >
      <Waiting read={read} lines={16}>
        {view => (
          <div className={styles.columns}>
            <DataTable<StudentRow>
              label={text('classes.list')}
              rows={view.pupilRows}
              columns={choice.shown}
              rowId={row => row.enrolmentId}
              filter={words}
              onOpen={row => { navigate(`/students/${row.enrolmentId}`); }}
              empty={<EmptyState icon={IconUsersMinus} title={text('classes.empty')} next={text(words === '' ? 'classes.emptyNext' : 'classes.emptyFound')} />}
            />
            <ClassSide view={view} mayViewGrades={may('grades.view')} />
          </div>
        )}
      </Waiting>
      {isPrinting ? <PrintedList print={print} file={file} name={found?.name ?? ''} onRetry={() => { void startPrint(); }} onClose={() => { setPrinting(false); }} /> : null}
    </Page>
  );
}

function ClassSide({ view, mayViewGrades }: { view: ClassView; mayViewGrades: boolean }) {
  const terms = [1, 2] as const;
  return (
    <aside className={styles.side} aria-label={text('classes.sheets')}>
      {mayViewGrades ? (
        <>
          <ul><li><RouteLink to={`/grades/records/${view.classId}`}><span>{text('classes.records')}</span><span aria-hidden>›</span></RouteLink></li></ul>
          {terms.map(term => (
            <section key={term}>
              <h2>{text('classes.sheetsOf', { term })}</h2>
              <ul>
                {view.sheetList.filter(sheet => sheet.term === term).map(sheet => (
                  <li key={sheet.sheetId}>
                    <RouteLink to={`/grades/${sheet.sheetId}`}>
                      <span>{sheet.subjectName}</span>
                      <span className={`tabular ${sheet.filled < sheet.expected ? styles.missing ?? '' : ''}`}>{sheet.filled}/{sheet.expected}{sheet.state === 'locked' ? ` · ${text('classes.locked')}` : ''}</span>
                    </RouteLink>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      ) : null}
      <h2>{text('classes.teachers')}</h2>
      <ul>
        {view.teachers.map(one => (
          <li key={one.subject}><div><span>{one.subjectName}</span><span>{one.teacher ?? text('classes.noTeacher')}</span></div></li>
        ))}
      </ul>
    </aside>
  );
}

function PrintedList({ print, file, name, onRetry, onClose }: { print: Act<[], PdfFile>; file: PdfFile | null; name: string; onRetry: () => void; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={text('classes.printed', { name })} size="min(1000px, 92vw)" padding={0} styles={{ header: { padding: '8px 16px', minHeight: 44 } }}>
      <div className={styles.printed}>
        {print.failure === null ? null : <div className={styles.printFailed}><ErrorNotice failure={print.failure} onRetry={onRetry} /></div>}
        {print.isBusy ? <p className={styles.printing} role="status">{text('classes.printing')}</p> : null}
        {file === null ? null : <Suspense fallback={null}><PdfViewer file={file} takesKeyboard /></Suspense>}
      </div>
    </Modal>
  );
}

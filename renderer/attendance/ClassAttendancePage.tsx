import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter, IconSettings } from '@tabler/icons-react';
import { Suspense, lazy, useState } from 'react';
import type { PdfFile } from '../../preload/contract/common.ts';
import { text } from '../../resources/language/language.ts';
import { runJob } from '../app/jobs.ts';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Page } from '../kit/Page.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './attendance.module.css';
import { AttendancePlanDialog } from './AttendancePlanDialog.tsx';
import { addMonths, dayWithin } from './calendar.ts';
import { MonthSheet } from './MonthSheet.tsx';

const PdfViewer = lazy(async () => ({ default: (await import('../kit/PdfViewer.tsx')).PdfViewer }));

/** The roll of one class, a month at a time. */
export default function ClassAttendancePage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { year } = useSession();
  const [now] = useState(() => new Date());
  const [chosenMonth, setMonth] = useQueryValue('thang');
  const [day] = useQueryValue('ngay');
  const today = day === '' ? dayWithin(year, now) : day;
  const month = chosenMonth === '' ? today.slice(0, 7) : chosenMonth;
  const read = useRead('attendance.month', { classId, month }, { keepPrevious: true });
  const [isPlanning, setPlanning] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const [file, setFile] = useState<PdfFile | null>(null);
  const print = useAct(() => runJob('attendance.printMonth', { classId, month }));
  const startPrint = async (): Promise<void> => {
    setPrinting(true);
    setFile(null);
    setFile(await print.run());
  };
  const found = read.data;
  const monthWords = text('attendance.month', { month: Number(month.slice(5)), year: month.slice(0, 4) });
  return (
    <Page
      fills
      title={found === undefined ? '…' : text('attendance.sheet', { name: found.className })}
      trail={[{ title: text('attendance.title'), to: '/attendance' }]}
      acts={(
        <>
          {found?.mayEdit === true ? <Button variant="default" leftSection={<IconSettings size={15} stroke={1.7} />} onClick={() => { setPlanning(true); }}>{text('attendance.plan.title')}</Button> : null}
          <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} onClick={() => { void startPrint(); }}>{text('attendance.printMonth')}</Button>
        </>
      )}
      bar={(
        <>
          <ActionIcon variant="default" size={30} aria-label={text('attendance.previousMonth')} onClick={() => { setMonth(addMonths(month, -1)); }}><IconChevronLeft size={16} /></ActionIcon>
          <strong className={styles.month}>{monthWords}</strong>
          <ActionIcon variant="default" size={30} aria-label={text('attendance.nextMonth')} onClick={() => { setMonth(addMonths(month, 1)); }}><IconChevronRight size={16} /></ActionIcon>
        </>
      )}
    >
      <Waiting read={read} lines={18}>{view => <MonthSheet key={`${view.classId} ${view.month}`} view={view} today={today} />}</Waiting>
      {isPlanning && found !== undefined ? <AttendancePlanDialog classId={classId} plan={found.plan} onClose={() => { setPlanning(false); }} /> : null}
      {isPrinting ? (
        <Modal opened onClose={() => { setPrinting(false); }} title={monthWords} size="min(1100px, 94vw)" padding={0} styles={{ header: { padding: '8px 16px', minHeight: 44 } }}>
          <div className={styles.printed}>
            {print.failure === null ? null : <ErrorNotice failure={print.failure} onRetry={() => { void startPrint(); }} />}
            {print.isBusy ? <p role="status">{text('attendance.printing')}</p> : null}
            {file === null ? null : <Suspense fallback={null}><PdfViewer file={file} takesKeyboard /></Suspense>}
          </div>
        </Modal>
      ) : null}
    </Page>
  );
}

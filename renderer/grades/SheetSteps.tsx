import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconHistory, IconLock, IconLockOpen, IconPrinter, IconSend, IconArrowBackUp, IconChecks } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { NextStep } from '../../preload/contract/gradebook-steps.ts';
import type { SheetView } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { refresh, useRead } from '../app/queries.ts';
import { formatWhen } from '../kit/formats.ts';
import { saveFile } from '../kit/save-file.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { useJob } from '../kit/useJob.ts';
import type { MarkGridState } from './mark-grid-state.ts';
import { signOfState } from './sheet-tree.ts';
import { StepDialog } from './StepDialog.tsx';
import { StepHistory } from './StepHistory.tsx';

const pictures: Record<NextStep['act'], Icon> = {
  submit: IconSend, check: IconChecks, lock: IconLock, relock: IconLock, withdraw: IconArrowBackUp, return: IconArrowBackUp, reopen: IconLockOpen,
};

/** The state of a sheet in a word, with what an open one misses and when a reopened one locks again. */
export function SheetStateBadge({ sheet, missing }: { sheet: Pick<SheetView, 'state' | 'reopenedUntil'>; missing: number }) {
  useMinute(sheet.reopenedUntil);
  if (sheet.state === 'open') return <StateBadge state={missing === 0 ? 'done' : 'needs'}>{missing === 0 ? text('grades.state.complete') : text('grades.state.missing', { count: missing })}</StateBadge>;
  const words = sheet.reopenedUntil === null ? text(`gradebook.state.${sheet.state}`) : text('gradebook.stateLeft', { left: timeLeft(sheet.reopenedUntil) });
  const until = sheet.reopenedUntil === null ? undefined : text('gradebook.stateUntil', { until: formatWhen(sheet.reopenedUntil) });
  return <span title={until}><StateBadge state={signOfState(sheet.state)}>{words}</StateBadge></span>;
}

/** Draws again every minute while something runs out, and reads the sheet anew when it has. */
function useMinute(until: string | null): void {
  const [, setMinute] = useState(0);
  useEffect(() => {
    if (until === null) return undefined;
    const timer = window.setInterval(() => { setMinute(now => now + 1); }, 30_000);
    const end = window.setTimeout(() => { refresh('grades'); refresh('gradebook'); }, Math.min(2 ** 31 - 1, Math.max(0, Date.parse(until) - Date.now()) + 500));
    return () => {
      window.clearInterval(timer);
      window.clearTimeout(end);
    };
  }, [until]);
}

/** "2 ngày", "5 giờ", "12 phút". */
function timeLeft(until: string): string {
  const minutes = Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 60_000));
  if (minutes >= 2880) return text('gradebook.left.days', { count: Math.floor(minutes / 1440) });
  return minutes >= 120 ? text('gradebook.left.hours', { count: Math.floor(minutes / 60) }) : text('gradebook.left.minutes', { count: minutes });
}

/** What this person may do with the sheet next, its history, and the printed register. */
export function SheetSteps({ sheet, state, missing, onClosed }: { sheet: SheetView; state: MarkGridState; missing: number; onClosed: () => void }) {
  const { data } = useRead('gradebook.workflow', { sheetId: sheet.sheetId });
  const print = useJob('gradebook.printRegister');
  const [asked, setAsked] = useState<NextStep | null>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  const [first, ...others] = data?.next ?? [];
  const close = (): void => {
    setAsked(null);
    setShowsHistory(false);
    onClosed();
  };
  const printNow = async (): Promise<void> => {
    const paper = await print.run({ sheetId: sheet.sheetId });
    if (paper !== null) saveFile(paper.fileName, paper.bytes, 'application/pdf');
  };
  return (
    <>
      {first === undefined ? null : <StepButton step={first} isFirst={first.skips.length === 0} onAsk={setAsked} />}
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={30} loading={print.isRunning} aria-label={text('gradebook.otherSteps')} title={text('gradebook.otherSteps')}><IconChevronDown size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {others.map(step => {
            const Picture = pictures[step.act];
            return <Menu.Item key={`${step.act} ${step.to}`} leftSection={<Picture size={15} />} onClick={() => { setAsked(step); }}>{stepWords(step)}</Menu.Item>;
          })}
          {others.length === 0 ? null : <Menu.Divider />}
          <Menu.Item leftSection={<IconHistory size={15} />} onClick={() => { setShowsHistory(true); }}>{text('gradebook.history.act')}</Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={15} />} onClick={() => { void printNow(); }}>{text('gradebook.register.act')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === null ? null : <StepDialog sheet={sheet} step={asked} state={state} missing={missing} unseen={data?.unseen ?? 0} onClose={close} />}
      {showsHistory ? <StepHistory sheet={sheet} steps={data?.steps ?? []} onClose={close} /> : null}
    </>
  );
}

/** "Khoá sổ"; passing over steps it says so: "Khoá sổ (chưa nộp, chưa kiểm tra)". */
export function stepWords(step: NextStep): string {
  const act = text(`gradebook.step.${step.act}`);
  return step.skips.length === 0 ? act : `${act} (${step.skips.map(state => text(`gradebook.notYet.${state}`)).join(', ')})`;
}

function StepButton({ step, isFirst, onAsk }: { step: NextStep; isFirst: boolean; onAsk: (step: NextStep) => void }) {
  const Picture = pictures[step.act];
  return <Button {...(isFirst ? {} : { variant: 'default' })} leftSection={<Picture size={15} />} onClick={() => { onAsk(step); }}>{stepWords(step)}</Button>;
}

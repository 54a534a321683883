import { useState } from 'react';
import { usePreference } from '../app/preferences.ts';
import type { ScreenProps } from '../app/routes.tsx';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './grades.module.css';
import { MarkSheet } from './MarkSheet.tsx';
import { SheetOverview } from './SheetOverview.tsx';
import { SheetTree } from './SheetTree.tsx';
import { pointOf, pointOfTerm, sheetStates } from './sheet-tree.ts';
import type { YearPoint } from './sheet-tree.ts';
import { useSheets } from './useSheets.ts';
import { TermRecords } from './TermRecords.tsx';

/** The mark books of the year: the tree of sheets, and the sheet, the term records of a class, or the overview beside it. */
export default function GradesPage({ params }: ScreenProps) {
  const { year, account, term: currentTerm } = useSession();
  const read = useSheets(year);
  const [words, setWords] = useQueryValue('q');
  const [state, setState] = useQueryValue('state');
  const [chosenPoint, setChosenPoint] = useState<YearPoint | null>(null);
  const [wantsOwn, setWantsOwn] = usePreference('sheets.own', account.role === 'teacher');
  const { sheetId, classId } = params;
  return (
    <div className={styles.page}>
      <Waiting read={read} lines={18}>
        {({ sheets }) => {
          const open = sheets.find(sheet => sheet.sheetId === sheetId);
          const ownsSome = sheets.some(sheet => sheet.teacher === account.name);
          const filter = { point: chosenPoint ?? (open ? pointOf(open) : pointOfTerm(currentTerm)), words, teacher: ownsSome && wantsOwn ? account.name : null, state: sheetStates.find(one => one === state) ?? null };
          return (
            <>
              <SheetTree
                sheets={sheets}
                filter={filter}
                sheetId={sheetId ?? null}
                classId={classId ?? null}
                own={ownsSome ? { isOn: wantsOwn, onChange: setWantsOwn } : null}
                onPoint={setChosenPoint}
                onWords={setWords}
                onState={next => { setState(next ?? ''); }}
              />
              <div className={styles.beside}>
                {sheetId !== undefined ? <MarkSheet key={sheetId} sheetId={sheetId} sheets={sheets} onOtherPeriod={() => { setChosenPoint(null); }} />
                  : classId !== undefined ? <TermRecords key={classId} classId={classId} />
                  : <SheetOverview sheets={sheets} filter={filter} />}
              </div>
            </>
          );
        }}
      </Waiting>
    </div>
  );
}

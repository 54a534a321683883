import { useRead } from '../app/queries.ts';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './grades.module.css';
import { MarkSheet } from './MarkSheet.tsx';
import { SheetOverview } from './SheetOverview.tsx';
import { SheetTree } from './SheetTree.tsx';
import { TermRecords } from './TermRecords.tsx';

/** The mark books of the year: the tree of sheets, and the sheet, the term records of a class, or the overview beside it. */
export default function GradesPage({ params }: ScreenProps) {
  const { year } = useSession();
  const sheets = useRead('grades.listSheets', { year });
  const { sheetId, classId } = params;
  return (
    <div className={styles.page}>
      <Waiting read={sheets} lines={18}>
        {found => (
          <>
            <SheetTree sheets={found.sheets} sheetId={sheetId ?? null} classId={classId ?? null} />
            <div className={styles.beside}>
              {sheetId !== undefined ? <MarkSheet key={sheetId} sheetId={sheetId} sheets={found.sheets} />
                : classId !== undefined ? <TermRecords key={classId} classId={classId} />
                : <SheetOverview sheets={found.sheets} />}
            </div>
          </>
        )}
      </Waiting>
    </div>
  );
}

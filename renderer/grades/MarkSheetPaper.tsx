import { Button, Menu, Modal, Table } from '@mantine/core';
import { IconFileDownload, IconFileImport, IconFileSpreadsheet, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { SheetView } from '../../preload/contract/grades.ts';
import type { MarkSheetIssue, MarkSheetScope } from '../../preload/contract/mark-sheets.ts';
import { text } from '../../resources/language/language.ts';
import { runJob } from '../app/jobs.ts';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatWhen } from '../kit/formats.ts';
import { saveFile } from '../kit/save-file.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { periodName } from './sheet-tree.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Hands this sheet (its class, its teacher's sheets) out as a workbook, takes one back, and shows what was handed out. */
export function MarkSheetPaper({ sheet, teacher, onClosed }: { sheet: SheetView; teacher: string | null; onClosed: () => void }) {
  const { may } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [showsIssues, setShowsIssues] = useState(false);
  const issue = async (scope: MarkSheetScope): Promise<void> => {
    setBusy(true);
    const result = await runJob('gradebook.issueMarkSheets', { scope });
    setBusy(false);
    if (!result.ok) {
      showFailure(result.error);
      return;
    }
    const made = result.value;
    saveFile(made.fileName, made.bytes, xlsx);
    const left = made.leftOut.map(one => `${one.sheet}: ${one.reason}`).join(' ');
    showDone(`${text('grades.paper.issued', { count: made.codes.length })}${left === '' ? '' : ` ${text('grades.paper.leftOut', { sheets: left })}`}`);
  };
  const run = (scope: MarkSheetScope): void => { void issue(scope); };
  return (
    <>
      <Menu position="bottom-end" onClose={onClosed}>
        <Menu.Target><Button variant="default" loading={isBusy} leftSection={<IconFileSpreadsheet size={15} stroke={1.7} />}>{text('grades.paper.act')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileDownload size={15} />} onClick={() => { run({ of: 'sheet', sheetId: sheet.sheetId }); }}>{text('grades.paper.sheet')}</Menu.Item>
          <Menu.Item leftSection={<IconFileDownload size={15} />} onClick={() => { run({ of: 'class', classId: sheet.classId, term: sheet.term }); }}>{text('grades.paper.class', { name: sheet.className, period: periodName(sheet) })}</Menu.Item>
          {teacher === null ? null : <Menu.Item leftSection={<IconFileDownload size={15} />} onClick={() => { run({ of: 'teacherOf', sheetId: sheet.sheetId }); }}>{text('grades.paper.teacher', { name: teacher, period: periodName(sheet) })}</Menu.Item>}
          <Menu.Divider />
          {may('records.import') ? <Menu.Item leftSection={<IconFileImport size={15} />} onClick={() => { navigate(`/imports?sheet=${sheet.sheetId}`); }}>{text('grades.paper.takeBack')}</Menu.Item> : null}
          <Menu.Item leftSection={<IconHistory size={15} />} onClick={() => { setShowsIssues(true); }}>{text('grades.paper.history')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {showsIssues ? <Issues sheet={sheet} onClose={() => { setShowsIssues(false); onClosed(); }} /> : null}
    </>
  );
}

const signs: Record<MarkSheetIssue['state'], 'needs' | 'done' | 'quiet'> = { out: 'needs', returned: 'done', replaced: 'quiet' };

function Issues({ sheet, onClose }: { sheet: SheetView; onClose: () => void }) {
  const read = useRead('gradebook.markSheetIssues', { year: sheet.year, sheetId: sheet.sheetId });
  return (
    <Modal opened onClose={onClose} title={text('grades.paper.historyOf', { subject: sheet.subjectName, name: sheet.className })} size="xl">
      <Waiting read={read} lines={4}>
        {({ issues }) => (issues.length === 0 ? <EmptyState icon={IconFileSpreadsheet} title={text('grades.paper.none')} next={text('grades.paper.noneNext')} /> : (
          <Table>
            <Table.Thead><Table.Tr>{(['at', 'code', 'by', 'issuedFor', 'state'] as const).map(key => <Table.Th key={key}>{text(`grades.paper.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody className="tabular">
              {issues.map(one => (
                <Table.Tr key={one.issueId}>
                  <Table.Td>{formatWhen(one.at)}</Table.Td>
                  <Table.Td>{one.code}</Table.Td>
                  <Table.Td>{one.by}</Table.Td>
                  <Table.Td>{one.issuedFor}</Table.Td>
                  <Table.Td><StateBadge state={signs[one.state]}>{text(`grades.paper.state.${one.state}`)}</StateBadge></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
      </Waiting>
    </Modal>
  );
}

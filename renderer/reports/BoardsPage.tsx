import { SegmentedControl, Table } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import type { MissingBoard, MissingSheet } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate, formatNumber } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { NumberCell } from './NumberCell.tsx';
import { ReportActs } from './ReportActs.tsx';
import styles from './reports.module.css';

const groupings = ['class', 'subject', 'teacher'] as const;
type Grouping = (typeof groupings)[number];
const noHints: [] = [];

function groupOf(sheet: MissingSheet, by: Grouping): string {
  if (by === 'class') return sheet.className;
  return by === 'subject' ? sheet.subjectName : sheet.teacher ?? text('reports.board.nobody');
}

/** What the gradebook still lacks before each point of the calendar, by class, subject or teacher; each number leads to its sheets. */
export default function BoardsPage() {
  const { year, may } = useSession();
  const [byText, setBy] = useQueryValue('by');
  const by = groupings.find(one => one === byText) ?? 'class';
  const [classId, setClass] = useQueryValue('class');
  const [point, setPoint] = useQueryValue('point');
  const [group, setGroup] = useQueryValue('group');
  const read = useRead('reports.missing', { year });
  useFoot(text('reports.board.where'), noHints);
  const choose = (nextGroup: string, nextPoint: string): void => { setGroup(nextGroup); setPoint(nextPoint); };
  return (
    <Page
      fills
      title={text('reports.board.title')}
      trail={[{ title: text('grades.title'), to: '/grades' }]}
      acts={may('reports.view') ? <ReportActs choice={{ of: 'missing', year }} title={text('reports.print.missing')} /> : undefined}
      bar={<SegmentedControl aria-label={text('reports.board.by')} value={by} onChange={value => { setBy(value); setGroup(''); setPoint(''); setClass(''); }} data={groupings.map(one => ({ value: one, label: text(`reports.board.group.${one}`) }))} />}
    >
      <Waiting read={read} lines={12}>
        {board => {
          const sheets = classId === '' ? board.sheets : board.sheets.filter(sheet => sheet.classId === classId);
          if (sheets.length === 0) return <EmptyState icon={IconChecks} title={text('reports.board.none')} next={text('reports.board.noneNext')} />;
          const listed = sheets.filter(sheet => (group === '' || groupOf(sheet, by) === group) && (point === '' || String(sheet.point) === point));
          return (
            <SidePane label={text('reports.board.sheets')} width={340} side={group === '' && point === '' ? <PaneEmpty>{text('reports.board.pane')}</PaneEmpty> : <Sheets sheets={listed} title={group} />}>
              <div className={styles.scroll}><Groups board={board} sheets={sheets} by={by} group={group} point={point} onChoose={choose} /></div>
            </SidePane>
          );
        }}
      </Waiting>
    </Page>
  );
}

interface GroupsProps {
  board: MissingBoard;
  sheets: readonly MissingSheet[];
  by: Grouping;
  group: string;
  point: string;
  onChoose: (group: string, point: string) => void;
}

function Groups({ board, sheets, by, group, point, onChoose }: GroupsProps) {
  const groups = [...Map.groupBy(sheets, sheet => groupOf(sheet, by))].toSorted(([a], [b]) => a.localeCompare(b, 'vi', { numeric: true }));
  const points = board.points.filter(one => sheets.some(sheet => sheet.point === one.point));
  return (
    <Card flush>
      <div className={styles.table}>
        <Table stickyHeader aria-label={text('reports.board.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text(`reports.board.group.${by}`)}</Table.Th>
              {points.map(one => (
                <Table.Th key={one.point} ta="right">
                  {text(`gradebook.point.${one.point}`)}
                  <div className={styles.quiet}>{one.dueOn === null ? text('reports.board.noDay') : text(one.daysLeft !== null && one.daysLeft < 0 ? 'reports.board.late' : 'reports.board.due', { day: formatDate(one.dueOn), days: Math.abs(one.daysLeft ?? 0) })}</div>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map(([name, of]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                {points.map(one => (
                  <NumberCell
                    key={one.point}
                    value={of.reduce((sum, sheet) => sum + (sheet.point === one.point ? sheet.missing : 0), 0)}
                    label={`${name} – ${text(`gradebook.point.${one.point}`)}`}
                    isChosen={group === name && point === String(one.point)}
                    onChoose={() => { onChoose(name, String(one.point)); }}
                  />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

function Sheets({ sheets, title }: { sheets: readonly MissingSheet[]; title: string }) {
  return (
    <>
      <h2 className={styles.head}>{title === '' ? text('reports.board.sheets') : title}</h2>
      <span className={styles.quiet}>{text('reports.board.count', { count: sheets.length })}</span>
      <ul className={styles.members}>
        {sheets.map(sheet => (
          <li key={`${sheet.sheetId} ${sheet.point}`}>
            <RouteLink to={`/grades/sheet/${sheet.sheetId}`}>{sheet.subjectName} {sheet.className}</RouteLink>
            <small className="tabular">{text('reports.board.missing', { missing: formatNumber(sheet.missing), expected: formatNumber(sheet.expected) })}</small>
            <small>{sheet.teacher ?? text('reports.board.nobody')}</small>
            <small>{text(`gradebook.point.${sheet.point}`)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

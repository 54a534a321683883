import { Select, Table } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { Distribution } from '../../preload/contract/reports.ts';
import type { MarkColumn, SheetSummary } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Chart } from '../kit/Chart.tsx';
import { seriesColor } from '../kit/chart-data.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Card, Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './reports.module.css';

const noHints: [] = [];
const distinct = (pairs: readonly (readonly [string, string])[]) => [...new Map(pairs)].map(([value, label]) => ({ value, label }));

/** How the marks of a column lie, the classes of a grade side by side: numbers of marks, never names. */
export default function DistributionPage() {
  const { year, account } = useSession();
  const sheets = useRead('grades.listSheets', { year });
  useFoot(text('reports.distribution.where'), noHints);
  return (
    <Page title={text('reports.distribution.title')} trail={[{ title: text('grades.title'), to: '/grades' }]}>
      <Waiting read={sheets} lines={10}>
        {found => {
          const own = account.role === 'teacher' ? found.sheets.filter(sheet => sheet.teacher === account.name) : found.sheets;
          const offered = own.length === 0 ? found.sheets : own;
          if (offered.length === 0) return <EmptyState icon={IconChartHistogram} title={text('reports.distribution.none')} next={text('reports.distribution.noneNext')} />;
          return <Choice key={year} sheets={offered} />;
        }}
      </Waiting>
    </Page>
  );
}

function Choice({ sheets }: { sheets: readonly SheetSummary[] }) {
  const { year, term: now } = useSession();
  const [gradeText, setGrade] = useQueryValue('grade');
  const [subjectText, setSubject] = useQueryValue('subject');
  const [termText, setTerm] = useQueryValue('term');
  const [columnText, setColumn] = useQueryValue('column');
  const grade = sheets.find(sheet => String(sheet.grade) === gradeText)?.grade ?? sheets[0]?.grade ?? 6;
  const ofGrade = sheets.filter(sheet => sheet.grade === grade);
  const subject = ofGrade.find(sheet => sheet.subject === subjectText)?.subject ?? ofGrade[0]?.subject ?? '';
  const ofSubject = ofGrade.filter(sheet => sheet.subject === subject);
  const terms = [...new Set(ofSubject.map(sheet => sheet.term))].toSorted((a, b) => a - b);
  const term = terms.find(one => String(one) === termText) ?? terms.find(one => one === now) ?? terms[0] ?? 1;
  const isPrimary = grade <= 5;
  const kind = ofSubject[0]?.kind ?? 'score';
  const standard = isPrimary ? (kind === 'traits' ? 'pc1' : 'muc') : 'ck';
  const column = columnText === '' ? standard : columnText;
  const read = useRead('reports.distribution', { year, grade, subject, term, column: column as MarkColumn | 'average' }, { keepPrevious: true });
  return (
    <div style={{ display: 'grid', gap: 14 }}>
      <div className={styles.bar} style={{ padding: 0 }}>
        <Select w={110} label={text('reports.dimension.grade')} allowDeselect={false} value={String(grade)} onChange={value => { setGrade(value ?? ''); }} data={distinct(sheets.map(sheet => [String(sheet.grade), text('reports.column.grade', { grade: sheet.grade })]))} />
        <Select w={220} label={text('grades.overview.subject')} searchable allowDeselect={false} value={subject} onChange={value => { setSubject(value ?? ''); setColumn(''); }} data={distinct(ofGrade.map(sheet => [sheet.subject, sheet.subjectName]))} />
        <Select w={140} label={text('reports.distribution.term')} allowDeselect={false} value={String(term)} onChange={value => { setTerm(value ?? ''); }} data={terms.map(one => ({ value: String(one), label: isPrimary ? text(`grades.pointShort.${one}`) : text('home.term', { term: one }) }))} />
        <Select w={220} label={text('reports.distribution.column')} allowDeselect={false} value={column} onChange={value => { setColumn(value ?? ''); }} data={(read.data?.columns ?? []).map(one => ({ value: one.column, label: one.title }))} />
      </div>
      <Waiting read={read} lines={8}>{found => <Charts found={found} />}</Waiting>
    </div>
  );
}

function Charts({ found }: { found: Distribution }) {
  const { classes } = found;
  const series = classes.map((one, index) => ({ key: one.classId, title: one.className, color: seriesColor(index) }));
  const levels = [...new Set(classes.flatMap(one => one.levels.map(level => level.key)))];
  const hasScores = classes.some(one => one.wholes.length > 0);
  const levelCount = (one: Distribution['classes'][number], key: string) => one.levels.find(level => level.key === key)?.count ?? 0;
  return (
    <>
      <div className={styles.charts}>
        {hasScores ? (
          <Card>
            <Chart
              title={text('reports.distribution.wholes', { subject: found.subjectName })}
              height={250}
              data={{ head: text('reports.distribution.mark'), series, rows: Array.from({ length: 11 }, (_, whole) => ({ title: String(whole), values: classes.map(one => one.wholes[whole] ?? 0) })) }}
            />
          </Card>
        ) : null}
        <Card>
          <Chart
            title={text('reports.distribution.levels', { subject: found.subjectName })}
            height={250}
            data={{
              head: text('reports.dimension.class'), bars: 'percent', series: levels.map((key, index) => ({ key, title: text(`reports.distribution.level.${key}`), color: seriesColor(index) })),
              rows: classes.map(one => ({ title: one.className, values: levels.map(key => levelCount(one, key)) })),
            }}
          />
        </Card>
      </div>
      <Card flush>
        <div className={styles.table}>
          <Table aria-label={text('reports.distribution.title')} className="tabular">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('reports.dimension.class')}</Table.Th><Table.Th ta="right">{text('home.charts.pupils')}</Table.Th>
                {levels.map(key => <Table.Th key={key} ta="right">{text(`reports.distribution.level.${key}`)}</Table.Th>)}
                <Table.Th ta="right">{text('reports.distribution.missing')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {classes.map(one => (
                <Table.Tr key={one.classId}>
                  <Table.Th scope="row"><RouteLink to={`/grades/sheet/${one.sheetId}`}>{one.className}</RouteLink></Table.Th><Table.Td ta="right">{one.pupils}</Table.Td>
                  {levels.map(key => <Table.Td key={key} ta="right">{share(levelCount(one, key), one)}</Table.Td>)}
                  <Table.Td ta="right">{one.missing}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Card>
    </>
  );
}

/** "12 (40,0 %)" of the marks that are there. */
function share(count: number, { levels }: Distribution['classes'][number]): string {
  const all = levels.reduce((sum, level) => sum + level.count, 0);
  if (all === 0) return '0';
  const tenths = Math.round((count * 1000) / all);
  return `${count} (${Math.trunc(tenths / 10)},${tenths % 10} %)`;
}

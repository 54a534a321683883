import { Table } from '@mantine/core';
import type { StatisticsSection } from '../../preload/contract/reports.ts';
import { text } from '../../resources/language/language.ts';
import { Card } from '../kit/Page.tsx';
import { NumberCell } from './NumberCell.tsx';
import styles from './reports.module.css';

/** One number of the statistics by its keys, with what it is called. */
export interface ChosenNumber {
  section: string;
  row: string;
  column: string;
  title: string;
}

/** The sections as tables; with `onChoose` every number opens. */
export function StatisticsSections({ sections, chosen, onChoose }: { sections: readonly StatisticsSection[]; chosen: ChosenNumber | null; onChoose: ((number: ChosenNumber) => void) | null }) {
  return sections.map(section => (
    <Card key={section.key} title={section.title} flush>
      <p className={styles.how}>{section.how}</p>
      <div className={styles.table}>
        <Table aria-label={section.title}>
          <Table.Thead>
            <Table.Tr><Table.Th>{text('reports.print.indicator')}</Table.Th>{section.columns.map(column => <Table.Th key={column.key} ta="right">{column.title}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {section.rows.map(row => (
              <Table.Tr key={row.key} {...(row.indent === 0 ? { 'data-total': '' } : {})}>
                <Table.Th scope="row" {...(row.indent === 1 ? { 'data-part': '' } : {})}>{row.title}</Table.Th>
                {section.columns.map((column, index) => {
                  const number: ChosenNumber = { section: section.key, row: row.key, column: column.key, title: `${row.title} – ${column.title}` };
                  const isChosen = chosen?.section === section.key && chosen.row === row.key && chosen.column === column.key;
                  return <NumberCell key={column.key} value={row.counts[index] ?? 0} label={number.title} isChosen={isChosen} onChoose={onChoose === null ? null : () => { onChoose(number); }} />;
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  ));
}

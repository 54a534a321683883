import { Button, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { Facts } from '../kit/Facts.tsx';
import { PaneEmpty } from '../kit/SidePane.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { badges, valueWords } from './import-lines.tsx';
import type { ImportLine } from './import-lines.tsx';
import styles from './imports.module.css';

/** The line stood on, in full: what is wrong and how to mend it, or every field before and after. */
export function ImportLinePane({ line, onMend }: { line: ImportLine | null; onMend: ((cell: string, value: string) => void) | null }) {
  if (line === null) return <PaneEmpty>{text('imports.screen.paneEmpty')}</PaneEmpty>;
  const where = [
    ...(line.sheet === '' ? [] : [{ name: text('imports.screen.column.sheet'), value: line.sheet }]),
    { name: text('imports.screen.column.row'), value: <span className="tabular">{line.row}</span> },
  ];
  return (
    <div className={styles.pane}>
      <StateBadge state={badges[line.outcome]}>{text(`imports.screen.outcome.${line.outcome}`)}</StateBadge>
      <h2>{line.title}</h2>
      {line.column === '' ? <Facts facts={where} nameWidth={80} /> : (
        <>
          <Facts
            nameWidth={80}
            facts={[...where, { name: text('imports.screen.column.column'), value: line.column }, { name: text('imports.screen.column.value'), value: valueWords(line.value) }]}
          />
          <h3>{text('imports.screen.remedy')}</h3>
          <p>{line.remedy}</p>
          {line.cell === null || onMend === null ? null : <MendCell key={line.id + line.cell} cell={line.cell} value={line.value} onMend={onMend} />}
        </>
      )}
      {line.changes.length === 0 ? null : (
        <Table fz="xs" horizontalSpacing={6} verticalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>{(['field', 'before', 'after'] as const).map(key => <Table.Th key={key}>{text(`imports.screen.column.${key}`)}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {line.changes.map(change => (
              <Table.Tr key={change.field}>
                <Table.Td className={styles.field}>{change.field}</Table.Td>
                <Table.Td>{change.before === null ? '' : valueWords(change.before)}</Table.Td>
                <Table.Td>{valueWords(change.after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}

/** The cell's value, to be put right here instead of in Excel. */
function MendCell({ cell, value, onMend }: { cell: string; value: string; onMend: (cell: string, value: string) => void }) {
  const [typed, setTyped] = useState(value);
  return (
    <form className={styles.mend} onSubmit={event => { event.preventDefault(); onMend(cell, typed.trim()); }}>
      <TextInput size="xs" label={text('imports.mend.label')} value={typed} onChange={event => { setTyped(event.currentTarget.value); }} />
      <Button size="xs" type="submit" disabled={typed.trim() === value}>{text('imports.mend.do')}</Button>
    </form>
  );
}

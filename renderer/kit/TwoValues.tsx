import { Table } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './two-values.module.css';

export interface ValueChoice<Choice extends string> {
  id: Choice;
  /** The value, or in the column for "not now" a word. */
  value: string;
  /** Who wrote it, when, where. */
  from?: string;
}

export interface TwoValuesRow<Choice extends string> {
  key: string;
  place: ReactNode;
  /** For a screen reader: whose cell this is. */
  label: string;
  /** What it was before either wrote. */
  seen: string;
  choices: readonly ValueChoice<Choice>[];
}

export interface TwoValuesProps<Choice extends string> {
  label: string;
  /** Headings: the place, what it was, then one for each choice. */
  heads: readonly string[];
  rows: readonly TwoValuesRow<Choice>[];
  chosen: ReadonlyMap<string, Choice>;
  onChoose: (key: string, choice: Choice) => void;
  isDisabled?: boolean;
}

/** Cells for which two people had different values, side by side. Tab goes from cell to cell, the arrows choose. */
export function TwoValues<Choice extends string>({ label, heads, rows, chosen, onChoose, isDisabled = false }: TwoValuesProps<Choice>) {
  const name = useId();
  return (
    <div className={classes.scroll}>
      <Table aria-label={label} verticalSpacing={4} stickyHeader>
        <Table.Thead><Table.Tr>{heads.map(head => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.key} data-decided={chosen.has(row.key) ? true : undefined}>
              <Table.Td>{row.place}</Table.Td>
              <Table.Td className="tabular">{row.seen}</Table.Td>
              {row.choices.map(choice => (
                <Table.Td key={choice.id}>
                  <label className={classes.choice} data-chosen={chosen.get(row.key) === choice.id ? true : undefined}>
                    <input
                      type="radio"
                      name={`${name}-${row.key}`}
                      aria-label={`${row.label}: ${choice.value}${choice.from === undefined ? '' : `, ${choice.from}`}`}
                      disabled={isDisabled}
                      checked={chosen.get(row.key) === choice.id}
                      onChange={() => { onChoose(row.key, choice.id); }}
                    />
                    <span>
                      <strong className="tabular">{choice.value}</strong>
                      {choice.from === undefined ? null : <small>{choice.from}</small>}
                    </span>
                  </label>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

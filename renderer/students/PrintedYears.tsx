import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { PrintedResult } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { formatYear } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { PrintedYearForm } from './PrintedYearForm.tsx';
import styles from './students.module.css';

const wordFields = ['learning', 'conduct', 'outcome', 'award', 'absences'] as const;
const columns = ['subject', 'term1', 'term2', 'year'] as const;
const word = (key: string) => text(`students.printed.${key}`);

/** Years of older regulations or other schools, word for word as their books show them. */
export function PrintedYears({ personId }: { personId: string }) {
  const { may } = useSession();
  const read = useRead('curriculum.printedResults', { personId });
  const [edited, setEdited] = useState<PrintedResult | 'new' | null>(null);
  const [takesBack, setTakesBack] = useState<PrintedResult | null>(null);
  const mayEdit = may('records.edit');
  return (
    <Card title={word('title')} acts={mayEdit ? <Button size="compact-sm" variant="default" onClick={() => { setEdited('new'); }}>{word('add')}</Button> : null}>
      <Waiting read={read} lines={2}>
        {({ years }) => (years.length === 0 ? <p className={styles.printedNone}>{word('none')}</p> : (
          <>
            {years.map(found => (
              <section key={found.printedId} className={styles.printedYear} aria-label={formatYear(found.year)}>
                <header>
                  <strong className="tabular">{formatYear(found.year)}</strong>
                  <span>{[found.className, found.school].filter(part => part !== '').join(' · ')}</span>
                  {mayEdit ? (
                    <>
                      <Button size="compact-xs" variant="subtle" onClick={() => { setEdited(found); }}>{word('edit')}</Button>
                      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => { setTakesBack(found); }}>{word('takeBack')}</Button>
                    </>
                  ) : null}
                </header>
                <p>{wordFields.filter(field => found[field] !== '').map(field => `${word(field)}: ${found[field]}`).join(' · ')}</p>
                {found.lines.length === 0 ? null : (
                  <Table>
                    <Table.Thead><Table.Tr>{columns.map(column => <Table.Th key={column}>{word(`column.${column}`)}</Table.Th>)}</Table.Tr></Table.Thead>
                    <Table.Tbody>
                      {found.lines.map((line, index) => (
                        <Table.Tr key={`${index} ${line.subject}`}>
                          {columns.map(column => <Table.Td key={column} className="tabular">{line[column]}</Table.Td>)}
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                )}
              </section>
            ))}
          </>
        ))}
      </Waiting>
      {edited === null ? null : <PrintedYearForm personId={personId} known={edited === 'new' ? null : edited} onClose={() => { setEdited(null); }} />}
      {takesBack === null ? null : (
        <ConfirmDialog
          title={text('students.printed.takeBackTitle', { year: formatYear(takesBack.year) })}
          confirmLabel={word('takeBack')}
          reason={{ label: text('curriculum.reason.label'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.curriculum.cancelPrinted({ printedId: takesBack.printedId, version: takesBack.version, reason });
            if (result.ok) showDone(word('takenBack'));
            refresh('curriculum');
            return result;
          }}
          onClose={() => { setTakesBack(null); }}
        >
          {word('takeBackBody')}
        </ConfirmDialog>
      )}
    </Card>
  );
}

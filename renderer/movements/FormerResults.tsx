import { Button, Modal, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormerResult, MovementView } from '../../preload/contract/movements.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './movements.module.css';

/** What the pupil had reached at the school before, as its summary says. */
export function FormerResults({ found }: { found: MovementView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={styles.headed}><h3>{text('movements.formerTitle')}</h3><Button size="compact-xs" variant="subtle" onClick={() => { setOpen(true); }}>{text('movements.formerEdit')}</Button></div>
      {found.formerResults.length === 0 ? <p className={styles.hint}>{text('movements.formerNone')}</p> : (
        <Table>
          <Table.Tbody>
            {found.formerResults.map(row => (
              <Table.Tr key={row.subject}><Table.Td>{row.subjectName}</Table.Td><Table.Td className="tabular">{row.term1}</Table.Td><Table.Td className="tabular">{row.term2}</Table.Td><Table.Td className="tabular">{row.year}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isOpen ? <FormerForm found={found} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}

type Line = Pick<FormerResult, 'subject' | 'subjectName' | 'term1' | 'term2' | 'year'>;
const columns = ['term1', 'term2', 'year'] as const;

/** A line for each subject of the grade, and the overall levels; what stays empty is not kept. */
function FormerForm({ found, onClose }: { found: MovementView; onClose: () => void }) {
  const sheets = useRead('grades.listSheets', { year: found.year });
  const [typed, setTyped] = useState<ReadonlyMap<string, Partial<Line>>>(new Map());
  const save = useAct(api.movements.saveFormerResults);
  const known = new Map(found.formerResults.map(row => [row.subject, row]));
  const ofGrade = (sheets.data?.sheets ?? []).filter(sheet => sheet.grade === found.grade && sheet.kind !== 'traits');
  const subjects = new Map([...ofGrade.map(sheet => [sheet.subject, sheet.subjectName] as const), ['LEARNING', text('movements.former.LEARNING')] as const, ['CONDUCT', text('movements.former.CONDUCT')] as const,
    ...found.formerResults.map(row => [row.subject, row.subjectName] as const)]);
  const lines = [...subjects].map(([subject, subjectName]): Line => ({ subject, subjectName, term1: '', term2: '', year: '', ...known.get(subject), ...typed.get(subject) }));
  const submit = async (): Promise<void> => {
    const results = lines.filter(line => columns.some(column => line[column].trim() !== '')).map(({ subject, term1, term2, year }) => ({ subject, term1, term2, year }));
    if (await save.run({ movementId: found.movementId, results }) === null) return;
    refresh('movements');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`${text('movements.formerTitle')} · ${found.otherSchool}`} size="lg">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <p className={styles.hint}>{text('movements.formerHint')}</p>
        <Table>
          <Table.Thead><Table.Tr><Table.Th>{text('movements.formerSubject')}</Table.Th>{columns.map(column => <Table.Th key={column}>{text(`movements.former.${column}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {lines.map(line => (
              <Table.Tr key={line.subject}>
                <Table.Td>{line.subjectName}</Table.Td>
                {columns.map(column => (
                  <Table.Td key={column}>
                    <TextInput size="xs" aria-label={`${line.subjectName}, ${text(`movements.former.${column}`)}`} maxLength={20} value={line[column]}
                      onChange={event => { const { value } = event.currentTarget; setTyped(before => new Map(before).set(line.subject, { ...before.get(line.subject), [column]: value })); }} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {save.failure === null ? null : <ErrorNotice failure={save.failure} />}
        <div className={styles.dialogActs}><Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button><Button type="submit" loading={save.isBusy}>{text('kit.save')}</Button></div>
      </form>
    </Modal>
  );
}

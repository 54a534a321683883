import { Button, NativeSelect, Select, Table } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import type { CurriculumRow, GradeCurriculum } from '../../preload/contract/curriculum.ts';
import type { Result } from '../../preload/contract/failure.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import type { CallInput } from '../app/queries.ts';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Card } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import styles from './curriculum.module.css';
import { NumberCell } from './NumberCell.tsx';
import { valuesBefore } from './curriculum-changes.ts';

type Changes = CallInput<'curriculum.saveSubject'>['changes'];
interface Pending { row: CurriculumRow; changes: Changes }

const strandKeepings = ['together', 'apart', 'apartOneTest'] as const;

/** The table of one grade, changed where it stands. What differs from the catalogue is marked and has a reason. */
export function GradeTable({ year, grade, mayEdit }: { year: string; grade: GradeCurriculum; mayEdit: boolean }) {
  const [pending, setPending] = useState<Pending | null>(null);
  const [removing, setRemoving] = useState<CurriculumRow | null>(null);
  const isFormer = grade.ruleSet === 'TT58-2011';
  const isPrimary = grade.ruleSet === 'TT27-2020';
  const place = { year, grade: grade.grade };

  const send = async ({ row, changes }: Pending, reason?: string): Promise<Result<unknown>> => {
    const result = await api.curriculum.saveSubject({ ...place, subject: row.subject, changes, ...(reason === undefined ? {} : { reason }) });
    if (result.ok) {
      const back = valuesBefore(row, changes);
      showUndo(text('curriculum.saved', { subject: row.name, count: result.value.sheets }), () => {
        void api.curriculum.saveSubject({ ...place, subject: row.subject, changes: back, reason: row.reason }).then(undone => { if (!undone.ok) showFailure(undone.error); refresh('curriculum'); });
      });
    }
    refresh('curriculum');
    return result;
  };
  const save = async (row: CurriculumRow, changes: Changes): Promise<void> => {
    const result = await send({ row, changes });
    if (result.ok) return;
    if (result.error.code === 'curriculum.reasonMissing') setPending({ row, changes });
    else showFailure(result.error);
  };
  const add = async (subject: string): Promise<void> => {
    const result = await api.curriculum.addSubject({ ...place, subject });
    if (result.ok) showDone(text('curriculum.added', { count: result.value.sheets }));
    else showFailure(result.error);
    refresh('curriculum');
  };

  if (grade.ruleSet === 'AS-PRINTED') return <EmptyState icon={IconListDetails} title={text('curriculum.asPrinted')} next={text('curriculum.asPrintedNext')} />;
  const may = (row: CurriculumRow, field: CurriculumRow['editable'][number]) => mayEdit && row.editable.includes(field);
  return (
    <Card flush>
      <div className={styles.told}>
        <span>{text('curriculum.ruled', { article: grade.article })}</span>
        <StateBadge state={grade.isStored ? 'done' : 'quiet'}>{text(grade.isStored ? 'curriculum.stored' : 'curriculum.fromCatalogue')}</StateBadge>
      </div>
      <div className={styles.wide} role="region" aria-label={text('curriculum.tableOf', { grade: grade.grade })} tabIndex={0}>
        <Table stickyHeader highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {['order', 'subject', 'kind', 'choice', 'periods', ...(isPrimary ? ['testedAt'] : ['ongoing', ...(isFormer ? ['periodic'] : [])]), 'catalogue', ''].map(key => (
                <Table.Th key={key} data-numbers={key === 'order' || key === 'periods' || key === 'ongoing' || key === 'periodic' ? true : undefined}>{key === '' ? null : text(`curriculum.column.${key}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {grade.rows.map(row => (
              <Table.Tr key={row.subject} data-differs={row.differs.length > 0 ? true : undefined}>
                <Table.Td><NumberCell label={text('curriculum.cell', { column: text('curriculum.column.order'), subject: row.name })} value={row.order} mayEdit={may(row, 'order')} onSave={order => save(row, { order })} /></Table.Td>
                <Table.Td>
                  {row.name}
                  {row.strandNames.length === 0 ? null : (
                    <NativeSelect
                      className={styles.strands ?? ''}
                      variant="unstyled"
                      size="xs"
                      aria-label={text('curriculum.strandsOf', { subject: row.name })}
                      disabled={!may(row, 'strands')}
                      data={strandKeepings.filter(keeping => keeping !== 'apartOneTest' || row.testedAt.length > 0).map(value => ({ value, label: text(`curriculum.strands.${value}`, { names: row.strandNames.join(', ') }) }))}
                      value={row.strands}
                      onChange={event => { void save(row, { strands: event.currentTarget.value as CurriculumRow['strands'] }); }}
                    />
                  )}
                </Table.Td>
                <Table.Td>{text(`curriculum.kind.${row.kind}`)}</Table.Td>
                <Table.Td>
                  {may(row, 'choice') ? (
                    <NativeSelect
                      variant="unstyled"
                      size="xs"
                      aria-label={text('curriculum.cell', { column: text('curriculum.column.choice'), subject: row.name })}
                      data={(['compulsory', 'elective', 'optional'] as const).map(value => ({ value, label: text(`curriculum.choice.${value}`) }))}
                      value={row.choice}
                      onChange={event => { void save(row, { choice: event.currentTarget.value as CurriculumRow['choice'] }); }}
                    />
                  ) : text(`curriculum.choice.${row.choice}`)}
                </Table.Td>
                <Table.Td><NumberCell label={text('curriculum.cell', { column: text('curriculum.column.periods'), subject: row.name })} value={row.periods} mayEdit={may(row, 'periods')} onSave={periods => save(row, { periods })} /></Table.Td>
                {isPrimary ? <Table.Td><Tested row={row} mayEdit={may(row, 'testedAt')} onSave={testedAt => save(row, { testedAt })} /></Table.Td> : (
                  <Table.Td><NumberCell label={text('curriculum.cell', { column: text('curriculum.column.ongoing'), subject: row.name })} value={row.ongoing} mayEdit={may(row, 'ongoing')} onSave={ongoing => save(row, { ongoing })} /></Table.Td>
                )}
                {isFormer ? <Table.Td><NumberCell label={text('curriculum.cell', { column: text('curriculum.column.periodic'), subject: row.name })} value={row.periodic} mayEdit={may(row, 'periodic')} onSave={periodic => save(row, { periodic })} /></Table.Td> : null}
                <Table.Td className={styles.differs ?? ''}>
                  {row.differs.length === 0 ? null : (
                    <span title={row.reason}><StateBadge state="needs">{row.differs.map(field => text(`curriculum.column.${field}`)).join(', ')}</StateBadge><small>{row.reason}</small></span>
                  )}
                </Table.Td>
                <Table.Td>{mayEdit && row.mayRemove ? <Button variant="subtle" color="gray" size="compact-xs" onClick={() => { setRemoving(row); }}>{text('curriculum.remove.act')}</Button> : null}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {mayEdit && grade.addable.length > 0 ? (
        <div className={styles.add}>
          <Select
            aria-label={text('curriculum.add')}
            placeholder={text('curriculum.add')}
            data={grade.addable.map(({ subject, name }) => ({ value: subject, label: name }))}
            value={null}
            onChange={subject => { if (subject !== null) void add(subject); }}
          />
        </div>
      ) : null}
      {pending === null ? null : (
        <ConfirmDialog
          title={text('curriculum.reason.title', { subject: pending.row.name })}
          confirmLabel={text('curriculum.reason.confirm')}
          reason={{ label: text('curriculum.reason.label'), minLength: 3, placeholder: text('curriculum.reason.placeholder') }}
          onConfirm={reason => send(pending, reason)}
          onClose={() => { setPending(null); }}
        >
          {text('curriculum.reason.body')}
        </ConfirmDialog>
      )}
      {removing === null ? null : (
        <ConfirmDialog
          title={text('curriculum.remove.title', { subject: removing.name, grade: grade.grade })}
          confirmLabel={text('curriculum.remove.act')}
          reason={{ label: text('curriculum.reason.label'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.curriculum.removeSubject({ ...place, subject: removing.subject, reason });
            if (result.ok) showUndo(text('curriculum.removed', { subject: removing.name }), () => { void add(removing.subject); });
            refresh('curriculum');
            return result;
          }}
          onClose={() => { setRemoving(null); }}
        >
          {text('curriculum.remove.body')}
        </ConfirmDialog>
      )}
    </Card>
  );
}

const points = [1, 2, 3, 4] as const;

/** At which of the four points a test is written; to choose only where the circular is silent. */
function Tested({ row, mayEdit, onSave }: { row: CurriculumRow; mayEdit: boolean; onSave: (testedAt: number[]) => Promise<void> }) {
  if (!mayEdit) return <span>{row.testedAt.length === 0 ? text('curriculum.noTest') : row.testedAt.map(point => text(`grades.pointShort.${point}`)).join(' · ')}</span>;
  return (
    <div className={styles.points} role="group" aria-label={text('curriculum.cell', { column: text('curriculum.column.testedAt'), subject: row.name })}>
      {points.map(point => {
        const isOn = row.testedAt.includes(point);
        return (
          <Button key={point} size="compact-xs" variant={isOn ? 'light' : 'default'} aria-pressed={isOn} onClick={() => { void onSave(isOn ? row.testedAt.filter(one => one !== point) : [...row.testedAt, point]); }}>
            {text(`grades.pointShort.${point}`)}
          </Button>
        );
      })}
    </div>
  );
}

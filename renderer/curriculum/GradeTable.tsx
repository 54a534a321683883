import { Select, Table } from '@mantine/core';
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
import { columnsUnder, GradeTableRow, isNumber } from './GradeTableRow.tsx';
import { valuesBefore } from './curriculum-changes.ts';

type Changes = CallInput<'curriculum.saveSubject'>['changes'];
interface Pending { row: CurriculumRow; changes: Changes }

/** The table of one grade, changed where it stands. What differs from the catalogue is marked and has a reason. */
export function GradeTable({ year, grade, mayEdit }: { year: string; grade: GradeCurriculum; mayEdit: boolean }) {
  const [pending, setPending] = useState<Pending | null>(null);
  const [removing, setRemoving] = useState<CurriculumRow | null>(null);
  const place = { year, grade: grade.grade };

  const send = async ({ row, changes }: Pending, reason?: string): Promise<Result<unknown>> => {
    const result = await api.curriculum.saveSubject({ ...place, subject: row.subject, changes, ...(reason === undefined ? {} : { reason }) });
    if (result.ok) {
      showUndo(text('curriculum.saved', { subject: row.name, count: result.value.sheets }), () => { void takeBack({ row, changes }); });
    }
    refresh('curriculum');
    return result;
  };
  const takeBack = async ({ row, changes }: Pending): Promise<void> => {
    const result = await api.curriculum.saveSubject({ ...place, subject: row.subject, changes: valuesBefore(row, changes), reason: row.reason });
    if (!result.ok) showFailure(result.error);
    refresh('curriculum');
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
              {columnsUnder(grade.ruleSet).map(column => (
                <Table.Th key={column} data-numbers={isNumber(column) ? true : undefined}>{text(`curriculum.column.${column}`)}</Table.Th>
              ))}
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {grade.rows.map(row => (
              <GradeTableRow
                key={row.subject}
                row={row}
                ruleSet={grade.ruleSet}
                mayEdit={mayEdit}
                onSave={changes => save(row, changes)}
                onRemove={() => { setRemoving(row); }}
              />
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

import { Button, NativeSelect, Table } from '@mantine/core';
import type { CurriculumField, CurriculumRow } from '../../preload/contract/curriculum.ts';
import type { RuleSetCode } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import type { CallInput } from '../app/queries.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './curriculum.module.css';
import { NumberCell } from './NumberCell.tsx';

const strandKeepings = ['together', 'apart', 'apartOneTest'] as const;
const choices = ['compulsory', 'elective', 'optional'] as const;
const points = [1, 2, 3, 4] as const;
type NumberField = 'order' | 'periods' | 'ongoing' | 'periodic';
type Column = NumberField | 'subject' | 'kind' | 'choice' | 'testedAt' | 'catalogue';

/** The columns that mean something under a regulation: tests of a primary year, or the number of marks a term. */
export function columnsUnder(ruleSet: RuleSetCode): Column[] {
  const counts: Column[] = ruleSet === 'TT27-2020' ? ['testedAt'] : ruleSet === 'TT58-2011' ? ['ongoing', 'periodic'] : ['ongoing'];
  return ['order', 'subject', 'kind', 'choice', 'periods', ...counts, 'catalogue'];
}

export function isNumber(column: Column): column is NumberField {
  return column === 'order' || column === 'periods' || column === 'ongoing' || column === 'periodic';
}

export interface GradeTableRowProps {
  row: CurriculumRow;
  ruleSet: RuleSetCode;
  mayEdit: boolean;
  onSave: (changes: CallInput<'curriculum.saveSubject'>['changes']) => Promise<void>;
  onRemove: () => void;
}

/** One subject of the grade's table. */
export function GradeTableRow(props: GradeTableRowProps) {
  const { row, mayEdit } = props;
  return (
    <Table.Tr data-differs={row.differs.length > 0 ? true : undefined}>
      {columnsUnder(props.ruleSet).map(column => <Table.Td key={column}><Cell {...props} column={column} /></Table.Td>)}
      <Table.Td>
        {mayEdit && row.mayRemove ? <Button variant="subtle" color="gray" size="compact-xs" onClick={props.onRemove}>{text('curriculum.remove.act')}</Button> : null}
      </Table.Td>
    </Table.Tr>
  );
}

function Cell({ column, row, mayEdit, onSave }: GradeTableRowProps & { column: Column }) {
  const may = (field: CurriculumField) => mayEdit && row.editable.includes(field);
  const label = text('curriculum.cell', { column: text(`curriculum.column.${column}`), subject: row.name });
  if (isNumber(column)) return <NumberCell label={label} value={row[column]} mayEdit={may(column)} onSave={value => onSave({ [column]: value })} />;
  switch (column) {
    case 'subject': return <>{row.name}<Strands row={row} mayEdit={may('strands')} onSave={onSave} /></>;
    case 'kind': return text(`curriculum.kind.${row.kind}`);
    case 'choice':
      if (!may('choice')) return text(`curriculum.choice.${row.choice}`);
      return (
        <NativeSelect
          variant="unstyled"
          size="xs"
          aria-label={label}
          data={choices.map(value => ({ value, label: text(`curriculum.choice.${value}`) }))}
          value={row.choice}
          onChange={event => { void onSave({ choice: event.currentTarget.value as CurriculumRow['choice'] }); }}
        />
      );
    case 'testedAt': return <Tested label={label} testedAt={row.testedAt} mayEdit={may('testedAt')} onSave={onSave} />;
    case 'catalogue':
      if (row.differs.length === 0) return null;
      return (
        <span className={styles.differs} title={row.reason}>
          <StateBadge state="needs">{row.differs.map(field => text(`curriculum.column.${field}`)).join(', ')}</StateBadge>
          <small>{row.reason}</small>
        </span>
      );
  }
}

/** Whether a subject of strands is one sheet or one for each. */
function Strands({ row, mayEdit, onSave }: Pick<GradeTableRowProps, 'row' | 'mayEdit' | 'onSave'>) {
  if (row.strandNames.length === 0) return null;
  const names = row.strandNames.join(', ');
  const offered = strandKeepings.filter(keeping => keeping !== 'apartOneTest' || row.testedAt.length > 0);
  return (
    <NativeSelect
      className={styles.strands ?? ''}
      variant="unstyled"
      size="xs"
      aria-label={text('curriculum.strandsOf', { subject: row.name })}
      disabled={!mayEdit}
      data={offered.map(value => ({ value, label: text(`curriculum.strands.${value}`, { names }) }))}
      value={row.strands}
      onChange={event => { void onSave({ strands: event.currentTarget.value as CurriculumRow['strands'] }); }}
    />
  );
}

interface TestedProps {
  label: string;
  testedAt: readonly number[];
  mayEdit: boolean;
  onSave: GradeTableRowProps['onSave'];
}

/** At which of the four points a test is written; to choose only where the circular is silent. */
function Tested({ label, testedAt, mayEdit, onSave }: TestedProps) {
  if (!mayEdit) return <span>{testedAt.length === 0 ? text('curriculum.noTest') : testedAt.map(point => text(`grades.pointShort.${point}`)).join(' · ')}</span>;
  const toggle = (point: number): void => { void onSave({ testedAt: testedAt.includes(point) ? testedAt.filter(one => one !== point) : [...testedAt, point] }); };
  return (
    <div className={styles.points} role="group" aria-label={label}>
      {points.map(point => (
        <Button
          key={point}
          size="compact-xs"
          variant={testedAt.includes(point) ? 'light' : 'default'}
          aria-pressed={testedAt.includes(point)}
          onClick={() => { toggle(point); }}
        >
          {text(`grades.pointShort.${point}`)}
        </Button>
      ))}
    </div>
  );
}

import { Select, Table } from '@mantine/core';
import type { ImportPreview } from '../../preload/contract/imports.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { formatNumber } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { showFailure } from '../kit/toasts.tsx';
import styles from './imports.module.css';

/** A column that is none of the program's. */
const PASSED_OVER = '–';

/** Words and headers of a file that the program does not know: said once here, known in every later file. */
export function ImportWords({ preview, onSaid, isDisabled }: { preview: ImportPreview; onSaid: () => void; isDisabled: boolean }) {
  const words = preview.unknown.filter(one => one.options.length > 0);
  const { columns, kind, fileName } = preview;
  if (words.length === 0 && columns.length === 0) return null;
  const say = async (call: ReturnType<typeof api.imports.mapValue>): Promise<void> => {
    const result = await call;
    if (result.ok) onSaid();
    else showFailure(result.error);
  };
  return (
    <>
      <Notice state="needs" title={text('imports.words.unknown', { words: formatNumber(words.length), columns: formatNumber(columns.length) })}><p>{text('imports.words.unknownNext')}</p></Notice>
      <div className={styles.words}>
        <Table aria-label={text('imports.words.table')} verticalSpacing={4} stickyHeader>
          <Table.Thead><Table.Tr>{(['column', 'said', 'rows', 'means'] as const).map(key => <Table.Th key={key}>{text(`imports.words.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {words.map(one => (
              <Table.Tr key={`${one.catalogue}/${one.value}`}>
                <Table.Td>{one.column}</Table.Td>
                <Table.Td>{one.value}</Table.Td>
                <Table.Td className="tabular">{formatNumber(one.rows)}</Table.Td>
                <Table.Td>
                  <Select
                    size="xs" searchable disabled={isDisabled} aria-label={text('imports.words.choose', { value: one.value })} placeholder={text('imports.words.choice')} data={one.options} value={null}
                    onChange={value => { if (value !== null) void say(api.imports.mapValue({ catalogue: one.catalogue, raw: one.value, value, source: fileName })); }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
            {kind === 'pupils' || kind === 'staff' ? columns.map(one => (
              <Table.Tr key={one.letter}>
                <Table.Td>{text('imports.words.columnOf', { letter: one.letter })}</Table.Td>
                <Table.Td>{one.header}</Table.Td>
                <Table.Td />
                <Table.Td>
                  <Select
                    size="xs" searchable disabled={isDisabled} aria-label={text('imports.words.choose', { value: one.header })} placeholder={text('imports.words.field')} value={null}
                    data={[{ value: PASSED_OVER, label: text('imports.words.passedOver') }, ...preview.fields.map(field => ({ value: field.id, label: field.name }))]}
                    onChange={value => { if (value !== null) void say(api.imports.mapColumn({ form: kind, header: one.header, field: value === PASSED_OVER ? '' : value, source: fileName })); }}
                  />
                </Table.Td>
              </Table.Tr>
            )) : null}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

import { Button, Group, SegmentedControl, Table } from '@mantine/core';
import { IconArrowsLeftRight, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { pupilField } from '../../preload/contract/pupil-fields.ts';
import type { DuplicateCard, DuplicateView, MergePreview } from '../../preload/contract/pupil-records.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Notice } from '../kit/Notice.tsx';
import { formatDate, formatNumber } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { PaneEmpty, SidePane } from '../kit/SidePane.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { fieldLabel, valueWords } from './student-fields.ts';
import styles from './students.module.css';

const noPairs: DuplicateView[] = [];

function columns(): TableColumn<DuplicateView>[] {
  const who = (card: DuplicateCard) => `${card.name} · ${formatDate(card.birth)} · ${card.className}`;
  return [
    { id: 'left', title: text('students.twins.left'), value: row => who(row.left), width: { least: 190, share: 2 } },
    { id: 'right', title: text('students.twins.right'), value: row => who(row.right), width: { least: 190, share: 2 } },
    { id: 'reasons', title: text('students.twins.reasons'), value: row => row.reasons.map(reason => text(`students.reasonOf.${reason}`)).join(', '), width: { least: 160, share: 2 } },
    { id: 'score', title: text('students.twins.score'), value: row => row.score, width: 72, align: 'right' },
  ];
}

/** Records that look like one pupil: side by side, then merged or told apart. */
export default function DuplicatesPage() {
  const read = useRead('students.duplicates', {});
  const [standing, setStanding] = useState<DuplicateView | null>(null);
  const shown = useMemo(() => columns(), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(text('students.twins.where'), hints);
  const pairs = read.data?.pairs ?? noPairs;
  const pair = pairs.find(one => one.left.personId === standing?.left.personId && one.right.personId === standing.right.personId) ?? null;
  return (
    <Page
      fills
      title={text('students.twins.title')}
      trail={[{ title: text('students.title'), to: '/students' }]}
      aside={read.data === undefined ? null : <span className="tabular" role="status">{text('students.twins.count', { count: formatNumber(pairs.length), people: formatNumber(read.data.people) })}</span>}
    >
      <Waiting read={read} lines={12}>
        {() => (
          <SidePane label={text('students.twins.compare')} width={470} side={pair === null ? <PaneEmpty>{text('students.twins.choose')}</PaneEmpty> : <Compare key={`${pair.left.personId} ${pair.right.personId}`} pair={pair} />}>
            <DataTable
              label={text('students.twins.title')}
              rows={pairs}
              columns={shown}
              rowId={row => `${row.left.personId} ${row.right.personId}`}
              onStand={setStanding}
              empty={<EmptyState icon={IconUsersGroup} title={text('students.twins.none')} next={text('students.twins.noneNext')} />}
            />
          </SidePane>
        )}
      </Waiting>
    </Page>
  );
}

function Compare({ pair }: { pair: DuplicateView }) {
  const [isSwapped, setSwapped] = useState(false);
  const [kept, gone] = isSwapped ? [pair.right, pair.left] : [pair.left, pair.right];
  const read = useRead('students.mergePreview', { keptId: kept.personId, goneId: gone.personId });
  const apart = async (): Promise<void> => {
    const result = await api.students.keepApart({ leftId: kept.personId, rightId: gone.personId });
    if (!result.ok) showFailure(result.error);
    refresh('students');
  };
  return (
    <div className={styles.compare}>
      <Group gap={8}>
        <Button variant="default" size="compact-sm" leftSection={<IconArrowsLeftRight size={14} />} onClick={() => { setSwapped(!isSwapped); }}>{text('students.twins.swap')}</Button>
        <Button variant="default" size="compact-sm" onClick={() => { void apart(); }}>{text('students.twins.apart')}</Button>
      </Group>
      <Waiting read={read}>{preview => <Choices key={kept.personId} preview={preview} />}</Waiting>
    </div>
  );
}

const cardFacts = ['name', 'birth', 'sex', 'class', 'codes'] as const;

function cardFact(card: DuplicateCard, fact: (typeof cardFacts)[number]): string {
  switch (fact) {
    case 'birth': return formatDate(card.birth);
    case 'sex': return text(`students.sex.${card.sex}`);
    case 'class': return `${card.className} ${card.year}`;
    case 'codes': return card.codes.join(', ');
    case 'name': return card.name;
  }
}

/** Both records, a choice wherever they differ, and the merge. */
function Choices({ preview }: { preview: MergePreview }) {
  const [choices, setChoices] = useState<Record<string, 'kept' | 'gone'>>({});
  const [isAsking, setAsking] = useState(false);
  const { kept, gone, conflicts, takenOver, moves, refusal } = preview;
  const undecided = conflicts.filter(({ field }) => choices[field] === undefined).length;
  const merge = async (reason: string) => {
    const result = await api.students.merge({ keptId: kept.personId, goneId: gone.personId, choices, reason });
    if (result.ok) {
      const { mergeId } = result.value;
      showUndo(text('students.twins.merged', { name: kept.name }), () => {
        void api.students.undoMerge({ mergeId }).then(undone => { if (!undone.ok) showFailure(undone.error); refresh('students'); });
      });
    }
    refresh('students');
    return result;
  };
  return (
    <>
      <Table>
        <Table.Thead><Table.Tr><Table.Th /><Table.Th>{text('students.twins.kept')}</Table.Th><Table.Th>{text('students.twins.gone')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {cardFacts.map(fact => (
            <Table.Tr key={fact}>
              <Table.Th>{text(`students.twins.${fact}`)}</Table.Th>
              {[kept, gone].map(card => <Table.Td key={card.personId}>{fact === 'name' && card.enrolmentId !== null ? <RouteLink to={`/students/${card.enrolmentId}`}>{card.name}</RouteLink> : cardFact(card, fact)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {refusal === null ? null : <Notice state="blocked" title={text('errors.students.mergeRefused.heading')}>{refusal}</Notice>}
      {conflicts.length === 0 ? <p>{text('students.twins.noConflict')}</p> : (
        <section>
          <h2>{text('students.twins.conflicts', { count: conflicts.length })}</h2>
          {conflicts.map(({ field: key, kept: left, gone: right }) => {
            const field = pupilField(key);
            if (field === undefined) return null;
            return (
              <div key={key} className={styles.conflict}>
                <span>{fieldLabel(field)}</span>
                <SegmentedControl
                  fullWidth
                  size="xs"
                  aria-label={fieldLabel(field)}
                  value={choices[key] ?? ''}
                  onChange={side => { setChoices({ ...choices, [key]: side === 'gone' ? 'gone' : 'kept' }); }}
                  data={[{ value: 'kept', label: valueWords(field, left) }, { value: 'gone', label: valueWords(field, right) }]}
                />
              </div>
            );
          })}
        </section>
      )}
      <p className={styles.absent}>{text('students.twins.moves', { enrolments: moves.enrolments, codes: moves.codes, documents: moves.documents, fields: takenOver.length })}</p>
      <Button disabled={refusal !== null || undecided > 0} onClick={() => { setAsking(true); }}>
        {undecided > 0 ? text('students.twins.undecided', { count: undecided }) : text('students.twins.merge')}
      </Button>
      {isAsking ? (
        <ConfirmDialog title={text('students.twins.merge')} confirmLabel={text('students.twins.merge')} reason={{ label: text('students.reason'), minLength: 3 }} onConfirm={merge} onClose={() => { setAsking(false); }}>
          {text('students.twins.confirm', { kept: kept.name, gone: gone.name })}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

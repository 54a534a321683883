import { Button, Checkbox, Select, Table } from '@mantine/core';
import { IconArrowRight, IconSortAZ } from '@tabler/icons-react';
import { useState } from 'react';
import { classPosts } from '../../preload/contract/class-fields.ts';
import type { ClassCard, ClassDuty, ClassView } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import type { ScreenProps } from '../app/routes.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { Page } from '../kit/Page.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ClassMoves } from './ClassMoves.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { RollDialog } from './RollDialog.tsx';
import styles from './classes.module.css';

const hints = [{ keys: ['Tab'], does: text('kit.keys.move') }, { keys: ['Space'], does: text('classes.people.tick') }];
const teams = Array.from({ length: 12 }, (_, index) => String(index + 1));

/** The pupils of a class as the office arranges them: posts, teams, their order, and the way to another class. */
export default function ClassPeoplePage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const read = useRead('classes.open', { classId });
  const year = read.data?.year ?? '';
  const all = useRead('classes.list', { year }, { enabled: year !== '' });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState<{ ids: string[]; toClassId: string | null } | null>(null);
  const [isSorting, setSorting] = useState(false);
  const name = read.data?.name ?? '…';
  useFoot(text('classes.people.where', { name, count: ticked.size }), hints);
  const targets = (all.data?.classes ?? []).filter(one => one.classId !== classId && one.grade === read.data?.grade);
  return (
    <Page
      fills
      title={text('classes.people.title')}
      trail={[{ title: text('classes.title'), to: '/classes' }, { title: text('classes.className', { name }), to: `/classes/${classId}` }]}
      acts={(
        <>
          <Button variant="default" leftSection={<IconSortAZ size={15} stroke={1.7} />} onClick={() => { setSorting(true); }}>{text('classes.people.sort')}</Button>
          <Button leftSection={<IconArrowRight size={15} stroke={1.7} />} disabled={ticked.size === 0} onClick={() => { setMoving({ ids: [...ticked], toClassId: null }); }}>{text('classes.people.move', { count: ticked.size })}</Button>
        </>
      )}
    >
      <Waiting read={read} lines={16}>
        {view => (
          <SidePane label={text('classes.people.targets')} width={300} side={<Targets targets={targets} classId={classId} onDrop={(ids, toClassId) => { setMoving({ ids, toClassId }); }} />}>
            <People view={view} ticked={ticked} onTick={setTicked} />
          </SidePane>
        )}
      </Waiting>
      {moving === null ? null : <MoveDialog ids={moving.ids} toClassId={moving.toClassId} targets={targets} onClose={() => { setMoving(null); }} onMoved={() => { setTicked(new Set()); setMoving(null); }} />}
      {isSorting ? <RollDialog classId={classId} onClose={() => { setSorting(false); }} /> : null}
    </Page>
  );
}

const DRAGGED = 'application/x-so-truong-pupils';

function People({ view, ticked, onTick }: { view: ClassView; ticked: ReadonlySet<string>; onTick: (ticked: ReadonlySet<string>) => void }) {
  const rows = view.pupilRows.filter(row => row.status === 'studying' || row.status === 'transferredIn');
  const duties = new Map(view.duties.map(duty => [duty.enrolmentId, duty]));
  const write = async (duty: ClassDuty): Promise<void> => {
    const result = await api.classes.setDuties({ classId: view.classId, duties: [duty] });
    refresh('classes');
    if (!result.ok) showFailure(result.error);
    else showUndo(text('classes.people.saved'), () => { void api.classes.setDuties({ classId: view.classId, duties: result.value.before }).then(() => { refresh('classes'); }); });
  };
  const turn = (id: string): void => { const next = new Set(ticked); if (!next.delete(id)) next.add(id); onTick(next); };
  return (
    <div className={styles.people}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36}><Checkbox size="xs" aria-label={text('classes.people.tickAll')} checked={rows.length > 0 && ticked.size === rows.length} indeterminate={ticked.size > 0 && ticked.size < rows.length} onChange={() => { onTick(ticked.size === rows.length ? new Set() : new Set(rows.map(row => row.enrolmentId))); }} /></Table.Th>
            <Table.Th w={44}>{text('classes.column.number')}</Table.Th><Table.Th>{text('classes.column.name')}</Table.Th>
            <Table.Th w={210}>{text('classes.people.post')}</Table.Th><Table.Th w={110}>{text('classes.people.team')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => {
            const duty: ClassDuty = duties.get(row.enrolmentId) ?? { enrolmentId: row.enrolmentId, team: 0, post: '' };
            return (
              <Table.Tr
                key={row.enrolmentId}
                draggable
                onDragStart={event => { event.dataTransfer.setData(DRAGGED, JSON.stringify(ticked.has(row.enrolmentId) ? [...ticked] : [row.enrolmentId])); }}
                data-ticked={ticked.has(row.enrolmentId) ? true : undefined}
              >
                <Table.Td><Checkbox size="xs" aria-label={text('classes.people.tickOne', { name: row.name })} checked={ticked.has(row.enrolmentId)} onChange={() => { turn(row.enrolmentId); }} /></Table.Td>
                <Table.Td className="tabular">{index + 1}</Table.Td>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td><Select size="xs" aria-label={`${row.name}: ${text('classes.people.post')}`} placeholder="—" clearable data={classPosts.map(post => ({ value: post, label: text(`classes.post.${post}`) }))} value={duty.post === '' ? null : duty.post} onChange={post => { void write({ ...duty, post: classPosts.find(one => one === post) ?? '' }); }} /></Table.Td>
                <Table.Td><Select size="xs" aria-label={`${row.name}: ${text('classes.people.team')}`} placeholder="—" clearable data={teams} value={duty.team === 0 ? null : String(duty.team)} onChange={team => { void write({ ...duty, team: Number(team ?? 0) }); }} /></Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Targets({ targets, classId, onDrop }: { targets: ClassCard[]; classId: string; onDrop: (ids: string[], toClassId: string) => void }) {
  const [over, setOver] = useState<string | null>(null);
  return (
    <div className={styles.targets}>
      <h2>{text('classes.people.targets')}</h2>
      <p>{text(targets.length === 0 ? 'classes.people.noTargets' : 'classes.people.dragNote')}</p>
      <ul>
        {targets.map(one => (
          <li
            key={one.classId}
            data-over={over === one.classId ? true : undefined}
            onDragOver={event => { if (event.dataTransfer.types.includes(DRAGGED)) { event.preventDefault(); setOver(one.classId); } }}
            onDragLeave={() => { setOver(null); }}
            onDrop={event => { event.preventDefault(); setOver(null); onDrop(JSON.parse(event.dataTransfer.getData(DRAGGED)) as string[], one.classId); }}
          >
            <strong>{one.name}</strong><span className="tabular">{text('classes.pupils', { pupils: one.pupils, female: one.female })}</span>
          </li>
        ))}
      </ul>
      <ClassMoves classId={classId} />
    </div>
  );
}

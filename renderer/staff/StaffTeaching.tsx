import { Button, Group, Modal, Select, Stack, Table, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { StaffView } from '../../preload/contract/staff.ts';
import type { TeachingLoad, TeachingView } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card } from '../kit/Page.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './staff.module.css';
import { lessonsFrom, lessonsText, LoadState } from './teaching-words.tsx';

/** What one person teaches in the year on screen, what else counts, and how many lessons that makes. */
export function StaffTeaching({ staff }: { staff: StaffView }) {
  const { year } = useSession();
  const read = useRead('staff.assignments', { year });
  return <Waiting read={read} lines={8}>{view => <Teaching staff={staff} view={view} />}</Waiting>;
}

interface Taught {
  className: string;
  subject: string;
  periods: number;
  from: string;
  to: string | null;
}

function taughtBy(staffId: string, view: TeachingView): Taught[] {
  const names = new Map(view.subjects.map(one => [one.subject, one.name]));
  return view.classes.flatMap(({ name, cells }) => cells.flatMap(cell => [
    ...(cell.staffId === staffId ? [{ from: cell.from ?? '', to: cell.others.find(other => other.from > (cell.from ?? ''))?.from ?? null }] : []),
    ...cell.others.filter(other => other.staffId === staffId),
  ].map(({ from, to }) => ({ className: name, subject: names.get(cell.subject) ?? cell.subject, periods: cell.periods, from, to }))));
}

function Teaching({ staff, view }: { staff: StaffView; view: TeachingView }) {
  const taught = taughtBy(staff.staffId, view);
  const load = view.loads.find(one => one.staffId === staff.staffId);
  const columns = [text('staff.teaching.class'), text('staff.field.subjects'), text('staff.load.lessons'), text('staff.status.from'), text('staff.entry.contract.to')];
  return (
    <div className={styles.stack}>
      {load === undefined ? null : (
        <Card title={text('staff.load.head')}>
          <Facts
            facts={[
              { name: text('staff.load.lessons'), value: <span className="tabular">{lessonsText(load.lessons)}</span> },
              { name: text('staff.load.reduced'), value: <span className="tabular">{lessonsText(load.reduced)}</span> },
              { name: text('staff.load.total'), value: <span className="tabular">{lessonsText(load.total)} {text('staff.load.perWeek')}</span> },
              { name: text('staff.load.norm'), value: <span className="tabular">{load.norm === null ? '—' : lessonsText(load.norm)}</span> },
              { name: text('staff.load.difference'), value: <LoadState load={load} /> },
            ]}
          />
          {view.norms.isConfirmed ? null : <p className={styles.note}>{text('staff.teaching.normsUnconfirmed')}</p>}
        </Card>
      )}
      <Card flush={taught.length > 0} title={text('staff.tab.teaching')} acts={<RouteLink to="/staff/assignments">{text('staff.teaching.openTable')} ›</RouteLink>}>
        {taught.length === 0 ? <p className={styles.absent}>{text('staff.teaching.taughtNone')}</p> : (
          <Table aria-label={text('staff.tab.teaching')}>
            <Table.Thead><Table.Tr>{columns.map(title => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {taught.map(one => (
                <Table.Tr key={`${one.className} ${one.subject} ${one.from}`}>
                  <Table.Td>{one.className}</Table.Td><Table.Td>{one.subject}</Table.Td><Table.Td className="tabular">{text('staff.teaching.periods', { count: one.periods })}</Table.Td>
                  <Table.Td className="tabular">{formatDate(one.from)}</Table.Td><Table.Td className="tabular">{one.to === null ? '' : formatDate(one.to)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Card>
      {load === undefined ? null : <Posts load={load} view={view} />}
    </div>
  );
}

function Posts({ load, view }: { load: TeachingLoad; view: TeachingView }) {
  const [isAdding, setAdding] = useState(false);
  const [cancelling, setCancelling] = useState<TeachingLoad['posts'][number] | null>(null);
  return (
    <Card
      title={text('staff.load.reduced')}
      acts={view.mayEdit ? <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => { setAdding(true); }}>{text('staff.teaching.postAdd')}</Button> : undefined}
    >
      {load.homeroomOf.length === 0 ? null : <p className={styles.note}>{text('staff.load.homeroom', { classes: load.homeroomOf.join(', ') })}</p>}
      {load.posts.length === 0 ? <p className={styles.absent}>{text('staff.teaching.postsNone')}</p> : load.posts.map(post => (
        <Group key={post.postId} gap={8}>
          <span>{post.name}</span><span className="tabular">{lessonsText(post.periods)} {text('staff.load.perWeek')}</span>
          {view.mayEdit ? <Button size="compact-xs" variant="subtle" onClick={() => { setCancelling(post); }}>{text('staff.entryCancel')}</Button> : null}
        </Group>
      ))}
      {isAdding ? <PostDialog load={load} view={view} onClose={() => { setAdding(false); }} /> : null}
      {cancelling === null ? null : (
        <ConfirmDialog
          title={text('staff.entryCancelTitle')}
          confirmLabel={text('staff.entryCancel')}
          reason={{ label: text('staff.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.staff.cancelPost({ postId: cancelling.postId, version: cancelling.version, reason });
            refresh('staff');
            return result;
          }}
          onClose={() => { setCancelling(null); }}
        >
          {cancelling.name}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function PostDialog({ load, view, onClose }: { load: TeachingLoad; view: TeachingView; onClose: () => void }) {
  const [name, setName] = useState('');
  const [periods, setPeriods] = useState('');
  const add = useAct(api.staff.addPost);
  const counted = lessonsFrom(periods);
  const isReady = name.trim() !== '' && counted !== null;
  const submit = async (): Promise<void> => {
    if (counted === null || !isReady || add.isBusy) return;
    if (await add.run({ staffId: load.staffId, year: view.year, name, periods: counted }) === null) return;
    refresh('staff');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text('staff.teaching.postAdd')} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          {view.norms.duties.length === 0 ? null : (
            <Select
              label={text('staff.teaching.normsDuties')}
              data={view.norms.duties.map(duty => duty.name)}
              value={null}
              onChange={value => {
                const duty = view.norms.duties.find(one => one.name === value);
                if (duty) { setName(duty.name); setPeriods(lessonsText(duty.periods)); }
              }}
            />
          )}
          <TextInput data-autofocus label={text('staff.teaching.postName')} required maxLength={80} value={name} onChange={event => { setName(event.currentTarget.value); }} />
          <TextInput label={text('staff.teaching.postPeriods')} required value={periods} {...(periods !== '' && counted === null ? { error: text('staff.fault.periods') } : {})} onChange={event => { setPeriods(event.currentTarget.value); }} />
          {add.failure === null ? null : <ErrorNotice failure={add.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={add.isBusy} disabled={!isReady}>{text('kit.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

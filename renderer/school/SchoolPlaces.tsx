import { ActionIcon, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { roomKinds } from '../../preload/contract/school.ts';
import type { RoomView, SatelliteView, SchoolProfile } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card } from '../kit/Page.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import styles from './school.module.css';

type Draft = Record<string, string>;
type Editing = { kind: 'satellite' | 'room'; id: string | null; version: number; draft: Draft };

const satelliteFields = ['name', 'code', 'distance', 'transport', 'surface', 'address', 'phone'] as const;
const roomFields = ['name', 'seats', 'surface'] as const;

/** Satellites and rooms of the school, in two short lists. */
export function SchoolPlaces({ profile }: { profile: SchoolProfile }) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const satelliteName = (id: string | null) => profile.satellites.find(one => one.id === id)?.name ?? text('school.mainPlace');
  const begin = (kind: Editing['kind']) => (profile.mayEdit
    ? <Button size="compact-sm" variant="default" onClick={() => { setEditing({ kind, id: null, version: 0, draft: kind === 'room' ? { kind: 'classroom' } : {} }); }}>{text(`school.add.${kind}`)}</Button> : null);
  const remove = async (kind: Editing['kind'], one: SatelliteView | RoomView): Promise<void> => {
    const result = await api.school.removePlace({ id: one.id, kind, expectedVersion: one.version });
    refresh('school');
    if (!result.ok) showFailure(result.error);
    else showUndo(text('school.removed', { name: one.name }), () => { void save(kind, null, 0, draftOf(one)).then(() => { refresh('school'); }); });
  };
  const line = (kind: Editing['kind'], one: SatelliteView | RoomView, note: string) => (
    <li key={one.id}>
      <div>{one.name} <span>{note}</span></div>
      {profile.mayEdit ? (
        <Group gap={4}>
          <ActionIcon variant="subtle" aria-label={text('school.edit', { name: one.name })} onClick={() => { setEditing({ kind, id: one.id, version: one.version, draft: draftOf(one) }); }}><IconPencil size={15} /></ActionIcon>
          <ActionIcon variant="subtle" aria-label={text('school.remove', { name: one.name })} onClick={() => { void remove(kind, one); }}><IconTrash size={15} /></ActionIcon>
        </Group>
      ) : null}
    </li>
  );
  return (
    <div className={styles.column}>
      <Card flush title={text('school.satellites', { count: profile.satellites.length })} acts={begin('satellite')}>
        {profile.satellites.length === 0 ? <p className={styles.quiet}>{text('school.noSatellites')}</p>
          : <ul className={styles.list}>{profile.satellites.map(one => line('satellite', one, [one.code, one.distance === '' ? '' : `${one.distance} km`].filter(Boolean).join(' · ')))}</ul>}
      </Card>
      <Card flush title={text('school.rooms', { count: profile.rooms.length })} acts={begin('room')}>
        {profile.rooms.length === 0 ? <p className={styles.quiet}>{text('school.noRooms')}</p>
          : <ul className={styles.list}>{profile.rooms.map(one => line('room', one, [text(`school.roomKind.${one.kind}`), satelliteName(one.satelliteId)].join(' · ')))}</ul>}
      </Card>
      {editing === null ? null : <PlaceDialog editing={editing} satellites={profile.satellites} onClose={() => { setEditing(null); }} />}
    </div>
  );
}

function draftOf({ id: _id, version: _version, ...values }: SatelliteView | RoomView): Draft {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? '']));
}

function save(kind: Editing['kind'], id: string | null, expectedVersion: number, draft: Draft) {
  if (kind === 'satellite') return api.school.saveSatellite({ id, expectedVersion, values: { name: '', ...draft } });
  const { satelliteId = '', kind: roomKind, ...values } = draft;
  return api.school.saveRoom({ id, expectedVersion, values: { name: '', ...values, kind: roomKinds.find(one => one === roomKind) ?? 'classroom', satelliteId: satelliteId === '' ? null : satelliteId } });
}

function PlaceDialog({ editing, satellites, onClose }: { editing: Editing; satellites: SatelliteView[]; onClose: () => void }) {
  const [draft, setDraft] = useState(editing.draft);
  const act = useAct(() => save(editing.kind, editing.id, editing.version, draft));
  const set = (key: string, value: string): void => { setDraft(before => ({ ...before, [key]: value })); };
  const submit = async (): Promise<void> => {
    if (await act.run() === null) return;
    refresh('school');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={text(editing.id === null ? `school.add.${editing.kind}` : 'school.edit', { name: editing.draft['name'] ?? '' })} size="md">
      <form onSubmit={event => { event.preventDefault(); void submit(); }}>
        <Stack gap="sm">
          {(editing.kind === 'satellite' ? satelliteFields : roomFields).map((key, index) => (
            <TextInput key={key} label={text(`school.column.${key}`)} required={key === 'name'} value={draft[key] ?? ''} maxLength={200} {...(index === 0 ? { 'data-autofocus': true } : {})} onChange={event => { set(key, event.currentTarget.value); }} />
          ))}
          {editing.kind === 'satellite' ? null : (
            <>
              <Select label={text('school.column.kind')} allowDeselect={false} data={roomKinds.map(kind => ({ value: kind, label: text(`school.roomKind.${kind}`) }))} value={draft['kind'] ?? 'classroom'} onChange={value => { set('kind', value ?? 'classroom'); }} />
              <Select label={text('school.column.satellite_id')} clearable placeholder={text('school.mainPlace')} data={satellites.map(one => ({ value: one.id, label: one.name }))} value={draft['satelliteId'] === '' ? null : draft['satelliteId'] ?? null} onChange={value => { set('satelliteId', value ?? ''); }} />
            </>
          )}
          {act.failure === null ? null : <ErrorNotice failure={act.failure} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>{text('kit.cancel')}</Button>
            <Button type="submit" loading={act.isBusy} disabled={(draft['name'] ?? '').trim() === ''}>{text('kit.record.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

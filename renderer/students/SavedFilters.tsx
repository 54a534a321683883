import { Button, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { keepPreference, keptPreference } from '../app/preferences.ts';
import { navigate, useLocation } from '../app/router.tsx';

const KEY = 'so-truong.filters.students';

interface SavedFilter {
  name: string;
  query: string;
}

function isSavedFilter(value: unknown): value is SavedFilter {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'query' in value && typeof value.query === 'string';
}

function keptFilters(): SavedFilter[] {
  try {
    const kept: unknown = JSON.parse(keptPreference(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(value => isSavedFilter(value)) : [];
  } catch {
    return [];
  }
}

/** Filters this person named and kept on this machine; each is the part of the address after the question mark. */
export function SavedFilters() {
  const { path, query } = useLocation();
  const [filters, setFilters] = useState(keptFilters);
  const [name, setName] = useState<string | null>(null);
  const keep = (next: SavedFilter[]): void => {
    setFilters(next);
    keepPreference(KEY, JSON.stringify(next));
  };
  const now = query.toString();
  const save = (): void => {
    if (name === null || name.trim() === '') return;
    keep([...filters.filter(filter => filter.name !== name.trim()), { name: name.trim(), query: now }]);
    setName(null);
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target><Button variant="default" leftSection={<IconBookmark size={15} stroke={1.7} />}>{text('students.filters.open')}</Button></Menu.Target>
        <Menu.Dropdown>
          {filters.length === 0 ? <Menu.Label>{text('students.filters.none')}</Menu.Label> : null}
          {filters.map(filter => (
            <Menu.Item
              key={filter.name}
              onClick={() => { navigate(`${path}?${filter.query}`, { replace: true }); }}
              rightSection={(
                <IconTrash
                  size={14}
                  role="button"
                  aria-label={text('students.filters.forget', { name: filter.name })}
                  onClick={event => { event.stopPropagation(); keep(filters.filter(one => one !== filter)); }}
                />
              )}
            >
              {filter.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={now === ''} leftSection={<IconBookmarkPlus size={15} />} onClick={() => { setName(''); }}>{text('students.filters.keep')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {name === null ? null : (
        <Modal opened onClose={() => { setName(null); }} title={text('students.filters.keep')} size="xs">
          <form onSubmit={event => { event.preventDefault(); save(); }}>
            <Stack gap="sm">
              <TextInput data-autofocus size="sm" label={text('students.filters.name')} maxLength={60} value={name} onChange={event => { setName(event.currentTarget.value); }} />
              <Button type="submit" disabled={name.trim() === ''}>{text('kit.save')}</Button>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}

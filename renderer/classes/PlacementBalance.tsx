import { ActionIcon, Table } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { BrokenWish, ClassCard, PlacementPupil } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import styles from './classes.module.css';

/** Pupils who are to be in one class, or each in another. */
export interface Wish {
  kind: 'together' | 'apart';
  ids: readonly string[];
}

const levels = ['T', 'G', 'HTXS', 'K', 'HTT', 'D', 'TB', 'HT', 'CD', 'Y', 'CHT', ''];

/** How even the classes are, and which wishes they keep. */
export function PlacementBalance({ pupils, targets, wishes, broken, onDrop }: { pupils: PlacementPupil[]; targets: ClassCard[]; wishes: readonly Wish[]; broken: BrokenWish[]; onDrop: (index: number) => void }) {
  const shown = levels.filter(level => pupils.some(pupil => pupil.level === level));
  const count = (classId: string, is: (pupil: PlacementPupil) => boolean) => pupils.filter(pupil => pupil.toClassId === classId && is(pupil)).length;
  const name = new Map(pupils.map(pupil => [pupil.enrolmentId, pupil.name]));
  const isBroken = (wish: Wish) => {
    const group = wishes.filter(one => one.kind === wish.kind).indexOf(wish);
    return broken.some(one => one.kind === wish.kind && one.group === group);
  };
  return (
    <div className={styles.targets}>
      <h2>{text('classes.placement.balance')}</h2>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('classes.placement.toClass')}</Table.Th><Table.Th ta="right">{text('classes.placement.size')}</Table.Th><Table.Th ta="right">{text('classes.sex.female')}</Table.Th>
            <Table.Th ta="right">{text('classes.placement.needs')}</Table.Th>
            {shown.length > 1 ? shown.map(level => <Table.Th key={level} ta="right" title={level === '' ? text('classes.placement.noLevel') : text(`classes.placement.levels.${level}`)}>{level === '' ? '—' : level}</Table.Th>) : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {targets.map(one => (
            <Table.Tr key={one.classId}>
              <Table.Td>{one.name}</Table.Td><Table.Td ta="right">{count(one.classId, () => true)}</Table.Td><Table.Td ta="right">{count(one.classId, pupil => pupil.sex === 'female')}</Table.Td>
              <Table.Td ta="right">{count(one.classId, pupil => pupil.hasNeeds)}</Table.Td>
              {shown.length > 1 ? shown.map(level => <Table.Td key={level} ta="right">{count(one.classId, pupil => pupil.level === level)}</Table.Td>) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <h2>{text('classes.placement.wishes')}</h2>
      {wishes.length === 0 ? <p>{text('classes.placement.noWishes')}</p> : (
        <ul>
          {wishes.map((wish, index) => (
            <li key={`${wish.kind} ${wish.ids.join()}`}>
              <div>
                <strong>{wish.ids.map(id => name.get(id) ?? '').join(', ')}</strong>
                <span>{text(`classes.placement.wish.${wish.kind}`)} <StateBadge state={isBroken(wish) ? 'needs' : 'done'}>{text(isBroken(wish) ? 'classes.placement.broken' : 'classes.placement.kept')}</StateBadge></span>
              </div>
              <ActionIcon size="sm" variant="subtle" aria-label={text('classes.placement.dropWish')} onClick={() => { onDrop(index); }}><IconX size={14} /></ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

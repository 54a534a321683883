import { Button, Checkbox, MultiSelect, Table } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import type { InputOf } from '../../preload/contract/base.ts';
import type { classes, ClassCard, PlacementPupil } from '../../preload/contract/classes.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { navigate } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Page } from '../kit/Page.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ApplyPlacement } from './ApplyPlacement.tsx';
import { PlacementBalance } from './PlacementBalance.tsx';
import type { Wish } from './PlacementBalance.tsx';
import styles from './classes.module.css';

type Question = InputOf<(typeof classes)['placement']>;
const noHints: [] = [];

/** Distributes pupils of a grade over its classes: a proposal, changed by hand as wanted, then done in one act. */
export default function PlacementPage({ params }: ScreenProps) {
  const grade = Number(params['grade'] ?? 0);
  const { year } = useSession();
  const read = useRead('classes.list', { year });
  useFoot(text('classes.placement.where', { grade }), noHints);
  const trail = [{ title: text('classes.title'), to: '/classes' }];
  return (
    <Waiting read={read} lines={12}>
      {found => {
        const ofGrade = found.classes.filter(one => one.grade === grade);
        const into = ofGrade.filter(one => !one.isWaiting);
        const waiting = ofGrade.filter(one => one.isWaiting && one.pupils > 0);
        return into.length === 0 || ofGrade.every(one => one.pupils === 0)
          ? <Page title={text('classes.placement.title', { grade })} trail={trail}><EmptyState icon={IconUsersGroup} title={text('classes.placement.none')} next={text('classes.placement.noneNext')} /></Page>
          : <Placement key={`${year} ${grade}`} grade={grade} cards={ofGrade} from={waiting.length > 0 ? waiting : ofGrade} into={into} />;
      }}
    </Waiting>
  );
}

function Placement({ grade, cards, from, into }: { grade: number; cards: ClassCard[]; from: ClassCard[]; into: ClassCard[] }) {
  const { year } = useSession();
  const [question, setQuestion] = useState<Question>({ year, grade, from: from.map(one => one.classId), into: into.map(one => one.classId), seed: 1 });
  const [wishes, setWishes] = useState<readonly Wish[]>([]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [isApplying, setApplying] = useState(false);
  const hasClasses = (question.from.length > 0) && question.into.length > 0;
  const read = useRead('classes.placement', question, { enabled: hasClasses, keepPrevious: true });
  const pupils = (read.data?.pupils ?? []).map(pupil => ({ ...pupil, toClassId: chosen.get(pupil.enrolmentId) ?? pupil.toClassId }));
  const targets = into.filter(one => question.into.includes(one.classId));
  const groupsOf = (kind: Wish['kind'], of: readonly Wish[]) => of.filter(wish => wish.kind === kind).map(wish => [...wish.ids]);
  const ask = (next: Partial<Question>, of: readonly Wish[] = wishes): void => {
    setQuestion(before => ({
      ...before, together: groupsOf('together', of), apart: groupsOf('apart', of), fixed: [...chosen].map(([enrolmentId, classId]) => ({ enrolmentId, classId })), ...next,
    }));
  };
  const wish = (kind: Wish['kind']): void => {
    const next = [...wishes, { kind, ids: [...ticked] }];
    setWishes(next);
    setTicked(new Set());
    ask({}, next);
  };
  const drop = (index: number): void => {
    const next = wishes.filter((_, at) => at !== index);
    setWishes(next);
    ask({}, next);
  };
  const moving = pupils.filter(pupil => pupil.toClassId !== pupil.fromClassId);
  const choices = cards.map(one => ({ value: one.classId, label: one.name }));
  return (
    <Page
      fills
      title={text('classes.placement.title', { grade })}
      trail={[{ title: text('classes.title'), to: '/classes' }]}
      acts={(
        <>
          <Button variant="default" onClick={() => { ask({ seed: question.seed + 1 }); }}>{text('classes.placement.again')}</Button>
          <Button disabled={moving.length === 0} onClick={() => { setApplying(true); }}>{text('classes.placement.apply', { count: moving.length })}</Button>
        </>
      )}
      bar={(
        <>
          <MultiSelect size="xs" aria-label={text('classes.placement.from')} data={choices} value={question.from} onChange={ids => { setChosen(new Map()); ask({ from: ids, fixed: [] }); }} leftSection={text('classes.placement.from')} leftSectionWidth={46} />
          <MultiSelect size="xs" aria-label={text('classes.placement.into')} data={into.map(one => ({ value: one.classId, label: one.name }))} value={question.into} onChange={ids => { setChosen(new Map()); ask({ into: ids, fixed: [] }); }} leftSection={text('classes.placement.into')} leftSectionWidth={46} />
          <span style={{ flex: 1 }} />
          <Button size="xs" variant="default" disabled={ticked.size < 2} onClick={() => { wish('together'); }}>{text('classes.placement.together', { count: ticked.size })}</Button>
          <Button size="xs" variant="default" disabled={ticked.size < 2} onClick={() => { wish('apart'); }}>{text('classes.placement.apart', { count: ticked.size })}</Button>
        </>
      )}
    >
      <SidePane label={text('classes.placement.balance')} width={380} side={<PlacementBalance pupils={pupils} targets={targets} wishes={wishes} broken={read.data?.broken ?? []} onDrop={drop} />}>
        <Grid
          pupils={pupils}
          targets={targets}
          cards={cards}
          chosen={chosen}
          ticked={ticked}
          onTick={setTicked}
          onChoose={(id, classId) => { setChosen(before => { const next = new Map(before); next.set(id, classId); return next; }); }}
        />
      </SidePane>
      {isApplying ? <ApplyPlacement year={year} grade={grade} pupils={moving} onClose={() => { setApplying(false); }} onDone={() => { navigate('/classes'); }} /> : null}
    </Page>
  );
}

interface GridProps {
  pupils: PlacementPupil[];
  targets: ClassCard[];
  cards: ClassCard[];
  chosen: ReadonlyMap<string, string>;
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
  onChoose: (enrolmentId: string, classId: string) => void;
}

function Grid({ pupils, targets, cards, chosen, ticked, onTick, onChoose }: GridProps) {
  const nameOf = new Map(cards.map(one => [one.classId, one.name]));
  const turn = (id: string): void => { const next = new Set(ticked); if (!next.delete(id)) next.add(id); onTick(next); };
  return (
    <div className={styles.people}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36} /><Table.Th>{text('classes.column.name')}</Table.Th><Table.Th w={70}>{text('classes.column.sex')}</Table.Th>
            <Table.Th w={110}>{text('classes.placement.level')}</Table.Th><Table.Th w={90}>{text('classes.placement.needs')}</Table.Th>
            <Table.Th w={110}>{text('classes.placement.fromClass')}</Table.Th><Table.Th w={150}>{text('classes.placement.toClass')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pupils.map(pupil => (
            <Table.Tr key={pupil.enrolmentId} data-ticked={ticked.has(pupil.enrolmentId) ? true : undefined}>
              <Table.Td><Checkbox size="xs" aria-label={text('classes.people.tickOne', { name: pupil.name })} checked={ticked.has(pupil.enrolmentId)} onChange={() => { turn(pupil.enrolmentId); }} /></Table.Td>
              <Table.Td>{pupil.name}</Table.Td>
              <Table.Td>{text(`classes.sex.${pupil.sex}`)}</Table.Td>
              <Table.Td>{pupil.level === '' ? '—' : text(`classes.placement.levels.${pupil.level}`)}</Table.Td>
              <Table.Td>{pupil.hasNeeds ? '●' : ''}</Table.Td>
              <Table.Td>{nameOf.get(pupil.fromClassId) ?? ''}</Table.Td>
              <Table.Td>
                <select
                  className={styles.target}
                  aria-label={`${pupil.name}: ${text('classes.placement.toClass')}`}
                  value={pupil.toClassId}
                  data-chosen={chosen.has(pupil.enrolmentId) ? true : undefined}
                  onChange={event => { onChoose(pupil.enrolmentId, event.currentTarget.value); }}
                >
                  {targets.map(one => <option key={one.classId} value={one.classId}>{one.name}</option>)}
                </select>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

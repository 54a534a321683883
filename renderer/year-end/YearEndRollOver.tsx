import { Button, Select } from '@mantine/core';
import { IconArrowForwardUp, IconUsersMinus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { RollPreview, RollPupil } from '../../preload/contract/roll-over.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { formatNumber, formatYear } from '../kit/formats.ts';
import { comparePupilNames, compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { SidePane } from '../kit/SidePane.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { classesFor, draftOf, figuresOf, placeOf, rollInput, type RollDraft } from './roll-over-draft.ts';
import { RollClasses } from './RollClasses.tsx';
import { RollOverDone } from './RollOverDone.tsx';
import styles from './year-end.module.css';

/** On to the next year: who goes where, which classes there will be; nothing happens before the button, and then it can be undone for a while. */
export function YearEndRollOver({ year }: { year: string }) {
  const read = useRead('yearEnd.rollPreview', { year });
  return (
    <Waiting read={read} lines={12}>
      {plan => (plan.done === null ? <RollPlan key={`${plan.toYear} ${plan.pupils.length}`} plan={plan} /> : <RollOverDone done={plan.done} />)}
    </Waiting>
  );
}

const groups = ['all', 'open', 'promoted', 'repeat', 'undecided', 'leaves', 'elsewhere'] as const;
type Group = (typeof groups)[number];

function isIn(draft: RollDraft, pupil: RollPupil, group: Group): boolean {
  switch (group) {
    case 'all': return true;
    case 'open': case 'leaves': return placeOf(draft, pupil).kind === group;
    default: return pupil.outcome === group;
  }
}

function RollPlan({ plan }: { plan: RollPreview }) {
  const { isClosedYear } = useSession();
  const [draft, setDraft] = useState(() => draftOf(plan));
  const [chosen, setChosen] = useQueryValue('roll');
  const [words, setWords] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [standing, setStanding] = useState<RollPupil | null>(null);
  const stand = useCallback((row: RollPupil | null) => { setStanding(row); }, []);
  const rolling = useJob('yearEnd.rollOver');
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(standing === null ? text('yearEnd.screen.roll.where', { year: formatYear(plan.toYear) }) : `${standing.name} · ${standing.className}`, hints);
  const figures = figuresOf(draft, plan.pupils);
  const columns = useMemo(() => rollColumns(draft, (pupil, to) => {
    setDraft(now => ({ ...now, places: new Map(now.places).set(pupil.enrolmentId, to === '' ? { kind: 'leaves' } : { kind: 'class', name: to }) }));
  }), [draft]);
  const group = groups.find(one => one === chosen) ?? 'all';
  const rows = useMemo(() => plan.pupils.filter(pupil => isIn(draft, pupil, group)), [plan.pupils, draft, group]);
  const isReady = plan.notFinal.length === 0 && figures.open === 0 && !isClosedYear && plan.pupils.length > 0;
  const roll = async (): Promise<void> => {
    if (await rolling.run(rollInput(plan.fromYear, draft, plan.pupils)) !== null) for (const feature of ['school', 'yearEnd', 'classes', 'students', 'grades'] as const) refresh(feature);
  };
  return (
    <SidePane label={text('yearEnd.screen.roll.classes')} width={420} side={<RollClasses plan={plan} draft={draft} onChange={setDraft} />}>
      <div className={styles.tools}>
        <FilterChips label={text('yearEnd.screen.showing')} chosen={group} onChoose={id => { setChosen(id === 'all' ? '' : id); }} chips={groups.map(id => ({ id, label: text(`yearEnd.screen.roll.group.${id}`), count: plan.pupils.filter(pupil => isIn(draft, pupil, id)).length })).filter(chip => chip.count > 0 || chip.id === 'all' || chip.id === group)} />
        <span style={{ flex: 1 }} />
        <FilterBox value={words} onChange={setWords} placeholder={text('yearEnd.screen.filter')} width={150} />
        <Button ml="auto" leftSection={<IconArrowForwardUp size={15} stroke={1.7} />} disabled={!isReady} loading={rolling.isRunning} onClick={() => { setAsking(true); }}>{text('yearEnd.screen.roll.act', { year: formatYear(plan.toYear) })}</Button>
      </div>
      <div className={styles.told}>
        <RunningJob run={rolling} />
        {plan.notFinal.length === 0 ? null : <Notice state="needs" title={text('yearEnd.screen.roll.notFinal', { count: formatNumber(plan.notFinal.length) })}><p>{text('yearEnd.screen.roll.notFinalNext', { classes: plan.notFinal.join(', ') })}</p></Notice>}
        {plan.notFinal.length > 0 || figures.open === 0 ? null : <Notice state="needs" title={text('yearEnd.screen.roll.open', { count: formatNumber(figures.open) })}><p>{text('yearEnd.screen.roll.openNext')}</p></Notice>}
      </div>
      <DataTable
        label={text('yearEnd.screen.roll.pupils')}
        name="roll"
        rows={rows}
        columns={columns}
        rowId={row => row.enrolmentId}
        filter={words}
        onStand={stand}
        toneOf={row => (placeOf(draft, row).kind === 'open' ? 'needs' : null)}
        empty={<EmptyState icon={IconUsersMinus} title={text('yearEnd.screen.nobody')} next={text('yearEnd.screen.nobodyNext')} />}
      />
      {isAsking ? (
        <ConfirmDialog
          title={text('yearEnd.screen.roll.confirmTitle', { year: formatYear(plan.toYear) })}
          confirmLabel={text('yearEnd.screen.roll.confirm')}
          onConfirm={() => { void roll(); return Promise.resolve({ ok: true, value: null }); }}
          onClose={() => { setAsking(false); }}
        >
          <p>{text('yearEnd.screen.roll.confirmWhat', { classes: formatNumber(figures.classes), placed: formatNumber(figures.placed), repeating: formatNumber(figures.repeating), leaving: formatNumber(figures.leaving) })}</p>
          <p>{text('yearEnd.screen.roll.confirmThen', { from: formatYear(plan.fromYear), to: formatYear(plan.toYear) })}</p>
        </ConfirmDialog>
      ) : null}
    </SidePane>
  );
}

const LEAVES = '·leaves';

function rollColumns(draft: RollDraft, choose: (pupil: RollPupil, to: string) => void): TableColumn<RollPupil>[] {
  const placeWord = (pupil: RollPupil): string => {
    const place = placeOf(draft, pupil);
    return place.kind === 'class' ? place.name : text(`yearEnd.screen.roll.place.${place.kind}`);
  };
  return [
    { id: 'name', title: text('yearEnd.screen.column.name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 160, share: 2 }, isFixed: true },
    { id: 'class', title: text('yearEnd.screen.roll.column.from'), value: row => row.className, compare: (left, right) => compareWords(left.className, right.className), width: 70 },
    { id: 'outcome', title: text('yearEnd.screen.roll.column.outcome'), value: row => text(`yearEnd.screen.roll.outcome.${row.outcome}`), width: { least: 130, share: 1 } },
    {
      id: 'place', title: text('yearEnd.screen.roll.column.to'), value: placeWord, width: 150,
      render: row => (row.outcome === 'elsewhere' ? <span>{placeWord(row)}</span> : (
        <Select
          size="xs"
          aria-label={text('yearEnd.screen.roll.placeOf', { name: row.name })}
          placeholder={text('yearEnd.screen.roll.place.open')}
          data={[...classesFor(draft, row).map(one => one.name), { value: LEAVES, label: text('yearEnd.screen.roll.place.leaves') }]}
          value={placeOf(draft, row).kind === 'open' ? null : placeOf(draft, row).kind === 'leaves' ? LEAVES : placeWord(row)}
          onChange={to => { if (to !== null) choose(row, to === LEAVES ? '' : to); }}
        />
      )),
    },
  ];
}

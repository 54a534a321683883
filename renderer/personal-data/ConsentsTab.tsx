import { Button, Checkbox, Select } from '@mantine/core';
import { IconPrinter, IconUserCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ConsentRow, ConsentState, PurposeView } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterChips } from '../kit/FilterChips.tsx';
import { formatDate } from '../kit/formats.ts';
import { PrintedPaper } from '../kit/PrintedPaper.tsx';
import { saveFile } from '../kit/save-file.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showFailure } from '../kit/toasts.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { ConsentDialog } from './ConsentDialog.tsx';
import styles from './personal-data.module.css';

const word = (part: string) => text(`personalData.consent.${part}`);
const signs: Record<ConsentState, WorkState> = { given: 'done', incomplete: 'needs', missing: 'quiet', refused: 'blocked', withdrawn: 'blocked' };
const states = ['missing', 'incomplete', 'given', 'refused', 'withdrawn'] as const;

async function openPaper(consentId: string): Promise<void> {
  const result = await api.personalData.openConsentPaper({ consentId });
  if (result.ok) saveFile(result.value.fileName, result.value.bytes);
  else showFailure(result.error);
}

function columnsOf(chosen: ReadonlySet<string>, choose: (personId: string) => void): TableColumn<ConsentRow>[] {
  return [
    {
      id: 'choose', title: word('column.choose'), value: row => (chosen.has(row.personId) ? 1 : 0), width: 64, align: 'center',
      render: row => <Checkbox className={styles.choice} size="xs" aria-label={text('personalData.consent.chooseOne', { name: row.name })} checked={chosen.has(row.personId)} onChange={() => { choose(row.personId); }} />,
    },
    { id: 'name', title: word('column.name'), value: row => row.name, width: { least: 180, share: 2 }, isFixed: true },
    { id: 'birth', title: word('column.birth'), value: row => row.birth, render: row => <span className="tabular">{formatDate(row.birth)}</span>, width: 100 },
    { id: 'state', title: word('column.state'), value: row => word(`state.${row.state}`), render: row => <StateBadge state={signs[row.state]}>{word(`state.${row.state}`)}</StateBadge>, width: 180 },
    { id: 'giver', title: word('column.giver'), value: row => [row.givenBy === null ? '' : word(`giver.${row.givenBy}`), row.giverName].filter(part => part !== '').join(': '), width: { least: 170, share: 1 } },
    { id: 'on', title: word('column.on'), value: row => row.on, render: row => <span className="tabular">{formatDate(row.on)}</span>, width: 100 },
    { id: 'asked', title: word('column.asked'), value: row => text(`personalData.flag.${row.isChildAsked ? 1 : 0}`), width: 110, align: 'center' },
    {
      id: 'paper', title: word('column.paper'), value: row => (row.hasPaper ? 1 : 0), width: 110,
      render: row => (row.hasPaper && row.consentId !== null ? <Button size="compact-xs" variant="light" onClick={() => { if (row.consentId !== null) void openPaper(row.consentId); }}>{text('personalData.openPaper')}</Button> : ''),
    },
  ];
}

/** Who agreed to what, by class and purpose. */
export function ConsentsTab() {
  const { year } = useSession();
  const purposes = useRead('personalData.purposes', {});
  const classes = useRead('classes.list', { year });
  return (
    <Waiting read={purposes} lines={8}>
      {found => (
        <Waiting read={classes} lines={8}>
          {list => {
            const asked = found.purposes.filter(one => one.basis === 'consent');
            if (asked.length === 0 || list.classes.length === 0) return <EmptyState icon={IconUserCheck} title={word('none')} next={word('noneNext')}><Button variant="default" onClick={() => { navigate('/system/personal-data'); }}>{text('personalData.tab.purposes')}</Button></EmptyState>;
            return <ClassConsents purposes={asked} classes={list.classes} />;
          }}
        </Waiting>
      )}
    </Waiting>
  );
}

function ClassConsents({ purposes, classes }: { purposes: PurposeView[]; classes: { classId: string; name: string }[] }) {
  const [classChosen, setClass] = useQueryValue('class');
  const [purposeChosen, setPurpose] = useQueryValue('purpose');
  const [state, setState] = useQueryValue('state');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isRecording, setRecording] = useState(false);
  const [isListing, setListing] = useState(false);
  const classId = (classes.find(one => one.classId === classChosen) ?? classes[0])?.classId ?? '';
  const purpose = purposes.find(one => one.purposeId === purposeChosen) ?? purposes[0];
  const read = useRead('personalData.consents', { classId, purposeId: purpose?.purposeId ?? '' }, { keepPrevious: true });
  const settings = useRead('personalData.settings', {});
  const forms = useJob('personalData.printConsentForms');
  const list = useJob('personalData.printConsentList');
  const columns = useMemo(() => columnsOf(chosen, personId => { setChosen(before => new Set(before.has(personId) ? [...before].filter(one => one !== personId) : [...before, personId])); }), [chosen]);
  if (purpose === undefined) return null;
  const print = (): void => { void forms.run({ classId, purposeIds: purposes.map(one => one.purposeId) }); };
  const change = (set: (value: string) => void) => (value: string | null): void => {
    setChosen(new Set());
    set(value ?? '');
  };
  return (
    <Waiting read={read} lines={10}>
      {({ rows }) => {
        const shown = rows.filter(row => state === '' || row.state === state);
        return (
          <div className={styles.place}>
            <div className={styles.bar}>
              <Select w={110} label={word('class')} allowDeselect={false} value={classId} onChange={change(setClass)} data={classes.map(one => ({ value: one.classId, label: one.name }))} />
              <Select w={300} label={word('purpose')} allowDeselect={false} value={purpose.purposeId} onChange={change(setPurpose)} data={purposes.map(one => ({ value: one.purposeId, label: one.name }))} />
              <Button variant="default" onClick={() => { setChosen(new Set(shown.map(row => row.personId))); }}>{word('chooseAll')}</Button>
              <Button variant="default" onClick={() => { setChosen(new Set(rows.filter(row => row.state === 'missing').map(row => row.personId))); }}>{word('chooseMissing')}</Button>
              <Button disabled={chosen.size === 0} onClick={() => { setRecording(true); }}>{text('personalData.consent.record', { count: chosen.size })}</Button>
              <Button className="end" variant="default" leftSection={<IconPrinter size={15} />} onClick={print}>{word('forms')}</Button>
              <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => { setListing(true); }}>{word('list')}</Button>
            </div>
            <div className={styles.bar}>
              <FilterChips
                label={word('filter')}
                chosen={state}
                onChoose={setState}
                chips={[{ id: '', label: word('all'), count: rows.length }, ...states.map(id => ({ id, label: word(`state.${id}`), count: rows.filter(row => row.state === id).length, state: signs[id] }))]}
              />
            </div>
            <p className={styles.note}>{word('noAnswerMeans')} {purpose.asksChild && settings.data !== undefined ? text('personalData.consent.childNote', { age: settings.data.rules.childAge }) : ''}</p>
            <div className={styles.rows}>
              <DataTable
                label={text('personalData.tab.consents')}
                rows={shown}
                columns={columns}
                rowId={row => row.personId}
                onOpen={row => { setChosen(new Set([row.personId])); setRecording(true); }}
                empty={<EmptyState icon={IconUserCheck} title={word('noPupils')} next={word('noPupilsNext')} />}
              />
            </div>
            {isRecording ? <ConsentDialog purpose={purpose} personIds={[...chosen]} onClose={() => { setRecording(false); setChosen(new Set()); }} /> : null}
            {isListing ? (
              <ConfirmDialog
                title={word('list')}
                confirmLabel={word('list')}
                reason={{ label: word('listPurpose'), minLength: 3 }}
                onConfirm={told => {
                  void list.run({ classId, purpose: told });
                  return Promise.resolve({ ok: true, value: null });
                }}
                onClose={() => { setListing(false); }}
              >
                {word('listWhat')}
              </ConfirmDialog>
            ) : null}
            {list.isRunning || list.result !== null || list.failure !== null
              ? <PrintedPaper title={word('list')} run={list} onRetry={() => { if (list.input !== null) void list.run(list.input); }} />
              : null}
            {forms.isRunning || forms.result !== null || forms.failure !== null ? <PrintedPaper title={word('forms')} run={forms} onRetry={print} /> : null}
          </div>
        );
      }}
    </Waiting>
  );
}

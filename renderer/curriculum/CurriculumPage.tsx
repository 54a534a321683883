import { Button, SegmentedControl, Tabs } from '@mantine/core';
import { IconBooks, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { CurriculumView } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatYear } from '../kit/formats.ts';
import { Page } from '../kit/Page.tsx';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { ClassChoices } from './ClassChoices.tsx';
import styles from './curriculum.module.css';
import { GradeTable } from './GradeTable.tsx';
import { Standings } from './Standings.tsx';

const tabs = ['grades', 'classes', 'standings'] as const;
const noHints: [] = [];

/** What each grade and class is taught in the year, and who takes what. */
export default function CurriculumPage() {
  const { year, isClosedYear } = useSession();
  const read = useRead('curriculum.view', { year });
  const [tab, setTab] = useQueryValue('tab');
  const [copies, setCopies] = useState(false);
  useFoot(text('curriculum.where', { year: formatYear(year) }), noHints);
  const from = read.data?.copyFrom ?? null;
  return (
    <Page
      title={text('curriculum.title')}
      aside={isClosedYear ? <span>{text('curriculum.closedYear')}</span> : null}
      acts={from === null || isClosedYear ? null : (
        <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => { setCopies(true); }}>{text('curriculum.copy.act', { year: formatYear(from) })}</Button>
      )}
    >
      <Waiting read={read} lines={16}>
        {view => (
          <Tabs value={tab === '' ? 'grades' : tab} onChange={value => { setTab(value === null || value === 'grades' ? '' : value); }} keepMounted={false}>
            <Tabs.List mb="md">{tabs.map(name => <Tabs.Tab key={name} value={name}>{text(`curriculum.tab.${name}`)}</Tabs.Tab>)}</Tabs.List>
            <Tabs.Panel value="grades"><Grades view={view} mayEdit={!isClosedYear} /></Tabs.Panel>
            <Tabs.Panel value="classes"><ClassChoices view={view} mayEdit={!isClosedYear} /></Tabs.Panel>
            <Tabs.Panel value="standings"><Standings view={view} mayEdit={!isClosedYear} /></Tabs.Panel>
          </Tabs>
        )}
      </Waiting>
      {copies && from !== null ? (
        <ConfirmDialog
          title={text('curriculum.copy.title', { year: formatYear(from) })}
          confirmLabel={text('curriculum.copy.confirm')}
          onConfirm={async () => {
            const result = await api.curriculum.copyYear({ from, to: year });
            if (result.ok) showDone(text('curriculum.copy.done', { grades: result.value.grades.join(', ') }));
            refresh('curriculum');
            return result;
          }}
          onClose={() => { setCopies(false); }}
        >
          {text('curriculum.copy.body')}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

function Grades({ view, mayEdit }: { view: CurriculumView; mayEdit: boolean }) {
  const [wanted, setWanted] = useQueryValue('grade');
  const shown = view.grades.find(grade => String(grade.grade) === wanted) ?? view.grades[0];
  if (shown === undefined) return <EmptyState icon={IconBooks} title={text('curriculum.noGrades')} next={text('curriculum.noGradesNext')} />;
  return (
    <div className={styles.grades}>
      <SegmentedControl
        aria-label={text('curriculum.grade')}
        data={view.grades.map(({ grade }) => ({ value: String(grade), label: text('curriculum.gradeNamed', { grade }) }))}
        value={String(shown.grade)}
        onChange={setWanted}
      />
      <GradeTable key={`${view.year} ${shown.grade}`} year={view.year} grade={shown} mayEdit={mayEdit} />
    </div>
  );
}

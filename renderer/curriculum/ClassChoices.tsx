import { Checkbox, SegmentedControl, Table } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import type { ClassCurriculum, ClusterTerm, CurriculumView } from '../../preload/contract/curriculum.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { Notice } from '../kit/Notice.tsx';
import { Card } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import styles from './curriculum.module.css';
import { withChoice } from './curriculum-changes.ts';

const clusterTerms: readonly ClusterTerm[] = ['first', 'second', 'both'];

/** The electives, optional subjects and topic clusters of each class. */
export function ClassChoices({ view, mayEdit }: { view: CurriculumView; mayEdit: boolean }) {
  const [wanted, setWanted] = useQueryValue('class');
  const shown = view.classes.find(found => found.classId === wanted) ?? view.classes[0];
  if (shown === undefined) return <EmptyState icon={IconChecklist} title={text('curriculum.class.none')} next={text('curriculum.class.noneNext')} />;
  const hasClusters = view.classes.some(found => found.clusters !== null);
  return (
    <div className={styles.grades}>
      {hasClusters ? <ClusterPlace view={view} mayEdit={mayEdit} /> : null}
      <div className={styles.classes}>
        <nav className={styles.classList} aria-label={text('curriculum.class.list')}>
          {view.classes.map(found => (
            <button
              key={found.classId}
              type="button"
              aria-current={found.classId === shown.classId ? 'true' : undefined}
              onClick={() => { setWanted(found.classId); }}
            >
              <strong>{found.name}</strong>
              {found.electives === null || found.clusters === null ? null : (
                <StateBadge state={isWhole(found) ? 'done' : 'needs'}>
                  {text('curriculum.class.counts', {
                    electives: found.electives.taken, needed: found.electives.needed, clusters: found.clusters.taken, clustersNeeded: found.clusters.needed,
                  })}
                </StateBadge>
              )}
            </button>
          ))}
        </nav>
        <Card flush title={text('curriculum.class.title', { name: shown.name })}><ChoiceTable year={view.year} found={shown} mayEdit={mayEdit} /></Card>
      </div>
    </div>
  );
}

function isWhole({ electives, clusters }: ClassCurriculum): boolean {
  return electives?.taken === electives?.needed && clusters?.taken === clusters?.needed;
}

type Box = 'subject' | 'cluster';

function ChoiceTable({ year, found, mayEdit }: { year: string; found: ClassCurriculum; mayEdit: boolean }) {
  const choose = async (place: ClassCurriculum, subject: string, box: Box, isOn: boolean): Promise<void> => {
    const result = await api.curriculum.saveClass({ classId: place.classId, subjects: withChoice(place, subject, box, isOn) });
    if (!result.ok) showFailure(result.error);
    else showUndo(text('curriculum.class.saved', { name: place.name, count: result.value.sheets }), () => { void takeBack(subject, box, !isOn); });
    refresh('curriculum');
  };
  // Other boxes may have been ticked since: only this one goes back.
  const takeBack = async (subject: string, box: Box, isOn: boolean): Promise<void> => {
    const now = await api.curriculum.view({ year });
    const place = now.ok ? now.value.classes.find(one => one.classId === found.classId) : undefined;
    if (!now.ok) showFailure(now.error);
    else if (place !== undefined) await choose(place, subject, box, isOn);
  };
  const withClusters = found.clusters !== null;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('curriculum.column.subject')}</Table.Th>
          <Table.Th>{text('curriculum.column.choice')}</Table.Th>
          <Table.Th>{text('curriculum.class.takes')}</Table.Th>
          {withClusters ? <Table.Th>{text('curriculum.class.cluster')}</Table.Th> : null}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.subjects.map(row => (
          <Table.Tr key={row.subject}>
            <Table.Td>{row.name}</Table.Td>
            <Table.Td>{text(`curriculum.choice.${row.choice}`)}</Table.Td>
            <Table.Td>
              <Checkbox
                aria-label={text('curriculum.class.takesSubject', { subject: row.name })}
                checked={row.isTaken}
                disabled={!mayEdit || row.choice === 'compulsory'}
                onChange={event => { void choose(found, row.subject, 'subject', event.currentTarget.checked); }}
              />
            </Table.Td>
            {withClusters ? (
              <Table.Td>
                <Checkbox
                  aria-label={text('curriculum.class.clusterOf', { subject: row.name })}
                  checked={row.hasCluster}
                  disabled={!mayEdit}
                  onChange={event => { void choose(found, row.subject, 'cluster', event.currentTarget.checked); }}
                />
              </Table.Td>
            ) : null}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Where the mark of a topic cluster stands: the circular does not say, so the school does. */
function ClusterPlace({ view, mayEdit }: { view: CurriculumView; mayEdit: boolean }) {
  const choose = async (term: string): Promise<void> => {
    const result = await api.curriculum.setClusterTerm({ year: view.year, term: term as ClusterTerm });
    if (result.ok) showDone(text('curriculum.cluster.saved', { count: result.value.sheets }));
    else showFailure(result.error);
    refresh('curriculum');
  };
  return (
    <Notice
      state={view.clusterTerm === null ? 'needs' : 'quiet'}
      title={text(view.clusterTerm === null ? 'curriculum.cluster.ask' : 'curriculum.cluster.said')}
      acts={(
        <SegmentedControl
          aria-label={text('curriculum.cluster.label')}
          disabled={!mayEdit}
          data={[
            ...(view.clusterTerm === null ? [{ value: '', label: text('curriculum.cluster.undecided') }] : []),
            ...clusterTerms.map(value => ({ value, label: text(`curriculum.cluster.${value}`) })),
          ]}
          value={view.clusterTerm ?? ''}
          onChange={value => { if (value !== '') void choose(value); }}
        />
      )}
    >
      <p>{text('curriculum.cluster.why')}</p>
    </Notice>
  );
}

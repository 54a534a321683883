import { Button, Select } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { formatNumber, formatWhen, formatYear } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { Steps } from '../kit/Steps.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { stepsOf, views } from './year-end-views.ts';
import type { View } from './year-end-views.ts';
import { YearEndApproval } from './YearEndApproval.tsx';
import { YearEndDecisions } from './YearEndDecisions.tsx';
import { YearEndLists } from './YearEndLists.tsx';
import { YearEndMissing } from './YearEndMissing.tsx';
import { YearEndResults } from './YearEndResults.tsx';
import { YearEndRollOver } from './YearEndRollOver.tsx';
import { YearEndSummer } from './YearEndSummer.tsx';
import styles from './year-end.module.css';

/** The end of the year, step by step: from what is missing over results, decisions, lists and approval through the summer into the next year. */
export default function YearEndPage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { year, years, may, isClosedYear } = useSession();
  const input = classId === '' ? { year } : { year, classId };
  const read = useRead('yearEnd.overview', input);
  const classes = useRead('classes.list', { year });
  const computing = useJob('yearEnd.compute');
  const [chosen, setChosen] = useQueryValue('step');
  const found = read.data;
  const view: View = views.find(one => one === chosen) ?? (found !== undefined && found.computedAt === null && found.missing.length > 0 ? 'check' : 'results');
  const hasRolledOver = years.some(one => one.isCurrent && one.year > year);
  const steps = found === undefined ? [] : stepsOf(found, hasRolledOver).filter(step => step.id !== 'next' || may('yearEnd.decide'));
  const compute = (): void => {
    setChosen('results');
    void computing.run(input);
  };
  const options = (classes.data?.classes ?? []).map(one => ({ value: one.classId, label: one.name })).toSorted((left, right) => compareWords(left.label, right.label));
  return (
    <Page
      fills
      title={text('yearEnd.screen.title')}
      aside={<span className="tabular">{formatYear(year)}{found === undefined ? '' : ` · ${text('yearEnd.screen.pupils', { count: formatNumber(found.pupils) })}`}</span>}
      acts={(
        <>
          <Select
            w={150}
            clearable
            searchable
            aria-label={text('yearEnd.screen.class')}
            placeholder={text('yearEnd.screen.allClasses')}
            data={options}
            value={classId === '' ? null : classId}
            onChange={value => { navigate(`${value === null ? '/year-end' : `/year-end/${value}`}${chosen === '' ? '' : `?step=${chosen}`}`, { replace: true }); }}
          />
          {may('yearEnd.decide') ? (
            <Button leftSection={<IconCalculator size={15} stroke={1.7} />} loading={computing.isRunning} disabled={isClosedYear || found === undefined || found.pupils === 0} onClick={compute}>
              {text(found?.computedAt === null ? 'yearEnd.screen.compute' : 'yearEnd.screen.recompute')}
            </Button>
          ) : null}
        </>
      )}
      bar={found === undefined ? <span /> : <Steps label={text('yearEnd.screen.steps')} steps={steps} current={view} onChoose={setChosen} />}
    >
      <Waiting read={read} lines={14}>
        {overview => (
          <div className={styles.place}>
            <div className={styles.told}>
              <RunningJob run={computing} onRetry={compute} />
              {overview.isStale && overview.computedAt !== null && !computing.isRunning
                ? <Notice state="needs" title={text('yearEnd.screen.stale', { at: formatWhen(overview.computedAt) })}><p>{text('yearEnd.screen.staleNext')}</p></Notice>
                : null}
            </div>
            <OneView view={view} overview={overview} />
          </div>
        )}
      </Waiting>
    </Page>
  );
}

function OneView({ view, overview }: { view: View; overview: YearEndOverview }) {
  switch (view) {
    case 'check': return <YearEndMissing missing={overview.missing} />;
    case 'results': return <YearEndResults overview={overview} />;
    case 'decisions': return <YearEndDecisions year={overview.year} classId={overview.classId} />;
    case 'lists': return <YearEndLists overview={overview} />;
    case 'approve': return <YearEndApproval key="year" overview={overview} stage="year" />;
    case 'summer': return <YearEndSummer year={overview.year} classId={overview.classId} />;
    case 'final': return <YearEndApproval key="final" overview={overview} stage="final" />;
    case 'next': return <YearEndRollOver year={overview.year} />;
  }
}

import { Button, Select } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { navigate, useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatNumber, formatWhen, formatYear } from '../kit/formats.ts';
import { compareWords } from '../kit/matching.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { RunningJob } from '../kit/RunningJob.tsx';
import { Steps } from '../kit/Steps.tsx';
import type { Step } from '../kit/Steps.tsx';
import { useJob } from '../kit/useJob.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { YearEndLists } from './YearEndLists.tsx';
import { YearEndMissing } from './YearEndMissing.tsx';
import { YearEndResults } from './YearEndResults.tsx';
import styles from './year-end.module.css';

const views = ['check', 'results', 'lists'] as const;
type View = (typeof views)[number];

/** The end of the year in three steps: is everything there, what are the results and why, which lists follow. */
export default function YearEndPage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { year, may, isClosedYear } = useSession();
  const input = classId === '' ? { year } : { year, classId };
  const read = useRead('yearEnd.overview', input);
  const classes = useRead('classes.list', { year });
  const computing = useJob('yearEnd.compute');
  const [chosen, setChosen] = useQueryValue('step');
  const [words, setWords] = useQueryValue('q');
  const found = read.data;
  const view: View = views.find(one => one === chosen) ?? (found !== undefined && found.computedAt === null && found.missing.length > 0 ? 'check' : 'results');
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
      bar={found === undefined ? <span /> : (
        <>
          <Steps label={text('yearEnd.screen.steps')} steps={stepsOf(found)} current={view} onChoose={setChosen} />
          <span style={{ flex: 1 }} />
          {view === 'results' ? <FilterBox value={words} onChange={setWords} placeholder={text('yearEnd.screen.filter')} width={200} /> : null}
        </>
      )}
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
  if (view === 'check') return <YearEndMissing missing={overview.missing} />;
  return view === 'results' ? <YearEndResults overview={overview} /> : <YearEndLists overview={overview} />;
}

function stepsOf(overview: YearEndOverview): Step[] {
  const short = overview.missing.reduce((sum, one) => sum + one.count, 0);
  const isComputed = overview.computedAt !== null;
  const decided = overview.pupils - overview.incomplete;
  return [
    {
      id: 'check',
      title: text('yearEnd.screen.step.check'),
      note: short === 0 ? text('yearEnd.screen.complete') : text('yearEnd.screen.short', { count: formatNumber(short) }),
      state: short === 0 ? 'done' : 'needs',
    },
    {
      id: 'results',
      title: text('yearEnd.screen.step.results'),
      note: !isComputed ? text('yearEnd.screen.notComputed') : overview.isStale ? text('yearEnd.screen.isStale') : text('yearEnd.screen.computedAt', { at: formatWhen(overview.computedAt ?? '') }),
      state: !isComputed ? 'quiet' : overview.isStale ? 'needs' : 'done',
    },
    {
      id: 'lists',
      title: text('yearEnd.screen.step.lists'),
      note: text('yearEnd.screen.decided', { done: formatNumber(decided), total: formatNumber(overview.pupils) }),
      state: isComputed && !overview.isStale && overview.pupils > 0 && decided === overview.pupils ? 'done' : 'quiet',
    },
  ];
}

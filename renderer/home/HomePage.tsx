import { Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { IconChevronRight, IconMoodSmile } from '@tabler/icons-react';
import type { HomeBoard, HomeDue, HomeTask } from '../../preload/contract/home.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { keepPreference, keptPreference } from '../app/preferences.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { hasPlace } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { HomeCharts } from './HomeCharts.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate, formatNumber, formatWhen, formatYear, wholePercent } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { StartList } from './StartList.tsx';
import classes from './home.module.css';

const noHints: [] = [];
const order: Record<HomeTask['state'], number> = { needs: 0, blocked: 1, done: 2 };

/** What waits for this person, the state of the year in small figures, and what changed lately. */
export default function HomePage() {
  const { account, year } = useSession();
  const board = useRead('home.board', { year });
  useFoot(text('home.where', { year: formatYear(year) }), noHints);
  return (
    <Page title={text('home.greeting', { name: account.name })} aside={<span className={classes.today}>{todayInWords()}</span>}>
      <Waiting read={board} lines={10}>
        {found => (
          <div className={classes.board}>
            <div className={classes.main}>
              <Figures figures={found.figures} />
              <StartList />
              {found.due.length === 0 ? null : <Due due={found.due} />}
              <Tasks tasks={found.tasks} />
              <HomeCharts charts={found.charts} />
            </div>
            <Recent recent={found.recent} user={account.user} />
          </div>
        )}
      </Waiting>
    </Page>
  );
}

function todayInWords(): string {
  return new Date().toLocaleDateString(text('home.dateLocale'), { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' });
}

function Figures({ figures }: { figures: HomeBoard['figures'] }) {
  const plain = [
    { key: 'pupils', value: figures.pupils, to: '/students' },
    { key: 'classes', value: figures.classes, to: '/classes' },
    { key: 'staff', value: figures.staff, to: '/staff' },
  ];
  const partial = [
    { key: 'sheets', done: figures.sheetsComplete, total: figures.sheets, to: '/grades' },
    { key: 'transcripts', done: figures.transcriptsSealed, total: figures.transcripts, to: '/transcripts' },
  ];
  return (
    <ul className={classes.figures}>
      {plain.map(figure => (
        <li key={figure.key}>
          <Linked to={figure.to}>
            <span>{text(`home.figures.${figure.key}`)}</span>
            <strong className="tabular">{formatNumber(figure.value)}</strong>
          </Linked>
        </li>
      ))}
      {partial.map(figure => (
        <li key={figure.key} data-wide>
          <Linked to={figure.to}>
            <span>{text(`home.figures.${figure.key}`)}</span>
            <strong className="tabular">{formatNumber(figure.done)}<small>/{formatNumber(figure.total)}</small></strong>
            <Progress size={4} value={wholePercent(figure.done, figure.total)} aria-label={text(`home.figures.${figure.key}`)} />
          </Linked>
        </li>
      ))}
    </ul>
  );
}

/** A link where the place exists, plain words where it does not. */
function Linked({ to, children }: { to: string; children: React.ReactNode }) {
  return hasPlace(to) ? <RouteLink to={to}>{children}</RouteLink> : <div>{children}</div>;
}

function Tasks({ tasks }: { tasks: HomeTask[] }) {
  const sorted = [...tasks].sort((left, right) => order[left.state] - order[right.state]);
  const waiting = tasks.filter(task => task.state === 'needs').length;
  return (
    <Card flush title={waiting > 0 ? text('home.tasks.waiting', { count: waiting }) : text('home.tasks.title')}>
      {tasks.length === 0 ? <EmptyState icon={IconMoodSmile} title={text('home.tasks.none')} next={text('home.tasks.noneNext')} /> : (
        <ul className={classes.tasks}>
          {sorted.map(task => (
            <li key={`${task.kind} ${task.classId ?? ''} ${task.route} ${task.title}`}>
              <Linked to={task.route}>
                <StateBadge state={task.state} />
                <span className={classes.taskText}><strong>{task.title}</strong><span>{task.detail}</span></span>
                {task.count > 0 ? <span className={`${classes.count ?? ''} tabular`}>{formatNumber(task.count)}</span> : null}
                {hasPlace(task.route) ? <IconChevronRight size={16} aria-hidden /> : null}
              </Linked>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Classes that still lack something for a deadline, and how long there is. */
function Due({ due }: { due: HomeDue[] }) {
  return (
    <Card flush title={text('home.due.title')} acts={<RouteLink to="/grades/boards">{text('home.due.all')}</RouteLink>}>
      <ul className={classes.tasks}>
        {due.map(one => (
          <li key={`${one.classId} ${one.point}`}>
            <RouteLink to={one.route}>
              <StateBadge state={one.daysLeft < 0 ? 'blocked' : 'needs'}>{daysWords(one.daysLeft)}</StateBadge>
              <span className={classes.taskText}><strong>{text('home.classNamed', { name: one.className })}</strong><span>{text('home.due.missing', { point: one.point, missing: one.missing, sheets: one.sheets })}</span></span>
              <span className="tabular">{formatDate(one.dueOn)}</span>
              <IconChevronRight size={16} aria-hidden />
            </RouteLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function daysWords(days: number): string {
  if (days === 0) return text('home.due.today');
  return days > 0 ? text('home.due.left', { days }) : text('home.due.late', { days: -days });
}

/** The newest change this person had seen when he last left the board, at this window. */
function useLastSeen(user: string, newest: string | undefined): string {
  const key = `so-truong.home.seen.${user}`;
  const [seen] = useState(() => keptPreference(key) ?? '');
  useEffect(() => {
    if (newest === undefined) return;
    return () => { keepPreference(key, newest); };
  }, [key, newest]);
  return seen;
}

function Recent({ recent, user }: { recent: HomeBoard['recent']; user: string }) {
  const seen = useLastSeen(user, recent[0]?.at);
  return (
    <Card flush title={text('home.recent.title')}>
      {recent.length === 0 ? <p className={classes.quiet}>{text('home.recent.none')}</p> : (
        <ol className={classes.recent}>
          {recent.map(entry => (
            <li key={`${entry.at} ${entry.what}`} data-fresh={seen !== '' && entry.at > seen ? '' : undefined}>
              <span className={`${classes.when ?? ''} tabular`}>{formatWhen(entry.at)}</span>
              <span>
                <strong>{entry.actor}</strong>{' '}
                {entry.route !== null && hasPlace(entry.route) ? <RouteLink to={entry.route}>{entry.what}</RouteLink> : entry.what}
                {seen !== '' && entry.at > seen ? <small className={classes.fresh}>{text('home.recent.fresh')}</small> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

import { IconChevronRight } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { hasPlace } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { Card } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import classes from './home.module.css';

/** What a school that begins has to do, for the office, until all of it is there. */
export function StartList() {
  const { school, may } = useSession();
  const isAsked = !school.isDemo && may('records.edit');
  const read = useRead('home.start', {}, { enabled: isAsked });
  if (!isAsked || read.data === undefined || read.data.isDone) return null;
  const { steps } = read.data;
  return (
    <Card flush title={text('home.start.title', { done: steps.filter(step => step.isDone).length, total: steps.length })}>
      <ul className={classes.tasks}>
        {steps.map(step => (
          <li key={step.key}>
            <RouteLink to={hasPlace(step.route) ? step.route : '/'}>
              <StateBadge state={step.isDone ? 'done' : 'needs'}>{text(step.isDone ? 'home.start.done' : 'home.start.open')}</StateBadge>
              <span className={classes.taskText}><strong>{text(`home.start.${step.key}.title`)}</strong><span>{text(`home.start.${step.key}.note`, { count: step.count })}</span></span>
              <IconChevronRight size={16} aria-hidden />
            </RouteLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

import type { HomeTask } from '../../preload/contract/home.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { CheckReport } from '../../preload/contract/system.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { dateText, vietnamDay, whenText } from '../kit/display.ts';
import { withoutAnswer } from './consents-service.ts';
import { unreportedIncidents } from './incidents-service.ts';
import { isConfirmed } from './personal-data-settings.ts';
import { purposeCounts } from './purposes-service.ts';
import { openRequests } from './requests-service.ts';

const ROUTE = '/system/personal-data';

/** What waits at home for whoever answers for personal data. */
export function personalDataTasks({ db, session, services }: ReadContext): HomeTask[] {
  if (!mayCall(session.role, 'records.edit')) return [];
  const now = services.clock();
  const asked = openRequests(db, vietnamDay(now));
  const incident = unreportedIncidents(db, now);
  const task = (kind: 'personRequests' | 'personalIncidents', count: number, late: number, due: string): HomeTask => ({
    kind, state: late > 0 ? 'blocked' : 'needs', classId: null, className: null, count, route: `${ROUTE}?tab=${kind === 'personRequests' ? 'requests' : 'incidents'}`,
    title: text(`home.task.${kind}.title`, { count }), detail: text(`home.task.${kind}.${late > 0 ? 'late' : 'detail'}`, { late, due }),
  });
  return [
    ...(incident.open > 0 ? [task('personalIncidents', incident.open, incident.late, incident.nextBy === null ? '' : whenText(incident.nextBy))] : []),
    ...(asked.open > 0 ? [task('personRequests', asked.open, asked.late, dateText(asked.nextDue ?? ''))] : []),
  ];
}

/** What the check of all data says about personal data: duties that wait or are late. The data themselves may be whole all the same. */
export function personalDataNotices({ db, services }: Pick<ReadContext, 'db' | 'services'>, year: string): CheckReport['notices'] {
  const now = services.clock();
  const purposes = purposeCounts(db);
  const asked = openRequests(db, vietnamDay(now));
  const incident = unreportedIncidents(db, now);
  const consent = withoutAnswer(db, year);
  const notice = (key: string, params: Record<string, string | number> = {}) => ({
    area: 'personalData' as const, what: text(`system.notice.${key}.what`, params), remedy: text(`system.notice.${key}.remedy`, params),
  });
  return [
    ...(purposes.all === 0 ? [notice('noPurposes')] : []),
    ...(purposes.unconfirmed > 0 ? [notice('unconfirmedPurposes', { count: purposes.unconfirmed })] : []),
    ...(isConfirmed(db) ? [] : [notice('unconfirmedTerms')]),
    ...(asked.late > 0 ? [notice('lateRequests', { count: asked.late })] : []),
    ...(asked.unacknowledged > 0 ? [notice('unacknowledgedRequests', { count: asked.unacknowledged })] : []),
    ...(incident.late > 0 ? [notice('lateIncidents', { count: incident.late })] : []),
    ...(consent.missing > 0 ? [notice('unansweredConsents', { count: consent.missing, pupils: consent.pupils })] : []),
  ];
}

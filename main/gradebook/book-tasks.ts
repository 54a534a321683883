import type { HomeTask } from '../../preload/contract/home.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import type { SheetProgress } from '../grades/grades-store.ts';
import { stateAt } from '../grades/mark-locks.ts';
import { waitingRequests } from './change-requests.ts';
import { mayCall } from '../../preload/contract/permissions.ts';

type Kind = 'checkSheets' | 'lockSheets' | 'reopenedSheets' | 'changeRequests';

/**
 * What of the gradebook waits for this person: sheets of his own class to check, for the principal sheets to lock and those still reopened, and
 * requests. `homeroomOf` are the ids of the classes he is homeroom teacher of.
 */
export function bookTasks({ db, session, services }: ReadContext, year: string, sheets: readonly SheetProgress[], homeroomOf: ReadonlySet<string>): HomeTask[] {
  const now = services.clock().toISOString();
  const isPrincipal = mayCall(session.role, 'grades.lock');
  const tasks: HomeTask[] = [];
  const add = (kind: Kind, count: number, route: string) => {
    if (count > 0) tasks.push({ kind, state: 'needs', classId: null, className: null, count, route, title: text(`home.task.${kind}.title`, { count }), detail: text(`home.task.${kind}.detail`, { count }) });
  };
  const inState = (state: SheetProgress['state']) => sheets.filter(sheet => stateAt(sheet, now) === state);
  const toCheck = session.role === 'teacher' ? inState('submitted').filter(sheet => homeroomOf.has(sheet.class_id)) : [];
  add('checkSheets', toCheck.length, toCheck.length === 1 ? `/grades/sheet/${toCheck[0]?.id ?? ''}` : '/grades?state=submitted');
  if (isPrincipal) {
    add('lockSheets', inState('checked').length, '/grades?state=checked');
    add('reopenedSheets', inState('reopened').length, '/grades?state=reopened');
  }
  add('changeRequests', waitingRequests(db, session, year), '/grades/requests');
  return tasks;
}

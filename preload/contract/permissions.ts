/** Roles a school gives its people. One person has one account and one role; a homeroom teacher is a teacher with a class. */
export const roles = ['principal', 'secretary', 'sealClerk', 'teacher'] as const;
export type Role = (typeof roles)[number];

/** What a call needs. `public`: before sign-in. `signedIn`: any account. */
export type Permission =
  | 'public'
  | 'signedIn'
  | 'records.view'
  | 'records.edit'
  | 'records.import'
  | 'attendance.view'
  | 'attendance.edit'
  | 'grades.view'
  | 'grades.edit'
  | 'grades.lock'
  | 'yearEnd.view'
  | 'yearEnd.decide'
  | 'yearEnd.approve'
  | 'transcripts.view'
  | 'transcripts.prepare'
  | 'signing.sign'
  | 'sync.view'
  | 'sync.send'
  | 'journal.view'
  | 'reports.view'
  | 'reports.freeze'
  | 'system.manage';

const everyone: Permission[] = ['public', 'signedIn', 'records.view', 'grades.view', 'yearEnd.view', 'transcripts.view'];

const granted: Record<Role, ReadonlySet<Permission>> = {
  principal: new Set<Permission>([
    ...everyone, 'attendance.view', 'attendance.edit', 'records.edit', 'records.import', 'grades.edit', 'grades.lock', 'yearEnd.decide', 'yearEnd.approve', 'transcripts.prepare',
    'signing.sign', 'sync.view', 'sync.send', 'journal.view', 'system.manage', 'reports.view', 'reports.freeze',
  ]),
  secretary: new Set<Permission>([
    ...everyone, 'attendance.view', 'attendance.edit', 'records.edit', 'records.import', 'grades.edit', 'yearEnd.decide', 'transcripts.prepare', 'sync.view', 'sync.send',
    'journal.view', 'system.manage', 'reports.view', 'reports.freeze',
  ]),
  sealClerk: new Set<Permission>([...everyone, 'signing.sign', 'sync.view', 'sync.send']),
  teacher: new Set<Permission>([...everyone, 'attendance.view', 'attendance.edit', 'grades.edit', 'signing.sign']),
};

/** Whether `role` may make a call that needs `permission`; `null` is a visitor who has not signed in. */
export function mayCall(role: Role | null, permission: Permission): boolean {
  if (permission === 'public') return true;
  return role !== null && granted[role].has(permission);
}

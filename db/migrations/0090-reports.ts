import type { Migration } from './migration.ts';

export const reports: Migration = {
  name: '0090-reports',
  statements: [],
};

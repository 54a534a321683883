import type { Migration } from './migration.ts';

export const attendance: Migration = {
  name: '0040-attendance',
  statements: [],
};

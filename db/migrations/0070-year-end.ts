import type { Migration } from './migration.ts';

export const yearEnd: Migration = {
  name: '0070-year-end',
  statements: [],
};

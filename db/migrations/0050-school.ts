import type { Migration } from './migration.ts';

export const schoolRecords: Migration = {
  name: '0050-school',
  statements: [],
};

import type { Migration } from './migration.ts';

export const gradebook: Migration = {
  name: '0030-gradebook',
  statements: [],
};

import type { Migration } from './migration.ts';

export const curriculum: Migration = {
  name: '0020-curriculum',
  statements: [],
};

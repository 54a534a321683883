import type { Migration } from './migration.ts';

export const pupilRecords: Migration = {
  name: '0060-pupils',
  statements: [],
};

import type { Migration } from './migration.ts';

export const personalData: Migration = {
  name: '0100-personal-data',
  statements: [],
};

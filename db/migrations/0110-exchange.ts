import type { Migration } from './migration.ts';

export const exchange: Migration = {
  name: '0110-exchange',
  statements: [],
};

import type { Migration } from './migration.ts';

export const movements: Migration = {
  name: '0080-movements',
  statements: [],
};

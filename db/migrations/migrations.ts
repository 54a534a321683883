import type Driver from 'better-sqlite3-multiple-ciphers';
import { records } from './0010-records.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [records];

/** Brings the file to the newest schema and answers how many steps ran. `beforeFirst` makes the safety copy of a file that holds data. */
export function migrate(driver: Driver.Database, beforeFirst: () => void): number {
  const done = driver.pragma('user_version', { simple: true }) as number;
  if (done > migrations.length) throw new Error('NEWER_SCHEMA');
  if (done === migrations.length) return 0;
  if (done > 0) beforeFirst();
  for (let index = done; index < migrations.length; index += 1) {
    const migration = migrations[index];
    if (!migration) break;
    driver.exec('begin immediate');
    try {
      for (const statement of migration.statements) driver.exec(statement);
      driver.pragma(`user_version = ${index + 1}`);
      driver.exec('commit');
    } catch (fault) {
      driver.exec('rollback');
      throw new Error(`migration ${migration.name} failed`, { cause: fault });
    }
  }
  return migrations.length - done;
}

import type Driver from 'better-sqlite3-multiple-ciphers';
import { records } from './0010-records.ts';
import { curriculum } from './0020-curriculum.ts';
import { gradebook } from './0030-gradebook.ts';
import { attendance } from './0040-attendance.ts';
import { schoolRecords } from './0050-school.ts';
import { pupilRecords } from './0060-pupils.ts';
import { yearEnd } from './0070-year-end.ts';
import { movements } from './0080-movements.ts';
import { reports } from './0090-reports.ts';
import { personalData } from './0100-personal-data.ts';
import { exchange } from './0110-exchange.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  records, curriculum, gradebook, attendance, schoolRecords, pupilRecords, yearEnd, movements, reports, personalData, exchange,
];

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

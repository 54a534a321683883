import path from 'node:path';
import { Kysely, PGliteDialect, PostgresDialect, type Dialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool, types } from 'pg';
import { AppError } from '../main/kit/errors.ts';
import { openEmbedded } from './district-embedded.ts';
import { districtMigrations } from './district-migrations.ts';
import type { DistrictDatabase, DistrictSchema } from './district-schema.ts';

/** Whether `db` names a PostgreSQL server; otherwise it is the folder of the embedded database. */
export function isPostgres(db: string): boolean {
  return /^postgres(ql)?:\/\//.test(db);
}

/**
 * Opens `postgres://…`, or the embedded database in a folder (made when missing), and brings its tables up to date.
 * @throws AppError `district.database` when it cannot be reached or opened
 */
export async function openDistrictDatabase(db: string): Promise<DistrictDatabase> {
  const database = new Kysely<DistrictSchema>({ dialect: isPostgres(db) ? serverDialect(db) : await embeddedDialect(db) });
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(districtMigrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    throw new AppError('district.database', { params: { database: withoutPassword(db), detail: (error as Error).message }, cause: error });
  }
  return database;
}

function serverDialect(url: string): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    // Byte counts are int8, which pg gives as text and PGlite as a number: both as numbers here.
    types: { getTypeParser: ((...[oid, format]: Parameters<typeof types.getTypeParser>) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format))) as typeof types.getTypeParser },
  });
  // A server that goes away while a connection is idle is noticed by the next query; it must not end the program.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

async function embeddedDialect(folder: string): Promise<Dialect> {
  const data = path.join(folder, 'database');
  try {
    return new PGliteDialect({ pglite: await openEmbedded(data) });
  } catch (fault) {
    throw new AppError('district.database', { params: { database: folder, detail: (fault as Error).message }, cause: fault });
  }
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}

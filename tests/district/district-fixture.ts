import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { districtKeys } from '../../district/district-keys.ts';
import { openDistrictDatabase } from '../../district/district-database.ts';
import { enrolSchool } from '../../district/district-schools.ts';
import { startDistrict, type DistrictOptions, type RunningDistrict } from '../../district/district-server.ts';
import { readAuthorityKeys, recipientsAt, type AuthorityKeys } from '../../main/sync/enrolment-authority.ts';
import { writeSchoolEnrolment } from '../../main/sync/enrolment-school.ts';
import type { JournalRow } from '../../main/sync/package-format.ts';
import { chainHash, fakeSchool, type FakeSchool } from '../sync/package-fixture.ts';

export const postgresServer = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

let template: Promise<string> | undefined;

/** An embedded database in `folder`, copied from one made once: making one takes seconds. */
export async function newEmbedded(folder: string): Promise<DatabasePlace> {
  template ??= (async () => {
    const made = path.join(mkdtempSync(path.join(tmpdir(), 'so-truong-template-')), 'kho');
    await (await openDistrictDatabase(made)).destroy();
    return made;
  })();
  const db = path.join(folder, 'kho dữ liệu');
  cpSync(await template, db, { recursive: true });
  return { db, drop: async () => {} };
}

export async function removeTemplate(): Promise<void> {
  if (template !== undefined) rmSync(path.dirname(await template), { recursive: true, force: true });
}

export interface DatabasePlace {
  db: string;
  drop: () => Promise<void>;
}

/** A database of its own for this run, dropped afterwards. Fails naming what to install when no PostgreSQL answers. */
export async function newPostgres(): Promise<DatabasePlace> {
  const name = `so_truong_test_${process.pid}_${Date.now()}`;
  const asServer = async (statement: string) => {
    const client = new Client(postgresServer);
    await client.connect().catch((fault: unknown) => {
      throw new Error(`this test needs PostgreSQL at DATABASE_URL (${postgresServer}): apt-get install postgresql`, { cause: fault });
    });
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await asServer(`create database ${name}`);
  const url = new URL(postgresServer);
  url.pathname = `/${name}`;
  return { db: url.href, drop: () => asServer(`drop database ${name} with (force)`) };
}

export interface TestDistrict {
  running: RunningDistrict;
  authority: AuthorityKeys;
  keysDir: string;
  db: string;
  start: () => Promise<void>;
}

export const verifyChain = (row: JournalRow, previous: string) => row.hash === chainHash(row, previous);

/** The authority's keys in `folder` and its server on `db`. `start` starts it again after it was closed. */
export async function openDistrict(folder: string, db: string, options: Partial<DistrictOptions> = {}): Promise<TestDistrict> {
  const keysDir = path.join(folder, 'khoá');
  const out = path.join(folder, 'cơ quan.json');
  await districtKeys({ keysDir, out, name: 'Phòng GD&ĐT' });
  const start = () => startDistrict({ db, port: 0, keysDir, verifyChain, ...options });
  const district: TestDistrict = {
    running: await start(),
    authority: readAuthorityKeys(readFileSync(out, 'utf8')),
    keysDir,
    db,
    start: async () => { district.running = await start(); },
  };
  return district;
}

/** A school whose key the district knows, and which encrypts to the district. */
export async function enrolledSchool(folder: string, district: TestDistrict, name = 'S-01', device = 'may-1'): Promise<FakeSchool> {
  const school = await fakeSchool(name, device);
  await enrolWith(folder, district, school);
  return { ...school, recipient: recipientsAt(district.authority, new Date())[0] ?? '', identity: '' };
}

export async function enrolWith(folder: string, district: TestDistrict, school: FakeSchool, replaces?: FakeSchool['signingKey']): Promise<string> {
  const file = path.join(folder, `${school.school}.json`);
  const { text, fingerprint } = writeSchoolEnrolment({
    school: school.school, name: `THCS ${school.school}`, device: school.device, packageKey: school.signingKey, createdAt: '2026-11-22T08:00:00+07:00', ...(replaces === undefined ? {} : { replaces }),
  });
  writeFileSync(file, text);
  const enrolled = await enrolSchool({ db: district.db, file });
  if (enrolled.fingerprint !== fingerprint) throw new Error('the two sides read different fingerprints');
  return fingerprint;
}

/** Rows in each table of a district whose server is closed. */
export async function countRows(db: string): Promise<Record<string, number>> {
  const database = await openDistrictDatabase(db);
  try {
    const counts: Record<string, number> = {};
    for (const table of ['school', 'school_key', 'device', 'package', 'journal_row', 'snapshot_row', 'paper', 'package_paper'] as const) {
      const row = await database.selectFrom(table).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
      counts[table] = row.count;
    }
    return counts;
  } finally {
    await database.destroy();
  }
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  text: string;
  headers: Headers;
}

export async function post(url: string, bytes: Uint8Array, sha256: string): Promise<Answer> {
  const answer = await fetch(new URL('/v1/packages', url), { method: 'POST', body: Buffer.from(bytes), headers: { 'Package-Sha256': sha256, 'Content-Type': 'application/octet-stream' } });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown>, headers: answer.headers };
}

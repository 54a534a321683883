import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportDone } from '../../preload/contract/imports.ts';
import type { Result } from '../../preload/contract/failure.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import type { Role } from '../../preload/contract/permissions.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import { addAccount, DEMO_ACCOUNTS_SETTING } from '../accounts/accounts-service.ts';
import type { JobContext, Session } from '../call/context.ts';
import type { Door } from '../call/door.ts';
import { classesOf } from '../school/school-class-store.ts';
import { sha256Hex, writeFileAtomic } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { writeSetting } from '../school/school-store.ts';
import { demoHandwriting, demoSeal } from './demo-images.ts';
import { pastYears } from './past-years.ts';
import { generateSchool, type DemoRole, type DemoSchool } from './demo-school.ts';
import { writeSchoolWorkbooks } from './school-workbooks.ts';
import { writePastYears, writeSchoolYear } from './write-past-years.ts';

export interface DemoOptions {
  pupils: number;
  level: SchoolLevel;
  seed: number;
  /** "2025-2026" */
  year: string;
  /** School years in all, the present one included; 1 when left out. */
  years?: number;
  /** Leaves every sheet of the year complete and locked. */
  locked?: boolean;
  /** Computes the year's results at the end. */
  yearEnd?: boolean;
  /** Classes whose marks are left in their workbook, to be imported by hand. */
  leaveMarksOf?: readonly string[];
  /** Folder for the import files. */
  importFolder: string;
  signal: AbortSignal;
  progress: JobContext['progress'];
}

export interface DemoSummary {
  year: string;
  pupils: number;
  staff: number;
  marks: number;
  classes: string[];
  accounts: { user: string; password: string; role: Role; name: string; classes: string[] }[];
  importFolder: string;
}

const roles: Partial<Record<DemoRole, Role>> = { principal: 'principal', vicePrincipal: 'principal', secretary: 'secretary', seal: 'sealClerk', teacher: 'teacher' };
const officeUsers: Partial<Record<DemoRole, string>> = { principal: 'hieutruong', vicePrincipal: 'phohieutruong', secretary: 'vanphong', seal: 'vanthu' };

/**
 * Builds a whole demo school the way a real one comes to be: a profile, then staff, pupils and marks from workbooks through the import. Past
 * years, where asked for, are written without workbooks.
 * @throws AppError `demo.notEmpty` when the data folder already holds a school
 */
export async function buildDemoSchool(door: Door, operator: Session, options: DemoOptions): Promise<DemoSummary> {
  const { database } = door.services;
  if (database.read.get(sql.selectFrom('school').select('id'))) throw new AppError('demo.notEmpty', { params: { folder: door.services.dataFolder } });
  const school = generateSchool({ pupils: options.pupils, level: options.level, seed: options.seed, year: options.year });
  options.progress(0, 0, school.profile.name);
  writeProfile(door, operator, school, options.year);
  const files = await writeSchoolWorkbooks(school, options.importFolder);
  await importFile(door, operator, options, 'staff', files.staff);
  await writePastYears(door, operator, school, pastYears(school, options.years ?? 1), options);
  await importFile(door, operator, options, 'pupils', files.pupils);
  const left = new Set(options.leaveMarksOf);
  for (const { className, file } of files.marks) {
    if (!left.has(className)) await importFile(door, operator, options, 'marks', file);
  }
  const accounts = addAccounts(door, operator, school, options.seed);
  if (options.locked === true) await lockEverySheet(door, operator, options);
  if (options.yearEnd === true) settle(await door.runJob('yearEnd.compute', { year: options.year }, operator, options));
  writeImages(door.services.dataFolder, school);
  const marks = database.read.get(sql.selectFrom('mark').select(({ fn }) => fn.countAll<number>().as('count')).where('state', '<>', 'empty'))?.count ?? 0;
  return {
    year: options.year, pupils: school.classes.reduce((sum, found) => sum + found.pupils.length, 0), staff: school.staff.length, marks,
    classes: classesOf(database.read, options.year).map(found => found.name), accounts, importFolder: options.importFolder,
  };
}

function settle<T>(result: Result<unknown>): T {
  if (result.ok) return result.value as T;
  throw new AppError('demo.step', { params: { heading: result.error.heading, what: result.error.what } });
}

async function importFile(door: Door, operator: Session, options: DemoOptions, kind: 'pupils' | 'staff' | 'marks', file: string): Promise<ImportDone> {
  const bytes = new Uint8Array(readFileSync(file));
  return settle(await door.runJob('imports.apply', { kind, fileName: path.basename(file), bytes, sha256: sha256Hex(bytes) }, operator, options));
}

function writeProfile(door: Door, operator: Session, { profile }: DemoSchool, year: string): void {
  const { device } = door.services;
  door.services.database.write({ actor: operator.user, path: 'typed', reason: null }, (tx, at) => {
    insertRecord(tx, { device, at }, 'school', {
      code: profile.code, name: profile.name, levels: profile.level, superior: profile.superior, commune: profile.commune.name,
      province: profile.province.name, address: profile.address, phone: profile.phone, is_demo: 1,
    });
    writeSchoolYear(tx, { device, at }, year, true);
  });
}

/** One account per person who works with records; the passwords are invented, shown on the sign-in screen, and good for nothing else. */
function addAccounts(door: Door, operator: Session, school: DemoSchool, seed: number): DemoSummary['accounts'] {
  const { database, device } = door.services;
  const staffIds = new Map(database.read.all(sql.selectFrom('staff').select(['code', 'id'])).map(row => [row.code, row.id]));
  const homerooms = new Map(school.classes.map(found => [found.homeroom, found.name]));
  const taken = new Set<string>();
  const accounts = school.staff.flatMap(person => {
    const role = roles[person.role];
    if (role === undefined) return [];
    const homeroom = homerooms.get(person.code);
    const wanted = officeUsers[person.role] ?? (homeroom === undefined ? `gv-${person.code.toLowerCase()}` : `gvcn-${homeroom.toLowerCase()}`);
    const user = taken.has(wanted) ? `${wanted}-${person.code.toLowerCase()}` : wanted;
    taken.add(user);
    return [{ user, password: `truong-mau-${seed}-${user}`, role, name: person.name, classes: homeroom === undefined ? [] : [homeroom], code: person.code }];
  });
  database.write({ actor: operator.user, path: 'typed', reason: null }, (tx, at) => {
    for (const account of accounts) {
      addAccount(tx, { device, at }, { user: account.user, name: account.name, role: account.role, staffId: staffIds.get(account.code) ?? null, password: account.password });
    }
    writeSetting(tx, { device, at }, DEMO_ACCOUNTS_SETTING, Object.fromEntries(accounts.map(account => [account.user, account.password])));
  });
  return accounts.map(({ code: _code, ...account }) => account);
}

/** The way a sheet goes in a real school, one step after the other. */
async function lockEverySheet(door: Door, operator: Session, options: DemoOptions): Promise<void> {
  for (const to of ['submitted', 'checked', 'locked']) settle(await door.runJob('gradebook.stepMany', { year: options.year, to }, operator, options));
}

/** The pictures that signing puts on the papers, under the names it looks for. */
function writeImages(dataFolder: string, school: DemoSchool): void {
  const write = (name: string, png: Uint8Array): void => { writeFileAtomic(path.join(dataFolder, 'images', `${name}.png`), png); };
  const names = new Map(school.staff.map(person => [person.code, person.name]));
  write('seal', demoSeal(school.profile.name));
  write('principal', demoHandwriting(school.staff.find(person => person.role === 'principal')?.name ?? ''));
  for (const { name, homeroom } of school.classes) write(`homeroom-${name}`, demoHandwriting(names.get(homeroom) ?? ''));
}

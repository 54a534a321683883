import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const files = globSync(['preload/**/*.ts', 'renderer/**/*.{ts,tsx}', 'main/**/*.ts', 'db/**/*.ts', 'district/**/*.ts', 'resources/**/*.ts'], { cwd: root })
  .map(file => file.replaceAll('\\', '/'));

interface Arrow {
  from: string;
  /** A file of the project (from the root), or the name of a package. */
  to: string;
  isProject: boolean;
}

function arrowsOf(file: string): Arrow[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)[^'"\n;]*?from\s+['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return found.map(match => match[1] ?? match[2] ?? match[3] ?? '').map(target => {
    const isProject = target.startsWith('.');
    return { from: file, to: isProject ? path.posix.normalize(path.posix.join(path.posix.dirname(file), target)) : target, isProject };
  });
}

const arrows = files.flatMap(arrowsOf);
const inside = (...folders: string[]) => (file: string) => folders.some(folder => file.startsWith(folder));

/** Arrows out of `from` into the project that none of `allowed` takes. */
function strangers(from: string, ...allowed: string[]): string[] {
  return arrows.filter(arrow => inside(from)(arrow.from) && arrow.isProject && !inside(from, ...allowed)(arrow.to)).map(arrow => `${arrow.from} → ${arrow.to}`);
}

/** Imports only go up this list; what stands side by side may not import its neighbour's services. */
const order = [
  ['school'], ['accounts'], ['curriculum'], ['staff', 'students'], ['attendance'], ['grades'], ['classes'], ['gradebook'], ['year-end'], ['transcripts', 'signing'],
  ['movements'], ['personal-data'], ['sync', 'imports', 'exports', 'reports', 'system', 'home'], ['demo'],
];

describe('what may import what', () => {
  test('the scan sees the code', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(arrows.some(arrow => arrow.from === 'main/call/door.ts' && arrow.to === 'preload/contract/index.ts')).toBe(true);
  });

  test('the contract imports itself and nothing else of the project', () => {
    expect(strangers('preload/contract/')).toEqual([]);
    expect(arrows.filter(arrow => inside('preload/contract/')(arrow.from) && !arrow.isProject && arrow.to !== 'zod').map(arrow => `${arrow.from} → ${arrow.to}`)).toEqual([]);
  });

  test('the bridge imports Electron and the contract', () => {
    const bridge = arrows.filter(arrow => arrow.from === 'preload/index.ts');
    expect(bridge.every(arrow => arrow.to === 'electron' || arrow.to.startsWith('preload/contract/'))).toBe(true);
  });

  test('the window never reaches main, db, Electron or Node', () => {
    expect(strangers('renderer/', 'preload/contract/', 'resources/')).toEqual([]);
    expect(arrows.filter(arrow => inside('renderer/')(arrow.from) && (arrow.to === 'electron' || arrow.to.startsWith('node:'))).map(arrow => `${arrow.from} → ${arrow.to}`)).toEqual([]);
  });

  test('the database knows its driver, Kysely, the contract and named errors', () => {
    expect(strangers('db/', 'preload/contract/', 'main/kit/errors.ts')).toEqual([]);
  });

  test('the kit knows no feature and no table', () => {
    expect(strangers('main/kit/', 'preload/contract/', 'resources/')).toEqual([]);
  });

  test('the door knows features only as manifests', () => {
    expect(strangers('main/call/', 'db/', 'preload/contract/', 'main/kit/', 'resources/')).toEqual([]);
  });

  test('nothing but entries imports entries', () => {
    expect(arrows.filter(arrow => arrow.to.startsWith('main/entry/') && !inside('main/entry/', 'main/electron/')(arrow.from)).map(arrow => `${arrow.from} → ${arrow.to}`)).toEqual([]);
  });

  test('only the desktop entry and main/electron import Electron', () => {
    const users = new Set(arrows.filter(arrow => arrow.to === 'electron').map(arrow => arrow.from));
    expect([...users].filter(file => !inside('main/electron/', 'preload/index.ts', 'main/entry/app.ts', 'main/entry/desktop-shell.ts', 'main/entry/self-check.ts')(file))).toEqual([]);
  });

  test('features import only what stands above them', () => {
    const level = new Map(order.flatMap((names, index) => names.map(name => [name, index] as const)));
    const featureOf = (file: string) => /^main\/([a-z-]+)\//.exec(file)?.[1] ?? '';
    const wrong = arrows.filter(arrow => {
      const from = level.get(featureOf(arrow.from));
      const to = level.get(featureOf(arrow.to));
      return from !== undefined && to !== undefined && to > from;
    });
    expect(wrong.map(arrow => `${arrow.from} → ${arrow.to}`)).toEqual([]);
  });

  test('the rules are pure: they import each other, types and words', () => {
    expect(strangers('main/grades/rules/', 'resources/')).toEqual([]);
  });

  test('the district server knows packages, not the school program', () => {
    expect(strangers('district/', 'main/sync/', 'main/kit/', 'resources/', 'preload/contract/')).toEqual([]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildDemoSchool } from '../../main/demo/build-demo-school.ts';
import { createCore, type Core } from '../../main/entry/create-core.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import type { Session } from '../../main/call/context.ts';
import { AppError } from '../../main/kit/errors.ts';

export const principal: Session = { user: 'hieutruong', name: 'Hiệu trưởng', role: 'principal', staffId: null, token: null };

/** A demo school in a folder of its own, opened through the same door as the window's. */
export async function demoCore(options: { pupils: number; years?: number; level?: SchoolLevel; seed?: number; yearEnd?: boolean; leaveMarksOf?: string[]; clock?: () => Date }): Promise<{ core: Core; folder: string; remove(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-trường '));
  const noToken = () => Promise.reject(new AppError('token.sessionEnded', { batchCanContinue: false }));
  const core = await createCore({
    dataFolder: folder, key: { raw: Buffer.alloc(32, 7) }, shell: 'cli', create: true, version: '0.0.0', token: { certificate: noToken, sign: noToken },
    ...(options.clock ? { clock: options.clock } : {}),
  });
  await buildDemoSchool(core.door, principal, {
    pupils: options.pupils, level: options.level ?? 'thcs', seed: options.seed ?? 1, years: options.years ?? 1, year: '2025-2026', yearEnd: options.yearEnd === true,
    importFolder: path.join(folder, 'import'), signal: new AbortController().signal, progress: () => undefined,
    ...(options.leaveMarksOf ? { leaveMarksOf: options.leaveMarksOf } : {}),
  });
  return { core, folder, remove: async () => { await core.close(); rmSync(folder, { recursive: true, force: true }); } };
}

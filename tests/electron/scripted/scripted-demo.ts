import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DemoBuild } from '../../../main/entry/demo-build.ts';

/** Builds the scripted program's "database" instead of a school; `SCRIPTED_DEMO` makes it slow, or fail. */
export function startDemoBuild(root: string, key: Uint8Array, onProgress: (item: string) => void): DemoBuild {
  const how = process.env['SCRIPTED_DEMO'];
  onProgress('Lớp 9A');
  if (how === 'slow') return { done: new Promise(() => undefined), stop: () => Promise.resolve() };
  if (how === 'fails') return { done: Promise.reject(new Error('the disk is full')), stop: () => Promise.resolve() };
  writeFileSync(path.join(root, 'so-truong.db'), Buffer.from(key).toString('hex'));
  return { done: Promise.resolve('done'), stop: () => Promise.resolve() };
}

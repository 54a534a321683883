import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../kit/errors.ts';

/** The built window: beside the bundle when packed, in `out/renderer` of the checkout otherwise. */
export function rendererFolder(): string {
  const candidates = [path.join(import.meta.dirname, '..', 'renderer'), path.join(import.meta.dirname, '..', '..', 'out', 'renderer')];
  const found = candidates.find(folder => existsSync(path.join(folder, 'index.html')));
  if (found === undefined) throw new AppError('file.windowNotBuilt');
  return found;
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import { regimeCodes, type MovementSettings, type movements, type RegimeCode } from '../../preload/contract/movements.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { readSetting, theSchool, writeSetting } from '../school/school-store.ts';
import { symbolOf } from './movement-rules.ts';
import { transferRegimes } from './transfer-regimes.ts';

const KEY = 'movements';

/** What the school has set, and for the rest what the regulations say. */
export function movementSettings(db: ReadHandle): MovementSettings {
  const stored = readSetting<Partial<MovementSettings>>(db, KEY) ?? {};
  const limits = Object.fromEntries(regimeCodes.map(code => [code, { ...transferRegimes[code].limits, ...stored.limits?.[code] }])) as Record<RegimeCode, MovementSettings['limits'][RegimeCode]>;
  return { symbol: stored.symbol ?? symbolOf(theSchool(db).name), limits, daysOff: stored.daysOff ?? [] };
}

export function settings({ db }: ReadContext): MovementSettings {
  return movementSettings(db);
}

export function saveSettings(ctx: WriteContext, input: CheckedInputOf<(typeof movements)['saveSettings']>): MovementSettings {
  writeSetting(ctx.db, ctx.stamp, KEY, { ...input, daysOff: [...new Set(input.daysOff)].toSorted() });
  ctx.changed('movements');
  return movementSettings(ctx.db);
}

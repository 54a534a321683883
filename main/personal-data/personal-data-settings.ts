import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { personalData, PersonalDataRules, PersonalDataSettings } from '../../preload/contract/personal-data.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { movementSettings } from '../movements/movements-settings.ts';
import { readSetting, writeSetting } from '../school/school-store.ts';
import { proposedRules } from './term-rules.ts';

const KEY = 'personalData.rules';

interface Stored {
  rules: PersonalDataRules;
  confirmed: { by: string; at: string } | null;
}

export function rulesOf(db: ReadHandle): PersonalDataRules {
  return readSetting<Stored>(db, KEY)?.rules ?? proposedRules;
}

export function isConfirmed(db: ReadHandle): boolean {
  return (readSetting<Stored>(db, KEY)?.confirmed ?? null) !== null;
}

/** Days off that no fixed date tells, as the school wrote them down. */
export function daysOff(db: ReadHandle): ReadonlySet<string> {
  return new Set(movementSettings(db).daysOff);
}

export function settings({ db }: ReadContext): PersonalDataSettings {
  const stored = readSetting<Stored>(db, KEY);
  const confirmed = stored?.confirmed ?? null;
  return { rules: stored?.rules ?? proposedRules, proposed: proposedRules, confirmed: confirmed && { by: actorNames(db).name(confirmed.by), at: confirmed.at } };
}

/** Terms of requests and incidents that stand already stay as they were told. */
export function saveSettings(ctx: WriteContext, { rules, isConfirmed: isSaid }: CheckedInputOf<(typeof personalData)['saveSettings']>): null {
  writeSetting(ctx.db, ctx.stamp, KEY, { rules, confirmed: isSaid ? { by: ctx.session.user || 'system', at: ctx.stamp.at } : null } satisfies Stored);
  ctx.changed('personalData');
  return null;
}

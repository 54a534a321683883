import disabilityKinds from './disability-kinds.json' with { type: 'json' };
import ethnicGroups from './ethnic-groups.json' with { type: 'json' };
import policyGroups from './policy-groups.json' with { type: 'json' };
import provinces from './provinces-2025.json' with { type: 'json' };
import pupilStatuses from './pupil-statuses.json' with { type: 'json' };
import sexes from './sexes.json' with { type: 'json' };

export interface CatalogueEntry {
  code: string;
  name: string;
  /** Other spellings of the name that occur in lists. */
  aliases: readonly string[];
}

/** The twelve statuses of the sector database come down to these four. */
export type PupilState = 'studying' | 'transferredIn' | 'transferredOut' | 'droppedOut';
export type Sex = 'male' | 'female' | 'unknown';

export const ETHNIC_GROUPS: readonly CatalogueEntry[] = ethnicGroups.entries;
export const PROVINCES: readonly CatalogueEntry[] = provinces.entries;
export const DISABILITY_KINDS: readonly CatalogueEntry[] = disabilityKinds.entries;
export const POLICY_GROUPS: readonly CatalogueEntry[] = policyGroups.entries;
export const PUPIL_STATUSES = pupilStatuses.entries as readonly (CatalogueEntry & { state: PupilState })[];
export const SEXES = sexes.entries as readonly (CatalogueEntry & { sex: Sex })[];

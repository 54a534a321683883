import type { CommentLevel, QualityLevel27, SubjectLevel27 } from './assessment-types.ts';
import type { Tenths } from './tenths.ts';

/** One entry of a pupil: where it stands and what it would have to be. Primary tests are in tenths here like every mark. */
export interface EntryChange {
  /** Code of the subject; null for a quality or a competence. */
  readonly subject: string | null;
  /** 0 or 1; null in primary, where only the end of the year counts. */
  readonly term: 0 | 1 | null;
  readonly slot: 'ongoing' | 'periodic' | 'final' | 'level' | 'test' | 'quality' | 'competence';
  /** Position among the entries of its slot, from 0. */
  readonly index: number;
  readonly from: Tenths | CommentLevel | SubjectLevel27 | QualityLevel27 | null;
  readonly to: Tenths | CommentLevel | SubjectLevel27 | QualityLevel27;
}

/** What a change is measured on: the level of the year (or of term I), the award or title, and the promotion. */
export interface Outcome {
  readonly learning: string | null;
  readonly award: string | null;
  readonly promotion: string | null;
}
export type OutcomeField = keyof Outcome;
export const OUTCOME_FIELDS: readonly OutcomeField[] = ['learning', 'award', 'promotion'];

export interface Effect {
  readonly field: OutcomeField;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * `raise` and `lower`: one entry that is there. `missing`: every entry still to come, none of the marks among them below `to`,
 * none of the comments other than Đ.
 */
export interface NearestChange {
  readonly kind: 'raise' | 'lower' | 'missing';
  readonly scope: 'term1' | 'year';
  readonly changes: readonly EntryChange[];
  /** Tenths between `from` and `to`; for `missing` the least mark; null where a level changes, which has no distance. */
  readonly tenths: number | null;
  readonly effects: readonly Effect[];
}

/** Most changes told of one kind. */
const MOST: Readonly<Record<NearestChange['kind'], number>> = { missing: 5, raise: 3, lower: 3 };

/** The fields in which two outcomes differ. */
export function effectsOf(before: Outcome, after: Outcome): Effect[] {
  return OUTCOME_FIELDS.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, before: before[field], after: after[field] }],
  );
}

/** At most a handful of each kind, the nearest first; changes of levels, which have no distance, come last. */
export function nearestOf(found: readonly NearestChange[]): NearestChange[] {
  const distance = ({ tenths }: NearestChange): number => tenths ?? Number.MAX_SAFE_INTEGER;
  const kinds = ['missing', 'raise', 'lower'] as const;
  return kinds.flatMap((kind) =>
    found
      .filter((change) => change.kind === kind)
      .toSorted((left, right) => distance(left) - distance(right))
      .slice(0, MOST[kind]),
  );
}

import type { Award27, OverallLevel27, PrimaryRecord, Pupil27, QualityLevel27, SubjectLevel27 } from './assessment-types.ts';

export interface Threshold27 {
  readonly level: OverallLevel27;
  readonly subjects: readonly SubjectLevel27[];
  readonly qualities: readonly QualityLevel27[];
  /** Every end-of-year test there is reaches this whole mark. */
  readonly test: number;
}

/** TT27 Đ9 k2 a, best level first; who reaches none of them is CHT. */
export const THRESHOLDS_27: readonly Threshold27[] = [
  { level: 'HTXS', subjects: ['T'], qualities: ['T'], test: 9 },
  { level: 'HTT', subjects: ['T'], qualities: ['T'], test: 7 },
  { level: 'HT', subjects: ['T', 'H'], qualities: ['T', 'D'], test: 5 },
];

const reaches = (record: PrimaryRecord, row: Threshold27): boolean =>
  record.subjects.every(
    ({ level, endOfYearTest }) =>
      level !== null && row.subjects.includes(level) && (endOfYearTest === null || endOfYearTest >= row.test),
  ) &&
  record.qualities.every((level) => level !== null && row.qualities.includes(level)) &&
  record.competences.every((level) => level !== null && row.qualities.includes(level));

/** The overall level of the year, null while a level is missing. Tests of other times of the year do not count, nor does a missing one. */
export function overallLevel27(record: PrimaryRecord): OverallLevel27 | null {
  const missing =
    record.subjects.some(({ level }) => level === null) || record.qualities.includes(null) || record.competences.includes(null);
  return missing ? null : (THRESHOLDS_27.find((row) => reaches(record, row))?.level ?? 'CHT');
}

/** How many competences are assessed: grades 1 and 2 leave out Công nghệ and Tin học. */
export function competencesIn(grade: number): number {
  return grade <= 2 ? 8 : 10;
}

/** Award of the year (TT27 Đ13); "tiêu biểu" needs the class to have recognised the pupil. */
export function award27(level: OverallLevel27 | null, recognised: boolean): Award27 | null {
  if (level === 'HTXS') return 'XS';
  return level === 'HTT' && recognised ? 'TB' : null;
}

export interface Assessment27 {
  readonly ruleSet: 'TT27-2020';
  /** Before any support. */
  readonly firstLevel: OverallLevel27 | null;
  /** The one that stands at the end. */
  readonly level: OverallLevel27 | null;
  /** Whether the supplement was looked at; null when there is none. */
  readonly supplementCounts: boolean | null;
  readonly completedProgramme: boolean | null;
  readonly promoted: boolean | null;
  readonly completedPrimary: boolean | null;
  readonly award: Award27 | null;
  readonly awardCandidate: boolean;
  readonly flags: ReadonlySet<string>;
}

/** Everything TT 27/2020 says about one pupil's year. Pure; never throws on a well-typed pupil. */
export function assess27(pupil: Pupil27): Assessment27 {
  const firstLevel = overallLevel27(pupil);
  const supplementCounts = pupil.supplement === null ? null : firstLevel === 'CHT';
  const level = pupil.supplement !== null && firstLevel === 'CHT' ? levelAfterSupport(pupil.supplement) : firstLevel;
  const completedProgramme = level === null ? null : level !== 'CHT';

  const flags = new Set<string>();
  for (const subject of pupil.subjects) if (subject.level === null) flags.add(`incomplete:${subject.code}:year`);
  if (pupil.qualities.includes(null)) flags.add('incomplete:qualities:year');
  if (pupil.competences.includes(null)) flags.add('incomplete:competences:year');
  if (supplementCounts === false) flags.add('ignored:supplement');

  return {
    ruleSet: pupil.ruleSet,
    firstLevel,
    level,
    supplementCounts,
    completedProgramme,
    promoted: completedProgramme === null ? promotedWithoutResults(pupil) : completedProgramme || pupil.principalPromotes,
    completedPrimary: pupil.grade === 5 ? completedProgramme : null,
    award: award27(level, pupil.recognised),
    awardCandidate: level === 'HTT',
    flags,
  };
}

function promotedWithoutResults({ openings }: Pupil27): boolean | null {
  return openings?.withoutResults === undefined ? null : openings.withoutResults === 'promoted';
}

/** TT27 Đ11: support can bring a pupil to HT, never above it. */
function levelAfterSupport(supplement: PrimaryRecord): OverallLevel27 {
  const level = overallLevel27(supplement);
  return level === null || level === 'CHT' ? 'CHT' : 'HT';
}

import type { PrimaryRecord, PrimarySubject, Pupil27, QualityLevel27, SubjectLevel27 } from './assessment-types.ts';
import { effectsOf, nearestOf } from './change-types.ts';
import type { EntryChange, NearestChange, Outcome } from './change-types.ts';
import { assess27 } from './tt27-2020.ts';

const SUBJECT_LEVELS: readonly SubjectLevel27[] = ['C', 'H', 'T'];
const QUALITY_LEVELS: readonly QualityLevel27[] = ['C', 'D', 'T'];
const HIGHEST_TEST = 10;

function outcomeOf(pupil: Pupil27): Outcome {
  const { level, award, promoted } = assess27(pupil);
  return { learning: level, award, promotion: promoted === null ? null : promoted ? 'promoted' : 'repeat' };
}

interface Attempt {
  readonly pupil: Pupil27;
  readonly change: EntryChange;
  readonly tenths: number | null;
}

/** TT27: the levels and end-of-year tests of one pupil that would give another overall level, award or promotion. */
export function nearestChanges27(pupil: Pupil27): NearestChange[] {
  const before = outcomeOf(pupil);
  if (before.learning === null) return missing27(pupil);
  const found: NearestChange[] = [];
  for (const up of [true, false]) {
    for (const attempts of attemptsOf(pupil, up)) {
      const told = new Set<string>();
      for (const { pupil: changed, change, tenths } of attempts) {
        const effects = effectsOf(before, outcomeOf(changed)).filter(({ field }) => !told.has(field));
        for (const { field } of effects) told.add(field);
        if (effects.length > 0) found.push({ kind: up ? 'raise' : 'lower', scope: 'year', changes: [change], tenths, effects });
      }
    }
  }
  return nearestOf(found);
}

/** For each entry, what it could be instead in one direction, the nearest first. */
function attemptsOf(pupil: Pupil27, up: boolean): Attempt[][] {
  const subjects = pupil.subjects.flatMap((subject, index) => [
    steps(SUBJECT_LEVELS, subject.level, up).map((to) => {
      const change: EntryChange = { subject: subject.code, term: null, slot: 'level', index: 0, from: subject.level, to };
      return { pupil: withSubject(pupil, index, { ...subject, level: to }), change, tenths: null };
    }),
    testSteps(subject.endOfYearTest, up).map((to) => {
      const from = subject.endOfYearTest ?? 0;
      const change: EntryChange = { subject: subject.code, term: null, slot: 'test', index: 0, from: from * 10, to: to * 10 };
      return { pupil: withSubject(pupil, index, { ...subject, endOfYearTest: to }), change, tenths: Math.abs(to - from) * 10 };
    }),
  ]);
  const traits = (['qualities', 'competences'] as const).flatMap((list) =>
    pupil[list].map((from, index) =>
      steps(QUALITY_LEVELS, from, up).map((to): Attempt => {
        const slot = list === 'qualities' ? 'quality' : 'competence';
        return { pupil: { ...pupil, [list]: pupil[list].with(index, to) }, change: { subject: null, term: null, slot, index, from, to }, tenths: null };
      }),
    ),
  );
  return [...subjects, ...traits];
}

function withSubject(pupil: Pupil27, index: number, subject: PrimarySubject): Pupil27 {
  return { ...pupil, subjects: pupil.subjects.with(index, subject) };
}

function steps<Level>(levels: readonly Level[], from: Level | null, up: boolean): Level[] {
  if (from === null) return [];
  const at = levels.indexOf(from);
  return up ? levels.slice(at + 1) : levels.slice(0, at).toReversed();
}

function testSteps(from: number | null, up: boolean): number[] {
  if (from === null) return [];
  return up ? Array.from({ length: HIGHEST_TEST - from }, (_, step) => from + 1 + step) : Array.from({ length: from }, (_, step) => from - 1 - step);
}

/** Levels still missing, all given one of the three: what the best of each would lead to. */
function missing27(pupil: Pupil27): NearestChange[] {
  const before = outcomeOf(pupil);
  return SUBJECT_LEVELS.flatMap((level, rank): NearestChange[] => {
    const trait = QUALITY_LEVELS[rank] ?? 'C';
    const filled = filledUp(pupil, level, trait);
    const effects = effectsOf(before, outcomeOf({ ...pupil, ...filled.record })).filter(({ field }) => field === 'learning');
    return effects.length === 0 ? [] : [{ kind: 'missing', scope: 'year', changes: filled.changes, tenths: null, effects }];
  }).toReversed();
}

function filledUp(pupil: Pupil27, level: SubjectLevel27, trait: QualityLevel27): { record: PrimaryRecord; changes: EntryChange[] } {
  const changes: EntryChange[] = [];
  const subjects = pupil.subjects.map((subject) => {
    if (subject.level !== null) return subject;
    changes.push({ subject: subject.code, term: null, slot: 'level', index: 0, from: null, to: level });
    return { ...subject, level };
  });
  const traits = (slot: 'quality' | 'competence', values: readonly (QualityLevel27 | null)[]) =>
    values.map((value, index) => {
      if (value !== null) return value;
      changes.push({ subject: null, term: null, slot, index, from: null, to: trait });
      return trait;
    });
  return { record: { subjects, qualities: traits('quality', pupil.qualities), competences: traits('competence', pupil.competences) }, changes };
}

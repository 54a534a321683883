import type { ConductLevel, MarkValue } from '../imports/import-records.ts';
import type { DemoClass, DemoPlan, DemoPupil, DemoSubject, DemoTerm, PlannedOutcome } from './demo-school.ts';
import { commentFor } from './demo-comments.ts';
import { Random } from './random.ts';

/** How a pupil's marks come about: `ability` in tenths, and the exceptions that make a planned outcome certain. */
interface Marker {
  ability: number;
  /** Spread of the subjects around the ability, and of the marks around the subject, in tenths. */
  subjectSpread: number;
  markSpread: number;
  /** Limits for every mark, in tenths. */
  lowest: number;
  highest: number;
  /** Subjects that go badly, with the marks' limits. */
  weak: ReadonlyMap<string, readonly [number, number]>;
  /** Comment subjects with one CĐ in each term. */
  failedComments: ReadonlySet<string>;
  conduct: readonly [ConductLevel, ConductLevel];
  absences: readonly [number, number];
}

interface PlannedPupil {
  outcome: PlannedOutcome;
  marker: (scored: readonly string[], comments: readonly string[]) => Partial<Marker>;
}

const steady = (ability: number): Partial<Marker> => ({ ability, subjectSpread: 1, markSpread: 1, lowest: ability - 5, highest: Math.min(100, ability + 5) });
const weakIn = (codes: readonly string[], limits: readonly [number, number]) => new Map(codes.map((code) => [code, limits] as const));

/**
 * One pupil for each thing that can become of a pupil in June (TT 22/2021 Đ12–Đ15), the promoted ones with each title and with a level raised by
 * Đ9 k3. The marks leave no room: limits hold for every single mark, so averages cannot fall on the other side of a threshold.
 */
const PLANNED: readonly PlannedPupil[] = [
  { outcome: 'reassess', marker: (scored) => ({ ...steady(62), weak: weakIn(scored.slice(1, 4), [20, 32]), conduct: ['K', 'K'] }) },
  { outcome: 'summer-training', marker: () => ({ ...steady(66), conduct: ['D', 'CD'] }) },
  { outcome: 'summer-training-then-reassess', marker: (scored) => ({ ...steady(60), weak: weakIn(scored.slice(0, 3), [20, 32]), conduct: ['CD', 'CD'] }) },
  { outcome: 'repeat', marker: () => ({ ...steady(58), conduct: ['D', 'D'], absences: [20, 28] }) },
  { outcome: 'promoted', marker: () => ({ ...steady(95), conduct: ['T', 'T'], absences: [1, 0] }) },
  { outcome: 'promoted', marker: () => ({ ...steady(86), conduct: ['K', 'T'], absences: [2, 0] }) },
  { outcome: 'promoted', marker: (scored) => ({ ...steady(90), weak: weakIn(scored.slice(2, 3), [40, 48]), conduct: ['T', 'T'] }) },
  { outcome: 'reassess', marker: (_scored, comments) => ({ ...steady(70), failedComments: new Set(comments.slice(0, 2)), conduct: ['T', 'K'] }) },
  { outcome: 'promoted', marker: () => ({ ...steady(58), conduct: ['D', 'D'], absences: [30, 15] }) },
];

/** Typical pupils: ability in tenths by weight. A few in a hundred fail by their marks alone; the planned pupils make sure of every other outcome. */
export const ABILITIES: readonly (readonly [number, number])[] = [[93, 7], [85, 21], [74, 34], [64, 29], [54, 9]];

/** Fills in marks, conduct, absences and comments. */
export function giveMarks(plan: DemoPlan, classes: readonly DemoClass[]): void {
  const random = new Random(plan.seed, 'marks');
  placePlanned(classes);
  for (const schoolClass of classes) {
    for (const pupil of schoolClass.pupils) {
      const marker = markerOf(pupil, schoolClass, random);
      for (const subject of schoolClass.subjects) pupil.marks[subject.code] = giveSubject(plan, subject, marker, random);
      pupil.conduct = [...marker.conduct];
      [pupil.absentWithLeave, pupil.absentWithoutLeave] = marker.absences;
      pupil.homeroomComment = commentFor(random, marker.ability, marker.conduct[1]);
    }
  }
}

const plannedMarkers = new WeakMap<DemoPupil, PlannedPupil['marker']>();

/** Spreads the planned pupils over the school, the last class first. */
function placePlanned(classes: readonly DemoClass[]): void {
  const order = classes.toReversed();
  for (const [index, planned] of PLANNED.entries()) {
    const schoolClass = order[index % order.length];
    const pupil = schoolClass?.pupils[3 + Math.floor(index / order.length) * 2];
    if (pupil === undefined) continue;
    pupil.planned = planned.outcome;
    plannedMarkers.set(pupil, planned.marker);
  }
}

function markerOf(pupil: DemoPupil, schoolClass: DemoClass, random: Random): Marker {
  const ability = random.weighted(ABILITIES);
  const usual: Marker = {
    ability, subjectSpread: 5, markSpread: 5, lowest: ability < 60 ? 28 : 35, highest: 100, weak: new Map(), failedComments: new Set(),
    conduct: usualConduct(random, ability), absences: [random.weighted([[0, 40], [1, 20], [2, 15], [3, 10], [5, 10], [9, 5]]), random.weighted([[0, 85], [1, 10], [3, 5]])],
  };
  const planned = plannedMarkers.get(pupil);
  if (planned === undefined) return usual;
  const codes = (kind: string) => schoolClass.subjects.filter((subject) => subject.kind === kind).map((subject) => subject.code);
  return { ...usual, ...planned(codes('score'), codes('comment')) };
}

function usualConduct(random: Random, ability: number): [ConductLevel, ConductLevel] {
  const level = (): ConductLevel => random.weighted(ability >= 74 ? [['T', 90], ['K', 10]] : ability >= 64 ? [['T', 70], ['K', 26], ['D', 4]] : [['T', 40], ['K', 45], ['D', 15]]);
  return [level(), level()];
}

function giveSubject(plan: DemoPlan, subject: DemoSubject, marker: Marker, random: Random): [DemoTerm, DemoTerm] {
  const level = marker.ability + random.around(marker.subjectSpread);
  const terms: [DemoTerm, DemoTerm] = [giveTerm(subject, marker, level, random), giveTerm(subject, marker, level + random.between(-1, 3), random)];
  // Under way: the last test of the year is still to come, and some teachers are behind with the ongoing marks.
  if (plan.state === 'inProgress') {
    terms[1].final = null;
    if (random.chance(15)) terms[1].ongoing[subject.ongoingCount - 1] = null;
  }
  return terms;
}

function giveTerm(subject: DemoSubject, marker: Marker, level: number, random: Random): DemoTerm {
  if (subject.kind === 'comment') {
    const fails = marker.failedComments.has(subject.code);
    return { ongoing: ['D', 'D'], mid: 'D', final: fails ? 'CD' : 'D' };
  }
  const limits = marker.weak.get(subject.code);
  const one = (step: number): MarkValue => {
    if (limits !== undefined) return random.between(...limits);
    const raw = level + random.around(marker.markSpread);
    return Math.min(marker.highest, Math.max(marker.lowest, Math.round(raw / step) * step));
  };
  // Ongoing marks are whole or half, tests go down to a quarter that is rounded to one decimal.
  return { ongoing: Array.from({ length: subject.ongoingCount }, () => one(random.chance(60) ? 10 : 5)), mid: one(random.chance(70) ? 5 : 1), final: one(random.chance(60) ? 5 : 1) };
}

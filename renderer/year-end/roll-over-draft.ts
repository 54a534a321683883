import type { RollClass, RollPlace, RollPreview, RollPupil } from '../../preload/contract/roll-over.ts';
import type { CallInput } from '../app/queries.ts';

/** The passage as it is being prepared: the proposal with what a person changed. */
export interface RollDraft {
  startsOn: string;
  term2From: string;
  endsOn: string;
  classes: readonly RollClass[];
  places: ReadonlyMap<string, RollPlace>;
}

export function draftOf(plan: RollPreview): RollDraft {
  return {
    startsOn: plan.startsOn, term2From: plan.term2From, endsOn: plan.endsOn, classes: plan.classes,
    places: new Map(plan.pupils.map(pupil => [pupil.enrolmentId, pupil.place])),
  };
}

/** Grades in which the pupil may be placed: his own when he stays, else the next; either where there is no result. */
export function openGrades(pupil: RollPupil): readonly number[] {
  if (pupil.outcome === 'undecided') return [pupil.grade, pupil.grade + 1];
  return [pupil.outcome === 'repeat' ? pupil.grade : pupil.grade + 1];
}

/** Classes of the next year that a pupil may go to. */
export function classesFor(draft: RollDraft, pupil: RollPupil): readonly RollClass[] {
  return draft.classes.filter(one => openGrades(pupil).includes(one.grade));
}

/** Where a pupil goes now; a class that was taken out of the draft or changed its grade leaves him without a place. */
export function placeOf(draft: RollDraft, pupil: RollPupil): RollPlace {
  const place = draft.places.get(pupil.enrolmentId) ?? pupil.place;
  if (pupil.outcome === 'elsewhere' || place.kind !== 'class') return place;
  return classesFor(draft, pupil).some(one => one.name === place.name) ? place : { kind: 'open' };
}

/** A class under another name takes its pupils along. */
export function renamed(draft: RollDraft, index: number, name: string): RollDraft {
  const old = draft.classes[index]?.name;
  return {
    ...draft, classes: draft.classes.map((one, at) => (at === index ? { ...one, name } : one)),
    places: new Map([...draft.places].map(([id, place]) => [id, place.kind === 'class' && place.name === old ? { kind: 'class', name } : place])),
  };
}

export interface RollFigures {
  classes: number;
  placed: number;
  repeating: number;
  leaving: number;
  open: number;
}

export function figuresOf(draft: RollDraft, pupils: readonly RollPupil[]): RollFigures {
  const moving = pupils.filter(pupil => pupil.outcome !== 'elsewhere');
  const kinds = moving.map(pupil => placeOf(draft, pupil).kind);
  const count = (kind: RollPlace['kind']) => kinds.filter(one => one === kind).length;
  return {
    classes: draft.classes.length, placed: count('class'), leaving: count('leaves'), open: count('open'),
    repeating: moving.filter(pupil => pupil.outcome === 'repeat').length,
  };
}

export function rollInput(year: string, draft: RollDraft, pupils: readonly RollPupil[]): CallInput<'yearEnd.rollOver'> {
  return {
    year, startsOn: draft.startsOn, term2From: draft.term2From, endsOn: draft.endsOn,
    classes: draft.classes.map(({ name, grade, fromClassId, homeroomStaffId }) => ({ name, grade, fromClassId, homeroomStaffId })),
    moves: pupils.flatMap(pupil => {
      const place = placeOf(draft, pupil);
      if (pupil.outcome === 'elsewhere' || place.kind === 'open') return [];
      return [{ enrolmentId: pupil.enrolmentId, to: place.kind === 'class' ? place.name : null }];
    }),
  };
}

import type { WouldChange } from '../../preload/contract/year-end.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { columnTitle } from '../grades/column-words.ts';
import { tenthsText } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import type { Pupil } from '../grades/rules/assessment-types.ts';
import type { Effect, EntryChange, NearestChange } from '../grades/rules/change-types.ts';
import { awardWord, levelWord, promotionWord } from './result-words.ts';

/** Places named one by one; of more only the number is told. */
const NAMED = 3;

/** The nearest changes as sentences about this one pupil. */
export function wouldChangeWords(changes: readonly NearestChange[], pupil: Pupil): WouldChange[] {
  return changes.map(change => ({
    kind: change.kind, what: change.kind === 'missing' ? missingWords(change, pupil) : change.changes.map(entry => entryWords(entry, pupil)).join('; '),
    effects: change.effects.map(effect => effectWords(effect, change.scope, pupil)),
  }));
}

function entryWords(entry: EntryChange, pupil: Pupil): string {
  return text('yearEnd.wouldChange.entry', { place: placeWords(entry, pupil), from: valueWords(entry, entry.from), to: valueWords(entry, entry.to) });
}

function missingWords({ changes }: NearestChange, pupil: Pupil): string {
  const places = changes.length > NAMED ? text('yearEnd.wouldChange.places', { count: changes.length }) : changes.map(entry => placeWords(entry, pupil)).join(', ');
  const mark = changes.find(({ to }) => typeof to === 'number');
  if (!mark) return text('yearEnd.wouldChange.missingLevel', { places, to: [...new Set(changes.map(entry => valueWords(entry, entry.to)))].join(', ') });
  const hasLevels = changes.some(({ to }) => typeof to === 'string');
  return text(hasLevels ? 'yearEnd.wouldChange.missingBoth' : 'yearEnd.wouldChange.missingMark', { places, to: valueWords(mark, mark.to) });
}

function placeWords({ subject, term, slot, index }: EntryChange, pupil: Pupil): string {
  const title = columnTitle(columnOf(pupil, slot, index), pupil.grade);
  if (subject === null) return title;
  const name = subjectName(subject, pupil.grade);
  return term === null ? `${name} · ${title}` : `${name} · ${title} ${text(`yearEnd.part.term${term + 1}`)}`;
}

function columnOf(pupil: Pupil, slot: EntryChange['slot'], index: number): MarkColumn {
  switch (slot) {
    case 'ongoing': return `tx${index + 1}` as MarkColumn;
    case 'periodic': return pupil.ruleSet === 'TT58-2011' ? `v${index + 1}` as MarkColumn : 'gk';
    case 'final': return 'ck';
    case 'level': return 'muc';
    case 'test': return 'kt';
    case 'quality': return `pc${index + 1}` as MarkColumn;
    case 'competence': return `nl${index + 1}` as MarkColumn;
  }
}

function valueWords({ slot }: EntryChange, value: EntryChange['to'] | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return slot === 'test' ? String(value / 10) : tenthsText(value);
  return text(`yearEnd.wouldChange.level.${slot === 'quality' || slot === 'competence' ? 'trait' : slot === 'level' ? 'subject' : 'comment'}.${value}`);
}

function effectWords({ field, before, after }: Effect, scope: NearestChange['scope'], pupil: Pupil): string {
  const word = field === 'learning' ? levelWord : field === 'award' ? awardWord : promotionWord;
  return text('yearEnd.wouldChange.effect', { field: fieldWords(field, scope, pupil), before: word(before), after: word(after) });
}

function fieldWords(field: Effect['field'], scope: NearestChange['scope'], pupil: Pupil): string {
  if (pupil.ruleSet === 'TT27-2020') return text(`yearEnd.field.${field === 'learning' ? 'level' : field}`);
  const of58 = pupil.ruleSet === 'TT22-2021' ? '' : 'of58.';
  if (field === 'learning') return text(`yearEnd.field.${of58}${scope === 'term1' ? 'learning1' : 'learningYear'}`);
  if (field === 'award' && of58 !== '') return text(`yearEnd.field.of58.${scope === 'term1' ? 'titles1' : 'titleYear'}`);
  return text(`yearEnd.field.${field}`);
}

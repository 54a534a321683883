import { text } from '../../resources/language/language.ts';
import type { FaultyCell } from './mark-grid-state.ts';

/** Why a cell's words are not in the book, in a sentence. */
export function faultInWords({ fault }: Pick<FaultyCell, 'fault'>): string {
  return typeof fault === 'string' ? text(`grades.fault.${fault}`) : fault.refusal;
}

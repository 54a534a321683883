import type { TeachingLoad } from '../../preload/contract/teaching.ts';
import { text } from '../../resources/language/language.ts';
import { StateBadge } from '../kit/StateBadge.tsx';

/** "18,5"; whole numbers without a comma. */
export function lessonsText(tenths: number): string {
  return String(tenths / 10).replace('.', ',');
}

/** "18,5" → 185; null for what is no number of lessons. */
export function lessonsFrom(typed: string): number | null {
  const [, whole, part] = /^(\d{1,2})(?:[.,](\d))?$/.exec(typed.trim()) ?? [];
  return whole === undefined ? null : Number(whole) * 10 + Number(part ?? 0);
}

/** "Lò Thị Mai" → "L.T.Mai": a whole name does not fit a cell, and a given name alone is nobody's own. */
export function shortName(name: string): string {
  const words = name.split(' ');
  return words.map((word, index) => (index === words.length - 1 ? word : `${word.charAt(0)}.`)).join('');
}

export function LoadState({ load }: { load: Pick<TeachingLoad, 'state' | 'total' | 'norm'> }) {
  if (load.norm === null || load.state === 'unknown') return <>{text('staff.load.unknown')}</>;
  if (load.state === 'fit') return <StateBadge state="done">{text('staff.load.fit')}</StateBadge>;
  return <StateBadge state="needs">{text(`staff.load.${load.state}`, { count: lessonsText(Math.abs(load.total - load.norm)) })}</StateBadge>;
}

import { formatNumber } from './formats.ts';
import type { WorkState } from './StateBadge.tsx';
import classes from './work-layout.module.css';

export interface Chip {
  id: string;
  label: string;
  count: number;
  state?: WorkState;
}

export interface FilterChipsProps {
  label: string;
  chips: readonly Chip[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** Counts that filter: each says how many, and shows only those when chosen. */
export function FilterChips({ label, chips, chosen, onChoose }: FilterChipsProps) {
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {chips.map(chip => (
        <button key={chip.id} type="button" aria-pressed={chip.id === chosen} data-state={chip.count > 0 ? chip.state : undefined} onClick={() => { onChoose(chip.id); }}>
          <span>{chip.label}</span>
          <strong className="tabular">{formatNumber(chip.count)}</strong>
        </button>
      ))}
    </div>
  );
}

import type { AnyConduct, AnyLearning, OverallLevel, Promotion, YearResultRow } from '../../preload/contract/year-end.ts';
import { hasText, text } from '../../resources/language/language.ts';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { formatTenths } from '../kit/formats.ts';
import { comparePupilNames, compareWords } from '../kit/matching.ts';
import styles from './year-end.module.css';

const promotionStates: Record<Promotion, WorkState> = {
  promoted: 'done', reassess: 'needs', 'summer-training': 'needs', 'summer-training-then-reassess': 'needs', repeat: 'blocked', incomplete: 'quiet',
  support: 'needs', 'principal-decides': 'needs',
};

export function levelWord(level: AnyLearning | AnyConduct | OverallLevel | null): string {
  return level === null ? '' : text(`yearEnd.level.${level}`);
}

export function awardWord(award: YearResultRow['award']): string {
  return award === null ? '' : text(`yearEnd.screen.award.${award}`);
}

export function PromotionBadge({ promotion }: { promotion: Promotion }) {
  return <StateBadge state={promotionStates[promotion]}>{text(`yearEnd.promotion.${promotion}`)}</StateBadge>;
}

/** What the engine wants a person to see, each once: `incomplete:TOAN:1` and its like are one "incomplete". */
export function flagKinds(flags: readonly string[]): string[] {
  return [...new Set(flags.map(flag => flag.split(':')[0] ?? flag))];
}

function flagWord(kind: string): string {
  const key = `yearEnd.screen.flag.${kind}.word`;
  return hasText(key) ? text(key) : kind;
}

/** Flags as signs with words, in the order the engine gave them. */
export function Flags({ flags }: { flags: readonly string[] }) {
  return flagKinds(flags).map(kind => {
    const sign = `yearEnd.screen.flag.${kind}.sign`;
    const explained = `yearEnd.screen.flag.${kind}.explained`;
    return (
      <span key={kind} className={styles.flag} {...(hasText(explained) ? { title: text(explained) } : {})}>
        <span aria-hidden>{hasText(sign) ? text(sign) : '!'}</span> {flagWord(kind)}
      </span>
    );
  });
}

function completedWord(isCompleted: boolean | null): string {
  return isCompleted === null ? '' : text(`yearEnd.screen.${isCompleted ? 'completed' : 'notCompleted'}`);
}

function title(column: string): string {
  return text(`yearEnd.screen.column.${column}`);
}

/** The columns of the results: the decision first, then what it stands on; levels as words. Only what the rule sets of these rows know. */
export function resultColumns(hasManyClasses: boolean, rows: readonly YearResultRow[]): TableColumn<YearResultRow>[] {
  const hasPrimary = rows.some(row => row.ruleSet === 'TT27-2020');
  const hasSecondary = !hasPrimary || rows.some(row => row.ruleSet !== 'TT27-2020');
  const hasAverages = rows.some(row => row.averageYear !== null);
  const year = (id: 'learningYear' | 'conductYear'): TableColumn<YearResultRow> => ({
    id, title: title(id), value: row => levelWord(row[id]), render: row => <strong className={styles.yearLevel}>{levelWord(row[id])}</strong>, width: id === 'learningYear' ? 82 : 84,
  });
  const terms = (id: string, first: 'learning1' | 'conduct1', second: 'learning2' | 'conduct2', width: number): TableColumn<YearResultRow> => ({
    id, title: title(id), value: row => `${levelWord(row[first]) || '–'} · ${levelWord(row[second]) || '–'}`, width, isHiddenAtFirst: true,
  });
  return [
    { id: 'order', title: title('order'), value: row => row.order, width: 46, align: 'right' },
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 152, share: 3 }, isFixed: true },
    ...(hasManyClasses ? [{ id: 'class', title: title('class'), value: (row: YearResultRow) => row.className, compare: (left: YearResultRow, right: YearResultRow) => compareWords(left.className, right.className), width: 54 }] : []),
    { id: 'promotion', title: title('promotion'), value: row => text(`yearEnd.promotion.${row.promotion}`), render: row => <PromotionBadge promotion={row.promotion} />, width: { least: 206, share: 1 } },
    { id: 'award', title: title('award'), value: row => awardWord(row.award), width: 78 },
    ...(hasPrimary ? [
      { id: 'overall', title: title('overall'), value: (row: YearResultRow) => levelWord(row.overall), render: (row: YearResultRow) => <strong className={styles.yearLevel}>{levelWord(row.overall)}</strong>, width: 164 },
      { id: 'completed', title: title('completed'), value: (row: YearResultRow) => completedWord(row.completedProgramme), width: 118 },
    ] : []),
    ...(hasSecondary ? [
      year('learningYear'),
      ...(hasAverages ? [{ id: 'average', title: title('average'), value: (row: YearResultRow) => formatTenths(row.averageYear), width: 62, align: 'right' as const }] : []),
      year('conductYear'), terms('learningTerms', 'learning1', 'learning2', 150), terms('conductTerms', 'conduct1', 'conduct2', 150),
    ] : []),
    { id: 'absences', title: title('absences'), value: row => row.absences, width: 54, align: 'right' },
    { id: 'flags', title: title('flags'), value: row => flagKinds(row.flags).map(kind => flagWord(kind)).join(' '), render: row => <Flags flags={row.flags} />, width: { least: 90, share: 2 } },
  ];
}

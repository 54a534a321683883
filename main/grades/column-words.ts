import type { MarkColumn } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { competenceColumns, qualityColumns } from './grades-rules.ts';

/** TT 27/2020 Đ5, in the order of the columns. */
const qualities = ['patriotism', 'compassion', 'diligence', 'honesty', 'responsibility'] as const;
const general = ['selfReliance', 'communication', 'problemSolving'] as const;
/** Specific competences; grades 1 and 2 leave out technology and informatics, so the same column means another one there. */
const specific = ['language', 'calculation', 'science', 'technology', 'informatics', 'aesthetics', 'physical'] as const;
const specificLower = specific.filter(name => name !== 'technology' && name !== 'informatics');

/** The quality or competence a column of a traits sheet stands for, by its name in the catalogue of words; null for other columns. */
export function traitOf(column: MarkColumn, grade: number): string | null {
  const position = Number(column.slice(2)) - 1;
  if (column.startsWith('pc')) return qualities[position] ?? null;
  return column.startsWith('nl') ? ([...general, ...(grade <= 2 ? specificLower : specific)][position] ?? null) : null;
}

/** The full name of a column: "Giữa kì", "Điểm KTĐK", "Giao tiếp và hợp tác". */
export function columnTitle(column: MarkColumn, grade: number): string {
  const trait = traitOf(column, grade);
  return trait === null ? text(`grades.column.${column}`) : text(`grades.trait.${trait}.name`);
}

/** For the head of the grid, where fifteen traits stand side by side: "GT-HT". */
export function columnShort(column: MarkColumn, grade: number): string {
  const trait = traitOf(column, grade);
  return trait === null ? text(`grades.column.${column}`) : text(`grades.trait.${trait}.short`);
}

/** The column of a quality or competence, null where the grade has none of that name. */
export function columnOfTrait(trait: string, grade: number): MarkColumn | null {
  return [...qualityColumns, ...competenceColumns(grade)].find(column => traitOf(column, grade) === trait) ?? null;
}

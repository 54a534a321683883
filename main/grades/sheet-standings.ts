import type { StandingKind } from '../../preload/contract/curriculum.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { standingsByClass, standingsOfClass, standingsOfPupil } from '../curriculum/standing-store.ts';
import { decisionFlags, leavesOut, standingIn } from '../curriculum/standing-rules.ts';
import type { SheetProgress, SheetWithClass } from './grades-store.ts';

type SheetPlaceRow = Pick<SheetWithClass, 'class_id' | 'subject' | 'kind' | 'term' | 'grade'>;

/** How pupils of the class stand in a sheet; who has no standing is not in the map. */
export function standingsOfSheet(db: ReadHandle, sheet: SheetPlaceRow): ReadonlyMap<string, StandingKind> {
  const found = new Map<string, StandingKind>();
  for (const [enrolmentId, held] of standingsOfClass(db, sheet.class_id)) {
    const standing = standingIn(held, sheet);
    if (standing !== null) found.set(enrolmentId, standing);
  }
  return found;
}

/** Pupils of whom nothing is asked in a sheet: exempt, not taking it, with an individual plan. */
export function leftOutOf(db: ReadHandle, sheet: SheetPlaceRow): ReadonlySet<string> {
  return new Set([...standingsOfSheet(db, sheet)].filter(([, standing]) => leavesOut(standing)).map(([enrolmentId]) => enrolmentId));
}

/**
 * What the assessment of a class leaves out (`enrolment/subject`, by the codes of the sheets), and what it must ask a person about. In primary school
 * only the sheets of the end of the year count, so that only a standing in the second half matters.
 */
export function notAskedOf(
  db: ReadHandle, classId: string, sheets: readonly SheetWithClass[],
): { notTaken: ReadonlySet<string>; undecided: ReadonlyMap<string, readonly string[]> } {
  const notTaken = new Set<string>();
  const undecided = new Map<string, readonly string[]>();
  const bySubject = Map.groupBy(sheets, sheet => sheet.subject);
  const isPrimary = sheets.some(sheet => sheet.rule_set === 'TT27-2020');
  for (const [enrolmentId, held] of standingsOfClass(db, classId)) {
    for (const [subject, ofSubject] of bySubject) {
      const isOut = (sheet: SheetWithClass) => { const standing = standingIn(held, sheet); return standing !== null && leavesOut(standing); };
      if (ofSubject.every(isOut)) notTaken.add(`${enrolmentId}/${subject}`);
    }
    const flags = decisionFlags(isPrimary ? held.filter(({ term }) => term === 2) : held);
    if (flags.length > 0) undecided.set(enrolmentId, flags);
  }
  return { notTaken, undecided };
}

/** The standing that keeps one pupil's cells of a sheet from taking marks, or null. */
export function closedBy(db: ReadHandle, sheet: SheetPlaceRow, enrolmentId: string): StandingKind | null {
  const standing = standingIn(standingsOfPupil(db, enrolmentId), sheet);
  return standing !== null && leavesOut(standing) ? standing : null;
}

const filledQuery = prepare<{ sheetId: string; enrolmentId: string }, { count: number }>(p => sql.selectFrom('mark')
  .select(({ fn }) => fn.countAll<number>().as('count'))
  .where('sheet_id', '=', p('sheetId')).where('enrolment_id', '=', p('enrolmentId')).where('state', '<>', 'empty'));

/** Sheets with the pupils and marks of those left out taken off. Few pupils have a standing: the rest costs nothing. */
export function withoutLeftOut(db: ReadHandle, sheets: SheetProgress[], year: string, classId?: string): SheetProgress[] {
  const standings = standingsByClass(db, year, classId);
  if (standings.size === 0) return sheets;
  const byPupil = new Map([...standings].map(([id, rows]) => [id, Map.groupBy(rows, row => row.enrolment_id)]));
  return sheets.map(sheet => {
    let { pupils, filled } = sheet;
    for (const [enrolmentId, held] of byPupil.get(sheet.class_id) ?? []) {
      const standing = standingIn(held, sheet);
      if (standing === null || !leavesOut(standing)) continue;
      pupils -= 1;
      filled -= filledQuery(db, { sheetId: sheet.id, enrolmentId })[0]?.count ?? 0;
    }
    return { ...sheet, pupils, filled };
  });
}

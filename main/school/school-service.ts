import type { SchoolView, SchoolYearView } from '../../preload/contract/school.ts';
import type { ReadContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { currentYear, levelsOf, schoolYears, theSchool } from './school-store.ts';

export function current({ db, services }: ReadContext): { school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 } {
  const row = theSchool(db);
  const year = currentYear(db);
  const today = vietnamDay(services.clock());
  return {
    school: { code: row.code, name: row.name, levels: levelsOf(row), superior: row.superior, commune: row.commune, province: row.province, isDemo: row.is_demo === 1 },
    years: schoolYears(db).map(found => ({ year: found.year, isCurrent: found.is_current === 1, state: found.state })),
    year: year.year, term: today >= year.term2_from ? 2 : 1,
  };
}

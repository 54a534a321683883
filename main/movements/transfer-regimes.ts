import type { CaseStep, MovementSettings, RegimeCode, RegimeStep, TransferPaper } from '../../preload/contract/movements.ts';
import type { SchoolLevel } from '../../preload/contract/school.ts';
import { addWorkingDays, workingDaysBetween } from './working-days.ts';

export interface TransferRegime {
  code: RegimeCode;
  /** Papers the one who applies hands in; `individualPlan` only of a disabled pupil, `formerDiploma` only at THPT. */
  papers: readonly TransferPaper[];
  /** Limits in working days where the regulation names them. */
  limits: Readonly<Record<RegimeStep, number | null>>;
  /** Whether somebody has read the text in force; otherwise `movements.regime.<code>.unsure` says what is not sure. */
  isSure: boolean;
}

const none = { decideSame: null, decideOther: null, place: null, handOver: null } as const;

export const transferRegimes: Readonly<Record<RegimeCode, TransferRegime>> = {
  // QĐ 51/2002/QĐ-BGD&ĐT, THCS and THPT: the file as offices remember it; no limits known.
  'QD51-2002': { code: 'QD51-2002', papers: ['application', 'transcript', 'birthCertificate', 'formerDiploma', 'introduction'], limits: none, isSure: false },
  // TT 28/2020/TT-BGDĐT Đ36, primary: 3 + 3 + 3 working days (consent, return of the records, placing).
  'TT28-2020': { code: 'TT28-2020', papers: ['application', 'transcript', 'resultSheet', 'individualPlan'], limits: { decideSame: 3, decideOther: 3, place: 3, handOver: 3 }, isSure: true },
  // TT 15/2026/TT-BGDĐT: the figures of its draft of December 2025.
  'TT15-2026': { code: 'TT15-2026', papers: ['application', 'resultSheet', 'individualPlan'], limits: { decideSame: 5, decideOther: 8, place: null, handOver: 3 }, isSure: false },
};

/** TT 15/2026 takes effect on this day. */
const FROM_TT15 = '2026-05-10';

/** The regulation of transfer for an application received on a day. */
export function regimeOf(level: SchoolLevel, receivedOn: string): RegimeCode {
  if (receivedOn >= FROM_TT15) return 'TT15-2026';
  return level === 'tieu-hoc' ? 'TT28-2020' : 'QD51-2002';
}

/** What the file of a pupil must hold. */
export function neededPapers(code: RegimeCode, pupil: { level: SchoolLevel; isDisabled: boolean }): TransferPaper[] {
  return transferRegimes[code].papers.filter(paper => (paper !== 'individualPlan' || pupil.isDisabled) && (paper !== 'formerDiploma' || pupil.level === 'thpt'));
}

export interface CaseDates {
  direction: 'in' | 'out';
  isSameProvince: boolean;
  receivedOn: string;
  decidedOn: string | null;
  handedOn: string | null;
  happenedOn: string | null;
}

interface Calendar {
  today: string;
  limits: MovementSettings['limits'][RegimeCode];
  daysOff: ReadonlySet<string>;
}

/**
 * The steps of a transfer with their last days. In: the principal decides counted from the application; the former school hands the records
 * over counted from that; the class counted from the records. Out: the records counted from the application. A case whose last step is done
 * waits for nothing any more.
 */
export function caseSteps(dates: CaseDates, calendar: Calendar): CaseStep[] {
  const { limits } = calendar;
  const step = (name: CaseStep['step'], doneOn: string | null, from: string | null, limit: number | null): CaseStep => {
    const dueOn = from === null || limit === null ? null : addWorkingDays(from, limit, calendar.daysOff);
    return { step: name, doneOn, dueOn, daysLeft: doneOn !== null || dueOn === null ? null : workingDaysBetween(calendar.today, dueOn, calendar.daysOff) };
  };
  if (dates.direction === 'out') return [step('letGo', dates.happenedOn, null, null), step('handOver', dates.handedOn, dates.receivedOn, limits.handOver)];
  return [
    step('decide', dates.decidedOn, dates.receivedOn, dates.isSameProvince ? limits.decideSame : limits.decideOther),
    step('handOver', dates.handedOn, dates.decidedOn, limits.handOver),
    step('place', dates.happenedOn, dates.handedOn, limits.place),
  ];
}

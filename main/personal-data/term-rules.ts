import type { PersonalDataRules, RequestKind } from '../../preload/contract/personal-data.ts';
import { addWorkingDays } from '../movements/working-days.ts';

/**
 * What the program proposes for the terms of requests and incidents, after notes on Nghị định 356/2025/NĐ-CP Điều 5 and Luật 91/2025/QH15
 * Điều 23 that nobody compared with the printed text: the school does, and says so. Where the notes leave open whether a term runs in
 * working days, all days count, which ends it earlier.
 */
export const proposedRules: PersonalDataRules = {
  unit: 'calendar',
  acknowledgeDays: 2,
  terms: {
    view: { days: 10, extension: 5 }, correct: { days: 10, extension: 5 }, copy: { days: 10, extension: 5 },
    restrict: { days: 15, extension: 5 }, object: { days: 15, extension: 5 }, withdraw: { days: 15, extension: 5 },
    erase: { days: 20, extension: 10 },
  },
  childAge: 7,
  incidentHours: 72,
};

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

function after(day: string, count: number, unit: PersonalDataRules['unit'], daysOff: ReadonlySet<string>): string {
  return unit === 'working' ? addWorkingDays(day, count, daysOff) : addDays(day, count);
}

/** Until when somebody is told that his request came, and until when it is answered. The day it came does not count (Bộ luật Dân sự 2015 Đ147 k2). */
export function requestTerms(kind: RequestKind, receivedOn: string, rules: PersonalDataRules, daysOff: ReadonlySet<string>): { acknowledgeBy: string; dueOn: string } {
  return { acknowledgeBy: addWorkingDays(receivedOn, rules.acknowledgeDays, daysOff), dueOn: after(receivedOn, rules.terms[kind].days, rules.unit, daysOff) };
}

/** The term once it was extended: the further days begin after its last day. */
export function extendedTerm(kind: RequestKind, dueOn: string, rules: PersonalDataRules, daysOff: ReadonlySet<string>): string {
  return after(dueOn, rules.terms[kind].extension, rules.unit, daysOff);
}

/** Hours run from the moment the incident was found, nights and holidays included. */
export function incidentTerm(discoveredAt: string, rules: PersonalDataRules): string {
  return new Date(Date.parse(discoveredAt) + rules.incidentHours * 3_600_000).toISOString();
}

export function daysUntil(today: string, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { IncidentView, personalData } from '../../preload/contract/personal-data.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { PersonalIncidentTable } from '../../db/schema/personal-data.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { rulesOf } from './personal-data-settings.ts';
import { incidentTerm } from './term-rules.ts';

type PersonalData = typeof personalData;

export function incidents({ db, services }: ReadContext): OutputOf<PersonalData['incidents']> {
  const now = services.clock().getTime();
  const actors = actorNames(db);
  const rows = db.all(sql.selectFrom('personal_incident').selectAll().where('cancelled', '=', 0).orderBy('year', 'desc').orderBy('number', 'desc'));
  return {
    incidents: rows.map((row): IncidentView => ({
      incidentId: row.id, version: row.version, number: `${row.number}/${row.year}`, discoveredAt: row.discovered_at, reportBy: row.report_by,
      minutesLeft: row.state === 'closed' || row.reported_at !== null ? null : Math.floor((Date.parse(row.report_by) - now) / 60_000),
      happened: row.happened, categories: row.categories, peopleCount: row.people_count, measures: row.measures, reportedAt: row.reported_at,
      reportedTo: row.reported_to, unreportedReason: row.unreported_reason, toldOn: row.told_on, state: row.state, by: actors.name(row.actor),
    })),
  };
}

/** Incidents that are neither reported nor closed: how many, how many past their term, and when the next must be reported. */
export function unreportedIncidents(db: ReadHandle, now: Date): { open: number; late: number; nextBy: string | null } {
  const rows = db.all(sql.selectFrom('personal_incident').select('report_by').where('state', '=', 'open').where('reported_at', 'is', null).where('cancelled', '=', 0).orderBy('report_by'));
  return { open: rows.length, late: rows.filter(row => row.report_by < now.toISOString()).length, nextBy: rows[0]?.report_by ?? null };
}

/** @throws AppError `personalData.unknownIncident`, `personalData.incidentClosed` */
function openIncident(db: ReadHandle, incidentId: string): PersonalIncidentTable {
  const found = db.get(sql.selectFrom('personal_incident').selectAll().where('id', '=', incidentId).where('cancelled', '=', 0));
  if (!found) throw new AppError('personalData.unknownIncident');
  if (found.state === 'closed') throw new AppError('personalData.incidentClosed', { params: { number: `${found.number}/${found.year}` } });
  return found;
}

/** @throws AppError `personalData.notYet`, `personalData.reportedBefore` when it was reported before it was found */
export function saveIncident(ctx: WriteContext, input: CheckedInputOf<PersonalData['saveIncident']>): OutputOf<PersonalData['saveIncident']> {
  const { db, stamp, services } = ctx;
  const now = services.clock().toISOString();
  const discoveredAt = new Date(input.discoveredAt).toISOString();
  const reportedAt = input.reportedAt === null ? null : new Date(input.reportedAt).toISOString();
  if (discoveredAt > now) throw new AppError('personalData.notYet', { field: 'discoveredAt' });
  if (reportedAt !== null && reportedAt > now) throw new AppError('personalData.notYet', { field: 'reportedAt' });
  if (reportedAt !== null && reportedAt < discoveredAt) throw new AppError('personalData.reportedBefore', { field: 'reportedAt' });
  const values = {
    discovered_at: discoveredAt, report_by: incidentTerm(discoveredAt, rulesOf(db)), happened: input.happened, categories: input.categories, people_count: input.peopleCount,
    measures: input.measures, reported_at: reportedAt, reported_to: input.reportedTo, told_on: input.toldOn,
  };
  ctx.changed('personalData');
  if (input.incidentId !== undefined) {
    const found = openIncident(db, input.incidentId);
    // The term moves only with the moment it runs from.
    const reportBy = found.discovered_at === discoveredAt ? found.report_by : values.report_by;
    updateRecord(db, stamp, 'personal_incident', found.id, input.version ?? found.version, { ...values, report_by: reportBy });
    return { incidentId: found.id, reportBy };
  }
  const year = Number(vietnamDay(discoveredAt).slice(0, 4));
  const last = db.get(sql.selectFrom('personal_incident').select(({ fn }) => fn.max('number').as('number')).where('year', '=', year))?.number ?? 0;
  const incidentId = insertRecord(db, stamp, 'personal_incident', { year, number: last + 1, ...values, unreported_reason: '', state: 'open', actor: ctx.session.user || 'system' });
  return { incidentId, reportBy: values.report_by };
}

/** @throws AppError `personalData.whyUnreported` when it was neither reported nor is said why not */
export function closeIncident(ctx: WriteContext, { incidentId, version, unreportedReason }: CheckedInputOf<PersonalData['closeIncident']>): null {
  const found = openIncident(ctx.db, incidentId);
  if (found.reported_at === null && unreportedReason === '') throw new AppError('personalData.whyUnreported', { field: 'unreportedReason' });
  updateRecord(ctx.db, ctx.stamp, 'personal_incident', found.id, version, { state: 'closed', unreported_reason: found.reported_at === null ? unreportedReason : '' });
  ctx.changed('personalData');
  return null;
}

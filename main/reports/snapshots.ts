import { hash } from 'node:crypto';
import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { reports, SnapshotLine, Statistics } from '../../preload/contract/reports.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { ReportSnapshotTable } from '../../db/schema/reports.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { dateText } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { countPeriod, plainSections, reportFacts, type CountedSection } from './statistics-count.ts';
import { requireDay } from './statistics-service.ts';

type Reports = typeof reports;

/** What a snapshot keeps: numbers and words as they were, and who was counted, by place in `ids`. */
interface Frozen {
  sections: Statistics['sections'];
  ids: string[];
  members: number[][][][];
}

function freezeSections(sections: readonly CountedSection[]): string {
  const places = new Map<string, number>();
  const placeOf = (id: string): number => {
    const known = places.get(id) ?? places.size;
    places.set(id, known);
    return known;
  };
  const members = sections.map(section => section.members.map(row => row.map(ids => ids.map(placeOf))));
  const frozen: Frozen = { sections: plainSections(sections), ids: [...places.keys()], members };
  return JSON.stringify(frozen);
}

/** The sections of a snapshot as they were counted. */
export function thawSections(content: string): CountedSection[] {
  const { sections, ids, members } = JSON.parse(content) as Frozen;
  return sections.map((section, index) => ({
    ...section, members: (members[index] ?? []).map(row => row.map(places => places.map(place => ids[place] ?? ''))),
  }));
}

/** @throws AppError `reports.snapshotUnknown` */
export function requireSnapshot(db: ReadHandle, snapshotId: string): ReportSnapshotTable {
  const found = db.get(sql.selectFrom('report_snapshot').selectAll().where('id', '=', snapshotId));
  if (!found) throw new AppError('reports.snapshotUnknown');
  return found;
}

export function lineOf(row: Omit<ReportSnapshotTable, 'content'>): SnapshotLine {
  return {
    snapshotId: row.id, period: row.period, asOf: row.as_of, title: row.title, note: row.note, takenAt: row.created_at, by: row.actor_name, sha256: row.content_sha256,
  };
}

/** The newest first. */
export function snapshots({ db }: ReadContext, { year }: CheckedInputOf<Reports['snapshots']>): { snapshots: SnapshotLine[] } {
  const rows = db.all(sql.selectFrom('report_snapshot').where('year', '=', year).orderBy('id', 'desc').select([
    'id', 'version', 'device', 'created_at', 'updated_at', 'cancelled', 'year', 'period', 'as_of', 'title', 'note', 'actor', 'actor_name', 'journal_seq', 'content_sha256',
  ]));
  return { snapshots: rows.map(lineOf) };
}

export function freeze(ctx: WriteContext, { year, period, asOf, note }: CheckedInputOf<Reports['freeze']>): { snapshotId: string } {
  const { db, session, stamp, services } = ctx;
  requireDay(db, year, asOf);
  const content = freezeSections(countPeriod(reportFacts(db, year, asOf), year, period));
  const snapshotId = insertRecord(db, stamp, 'report_snapshot', {
    year, period, as_of: asOf, title: text('reports.snapshotTitle', { period: text(`reports.period.${period}`), year, day: dateText(asOf) }), note,
    actor: session.user, actor_name: session.name, journal_seq: services.database.journalHead().seq, content, content_sha256: hash('sha256', content),
  });
  ctx.changed('reports');
  return { snapshotId };
}

export function snapshot({ db }: ReadContext, { snapshotId }: CheckedInputOf<Reports['snapshot']>): { line: SnapshotLine; statistics: Statistics } {
  const row = requireSnapshot(db, snapshotId);
  return { line: lineOf(row), statistics: { year: row.year, period: row.period, asOf: row.as_of, sections: plainSections(thawSections(row.content)) } };
}

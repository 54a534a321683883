import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { CheckReport, JournalRowView, system, SystemInfo } from '../../preload/contract/system.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { verifyChain } from '../../db/journal-chain.ts';
import { prepare, sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { sha256OfFile } from '../kit/atomic-file.ts';
import { changedFields } from '../kit/row-difference.ts';
import { foldForSearch } from '../kit/names.ts';
import { personalDataNotices } from '../personal-data/personal-data-duties.ts';
import { currentYear, schoolYears } from '../school/school-store.ts';
import { recordNotices } from './record-notices.ts';

type System = typeof system;

export function info({ services }: ReadContext): SystemInfo {
  return {
    version: services.version, shell: services.shell === 'electron' ? 'electron' : 'host', node: process.versions.node,
    sqlite: services.database.sqliteVersion(), dataFolder: services.dataFolder, isEncrypted: true, device: services.device,
  };
}

const PAGE = 100;

/** Newest first, a page at a time; `text` narrows by what stands in the row. */
export function journal({ db }: ReadContext, input: CheckedInputOf<System['journal']>): { rows: JournalRowView[]; nextBeforeSeq: number | null } {
  let query = sql.selectFrom('journal').selectAll().where('tbl', 'not in', ['setting', 'account']).orderBy('seq', 'desc');
  if (input.beforeSeq !== undefined) query = query.where('seq', '<', input.beforeSeq);
  if (input.actor !== undefined && input.actor !== '') query = query.where('actor', '=', input.actor);
  const wanted = foldForSearch(input.text ?? '');
  const rows: JournalRowView[] = [];
  const actors = actorNames(db);
  for (const row of db.each(query)) {
    const changes = changedFields(row.before, row.after).filter(change => !change.field.endsWith('_id') && change.field !== 'cancelled');
    const view: JournalRowView = {
      seq: row.seq, at: row.at, actor: row.actor, actorName: actors.name(row.actor), device: row.device, path: row.path, what: text(`home.act.${row.tbl}`, { count: 1 }),
      subject: row.tbl === 'mark' ? markPlace(db, row.row_id) : subjectOf(row.after ?? row.before), route: row.tbl === 'mark' ? `/grades/history/${row.row_id}` : null,
      before: row.before === null ? null : summarise(changes, 'before'), after: summarise(changes, 'after'), reason: row.reason,
    };
    if (wanted !== '' && !foldForSearch([view.what, view.actor, view.actorName, view.subject, view.before, view.after, view.reason].join(' ')).includes(wanted)) continue;
    rows.push(view);
    if (rows.length === PAGE) return { rows, nextBeforeSeq: row.seq };
  }
  return { rows, nextBeforeSeq: null };
}

const pupilQuery = prepare<{ enrolmentId: string }, { name: string }>(p => sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id')
  .where('enrolment.id', '=', p('enrolmentId')).select('person.name'));

/** "Nguyễn Văn An — Giữa kì" for `sheet/enrolment/column`. */
function markPlace(db: ReadContext['db'], rowId: string): string {
  const [, enrolmentId = '', column = ''] = rowId.split('/');
  return `${pupilQuery(db, { enrolmentId })[0]?.name ?? ''} — ${text(`grades.column.${column}`)}`;
}

function subjectOf(image: string | null): string {
  const row = JSON.parse(image ?? '{}') as Record<string, unknown>;
  const named = row['name'] ?? row['subject'] ?? row['col'] ?? row['code'] ?? row['file_name'] ?? row['role'] ?? '';
  return typeof named === 'string' ? named : '';
}

function summarise(changes: ReturnType<typeof changedFields>, side: 'before' | 'after'): string {
  const shown = changes.flatMap(change => {
    const value = change[side];
    return value === null || value === '' ? [] : [/personal_id|phone/.test(change.field) ? `${change.field}: •••` : `${change.field}: ${value}`];
  });
  return shown.join(' · ').slice(0, 300);
}

/** Database, journal chain, filed papers and packages, each compared with what is written of it; then what records lack and which duties wait. */
export async function check(ctx: JobContext): Promise<CheckReport> {
  const { db, services } = ctx;
  const problems: CheckReport['problems'] = [];
  const problem = (area: CheckReport['problems'][number]['area'], key: string, params: Record<string, string | number> = {}) => {
    problems.push({ area, what: text(`system.problem.${key}.what`, params), remedy: text(`system.problem.${key}.remedy`, params) });
  };
  const steps = ['database', 'journal', 'files', 'packages'] as const;
  const step = (area: (typeof steps)[number]) => { stopIfCancelled(ctx.signal); ctx.progress(steps.indexOf(area), steps.length, text(`system.area.${area}`)); };
  step('database');
  for (const line of services.database.checkIntegrity()) problem('database', 'database', { detail: line });
  step('journal');
  const chain = verifyChain(db);
  if (chain.firstBroken !== null) problem('journal', 'journal', { seq: chain.firstBroken });
  step('files');
  const papers = new Set(db.all(sql.selectFrom('transcript').select('file_sha256').where('cancelled', '=', 0)).map(row => row.file_sha256));
  for (const sha256 of papers) {
    stopIfCancelled(ctx.signal);
    if (!services.files.has(sha256)) problem('files', 'fileMissing', { file: services.files.pathOf(sha256) });
    else if (await sha256OfFile(services.files.pathOf(sha256)) !== sha256) problem('files', 'fileChanged', { file: services.files.pathOf(sha256) });
  }
  step('packages');
  const packages = db.all(sql.selectFrom('package').select(['sequence', 'file_name', 'sha256']).where('cancelled', '=', 0).orderBy('sequence'));
  for (const [index, row] of packages.entries()) {
    const file = path.join(services.dataFolder, 'packages', row.file_name);
    if (row.sequence !== index + 1) problem('packages', 'packageGap', { sequence: index + 1 });
    if (!existsSync(file)) problem('packages', 'fileMissing', { file });
    else if (await sha256OfFile(file) !== row.sha256) problem('packages', 'fileChanged', { file });
  }
  const year = schoolYears(db).length === 0 ? null : currentYear(db).year;
  const records = year === null ? { completeness: 0, notices: [] } : recordNotices(db, year);
  ctx.progress(steps.length, steps.length, '');
  return {
    ok: problems.length === 0, problems, notices: year === null ? [] : [...records.notices, ...personalDataNotices(ctx, year)],
    figures: { journalRows: chain.rows, files: papers.size, packages: packages.length, completeness: records.completeness },
  };
}

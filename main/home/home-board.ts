import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { home as homeContract, HomeBoard, HomeTask } from '../../preload/contract/home.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext } from '../call/context.ts';
import { bookTasks } from '../gradebook/book-tasks.ts';
import { ownSheets } from '../gradebook/missing-board.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { sheetsWithProgress, type SheetProgress } from '../grades/grades-store.ts';
import { movementTasks } from '../movements/movement-tasks.ts';
import { personalDataTasks } from '../personal-data/personal-data-duties.ts';
import { homeroomClassIds } from '../school/own-classes.ts';
import { classesOf } from '../school/school-class-store.ts';
import { homeCharts } from './home-charts.ts';
import { dueSoon } from './home-due.ts';

type Home = typeof homeContract;
type Place = ReturnType<typeof classesOf>[number];

/** More lines of one kind than this become one line that leads to the overview. */
const MOST_LINES = 6;
const overviews: Partial<Record<HomeTask['kind'], string>> = {
  missingMarks: '/grades/boards', missingConduct: '/grades', yearEnd: '/year-end', prepareTranscripts: '/transcripts', sign: '/signing',
};

/** What waits, by class, each with the place that settles it. A teacher sees his own classes first and only. */
export function board(ctx: ReadContext, { year }: CheckedInputOf<Home['board']>): HomeBoard {
  const { db, session } = ctx;
  const sheets = sheetsWithProgress(db, year);
  const short = sheets.filter(sheet => sheet.filled < sheet.pupils * columnsOf(sheet).length);
  const places = classesOf(db, year);
  const mine = session.role === 'teacher' ? homeroomClassIds(db, session.staffId ?? '') : new Set(places.map(place => place.id));
  const papers = papersByClass(db, year);
  const tasks: HomeTask[] = [
    ...bookTasks(ctx, year, sheets, mine), ...conflictTasks(ctx, sheets),
    ...summedUp(classTasks(db, year, places.filter(place => mine.has(place.id)), short, papers)),
  ];
  const all = [...papers.values()];
  const sum = (pick: (papers: Papers) => number) => all.reduce((total, one) => total + pick(one), 0);
  const sealed = sum(one => one.sealed);
  if (sealed > 0 && session.role !== 'teacher') {
    tasks.push({
      kind: 'send', state: 'needs', classId: null, className: null, count: sealed, route: '/sync', title: text('home.task.send.title', { count: sealed }),
      detail: text('home.task.send.detail', { count: sealed }),
    });
  }
  tasks.push(...movementTasks(ctx), ...personalDataTasks(ctx));
  const staff = db.get(sql.selectFrom('staff').where('cancelled', '=', 0).select(({ fn }) => fn.countAll<number>().as('count')))?.count ?? 0;
  return {
    tasks, due: dueSoon(ctx, year, sheets), charts: homeCharts(ctx, year, sheets),
    figures: {
      pupils: places.reduce((total, place) => total + (place.pupils ?? 0), 0), classes: places.length, staff, sheets: sheets.length,
      sheetsComplete: sheets.length - short.length, transcripts: sum(one => one.all), transcriptsSealed: sum(one => one.sealed + one.sent),
    },
    recent: recentActs(ctx),
  };
}

interface Papers {
  all: number;
  sealed: number;
  sent: number;
}

function papersByClass(db: ReadHandle, year: string): Map<string, Papers> {
  const papers = new Map<string, Papers>();
  const rows = db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id').where('enrolment.year', '=', year).where('transcript.cancelled', '=', 0)
    .groupBy(['enrolment.class_id', 'transcript.state']).select(({ fn }) => ['enrolment.class_id', 'transcript.state', fn.countAll<number>().as('count')]));
  for (const { class_id: classId, state, count } of rows) {
    const known = papers.get(classId) ?? { all: 0, sealed: 0, sent: 0 };
    known.all += count;
    if (state === 'sealed' || state === 'sent') known[state] += count;
    papers.set(classId, known);
  }
  return papers;
}

/** How many of a class's pupils have something, in one query for all classes. */
function countsByClass(db: ReadHandle, year: string, of: 'year_result' | 'conduct'): Map<string, number> {
  const here = sql.selectFrom('enrolment').where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0).where('enrolment.status', 'in', ['studying', 'transferredIn']);
  const counted = here.groupBy('enrolment.class_id').select(({ fn }) => ['enrolment.class_id', fn.countAll<number>().as('count')]);
  const rows = db.all(of === 'conduct'
    ? counted.innerJoin('term_record', 'term_record.enrolment_id', 'enrolment.id').where('term_record.conduct', 'is not', null)
    : counted.innerJoin('year_result', 'year_result.enrolment_id', 'enrolment.id'));
  return new Map(rows.map(row => [row.class_id, row.count]));
}

function classTasks(db: ReadHandle, year: string, places: readonly Place[], short: readonly SheetProgress[], papers: ReadonlyMap<string, Papers>): HomeTask[] {
  const missing = Map.groupBy(short, sheet => sheet.class_id);
  const conduct = countsByClass(db, year, 'conduct');
  const results = countsByClass(db, year, 'year_result');
  return places.flatMap(place => {
    const pupils = place.pupils ?? 0;
    const sheets = missing.get(place.id) ?? [];
    const withoutConduct = place.grade <= 5 ? 0 : pupils * 2 - (conduct.get(place.id) ?? 0);
    const computed = results.get(place.id) ?? 0;
    const own = papers.get(place.id) ?? { all: 0, sealed: 0, sent: 0 };
    const unsealed = own.all - own.sealed - own.sent;
    const task = (kind: HomeTask['kind'], count: number, route: string): HomeTask[] => (count <= 0 ? [] : [{
      classId: place.id, className: place.name, kind, state: 'needs', count, route,
      title: text(`home.task.${kind}.title`, { class: place.name, count }), detail: text(`home.task.${kind}.detail`, { class: place.name, count }),
    }]);
    return [
      ...task('missingMarks', sheets.length, `/grades/sheet/${sheets[0]?.id ?? ''}`), ...task('missingConduct', withoutConduct, `/grades/class/${place.id}`),
      ...sheets.length === 0 && withoutConduct <= 0 ? task('yearEnd', pupils - computed, `/year-end/${place.id}`) : [],
      ...computed >= pupils ? task('prepareTranscripts', pupils - own.all, `/transcripts/${place.id}`) : [], ...task('sign', unsealed, `/signing/${place.id}`),
    ];
  });
}

/** Seventy lines "lớp … còn ô trống" tell less than one with their number. */
function summedUp(tasks: readonly HomeTask[]): HomeTask[] {
  return [...Map.groupBy(tasks, task => task.kind)].flatMap(([kind, lines]) => {
    const route = overviews[kind];
    if (lines.length <= MOST_LINES || route === undefined) return lines;
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    const params = { classes: lines.length, count };
    return [{ kind, state: 'needs' as const, classId: null, className: null, count, route, title: text(`home.task.${kind}.many`, params), detail: text(`home.task.${kind}.detail`, params) }];
  });
}

/** Cells with two values: of the whole school, or of a teacher's subjects and of his own class. */
function conflictTasks(ctx: ReadContext, sheets: readonly SheetProgress[]): HomeTask[] {
  const open = ctx.db.all(sql.selectFrom('mark_conflict').where('state', '=', 'open').where('cancelled', '=', 0).groupBy('sheet_id')
    .select(({ fn }) => ['sheet_id', fn.countAll<number>().as('count')]));
  if (open.length === 0) return [];
  const isHis = ownSheets(ctx);
  const known = new Map(sheets.filter(sheet => isHis?.(sheet) ?? true).map(sheet => [sheet.id, sheet]));
  const his = open.filter(row => known.has(row.sheet_id));
  const count = his.reduce((sum, row) => sum + row.count, 0);
  if (count === 0) return [];
  return [{
    kind: 'conflicts', state: 'needs', classId: null, className: null, count, route: `/grades/sheet/${his[0]?.sheet_id ?? ''}`,
    title: text('home.task.conflicts.title', { count }), detail: text('home.task.conflicts.detail', { count, sheets: his.length }),
  }];
}

/** The last acts, one line per person, minute and kind of record. */
function recentActs({ db }: ReadContext): HomeBoard['recent'] {
  const rows = db.all(sql.selectFrom('journal').select(['at', 'actor', 'tbl', 'path']).where('tbl', 'not in', ['setting', 'account', 'sensitive_look'])
    .orderBy('seq', 'desc').limit(400));
  const actors = actorNames(db);
  const grouped = Map.groupBy(rows, row => `${row.at.slice(0, 16)}|${row.actor}|${row.tbl}|${row.path}`);
  return [...grouped.values()].slice(0, 12).flatMap(group => {
    const first = group[0];
    return first ? [{ at: first.at, actor: actors.name(first.actor), what: text(`home.act.${first.tbl}`, { count: group.length }), route: null }] : [];
  });
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { home as homeContract, HomeBoard, HomeTask, SearchHit } from '../../preload/contract/home.ts';
import { sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext } from '../call/context.ts';
import { classCards } from '../classes/classes-service.ts';
import { bookTasks } from '../gradebook/book-tasks.ts';
import { columnsOf } from '../grades/grades-rules.ts';
import { subjectName } from '../grades/grades-service.ts';
import { sheetsWithProgress } from '../grades/grades-store.ts';
import { termRecordsOfClass } from '../grades/term-records.ts';
import { foldForSearch } from '../kit/names.ts';
import { list as listStaff } from '../staff/staff-service.ts';
import { searchStudents } from '../students/students-store.ts';

type Home = typeof homeContract;

/** What waits, by class, each with the place that settles it. A teacher sees his own classes first and only. */
export function board(ctx: ReadContext, { year }: CheckedInputOf<Home['board']>): HomeBoard {
  const { db, session } = ctx;
  const sheets = sheetsWithProgress(db, year);
  const short = sheets.filter(sheet => sheet.filled < sheet.pupils * columnsOf(sheet).length);
  const cards = classCards(db, year);
  const mine = new Set(session.role === 'teacher'
    ? db.all(sql.selectFrom('school_class').select('id').where('homeroom_staff_id', '=', session.staffId ?? '')).map(row => row.id)
    : cards.map(card => card.classId));
  const papers = db.all(sql.selectFrom('transcript').innerJoin('enrolment', 'enrolment.id', 'transcript.enrolment_id')
    .where('enrolment.year', '=', year).where('transcript.cancelled', '=', 0).select(['enrolment.class_id', 'transcript.state', 'transcript.enrolment_id']));
  const results = new Map(db.all(sql.selectFrom('year_result').innerJoin('enrolment', 'enrolment.id', 'year_result.enrolment_id')
    .where('enrolment.year', '=', year).groupBy('enrolment.class_id').select(['enrolment.class_id']).select(({ fn }) => fn.countAll<number>().as('count')))
    .map(row => [row.class_id, row.count]));
  const tasks: HomeTask[] = bookTasks(ctx, year, sheets, mine);
  for (const card of cards.filter(found => mine.has(found.classId))) {
    const base = { classId: card.classId, className: card.name };
    const missing = short.filter(sheet => sheet.class_id === card.classId);
    const withoutConduct = card.grade <= 5 ? 0 : card.pupils * 2 - termRecordsOfClass(db, card.classId).filter(record => record.conduct !== null).length;
    const computed = results.get(card.classId) ?? 0;
    const own = papers.filter(paper => paper.class_id === card.classId);
    const task = (kind: HomeTask['kind'], state: HomeTask['state'], count: number, route: string) => {
      tasks.push({ ...base, kind, state, count, route, title: text(`home.task.${kind}.title`, { class: card.name, count }), detail: text(`home.task.${kind}.detail`, { class: card.name, count }) });
    };
    if (missing.length > 0) task('missingMarks', 'needs', missing.length, `/grades/sheet/${missing[0]?.id ?? ''}`);
    if (withoutConduct > 0) task('missingConduct', 'needs', withoutConduct, `/grades/class/${card.classId}`);
    if (missing.length === 0 && withoutConduct <= 0 && computed < card.pupils) task('yearEnd', 'needs', card.pupils - computed, `/year-end/${card.classId}`);
    if (computed >= card.pupils && own.length < card.pupils) task('prepareTranscripts', 'needs', card.pupils - own.length, `/transcripts/${card.classId}`);
    const unsealed = own.filter(paper => paper.state !== 'sealed' && paper.state !== 'sent').length;
    if (unsealed > 0) task('sign', 'needs', unsealed, `/signing/${card.classId}`);
  }
  const sealed = papers.filter(paper => paper.state === 'sealed').length;
  if (sealed > 0 && session.role !== 'teacher') {
    tasks.push({ kind: 'send', state: 'needs', classId: null, className: null, count: sealed, route: '/sync', title: text('home.task.send.title', { count: sealed }), detail: text('home.task.send.detail', { count: sealed }) });
  }
  return {
    tasks,
    figures: {
      pupils: cards.reduce((sum, card) => sum + card.pupils, 0), classes: cards.length, staff: listStaff(ctx).rows.length, sheets: sheets.length,
      sheetsComplete: sheets.length - short.length, transcripts: papers.length, transcriptsSealed: papers.filter(paper => paper.state === 'sealed' || paper.state === 'sent').length,
    },
    recent: recentActs(ctx),
  };
}

/** The last acts, one line per person, minute and kind of record. */
function recentActs({ db }: ReadContext): HomeBoard['recent'] {
  const rows = db.all(sql.selectFrom('journal').select(['at', 'actor', 'tbl', 'path']).where('tbl', 'not in', ['setting', 'account', 'sensitive_look'])
    .orderBy('seq', 'desc').limit(400));
  const actors = actorNames(db);
  const grouped = Map.groupBy(rows, row => `${row.at.slice(0, 16)}|${row.actor}|${row.tbl}|${row.path}`);
  return [...grouped.values()].slice(0, 8).flatMap(group => {
    const first = group[0];
    return first ? [{ at: first.at, actor: actors.name(first.actor), what: text(`home.act.${first.tbl}`, { count: group.length }), route: null }] : [];
  });
}

/** Names alone: a search must not count anybody's marks. */
function classesForSearch(db: ReadContext['db'], year: string) {
  return db.all(sql.selectFrom('school_class').leftJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0).select(['school_class.id', 'school_class.name', 'person.name as homeroom'])
    .orderBy('school_class.grade').orderBy('school_class.name'));
}

function sheetsForSearch(db: ReadContext['db'], year: string) {
  return db.all(sql.selectFrom('grade_sheet').innerJoin('school_class', 'school_class.id', 'grade_sheet.class_id').where('school_class.year', '=', year)
    .where('grade_sheet.cancelled', '=', 0).select(['grade_sheet.id', 'grade_sheet.subject', 'grade_sheet.term', 'school_class.name as class_name', 'school_class.grade'])
    .orderBy('school_class.grade').orderBy('school_class.name').orderBy('grade_sheet.subject').orderBy('grade_sheet.term'));
}

const HITS = 30;
const places = ['home', 'students', 'classes', 'staff', 'grades', 'year-end', 'transcripts', 'signing', 'sync', 'verify', 'journal', 'curriculum', 'system', 'imports'] as const;

const HISTORY = 'lich su';
const PUPILS = 5;

/** "lịch sử an toán": the histories of marks of whoever the first words name, in the subjects the last words name. */
function historyHits({ db }: ReadContext, year: string, words: readonly string[]): SearchHit[] {
  const [first = '', second = '', ...wanted] = words;
  if (`${first} ${second}` !== HISTORY) return [];
  for (let named = wanted.length; named > 0; named -= 1) {
    const subjectWords = wanted.slice(named);
    const pupils = searchStudents(db, year, wanted.slice(0, named).join(' '), PUPILS);
    const sheets = pupils.length === 0 ? [] : sheetsForSearch(db, year).filter(sheet => sheet.term === 1)
      .map(sheet => ({ ...sheet, title: subjectName(sheet.subject, sheet.grade) }))
      .filter(({ title }) => subjectWords.every(word => ` ${foldForSearch(title)}`.includes(` ${word}`)));
    const hits = pupils.flatMap(pupil => sheets.filter(sheet => sheet.class_name === pupil.class_name).map((sheet): SearchHit => ({
      kind: 'sheet', title: text('home.historyOf', { subject: sheet.title, name: pupil.name }),
      subtitle: [pupil.class_name, pupil.code].filter(Boolean).join(' · '), route: `/grades/subject/${pupil.enrolment_id}/${sheet.subject}`,
    })));
    if (hits.length > 0) return hits.slice(0, HITS);
  }
  return [];
}

/** Every word of the query must begin a word of what is found; marks and case do not matter. */
export function search(ctx: ReadContext, input: CheckedInputOf<Home['search']>): { hits: SearchHit[] } {
  const words = foldForSearch(input.text).split(' ').filter(word => word !== '');
  if (words.length === 0) return { hits: [] };
  const matches = (...texts: string[]) => {
    const folded = ` ${texts.map(foldForSearch).join(' ')}`;
    return words.every(word => folded.includes(` ${word}`));
  };
  const hits: SearchHit[] = historyHits(ctx, input.year, words);
  for (const place of places) if (matches(text(`home.place.${place}`))) hits.push({ kind: 'place', title: text(`home.place.${place}`), subtitle: '', route: `/${place === 'home' ? '' : place}` });
  for (const found of classesForSearch(ctx.db, input.year)) {
    const title = text('home.classNamed', { name: found.name });
    if (matches(title, found.homeroom ?? '')) hits.push({ kind: 'class', title, subtitle: found.homeroom ?? '', route: `/classes/${found.id}` });
  }
  for (const pupil of searchStudents(ctx.db, input.year, input.text, HITS - Math.min(hits.length, HITS))) {
    hits.push({ kind: 'pupil', title: pupil.name, subtitle: [pupil.class_name, pupil.code].filter(Boolean).join(' · '), route: `/students/${pupil.enrolment_id}` });
  }
  for (const person of listStaff(ctx).rows) if (matches(person.name)) hits.push({ kind: 'staff', title: person.name, subtitle: person.position, route: '/staff' });
  for (const sheet of hits.length < HITS ? sheetsForSearch(ctx.db, input.year) : []) {
    if (hits.length >= HITS) break;
    const title = `${subjectName(sheet.subject, sheet.grade)} ${sheet.class_name}`;
    if (matches(title)) hits.push({ kind: 'sheet', title, subtitle: text('home.term', { term: sheet.term }), route: `/grades/sheet/${sheet.id}` });
  }
  return { hits: hits.slice(0, HITS) };
}

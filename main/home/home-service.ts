import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { home as homeContract, SearchHit } from '../../preload/contract/home.ts';
import { sql as raw } from 'kysely';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { subjectName } from '../grades/grades-service.ts';
import { foldForSearch } from '../kit/names.ts';
import { searchStudents } from '../students/students-store.ts';

type Home = typeof homeContract;

/** Names alone: a search must not count anybody's marks. */
function classesForSearch(db: ReadHandle, year: string) {
  return db.all(sql.selectFrom('school_class').leftJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').leftJoin('person', 'person.id', 'staff.person_id')
    .where('school_class.year', '=', year).where('school_class.cancelled', '=', 0)
    .select(['school_class.id', 'school_class.name', 'school_class.grade', 'person.name as homeroom', 'person.search_name as homeroom_search'])
    .orderBy('school_class.grade').orderBy('school_class.name'));
}

type FoundClass = ReturnType<typeof classesForSearch>[number];

/** The sheets of the classes and subjects that `matches` takes, by class: names are compared for each subject once, not for each of its sheets. */
function sheetsMatching(db: ReadHandle, classes: readonly FoundClass[], matches: (folded: string) => boolean, most: number) {
  const ids = JSON.stringify(classes.map(({ id }) => id));
  const subjects = Map.groupBy(subjectsQuery(db, { ids }), ({ classId }) => classId);
  const sheets: { id: string; classId: string; subject: string; term: number; title: string; className: string }[] = [];
  for (const { id, name, grade } of classes) {
    for (const { subject } of subjects.get(id) ?? []) {
      if (sheets.length >= most) return sheets;
      const title = subjectName(subject, grade);
      if (!matches(`${folded(title)} ${folded(name)}`)) continue;
      sheets.push(...sheetsQuery(db, { classId: id, subject }).map(sheet => ({ ...sheet, classId: id, subject, title, className: name })));
    }
  }
  return sheets;
}

const subjectsQuery = prepare<{ ids: string }, { classId: string; subject: string }>(p => sql.selectFrom('grade_sheet').distinct()
  .select(['class_id as classId', 'subject']).where('class_id', 'in', raw<string>`(select value from json_each(${p('ids')}))`).where('cancelled', '=', 0).orderBy('subject'));
const sheetsQuery = prepare<{ classId: string; subject: string }, { id: string; term: number }>(p => sql.selectFrom('grade_sheet')
  .select(['id', 'term']).where('class_id', '=', p('classId')).where('subject', '=', p('subject')).where('cancelled', '=', 0).orderBy('term'));

function staffForSearch(db: ReadHandle, words: readonly string[]) {
  let query = sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').where('staff.cancelled', '=', 0)
    .select(['staff.id', 'person.name', 'staff.position']);
  for (const word of words) query = query.where(raw<boolean>`instr(' ' || person.search_name, ${` ${word}`}) > 0`);
  return db.all(query.orderBy('person.sort_name').limit(HITS));
}

const foldings = new Map<string, string>();

/** The words of places, classes and subjects are few and come again with every letter typed. */
function folded(words: string): string {
  const known = foldings.get(words) ?? foldForSearch(words);
  if (foldings.size < MOST_FOLDINGS) foldings.set(words, known);
  return known;
}

const HITS = 30;
const MOST_FOLDINGS = 5_000;
const places = [
  'home', 'students', 'classes', 'movements', 'staff', 'grades', 'year-end', 'transcripts', 'signing', 'sync', 'verify', 'journal', 'curriculum', 'system', 'imports', 'reports',
  'system/personal-data',
] as const;

const HISTORY = 'lich su';
const PUPILS = 5;

/** "lịch sử an toán": the histories of marks of whoever the first words name, in the subjects the last words name. */
function historyHits({ db }: ReadContext, year: string, words: readonly string[]): SearchHit[] {
  const [first = '', second = '', ...wanted] = words;
  if (`${first} ${second}` !== HISTORY) return [];
  for (let named = wanted.length; named > 0; named -= 1) {
    const subjectWords = wanted.slice(named);
    const pupils = searchStudents(db, year, wanted.slice(0, named).join(' '), PUPILS);
    const classes = classesForSearch(db, year);
    const hits = pupils.flatMap(pupil => {
      const own = classes.filter(({ name }) => name === pupil.class_name);
      return sheetsMatching(db, own, title => subjectWords.every(word => ` ${title}`.includes(` ${word}`)), HITS).filter(({ term }) => term === 1).map((sheet): SearchHit => ({
        kind: 'sheet', title: text('home.historyOf', { subject: sheet.title, name: pupil.name }),
        subtitle: [pupil.class_name, pupil.code].filter(Boolean).join(' · '), route: `/grades/subject/${pupil.enrolment_id}/${sheet.subject}`,
      }));
    });
    if (hits.length > 0) return hits.slice(0, HITS);
  }
  return [];
}

/** Every word of the query must begin a word of what is found; marks and case do not matter. */
export function search(ctx: ReadContext, input: CheckedInputOf<Home['search']>): { hits: SearchHit[] } {
  const words = foldForSearch(input.text).split(' ').filter(word => word !== '');
  if (words.length === 0) return { hits: [] };
  const matches = (foldedText: string) => words.every(word => ` ${foldedText}`.includes(` ${word}`));
  const hits: SearchHit[] = historyHits(ctx, input.year, words);
  for (const place of places) if (matches(folded(text(`home.place.${place}`)))) hits.push({ kind: 'place', title: text(`home.place.${place}`), subtitle: '', route: `/${place === 'home' ? '' : place}` });
  const classes = classesForSearch(ctx.db, input.year);
  for (const found of classes) {
    const title = text('home.classNamed', { name: found.name });
    if (matches(`${folded(title)} ${found.homeroom_search ?? ''}`)) hits.push({ kind: 'class', title, subtitle: found.homeroom ?? '', route: `/classes/${found.id}` });
  }
  for (const pupil of searchStudents(ctx.db, input.year, input.text, HITS - Math.min(hits.length, HITS))) {
    hits.push({ kind: 'pupil', title: pupil.name, subtitle: [pupil.class_name, pupil.code].filter(Boolean).join(' · '), route: `/students/${pupil.enrolment_id}` });
  }
  const maySeeRecords = mayCall(ctx.session.role, 'records.edit');
  for (const person of staffForSearch(ctx.db, words)) hits.push({ kind: 'staff', title: person.name, subtitle: person.position, route: maySeeRecords ? `/staff/${person.id}` : '/staff' });
  for (const sheet of hits.length < HITS ? sheetsMatching(ctx.db, classes, matches, HITS - hits.length) : []) {
    hits.push({ kind: 'sheet', title: `${sheet.title} ${sheet.className}`, subtitle: text('home.term', { term: sheet.term }), route: `/grades/sheet/${sheet.id}` });
  }
  return { hits: hits.slice(0, HITS) };
}

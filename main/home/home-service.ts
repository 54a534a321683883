import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { home as homeContract, SearchHit } from '../../preload/contract/home.ts';
import { sql } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { subjectName } from '../grades/grades-service.ts';
import { foldForSearch } from '../kit/names.ts';
import { list as listStaff } from '../staff/staff-service.ts';
import { searchStudents } from '../students/students-store.ts';

type Home = typeof homeContract;

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
const places = ['home', 'students', 'classes', 'movements', 'staff', 'grades', 'year-end', 'transcripts', 'signing', 'sync', 'verify', 'journal', 'curriculum', 'system', 'imports', 'reports'] as const;

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

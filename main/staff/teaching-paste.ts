import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { staff } from '../../preload/contract/staff.ts';
import type { PastedTeaching } from '../../preload/contract/teaching.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ReadContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { foldForSearch } from '../kit/names.ts';
import { schoolYear } from '../school/school-store.ts';
import { subjectCode } from './staff-fields.ts';
import { isHere } from './staff-status.ts';
import { teachingClasses } from './teaching-service.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { currentLanguage } from '../../resources/language/language.ts';

interface Colleague {
  id: string;
  name: string;
}

/** Finds somebody by staff code, by full name, or by the last words of a name when they belong to one person only ("Hoa", "Thu Hoa"). */
export function finderOf(people: readonly (Colleague & { code: string })[]): (words: string) => Colleague | 'teacher' | 'teachers' {
  const byCode = new Map(people.map(one => [one.code.toLowerCase(), one]));
  return words => {
    const wanted = foldForSearch(words);
    const known = byCode.get(wanted);
    if (known) return known;
    // Marks tell people apart where they are written; a list without them still finds its people.
    const exact = words.normalize('NFC').trim().toLowerCase();
    for (const fits of [(one: Colleague) => one.name.toLowerCase() === exact, (one: Colleague) => foldForSearch(one.name) === wanted,
      (one: Colleague) => ` ${one.name.toLowerCase()}`.endsWith(` ${exact}`), (one: Colleague) => ` ${foldForSearch(one.name)}`.endsWith(` ${wanted}`)]) {
      const found = people.filter(fits);
      if (found.length > 1) return 'teachers';
      if (found[0]) return found[0];
    }
    return 'teacher';
  };
}

function colleagues(db: ReadHandle): (Colleague & { code: string })[] {
  return db.all(sql.selectFrom('staff').innerJoin('person', 'person.id', 'staff.person_id').select(['staff.id', 'staff.code', 'staff.status', 'person.name'])
    .where('staff.cancelled', '=', 0)).filter(row => isHere(row.status));
}

/** What a pasted block would change. Empty cells say nothing. */
export function readPasted({ db, services }: ReadContext, { year, text }: CheckedInputOf<(typeof staff)['readPasted']>): PastedTeaching {
  const today = vietnamDay(services.clock());
  const { starts_on: startsOn } = schoolYear(db, year);
  const people = colleagues(db);
  const find = finderOf(people);
  const names = new Map(people.map(one => [one.id, one.name]));
  const classes = new Map(teachingClasses(db, year, today < startsOn ? startsOn : today).map(one => [foldForSearch(one.name), one]));
  const [head = [], ...rows] = text.split(/\r?\n/).map(line => line.split('\t').map(cell => cell.normalize('NFC').trim()));
  const result: PastedTeaching = { changes: [], unchanged: 0, problems: [] };
  const subjects = head.map((words, column) => {
    const code = column === 0 ? undefined : subjectCode(words);
    if (column > 0 && words !== '' && code === undefined) result.problems.push({ row: 1, column: column + 1, words, problem: 'subject' });
    return code;
  });
  rows.forEach(([className = '', ...cells], index) => {
    if (className === '' && cells.every(cell => cell === '')) return;
    const row = index + 2;
    const found = classes.get(foldForSearch(className.replace(/^lớp\s+/i, '')));
    if (!found) {
      result.problems.push({ row, column: 1, words: className, problem: 'class' });
      return;
    }
    cells.forEach((words, at) => {
      const subject = subjects[at + 1];
      if (words === '' || subject === undefined) return;
      const cell = found.cells.find(one => one.subject === subject);
      const person = cell ? find(words) : 'notTaught';
      if (typeof person === 'string') result.problems.push({ row, column: at + 2, words, problem: person });
      else if (cell?.staffId === person.id) result.unchanged += 1;
      else {
        result.changes.push({
          classId: found.classId, subject, staffId: person.id, className: found.name, after: person.name,
          subjectName: subjectByCode(subject, found.grade, year)?.short[currentLanguage()] ?? subject, before: names.get(cell?.staffId ?? '') ?? null,
        });
      }
    });
  });
  return result;
}

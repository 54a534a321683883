import type { AbsenceKind, DaySession } from '../../preload/contract/attendance.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { save } from '../attendance/attendance-service.ts';
import { absencesOfClass, plansOfYear, planFrom } from '../attendance/attendance-store.ts';
import { isSchoolDay } from '../attendance/attendance-rules.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { foldForSearch } from '../kit/names.ts';
import { schoolYear } from '../school/school-store.ts';
import type { ColumnNames } from './header-row.ts';
import type { ImportPlan, PlanItem } from './import-plan.ts';
import { problemView } from './import-plan.ts';
import { ProblemList } from './import-problems.ts';
import { plainText } from './import-text.ts';
import { parseClassName, parseCode, parseDate, parseName, parseText } from './import-values.ts';
import { ListRow } from './list-row.ts';
import { eachPerson, reportDoubleColumns, requireTable } from './list-rows.ts';

type Field = 'order' | 'date' | 'className' | 'pupilCode' | 'fullName' | 'session' | 'kind' | 'note';

/** Headers of the lists of absences that contact-book programs hand out, in plain form. */
export const ATTENDANCE_COLUMNS: ColumnNames<Field> = {
  order: ['stt', 'tt', 'so tt'],
  date: ['ngay', 'ngay nghi', 'ngay vang', 'ngay diem danh', 'thoi gian'],
  className: ['lop', 'ten lop', 'ma lop'],
  pupilCode: ['ma hoc sinh', 'ma hs', 'ma dinh danh', 'ma dinh danh hoc sinh'],
  fullName: ['ho ten', 'ho va ten', 'hoc sinh', 'ho ten hoc sinh', 'ho va ten hoc sinh'],
  session: ['buoi', 'buoi hoc', 'buoi nghi', 'ca'],
  kind: ['trang thai', 'diem danh', 'loai nghi', 'hinh thuc nghi', 'phep', 'trang thai diem danh', 'vang'],
  note: ['ly do', 'li do', 'ghi chu', 'ly do nghi'],
};

const KINDS: Readonly<Record<string, AbsenceKind | 'present'>> = {
  p: 'excused', cp: 'excused', 'co phep': 'excused', 'nghi co phep': 'excused', 'vang co phep': 'excused', phep: 'excused',
  k: 'unexcused', kp: 'unexcused', 'khong phep': 'unexcused', 'nghi khong phep': 'unexcused', 'vang khong phep': 'unexcused',
  'co mat': 'present', 'di hoc': 'present', m: 'present', x: 'present', 'dung gio': 'present',
};
const SESSIONS: Readonly<Record<string, DaySession>> = { sang: 'am', 'buoi sang': 'am', s: 'am', chieu: 'pm', 'buoi chieu': 'pm', c: 'pm' };

interface Absent {
  row: number;
  date: string;
  className: string;
  pupilCode: string | null;
  fullName: string;
  session: DaySession | null;
  kind: AbsenceKind;
  note: string;
}

/**
 * A list of absences, one a row, set against the daily attendance. Who is said to be present, and whom the list lacks, changes nothing.
 * @throws AppError `imports.headerMissing`, `imports.columnsMissing`
 */
export function planAttendance(db: ReadHandle, workbook: Workbook, year: string, now: string): ImportPlan {
  const table = requireTable<Field>(workbook, ATTENDANCE_COLUMNS, [
    { anyOf: ['date'], header: 'Ngày' }, { anyOf: ['kind'], header: 'Trạng thái' }, { anyOf: ['pupilCode', 'fullName'], header: 'Mã học sinh' },
  ]);
  const problems = new ProblemList(table.grid.sheet.name);
  reportDoubleColumns(table, problems);
  const row: ListRow<Field> = new ListRow(table, problems);
  const pupils = new PupilsOfYear(db, year);
  const stored = new StoredDays(db, year);
  const items: PlanItem[] = [];
  const today = vietnamDay(now);
  const seen = new Map<string, number>();
  const rows = eachPerson(table, row, { order: 'order', name: 'fullName', codes: ['pupilCode'], facts: ['date', 'kind', 'className'] }, () => {
    const absent = readAbsent(row);
    if (absent === null) return;
    const pupil = pupils.find(absent);
    if (pupil === undefined) return row.error(row.shown('pupilCode') === '' ? 'fullName' : 'pupilCode', 'absentUnknown', { className: absent.className });
    if (pupil === 'several') return row.error('fullName', 'absentSeveral');
    const session = absent.session ?? stored.plan(pupil.classId).mainSession;
    if (absent.date > today) return row.error('date', 'absentFuture');
    if (!stored.isSchoolDay(absent.date)) return row.error('date', 'absentNoSchool');
    if (stored.plan(pupil.classId).sessions === 1 && session !== stored.plan(pupil.classId).mainSession) return row.error('session', 'absentOneSession');
    const key = `${pupil.enrolmentId}/${absent.date}/${session}`;
    const first = seen.get(key);
    if (first !== undefined) return row.error('date', 'absentTwice', { row: first });
    seen.set(key, absent.row);
    items.push(itemOf(absent, pupil, session, stored.at(pupil.classId, key)));
  }, () => false);
  row.finish();
  return {
    kind: 'attendance', title: text('imports.title.attendance'), rows, items,
    errors: problems.errors.map(problem => problemView(problem, 'error')), warnings: problems.warnings.map(problem => problemView(problem, 'warning')),
  };
}

function readAbsent(row: ListRow<Field>): Absent | null {
  const date = row.read('date', cell => parseDate(cell, false));
  if (row.shown('date') === '') row.error('date', 'absentNoDate');
  const words = row.shown('kind');
  const kind = KINDS[plainText(words)];
  if (words !== '' && kind === undefined) row.error('kind', 'absentKind');
  const said = row.shown('session');
  const session = said === '' ? null : SESSIONS[plainText(said)];
  if (session === undefined) row.error('session', 'absentSession');
  if (!date || kind === undefined || kind === 'present' || session === undefined) return null;
  return {
    row: row.row, date, kind, session, className: row.read('className', parseClassName)?.name ?? '', pupilCode: row.read('pupilCode', parseCode) ?? null,
    fullName: row.read('fullName', parseName) ?? '', note: row.read('note', parseText) ?? '',
  };
}

function itemOf(absent: Absent, pupil: YearPupil, session: DaySession, before: { kind: AbsenceKind; note: string } | undefined): PlanItem {
  const words = (kind: AbsenceKind | undefined) => text(`attendance.kind.${kind ?? 'present'}`);
  const isSame = before?.kind === absent.kind && (absent.note === '' || absent.note === before.note);
  return {
    row: absent.row, title: `${pupil.name} · ${pupil.className}`, outcome: isSame ? 'unchanged' : before ? 'updated' : 'created',
    changes: isSame ? [] : [{
      field: text('imports.pupil.absence', { date: dateText(absent.date), session: text(`attendance.session.${session}`) }),
      before: before ? words(before.kind) : null, after: words(absent.kind),
    }],
    write: ctx => {
      if (isSame) return;
      save(ctx, {
        classId: pupil.classId, path: 'pasted', called: [],
        changes: [{ enrolmentId: pupil.enrolmentId, date: absent.date, session, before: before?.kind ?? null, after: absent.kind, ...(absent.note === '' ? {} : { note: absent.note }) }],
      });
    },
  };
}

interface YearPupil {
  enrolmentId: string;
  classId: string;
  className: string;
  name: string;
}

class PupilsOfYear {
  readonly #byCode = new Map<string, YearPupil>();
  readonly #byName = new Map<string, YearPupil[]>();

  constructor(db: ReadHandle, year: string) {
    const rows = db.all(sql.selectFrom('enrolment').innerJoin('person', 'person.id', 'enrolment.person_id').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
      .leftJoin('pupil_code', join => join.onRef('pupil_code.person_id', '=', 'person.id').on('pupil_code.cancelled', '=', 0)
        .on('pupil_code.valid_to', 'is', null).on('pupil_code.kind', 'in', ['moet', 'temporary', 'local']))
      .where('enrolment.year', '=', year).where('enrolment.cancelled', '=', 0)
      .select(['enrolment.id', 'enrolment.class_id', 'school_class.name as class', 'person.name', 'person.search_name', 'pupil_code.code']));
    const known = new Map<string, YearPupil>();
    for (const row of rows) {
      const pupil = known.get(row.id) ?? { enrolmentId: row.id, classId: row.class_id, className: row.class, name: row.name };
      if (row.code !== null) this.#byCode.set(row.code, pupil);
      if (known.has(row.id)) continue;
      known.set(row.id, pupil);
      for (const key of [row.search_name, `${row.class}|${row.search_name}`]) this.#byName.set(key, [...(this.#byName.get(key) ?? []), pupil]);
    }
  }

  find({ pupilCode, className, fullName }: Absent): YearPupil | 'several' | undefined {
    if (pupilCode !== null) return this.#byCode.get(pupilCode);
    const name = foldForSearch(fullName);
    const found = this.#byName.get(className === '' ? name : `${className}|${name}`) ?? [];
    return found.length > 1 ? 'several' : found[0];
  }
}

class StoredDays {
  readonly #db: ReadHandle;
  readonly #year: ReturnType<typeof schoolYear>;
  readonly #plans: ReturnType<typeof plansOfYear>;
  readonly #byClass = new Map<string, Map<string, { kind: AbsenceKind; note: string }>>();

  constructor(db: ReadHandle, year: string) {
    this.#db = db;
    this.#year = schoolYear(db, year);
    this.#plans = plansOfYear(db, year);
  }

  plan(classId: string) {
    return this.#plans.get(classId) ?? planFrom(undefined);
  }

  isSchoolDay(date: string): boolean {
    return isSchoolDay(date, this.#year);
  }

  at(classId: string, key: string): { kind: AbsenceKind; note: string } | undefined {
    const known = this.#byClass.get(classId) ?? new Map(absencesOfClass(this.#db, classId, this.#year.starts_on, this.#year.ends_on)
      .map(row => [`${row.enrolment_id}/${row.date}/${row.session}`, { kind: row.kind, note: row.note }]));
    this.#byClass.set(classId, known);
    return known.get(key);
  }
}

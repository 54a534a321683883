import type { ReadHandle } from '../../db/handle.ts';
import { readSetting } from '../school/school-store.ts';
import { levelIn, ongoingColumns, tenthsIn } from './grades-rules.ts';
import { marksOfSheet, membersOf, sheetsOfClass, valueOf, type ClassMember, type SheetWithClass } from './grades-store.ts';
import type { AdjustmentReading, AdjustmentSubject, CommentLevel, Pair, Pupil22, Subject, TermEntries } from './rules/assessment-types.ts';
import { termRecordsOfClass } from './term-records.ts';

export interface PupilFacts {
  member: ClassMember;
  pupil: Pupil22;
  /** Comment of the homeroom teacher for the year. */
  comment: string;
}

/** How the school reads what TT 22/2021 Đ9 k3 leaves open. */
export interface Readings {
  adjustmentReading: AdjustmentReading;
  adjustmentSubject: AdjustmentSubject;
}

export function readingsOf(db: ReadHandle): Readings {
  return readSetting<Readings>(db, 'grades.readings') ?? { adjustmentReading: 'waive', adjustmentSubject: 'any' };
}

type Cells = Map<string, Map<string, ReturnType<typeof valueOf>>>;

/** Everything the rules need about each pupil of a class, in roll order. Subjects stand in the order of the sheets given. */
export function pupilFactsOfClass(db: ReadHandle, classId: string, grade: number, readings: Readings = readingsOf(db)): PupilFacts[] {
  const sheets = sheetsOfClass(db, classId);
  const cells = new Map(sheets.map(sheet => [sheet.id, cellsOf(db, sheet.id)]));
  const subjects = Map.groupBy(sheets, sheet => sheet.subject);
  const records = new Map(termRecordsOfClass(db, classId).map(record => [`${record.enrolment_id}/${record.term}`, record]));
  return membersOf(db, classId).map(member => {
    const first = records.get(`${member.enrolment_id}/1`);
    const second = records.get(`${member.enrolment_id}/2`);
    return {
      member,
      comment: second?.comment ?? '',
      pupil: {
        ruleSet: 'TT22-2021', grade, ...readings,
        subjects: [...subjects.values()].map(pair => subjectFacts(pair, cells, member.enrolment_id)),
        conduct: [first?.conduct ?? null, second?.conduct ?? null],
        summerConduct: null,
        absences: [first, second].reduce((sum, record) => sum + (record?.absent_excused ?? 0) + (record?.absent_unexcused ?? 0), 0),
      },
    };
  });
}

function cellsOf(db: ReadHandle, sheetId: string): Cells {
  const cells: Cells = new Map();
  for (const cell of marksOfSheet(db, sheetId)) {
    const row = cells.get(cell.enrolment_id) ?? new Map<string, ReturnType<typeof valueOf>>();
    row.set(cell.col, valueOf(cell));
    cells.set(cell.enrolment_id, row);
  }
  return cells;
}

function subjectFacts(pair: readonly SheetWithClass[], cells: ReadonlyMap<string, Cells>, enrolmentId: string): Subject {
  const sheet = pair[0];
  if (!sheet) throw new Error('a subject without a sheet');
  const entries = <Entry>(term: 1 | 2, read: (value: ReturnType<typeof valueOf> | undefined) => Entry | null): TermEntries<Entry> => {
    const ofTerm = pair.find(candidate => candidate.term === term);
    const row = ofTerm && cells.get(ofTerm.id)?.get(enrolmentId);
    return { ongoing: ongoingColumns.slice(0, sheet.ongoing).map(column => read(row?.get(column))), periodic: [read(row?.get('gk'))], final: read(row?.get('ck')) };
  };
  const base = { code: sheet.subject, periodsPerYear: sheet.periods, core: false, reassessed: null };
  if (sheet.kind === 'score') return { ...base, kind: 'score', terms: [entries(1, tenthsIn), entries(2, tenthsIn)] };
  const terms: Pair<TermEntries<CommentLevel>> = [entries(1, levelIn), entries(2, levelIn)];
  return { ...base, kind: 'comment', terms };
}

import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import { currentLanguage } from '../../resources/language/language.ts';
import { lastJournalSeq } from './year-end-store.ts';

/** What was worked out of a class stands until the journal tells of a change that touches it; after more changes than this all is worked out anew. */
const MOST_CHANGES = 2_000;
/** Tables that no result and no decision rests on. `year_result` and `year_approval` are read afresh by whoever shows them. */
const apart: ReadonlySet<string> = new Set([
  'account', 'change_request', 'change_request_cell', 'comment_phrase', 'lock_calendar', 'lock_rule', 'mark_conflict', 'roll_over', 'sheet_opening', 'sheet_seal', 'sheet_step',
  'signature', 'subject_comment', 'transcript', 'year_approval', 'year_result',
]);

interface ChangeRow {
  tbl: string;
  row_id: string;
  before: string | null;
  after: string | null;
}

const changesQuery = prepare<{ after: number; most: number }, ChangeRow>(p => sql.selectFrom('journal').select(['tbl', 'row_id', 'before', 'after'])
  .where('seq', '>', p('after')).orderBy('seq').limit(p('most')));
const ofSheetQuery = prepare<{ id: string }, { class_id: string }>(p => sql.selectFrom('grade_sheet').select('class_id').where('id', '=', p('id')));
const ofEnrolmentQuery = prepare<{ id: string }, { class_id: string }>(p => sql.selectFrom('enrolment').select('class_id').where('id', '=', p('id')));
const ofPersonQuery = prepare<{ id: string }, { class_id: string }>(p => sql.selectFrom('enrolment').select('class_id').where('person_id', '=', p('id')));

/** The classes a change touches; null when that cannot be told, as of a setting or the curriculum. */
function classesIn(db: ReadHandle, { tbl, row_id: id, before, after }: ChangeRow): string[] | null {
  if (tbl === 'school_class') return [id];
  if (tbl === 'person') return ofPersonQuery(db, { id }).map(row => row.class_id);
  const images = [before, after].filter(image => image !== null).map(image => JSON.parse(image) as Record<string, unknown>);
  const found = images.flatMap(image => {
    const value = (column: string) => (typeof image[column] === 'string' ? image[column] : null);
    const [classId, enrolmentId, sheetId, personId] = [value('class_id'), value('enrolment_id'), value('sheet_id'), value('person_id')];
    if (classId !== null) return [classId];
    if (enrolmentId !== null) return ofEnrolmentQuery(db, { id: enrolmentId }).map(row => row.class_id);
    if (sheetId !== null) return ofSheetQuery(db, { id: sheetId }).map(row => row.class_id);
    return personId === null ? [] : ofPersonQuery(db, { id: personId }).map(row => row.class_id);
  });
  return found.length === 0 ? null : found;
}

interface Shelf<Kept> {
  seq: number;
  language: string;
  classes: Map<string, Kept>;
}

/**
 * What a view of the whole school works out class by class, kept between two looks: with 3,000 pupils only the classes that changed since are
 * worked out again, so that the one thread of the core is soon free.
 */
export class KeptByClass<Kept> {
  readonly #shelves = new WeakMap<ReadHandle, Shelf<Kept>>();

  /** Call once for each view; what it answers is asked for each class. */
  refresh(db: ReadHandle): (classId: string, make: () => Kept) => Kept {
    const seq = lastJournalSeq(db);
    const language = currentLanguage();
    const known = this.#shelves.get(db);
    const shelf = known?.language === language ? known : { seq, language, classes: new Map<string, Kept>() };
    if (shelf.seq !== seq) forgetChanged(db, shelf, seq);
    this.#shelves.set(db, shelf);
    return (classId, make) => {
      const found = shelf.classes.get(classId);
      if (found !== undefined) return found;
      const made = make();
      shelf.classes.set(classId, made);
      return made;
    };
  }
}

function forgetChanged(db: ReadHandle, shelf: Shelf<unknown>, seq: number): void {
  const rows = seq < shelf.seq ? [] : changesQuery(db, { after: shelf.seq, most: MOST_CHANGES + 1 });
  shelf.seq = seq;
  if (rows.length === 0 || rows.length > MOST_CHANGES) {
    shelf.classes.clear();
    return;
  }
  for (const row of rows) {
    if (apart.has(row.tbl)) continue;
    const touched = classesIn(db, row);
    if (touched === null) {
      shelf.classes.clear();
      return;
    }
    for (const classId of touched) shelf.classes.delete(classId);
  }
}

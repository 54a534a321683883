import type { ImportConflict, ImportProblem as ProblemView } from '../../preload/contract/imports.ts';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import type { StandingKind } from '../../preload/contract/curriculum.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { updateRecord } from '../../db/records.ts';
import type { MarkSheetIssueTable } from '../../db/schema/mark-sheets.ts';
import { text } from '../../resources/language/language.ts';
import type { Session, WriteContext } from '../call/context.ts';
import { leavesOut } from '../curriculum/standing-rules.ts';
import { recordConflicts, type OfferedCell } from '../gradebook/mark-conflicts.ts';
import { ISSUE_FORM_VERSION } from '../gradebook/mark-sheet-codes.ts';
import { levelsOfColumn } from '../gradebook/mark-sheet-form.ts';
import { sheetWords, whyClosed } from '../gradebook/mark-sheet-service.ts';
import { cameFromReturn, findIssue, issuesOfSheet, journalHead, returnsOf, valueAsOf, writtenMarks, type WrittenMark } from '../gradebook/mark-sheet-store.ts';
import { cellFault, columnsOf, markText, sameValue } from '../grades/grades-rules.ts';
import { recomputeRow, subjectName } from '../grades/grades-service.ts';
import { lockOfCell, locksOf, type SheetLocks } from '../grades/mark-locks.ts';
import { findSheet, membersOf, saveMark, valueOf, type ClassMember, type SheetWithClass } from '../grades/grades-store.ts';
import { standingsOfSheet } from '../grades/sheet-standings.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import type { FieldChange } from '../kit/row-difference.ts';
import { theSchool } from '../school/school-store.ts';
import { problemView, type PlanItem } from './import-plan.ts';
import { ProblemList } from './import-problems.ts';
import { plainText } from './import-text.ts';
import { issuedRows, parseIssuedCell, titlesOf, type FoundIssue, type IssuedRow, type TitleFound } from './issued-sheet-reader.ts';

/** How a person settled the cells with two values; what is not named is undecided. */
export type Settlement = ReadonlyMap<string, 'program' | 'file' | 'later'>;

export interface IssuedPlanOptions {
  year: string;
  session: Session;
  /** RFC 3339: locks begin and end by it. */
  now: string;
  settle: Settlement;
  /** The sheet the person was in when he handed over the file; another is refused by name. */
  sheetId?: string | undefined;
}

export interface IssuedPlan {
  rows: number;
  items: PlanItem[];
  errors: ProblemView[];
  warnings: ProblemView[];
  conflicts: ImportConflict[];
}

/** What a mark sheet that came back does: what was typed in since it was handed out is written, what both sides changed is asked. */
export function planIssuedSheets(db: ReadHandle, found: readonly FoundIssue[], options: IssuedPlanOptions): IssuedPlan {
  const plan: IssuedPlan = { rows: 0, items: [], errors: [], warnings: [], conflicts: [] };
  const seen = new Map<string, string>();
  for (const one of found) {
    const opened = openIssue(db, one, options);
    if ('problem' in opened) {
      plan.errors.push(opened.problem);
      continue;
    }
    const { sheet } = opened;
    const other = seen.get(sheet.id);
    if (other !== undefined) plan.errors.push(refusal(one, 'imports.issueTwice', { sheet: sheetWords(sheet), other }));
    else new SheetPlan(db, one, opened, options, plan).make();
    seen.set(sheet.id, one.sheet.name);
  }
  return plan;
}

interface OpenedIssue {
  issue: MarkSheetIssueTable;
  sheet: SheetWithClass;
}

function refusal(found: FoundIssue, code: string, params: Record<string, string | number>, place: { row: number; value: string } = { row: 1, value: found.code }): ProblemView {
  const failure = toFailure(new AppError(code, { params: { ...params, value: place.value } }));
  return { sheet: found.sheet.name, column: text('imports.place.title'), ...place, code, message: failure.what, remedy: failure.remedy, severity: 'error' };
}

/** "12/10/2025". */
function dayOf(at: string): string {
  return dateText(vietnamDay(at));
}

/** Finds out which issue this is and refuses, by name, one that must not be taken in. */
function openIssue(db: ReadHandle, found: FoundIssue, { year, session, now, sheetId }: IssuedPlanOptions): OpenedIssue | { problem: ProblemView } {
  const problem = (code: string, params: Record<string, string | number> = {}, place?: { row: number; value: string }) => ({ problem: refusal(found, code, params, place) });
  const { mark } = found;
  if (mark !== null && mark.version !== ISSUE_FORM_VERSION) return problem('imports.issueVersion', { version: mark.version, current: ISSUE_FORM_VERSION });
  if (mark !== null && mark.schoolCode !== theSchool(db).code) return problem('imports.issueOtherSchool', { school: mark.schoolName });
  const issue = findIssue(db, mark === null ? { code: found.code } : { id: mark.issueId });
  const sheet = issue && findSheet(db, issue.sheet_id);
  if (!issue || !sheet || (mark !== null && (issue.content_sha256 !== mark.content || issue.sheet_id !== mark.sheetId))) return problem('imports.issueUnknown', { code: found.code });
  if (sheet.year !== year) return problem('imports.issueOtherYear', { found: sheet.year, expected: year });
  const expected = sheetId === undefined || sheetId === sheet.id ? undefined : findSheet(db, sheetId);
  if (expected) return problem('imports.issueOtherSheet', { found: sheetWords(sheet), expected: sheetWords(expected) });
  const odd = titlesOf(found.sheet).find(title => !agrees(title, sheet));
  if (odd) return problem('imports.issueTitles', { hidden: sheetWords(sheet) }, { row: odd.row, value: odd.value });
  const latest = issuesOfSheet(db, sheet.id).at(-1);
  if (latest && latest.number > issue.number) {
    return problem('imports.issueOlder', { at: dayOf(issue.created_at), sheet: sheetWords(sheet), again: dayOf(latest.created_at), code: latest.code });
  }
  const why = whyClosed(db, session, sheet, now);
  if (why !== null) return problem('imports.issueClosed', { sheet: sheetWords(sheet), why });
  return { issue, sheet };
}

function agrees({ title, value }: TitleFound, sheet: SheetWithClass): boolean {
  const given = plainText(value);
  if (title === 'schoolYear') return given === plainText(sheet.year);
  if (title === 'className') return given === plainText(sheet.class_name);
  if (title === 'subject') return given === plainText(subjectName(sheet.subject, sheet.grade));
  return [String(sheet.term), text(`gradebook.issue.point.${sheet.term}`)].map(plainText).includes(given);
}

interface WantedCell {
  column: MarkColumn;
  before: MarkValue;
  value: MarkValue;
}

class SheetPlan {
  readonly #found: FoundIssue;
  readonly #sheet: SheetWithClass;
  readonly #issue: MarkSheetIssueTable;
  readonly #options: IssuedPlanOptions;
  readonly #plan: IssuedPlan;
  readonly #db: ReadHandle;
  readonly #written: Map<string, WrittenMark>;
  readonly #problems: ProblemList;
  readonly #locks: SheetLocks;
  readonly #standings: ReadonlyMap<string, StandingKind>;
  readonly #later: OfferedCell[] = [];
  /** Where the journal stood when this was planned: saving plans again inside its own transaction. */
  readonly #head: number;
  #blanks = 0;

  constructor(db: ReadHandle, found: FoundIssue, { issue, sheet }: OpenedIssue, options: IssuedPlanOptions, plan: IssuedPlan) {
    this.#db = db;
    this.#found = found;
    this.#sheet = sheet;
    this.#issue = issue;
    this.#options = options;
    this.#plan = plan;
    this.#written = writtenMarks(db, sheet.id);
    this.#problems = new ProblemList(found.sheet.name);
    this.#standings = standingsOfSheet(db, sheet);
    this.#locks = locksOf(db, sheet, options.now);
    this.#head = journalHead(db);
  }

  make(): void {
    const columns = columnsOf(this.#sheet);
    const rows = issuedRows(this.#found.sheet, columns);
    if (rows === null || (this.#found.mark !== null && this.#found.mark.columns.join() !== columns.join())) {
      this.#plan.errors.push(refusal(this.#found, 'imports.issueStructure', {}));
      return;
    }
    const members = membersOf(this.#db, this.#sheet.class_id);
    const byId = new Map(members.map(member => [member.enrolment_id, member]));
    const byCode = new Map(members.flatMap(member => (member.code === null ? [] : [[member.code, member] as const])));
    const came = new Set<string>();
    for (const row of rows) {
      this.#plan.rows += 1;
      const member = row.enrolmentId === '' ? byCode.get(row.pupilCode) : byId.get(row.enrolmentId);
      if (member) came.add(member.enrolment_id);
      this.#row(row, member, columns);
    }
    this.#tellOdds(members.filter(member => !came.has(member.enrolment_id)));
    this.#plan.errors.push(...this.#problems.errors.map(problem => problemView(problem, 'error')));
    this.#plan.warnings.push(...this.#problems.warnings.map(problem => problemView(problem, 'warning')));
    this.#plan.items.push({ row: 1, sheet: this.#found.sheet.name, title: sheetWords(this.#sheet), outcome: 'unchanged', changes: [], isPreparation: true, write: this.#finish });
  }

  #row(row: IssuedRow, member: ClassMember | undefined, columns: readonly MarkColumn[]): void {
    const place = (header: string, column: number, value: string) => ({ row: row.row, column, header, value });
    if (!member) {
      this.#problems.warn(place(text('imports.place.code'), 2, row.pupilCode), 'issuePupilGone', { name: row.name });
      return;
    }
    if (plainText(row.name) !== plainText(member.name) || (member.code !== null && row.pupilCode !== member.code)) {
      this.#plan.errors.push({ ...refusal(this.#found, 'imports.issueNameDiffers', { name: member.name }, { row: row.row, value: row.name }), column: text('imports.place.code') });
      return;
    }
    const wanted: WantedCell[] = [];
    columns.forEach((column, index) => {
      const cell = row.cell(column);
      const written = this.#written.get(`${member.enrolment_id}/${column}`);
      const now = valueOf(written);
      const issued = valueAsOf(this.#db, written, this.#issue.journal_seq);
      const at = place(text(`grades.column.${column}`), 4 + index, '');
      if (issued.state === 'zeroByRule') return;
      const parsed = parseIssuedCell(cell, levelsOfColumn(this.#sheet, column));
      const shown = cell === undefined || cell.kind === 'blank' ? '' : 'text' in cell ? cell.text : 'number' in cell ? String(cell.number) : '';
      if (!parsed.ok) {
        this.#problems.error({ ...at, value: shown }, parsed.code, parsed.params);
        return;
      }
      const { value } = parsed;
      if (value === null) {
        if (issued.state !== 'empty') this.#blanks += 1;
        return;
      }
      const fault = cellFault(this.#sheet, column, value);
      if (fault !== null) {
        this.#plan.errors.push({ ...refusal(this.#found, fault, {}, { row: row.row, value: shown }), column: at.header });
        return;
      }
      if (sameValue(value, now) || sameValue(value, issued)) return;
      const standing = this.#standings.get(member.enrolment_id);
      if (standing !== undefined && leavesOut(standing)) {
        this.#plan.errors.push({ ...refusal(this.#found, 'grades.leftOut', { standing: text(`curriculum.standing.${standing}.sentence`) }, { row: row.row, value: shown }), column: at.header });
        return;
      }
      const lock = lockOfCell(this.#locks, member.enrolment_id, column);
      if (lock !== null) {
        this.#plan.errors.push({ ...refusal(this.#found, 'imports.cellLocked', { name: member.name, lock }, { row: row.row, value: shown }), column: at.header });
        return;
      }
      if (sameValue(now, issued) || cameFromReturn(this.#issue, written)) wanted.push({ column, before: now, value });
      else if (this.#conflict(row, member, { column, issued, now, value, written }) === 'file') wanted.push({ column, before: now, value });
    });
    this.#plan.items.push(this.#item(row, member, wanted));
  }

  /** Lists a cell that both sides changed, and answers what a person decided. */
  #conflict(row: IssuedRow, member: ClassMember, { column, issued, now, value, written }: { column: MarkColumn; issued: MarkValue; now: MarkValue; value: MarkValue; written: WrittenMark | undefined }) {
    // The version is part of the key: a choice made for what stood there then does not count for what stands there now.
    const key = `${this.#sheet.id}/${member.enrolment_id}/${column}@${written?.version ?? 0}`;
    const choice = this.#options.settle.get(key) ?? null;
    this.#plan.conflicts.push({
      key, sheet: this.#found.sheet.name, row: row.row, where: sheetWords(this.#sheet), pupil: member.name, column: text(`grades.column.${column}`), issued: markText(issued),
      program: markText(now), programBy: written?.by ?? '', programAt: written?.at ?? '', file: markText(value), choice,
    });
    if (choice === 'later') this.#later.push({ enrolmentId: member.enrolment_id, column, seen: issued, offered: value });
    return choice;
  }

  #item(row: IssuedRow, member: ClassMember, wanted: readonly WantedCell[]): PlanItem {
    const changes: FieldChange[] = wanted.map(({ column, before, value }) => ({ field: text(`grades.column.${column}`), before: markText(before), after: markText(value) }));
    return {
      row: row.row, sheet: this.#found.sheet.name, title: `${member.name} · ${sheetWords(this.#sheet)}`, changes,
      outcome: wanted.length === 0 ? 'unchanged' : wanted.every(({ before }) => before.state === 'empty') ? 'created' : 'updated',
      write: ctx => {
        if (wanted.length === 0) return;
        for (const { column, value } of wanted) saveMark(ctx.db, ctx.stamp, this.#sheet.id, member.enrolment_id, column, value);
        recomputeRow(ctx.db, this.#sheet, member.enrolment_id);
        ctx.changed('grades', this.#sheet.id);
      },
    };
  }

  #tellOdds(newcomers: readonly ClassMember[]): void {
    const place = { row: 1, column: 1, header: '', value: this.#found.code };
    if (this.#blanks > 0) this.#problems.warn(place, 'issueBlank', { count: this.#blanks });
    if (newcomers.length > 0) this.#problems.warn(place, 'issueNewPupils', { count: newcomers.length, names: newcomers.map(member => member.name).join(', ') });
  }

  /** Runs after the rows of the sheet: keeps both values of what is decided later, and notes what this return wrote. */
  readonly #finish = (ctx: WriteContext): void => {
    const { id, version } = this.#issue;
    if (this.#later.length > 0) recordConflicts(ctx, this.#sheet, this.#later, { offered_path: 'imported', source: this.#issue.code });
    const range = [this.#head + 1, journalHead(ctx.db)];
    updateRecord(ctx.db, ctx.stamp, 'mark_sheet_issue', id, version, { returns: JSON.stringify([...returnsOf(this.#issue), range]) });
    ctx.changed('gradebook', this.#sheet.id);
  };
}

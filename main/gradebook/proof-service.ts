import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ChangedCell, MarkProof, ProofStep, ProofVerdict, SheetProof, proofCalls } from '../../preload/contract/gradebook-proof.ts';
import type { MarkColumn } from '../../preload/contract/grades.ts';
import type { ChainVerdict } from '../../db/journal-chain.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { actorNames } from '../accounts/actor-names.ts';
import type { ReadContext } from '../call/context.ts';
import { longTermName, requireSheet, subjectName } from '../grades/grades-service.ts';
import { journalOfMark, marksOfRow, membersOf, sheetsOfClass, type SheetWithClass } from '../grades/grades-store.ts';
import { AppError } from '../kit/errors.ts';
import { teachersOf } from '../school/school-class-store.ts';
import { importedFiles, journalOf, proofPupil, writtenCells } from './proof-store.ts';
import { requestSteps, sealSteps, sheetSteps } from './proof-around.ts';
import { imageWords, markSteps, numbered, type StepFacts } from './proof-steps.ts';

type Calls = typeof proofCalls;

export function stepFacts(db: ReadHandle): StepFacts {
  return { actors: actorNames(db), fileOf: importedFiles(db) };
}

/**
 * The history of one mark, with what happened to its sheet since it was first written. Intact means: every journal row of the mark follows
 * from the row before it, none is missing, and the book holds what the last of them says.
 */
export function markProof({ db }: ReadContext, input: CheckedInputOf<Calls['markProof']>): MarkProof {
  const sheet = requireSheet(db, input.sheetId);
  return proofOf(db, sheet, input.enrolmentId, input.column, stepFacts(db));
}

/** One proof; `journal` is the verdict over the whole chain where it was walked. */
export function proofOf(db: ReadHandle, sheet: SheetWithClass, enrolmentId: string, column: MarkColumn, facts: StepFacts, journal: ChainVerdict | null = null): MarkProof {
  const pupil = proofPupil(db, enrolmentId);
  if (!pupil) throw new AppError('students.unknown');
  const { steps, isWhole } = journalOfMark(db, sheet.id, enrolmentId, column);
  const marks = markSteps(steps, facts);
  const first = steps[0]?.row.seq ?? Number.POSITIVE_INFINITY;
  const around = [...sheetSteps(journalOf(db, 'grade_sheet', [sheet.id]), facts), ...sealSteps(db, sheet.id, facts), ...requestSteps(db, sheet.id, { enrolmentId, column }, facts)]
    .filter(step => step.seq > first);
  const cell = marksOfRow(db, sheet.id, enrolmentId).find(found => found.col === column);
  const current = cell ? imageWords(JSON.stringify(cell)) : null;
  const isIntact = isWhole && marks.every(step => step.isIntact) && current === (marks.at(-1)?.after ?? null) && (journal?.firstBroken ?? null) === null;
  return {
    sheetId: sheet.id, enrolmentId, column, columnTitle: text(`grades.column.${column}`), pupil, className: sheet.class_name, subject: sheet.subject,
    subjectName: subjectName(sheet.subject, sheet.grade), term: sheet.term, termName: longTermName(sheet), year: sheet.year,
    teacher: teachersOf(db, sheet.class_id).find(row => row.subject === sheet.subject)?.teacher ?? null,
    current, summary: summaryOf(marks), steps: numbered(marks, around), verdict: verdictOf(marks, pupil.code, sheet.subject, isIntact, journal),
  };
}

function summaryOf(marks: readonly ProofStep[]): string {
  const count = (sign: ProofStep['sign']) => marks.filter(step => step.sign === sign).length;
  if (marks.length === 0) return text('gradebook.proof.summary.none');
  return text(count('retyped') + count('deleted') > 0 ? 'gradebook.proof.summary.deleted' : count('changed') > 0 ? 'gradebook.proof.summary.changed' : 'gradebook.proof.summary.once', {
    writes: marks.length, people: new Set(marks.map(step => step.actor)).size, changed: count('changed'), deleted: count('deleted'), retyped: count('retyped'),
  });
}

function verdictOf(marks: readonly ProofStep[], code: string, subject: string, isIntact: boolean, journal: ChainVerdict | null): ProofVerdict {
  const end = (step: ProofStep | undefined) => step && { seq: step.seq, hash: step.hash };
  const key = isIntact ? (journal === null ? 'intactHere' : 'intact') : 'broken';
  return {
    isIntact,
    words: text(`gradebook.proof.verdict.${key}`, { rows: journal?.rows ?? 0, broken: journal?.firstBroken ?? marks.find(step => !step.isIntact)?.seq ?? marks.at(-1)?.seq ?? 0 }),
    howToCheck: text('gradebook.proof.howToCheck', { code, subject }),
    first: end(marks[0]) ?? null, last: end(marks.at(-1)) ?? null, journal,
  };
}

/** Every mark of a pupil in a subject that was ever written, term by term in the order of the columns. */
export function subjectProof({ db }: ReadContext, input: CheckedInputOf<Calls['subjectProof']>): { proofs: MarkProof[] } {
  return { proofs: subjectProofs(db, input.enrolmentId, input.subject, null) };
}

/** @throws AppError `students.unknown`, `grades.unknownSheet` */
export function subjectProofs(db: ReadHandle, enrolmentId: string, subject: string, journal: ChainVerdict | null): MarkProof[] {
  const classId = classOf(db, enrolmentId);
  const sheets = sheetsOfClass(db, classId).filter(sheet => sheet.subject === subject);
  if (sheets.length === 0) throw new AppError('grades.unknownSheet');
  const facts = stepFacts(db);
  return sheets.flatMap(sheet => {
    const written = marksOfRow(db, sheet.id, enrolmentId).map(cell => cell.col);
    return written.toSorted((left, right) => columnOrder(left) - columnOrder(right)).map(column => proofOf(db, sheet, enrolmentId, column, facts, journal));
  });
}

function classOf(db: ReadHandle, enrolmentId: string): string {
  const row = db.runPrepared<{ class_id: string }>('select class_id from enrolment where id = ?', [enrolmentId])[0];
  if (!row) throw new AppError('students.unknown');
  return row.class_id;
}

const columns: readonly string[] = ['tx', 'v', 'gk', 'ck', 'muc', 'kt', 'pc', 'nl'];
/** Ongoing, periodic, final, as in the register. */
function columnOrder(column: MarkColumn): number {
  const [, letters = '', digits = '0'] = /^([a-z]+)(\d*)$/.exec(column) ?? [];
  return columns.indexOf(letters) * 100 + Number(digits);
}

export function sheetProof({ db }: ReadContext, { sheetId }: CheckedInputOf<Calls['sheetProof']>): SheetProof {
  const sheet = requireSheet(db, sheetId);
  const facts = stepFacts(db);
  const own = journalOf(db, 'grade_sheet', [sheetId]);
  const steps = numbered(sheetSteps(own, facts), sealSteps(db, sheetId, facts));
  const firstLock = own.find(({ row }) => (JSON.parse(row.after ?? '{}') as { state?: string }).state === 'locked')?.row.seq ?? Number.POSITIVE_INFINITY;
  const order = new Map(membersOf(db, sheet.class_id).map((member, index) => [member.enrolment_id, { order: index + 1, name: member.name }]));
  const written = writtenCells(db, sheetId);
  const cells: ChangedCell[] = [];
  const counts = { cells: written.length, changed: 0, deleted: 0, retyped: 0, afterLock: 0 };
  for (const { enrolment_id: enrolmentId, col: column } of written.filter(cell => cell.version > 1)) {
    const { steps: rows, isWhole } = journalOfMark(db, sheetId, enrolmentId, column);
    const marks = markSteps(rows, facts);
    const last = marks.at(-1);
    if (!last || marks.every(step => step.sign === null)) continue;
    const who = order.get(enrolmentId) ?? { order: 0, name: proofPupil(db, enrolmentId)?.name ?? '' };
    cells.push({
      enrolmentId, column, ...who, columnTitle: text(`grades.column.${column}`), values: marks.map(step => step.after), changes: marks.length - 1,
      isDeletedAndRetyped: marks.some(step => step.sign === 'retyped'), lastAt: last.at, lastBy: last.actorName, reason: last.reason,
      isIntact: isWhole && marks.every(step => step.isIntact),
    });
    counts.changed += 1;
    counts.deleted += Number(marks.some(step => step.sign === 'deleted'));
    counts.retyped += Number(marks.some(step => step.sign === 'retyped'));
    counts.afterLock += Number(last.seq > firstLock);
  }
  cells.sort((left, right) => left.order - right.order || columnOrder(left.column) - columnOrder(right.column));
  return {
    sheetId, className: sheet.class_name, subjectName: subjectName(sheet.subject, sheet.grade), term: sheet.term, termName: longTermName(sheet), year: sheet.year, counts, cells, steps,
    isIntact: cells.every(cell => cell.isIntact) && steps.every(step => step.isIntact),
  };
}

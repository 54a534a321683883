import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ImportDone, ImportKind, ImportPreview, ImportRun, imports } from '../../preload/contract/imports.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { sha256Hex } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { readWorkbook, type Workbook } from '../kit/excel/workbook.ts';
import { currentYear, levelsOf, theSchool } from '../school/school-store.ts';
import { countItems, previewRows, type ImportPlan } from './import-plan.ts';
import { importRuns, lastSeq } from './imports-store.ts';
import { heldBy } from './imports-undo.ts';
import { readMarksWorkbook } from './marks-reader.ts';
import type { IssuedPlanOptions, Settlement } from './plan-issued-marks.ts';
import { planMarks } from './plan-marks.ts';
import { planPupils } from './plan-pupils.ts';
import { planStaff } from './plan-staff.ts';
import { readPupilsWorkbook } from './pupils-reader.ts';
import { recogniseWorkbook } from './recognise-workbook.ts';
import { readStaffWorkbook } from './staff-reader.ts';

type Imports = typeof imports;
type Handed = CheckedInputOf<Imports['preview']>;

/** Who asks and when, how he settled cells with two values, and the sheet he stands in. */
export type PlanAsked = Omit<IssuedPlanOptions, 'year'>;

const undecided: Settlement = new Map();

/**
 * What the file says, set against what is stored. Showing and saving both call this, so that they cannot differ.
 * @throws AppError of the reader when the file is no workbook, is locked by a password, or holds none of the known forms
 */
export function planImport(db: ReadHandle, workbook: Workbook, kind: ImportKind, fileName: string, asked: PlanAsked): ImportPlan {
  const year = currentYear(db).year;
  const expected = { fileName, schoolYear: year, levels: levelsOf(theSchool(db)) };
  switch (kind) {
    case 'pupils': return planPupils(db, readPupilsWorkbook(workbook, expected), year);
    case 'staff': return planStaff(db, readStaffWorkbook(workbook, expected));
    case 'marks': return planMarks(db, readMarksWorkbook(workbook), { year, ...asked });
  }
}

function kindOf(workbook: Workbook): ImportKind {
  const found = recogniseWorkbook(workbook);
  if (found.kind === null) throw new AppError('imports.unknownForm');
  return found.kind;
}

async function open(ctx: JobContext, { fileName, bytes }: Handed): Promise<Workbook> {
  ctx.progress(0, 3, fileName);
  const workbook = await readWorkbook(bytes);
  stopIfCancelled(ctx.signal);
  ctx.progress(1, 3, fileName);
  return workbook;
}

export async function preview(ctx: JobContext, input: Handed): Promise<ImportPreview> {
  const workbook = await open(ctx, input);
  const asked: PlanAsked = { session: ctx.session, settle: undecided, sheetId: input.sheetId, now: ctx.services.clock().toISOString() };
  const plan = planImport(ctx.db, workbook, input.kind ?? kindOf(workbook), input.fileName, asked);
  ctx.progress(3, 3, input.fileName);
  return previewOf(plan, input.fileName, sha256Hex(input.bytes));
}

export function previewOf(plan: ImportPlan, fileName: string, sha256: string): ImportPreview {
  return { kind: plan.kind, title: plan.title, fileName, sha256, ...countItems(plan), problems: [...plan.errors, ...plan.warnings], conflicts: plan.conflicts ?? [], preview: previewRows(plan) };
}

/**
 * Saves a file, all or nothing.
 * @throws AppError `imports.otherFile` when the bytes are not those that were shown, `imports.hasErrors`, `imports.conflictsOpen`
 */
export async function apply(ctx: JobContext, input: CheckedInputOf<Imports['apply']>): Promise<ImportDone> {
  if (sha256Hex(input.bytes) !== input.sha256) throw new AppError('imports.otherFile');
  const workbook = await open(ctx, input);
  return applyWorkbook(ctx, workbook, input);
}

/** What the file does, in one transaction, planned anew inside it. */
function applyWorkbook(ctx: JobContext, workbook: Workbook, input: CheckedInputOf<Imports['apply']>): ImportDone {
  const { kind, fileName, sha256, sheetId } = input;
  const settle: Settlement = new Map(Object.entries(input.settle ?? {}));
  const done = ctx.write({ path: 'imported', reason: fileName }, write => {
    const plan = planImport(write.db, workbook, kind, fileName, { session: ctx.session, settle, sheetId, now: write.stamp.at });
    const first = plan.errors[0];
    if (first) throw new AppError('imports.hasErrors', { params: { count: plan.errors.length, row: first.row, message: first.message } });
    const open = plan.conflicts?.filter(conflict => conflict.choice === null).length ?? 0;
    if (open > 0) throw new AppError('imports.conflictsOpen', { params: { count: open } });
    const before = lastSeq(write.db);
    plan.items.forEach((item, index) => {
      item.write(write);
      if (index % 50 === 0) ctx.progress(index, plan.items.length, item.title);
    });
    const counts = countItems(plan);
    const after = lastSeq(write.db);
    const importId = insertRecord(write.db, write.stamp, 'import_run', {
      kind, file_name: fileName, file_sha256: sha256, actor: ctx.session.user, ...counts, first_seq: before + 1, last_seq: after, corrections: '{}', state: 'applied',
    });
    write.changed('imports', importId);
    return { importId, kind, ...counts };
  });
  ctx.progress(1, 1, fileName);
  return done;
}

export function history({ db }: ReadContext): { runs: ImportRun[] } {
  return {
    runs: importRuns(db).map(run => ({
      importId: run.id, kind: run.kind, fileName: run.file_name, at: run.created_at, actor: run.actor, rows: run.rows, created: run.created,
      updated: run.updated, unchanged: run.unchanged, state: run.state, heldBy: heldBy(db, run),
    })),
  };
}

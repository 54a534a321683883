import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ImportDone, ImportKind, ImportPreview, ImportRun, imports } from '../../preload/contract/imports.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { sha256Hex } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { currentYear, levelsOf, theSchool } from '../school/school-store.ts';
import { planAttendance } from './attendance-list.ts';
import { unknownViews } from './catalogues.ts';
import { correctedWorkbook, type Corrections } from './corrections.ts';
import { formFields } from './form-fields.ts';
import { countItems, previewRows, type ImportPlan } from './import-plan.ts';
import { importRuns, lastSeq } from './imports-store.ts';
import { heldBy } from './imports-undo.ts';
import { readMarksWorkbook } from './marks-reader.ts';
import { openWorkbook } from './open-workbook.ts';
import type { IssuedPlanOptions, Settlement } from './plan-issued-marks.ts';
import { planMarks } from './plan-marks.ts';
import { planPupils } from './plan-pupils.ts';
import { planStaff } from './plan-staff.ts';
import { readPupilsWorkbook } from './pupils-reader.ts';
import { recogniseWorkbook } from './recognise-workbook.ts';
import { readStaffWorkbook } from './staff-reader.ts';
import { schoolWords } from './words-store.ts';

type Imports = typeof imports;

/** Who asks and when, how he settled cells with two values, the sheet he stands in, and the single changes he accepted. */
export type PlanAsked = Omit<IssuedPlanOptions, 'year'> & { take?: ReadonlySet<string> | undefined };

const undecided: Settlement = new Map();

/**
 * What the file says, set against what is stored. Showing and saving both call this, so that they cannot differ.
 * @throws AppError of the reader when the file is no workbook, is locked by a password, or holds none of the known forms
 */
export function planImport(db: ReadHandle, workbook: Workbook, kind: ImportKind, fileName: string, asked: PlanAsked): ImportPlan {
  const year = currentYear(db).year;
  const expected = { fileName, schoolYear: year, levels: levelsOf(theSchool(db)) };
  switch (kind) {
    case 'pupils': return planPupils(db, readPupilsWorkbook(workbook, { ...expected, words: schoolWords(db, 'pupils') }), year, asked.take);
    case 'staff': return planStaff(db, readStaffWorkbook(workbook, { ...expected, words: schoolWords(db, 'staff') }));
    case 'marks': return planMarks(db, readMarksWorkbook(workbook), { year, ...asked });
    case 'attendance': return planAttendance(db, workbook, year, asked.now);
  }
}

function kindOf(workbook: Workbook): ImportKind {
  const found = recogniseWorkbook(workbook);
  if (found.kind === null) throw new AppError('imports.unknownForm');
  return found.kind;
}

interface Handed {
  fileName: string;
  bytes: Uint8Array;
  corrections?: Corrections | undefined;
}

/** The workbook with its cells mended. */
export async function open(ctx: JobContext, { fileName, bytes, corrections = {} }: Handed): Promise<Workbook> {
  ctx.progress(0, 3, fileName);
  const workbook = await openWorkbook(bytes, ctx.signal);
  stopIfCancelled(ctx.signal);
  ctx.progress(1, 3, fileName);
  return correctedWorkbook(workbook, corrections);
}

export async function preview(ctx: JobContext, input: CheckedInputOf<Imports['preview']>): Promise<ImportPreview> {
  const workbook = await open(ctx, input);
  const asked: PlanAsked = { session: ctx.session, settle: undecided, sheetId: input.sheetId, now: ctx.services.clock().toISOString() };
  const plan = planImport(ctx.db, workbook, input.kind ?? kindOf(workbook), input.fileName, asked);
  ctx.progress(3, 3, input.fileName);
  return previewOf(ctx.db, plan, input.fileName, sha256Hex(input.bytes));
}

export function previewOf(db: ReadHandle, plan: ImportPlan, fileName: string, sha256: string): ImportPreview {
  return {
    kind: plan.kind, title: plan.title, fileName, sha256, ...countItems(plan), problems: [...plan.errors, ...plan.warnings], conflicts: plan.conflicts ?? [], preview: previewRows(plan),
    absent: plan.absent ?? [], unknown: unknownViews(db, plan.unknown ?? []), columns: plan.otherColumns ?? [], fields: formFields(plan.kind),
  };
}

/**
 * Saves a file, all or nothing. It is planned before the transaction; only when somebody wrote meanwhile is it planned anew inside, so that
 * others wait no longer than the writing takes.
 * @throws AppError `imports.otherFile` when the bytes are not those that were shown, `imports.hasErrors`, `imports.conflictsOpen`
 */
export async function apply(ctx: JobContext, input: CheckedInputOf<Imports['apply']>): Promise<ImportDone> {
  if (sha256Hex(input.bytes) !== input.sha256) throw new AppError('imports.otherFile');
  const { kind, fileName, sha256, sheetId, corrections = {} } = input;
  const workbook = await open(ctx, input);
  const asked = { session: ctx.session, settle: new Map(Object.entries(input.settle ?? {})), sheetId, take: input.take && new Set(input.take) };
  const plannedAt = lastSeq(ctx.db);
  const planned = planImport(ctx.db, workbook, kind, fileName, { ...asked, now: ctx.services.clock().toISOString() });
  refuseUnready(planned);
  ctx.progress(2, 3, fileName);
  // Lets whoever waits go first, and takes a last word to stop.
  await new Promise(resolve => { setImmediate(resolve); });
  stopIfCancelled(ctx.signal);
  const done = ctx.write({ path: 'imported', reason: fileName }, write => {
    const before = lastSeq(write.db);
    const plan = before === plannedAt ? planned : planImport(write.db, workbook, kind, fileName, { ...asked, now: write.stamp.at });
    refuseUnready(plan);
    for (const item of plan.items) item.write(write);
    const counts = countItems(plan);
    const importId = insertRecord(write.db, write.stamp, 'import_run', {
      kind, file_name: fileName, file_sha256: sha256, actor: ctx.session.user, ...counts, first_seq: before + 1, last_seq: lastSeq(write.db),
      corrections: JSON.stringify(corrections), state: 'applied',
    });
    write.changed('imports', importId);
    return { importId, kind, ...counts };
  });
  ctx.progress(3, 3, fileName);
  return done;
}

function refuseUnready(plan: ImportPlan): void {
  const first = plan.errors[0];
  if (first) throw new AppError('imports.hasErrors', { params: { count: plan.errors.length, row: first.row, message: first.message } });
  const unsettled = plan.conflicts?.filter(conflict => conflict.choice === null).length ?? 0;
  if (unsettled > 0) throw new AppError('imports.conflictsOpen', { params: { count: unsettled } });
}

export function history({ db }: ReadContext): { runs: ImportRun[] } {
  return {
    runs: importRuns(db).map(run => ({
      importId: run.id, kind: run.kind, fileName: run.file_name, at: run.created_at, actor: run.actor, rows: run.rows, created: run.created,
      updated: run.updated, unchanged: run.unchanged, state: run.state, mended: Object.keys(JSON.parse(run.corrections) as object).length, heldBy: heldBy(db, run),
    })),
  };
}

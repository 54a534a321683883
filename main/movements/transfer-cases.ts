import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { movements } from '../../preload/contract/movements.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import { sql } from '../../db/handle.ts';
import { cancelRecord, insertRecord, updateRecord } from '../../db/records.ts';
import type { MovementTable } from '../../db/schema/movements.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { add } from '../students/pupil-add.ts';
import { giveRegisterNumbers, giveTemporaryCode, givePupilCode } from '../students/pupil-codes.ts';
import { fieldOf, storedValue } from '../students/pupil-fields.ts';
import { beginStatus, changeStatus } from '../students/pupil-status.ts';
import { findPerson } from '../students/students-store.ts';
import { enrol } from './admissions.ts';
import { addMovement, applyStatus, openClass, openYear, requireNoOpenCase } from './movement-acts.ts';
import { statusCode, yearPart } from './movement-rules.ts';
import { kindName } from './movement-words.ts';
import { draftOf } from './movements-service.ts';
import { formerResults, theMovement, thePlace } from './movements-store.ts';
import { regimeOf } from './transfer-regimes.ts';

type Movements = typeof movements;

/** @throws AppError `movements.notPossible` for somebody who has left already */
export function openTransferOut(ctx: WriteContext, input: CheckedInputOf<Movements['openTransferOut']>): { movementId: string } {
  const pupil = thePlace(ctx.db, input.enrolmentId);
  openYear(ctx, pupil.year);
  requireNoOpenCase(ctx, pupil.person_id);
  if (pupil.status !== 'studying' && pupil.status !== 'transferredIn') throw new AppError('movements.notPossible', { params: { act: kindName('transferOut'), name: pupil.name } });
  const movementId = addMovement(ctx, {
    ...otherSchool(input), year: pupil.year, kind: 'transferOut', state: 'open', person_id: pupil.person_id, enrolment_id: pupil.id, class_id: pupil.class_id,
    regime: regimeOf(levelOfGrade(pupil.grade), input.receivedOn),
  });
  ctx.changed('students', pupil.person_id);
  return { movementId };
}

function otherSchool(input: Pick<CheckedInputOf<Movements['openTransferOut']>, 'receivedOn' | 'otherSchool' | 'otherProvince' | 'isSameProvince' | 'note' | 'paper'>) {
  return {
    received_on: input.receivedOn, other_school: input.otherSchool, other_province: input.otherProvince, is_same_province: input.isSameProvince ? 1 : 0, note: input.note, paper: input.paper,
  } as const;
}

/** Somebody of another school asks for a place. He has no record here until he is placed. @throws AppError `students.noName`, `students.badValue` */
export function openTransferIn(ctx: WriteContext, input: CheckedInputOf<Movements['openTransferIn']>): { movementId: string } {
  openYear(ctx, input.year);
  const values = Object.fromEntries(Object.entries({ name: '', birth: '', ...input.values }).map(([key, typed]) => [key, storedValue(fieldOf(key), typed)]));
  const movementId = addMovement(ctx, {
    ...otherSchool(input), year: input.year, kind: 'transferIn', state: 'open', class_id: input.classId, regime: regimeOf(levelOfGrade(input.grade), input.receivedOn),
    draft: JSON.stringify({ values, code: input.code, grade: input.grade }),
  });
  return { movementId };
}

/** An open case of a kind. @throws AppError `movements.unknown`, `movements.notOpen` */
function openCase(ctx: WriteContext, movementId: string, kind?: MovementTable['kind']): MovementTable & { grade: number | null } {
  const row = theMovement(ctx.db, movementId);
  if (row.state !== 'open' || (kind !== undefined && row.kind !== kind)) throw new AppError('movements.notOpen');
  openYear(ctx, row.year);
  return row;
}

function save(ctx: WriteContext, row: MovementTable, changes: Partial<MovementTable>): void {
  const after = { ...row, ...changes };
  const isDone = after.happened_on !== null && (row.kind === 'transferIn' || after.handed_on !== null);
  updateRecord(ctx.db, ctx.stamp, 'movement', row.id, row.version, { ...changes, ...(isDone && after.state === 'open' ? { state: 'done' as const } : {}) });
  ctx.changed('movements', row.id);
}

export function holdPapers(ctx: WriteContext, { movementId, papers }: CheckedInputOf<Movements['holdPapers']>): null {
  save(ctx, openCase(ctx, movementId), { held_papers: papers.join(',') });
  return null;
}

/** @throws AppError `movements.needsReason` for a refusal without one; `movements.dayOrder` */
export function decide(ctx: WriteContext, { movementId, on, isAccepted, reason }: CheckedInputOf<Movements['decide']>): null {
  const row = openCase(ctx, movementId, 'transferIn');
  inOrder(row.received_on, on);
  if (isAccepted) save(ctx, row, { decided_on: on });
  else if (reason === undefined || reason.length < 3) throw new AppError('movements.needsReason', { field: 'reason' });
  else save(ctx, row, { decided_on: on, state: 'refused', note: [row.note, reason].filter(words => words !== '').join(' – ') });
  return null;
}

/** @throws AppError `movements.dayOrder` when a step would lie before the one it follows */
function inOrder(before: string | null, on: string): void {
  if (before !== null && on < before) throw new AppError('movements.dayOrder', { params: { on: before.split('-').toReversed().join('/') }, field: 'on' });
}

/** Replaces what the former school had reached; a subject left out is taken back. */
export function saveFormerResults(ctx: WriteContext, { movementId, results }: CheckedInputOf<Movements['saveFormerResults']>): { subjects: number } {
  const row = theMovement(ctx.db, movementId);
  if (row.kind !== 'transferIn' || row.state === 'undone') throw new AppError('movements.notOpen');
  openYear(ctx, row.year);
  const known = new Map(formerResults(ctx.db, movementId).map(one => [one.subject, one]));
  for (const { subject, ...said } of results) {
    const there = known.get(subject);
    known.delete(subject);
    if (!there) insertRecord(ctx.db, ctx.stamp, 'former_result', { movement_id: movementId, subject, ...said });
    else if (there.term1 !== said.term1 || there.term2 !== said.term2 || there.year !== said.year) updateRecord(ctx.db, ctx.stamp, 'former_result', there.id, there.version, said);
  }
  for (const gone of known.values()) cancelRecord(ctx.db, ctx.stamp, 'former_result', gone.id, gone.version);
  ctx.changed('movements', movementId);
  return { subjects: results.length };
}

/**
 * Puts an accepted pupil into a class: his code goes on, he gets a number in the register. Somebody who was here before keeps his record.
 * @throws AppError `movements.notAccepted`, `movements.otherGrade`, `movements.alreadyHere`, `movements.formerClass`
 */
export function place(ctx: WriteContext, { movementId, classId, on, hasRegister }: CheckedInputOf<Movements['place']>): OutputOf<Movements['place']> {
  const row = openCase(ctx, movementId, 'transferIn');
  const draft = draftOf(row);
  if (row.decided_on === null || !draft) throw new AppError('movements.notAccepted');
  inOrder(row.decided_on, on);
  const { found, year } = openClass(ctx, classId);
  if (found.grade !== draft.grade || found.year !== row.year) throw new AppError('movements.otherGrade', { params: { class: found.name, grade: draft.grade }, field: 'classId' });
  const code = statusCode('transferIn', yearPart(on, year));
  const status = { status: 'transferredIn', code, on, reason: row.note, paper: row.paper, movementId } as const;
  const known = knownPupil(ctx, draft.code);
  const former = known === null ? undefined : ctx.db.get(sql.selectFrom('enrolment').select(['id', 'class_id', 'status'])
    .where('person_id', '=', known).where('year', '=', row.year).where('cancelled', '=', 0));
  const isBack = former?.status === 'transferredOut' || former?.status === 'left';
  if (isBack && former.class_id !== classId) throw new AppError('movements.formerClass', { field: 'classId' });
  const placed = known === null
    ? add(ctx, { classId, values: draft.values, status: 'transferredIn' })
    : { personId: known, enrolmentId: isBack ? former.id : enrol(ctx, known, classId, row.year, 'transferredIn', on) };
  if (isBack) changeStatus(ctx, { enrolmentId: placed.enrolmentId, ...status });
  else beginStatus(ctx, { enrolmentId: placed.enrolmentId, ...status });
  if (known === null && draft.code !== '') givePupilCode(ctx, placed.personId, 'moet', draft.code);
  const person = findPerson(ctx.db, placed.personId);
  if (person && person.personal_id !== '') giveTemporaryCode(ctx, person, row.year.slice(0, 4));
  const registerNumber = hasRegister ? giveRegisterNumbers(ctx, [{ personId: placed.personId, grade: found.grade }]).get(placed.personId) ?? '' : '';
  save(ctx, row, { person_id: placed.personId, enrolment_id: placed.enrolmentId, class_id: classId, happened_on: on, made_person: known === null ? 1 : 0 });
  ctx.changed('students', placed.personId);
  ctx.changed('classes', classId);
  return { personId: placed.personId, enrolmentId: placed.enrolmentId, registerNumber };
}

/** Who carries a code of the ministry here already. */
function knownPupil({ db }: WriteContext, code: string): string | null {
  if (code === '') return null;
  return db.get(sql.selectFrom('pupil_code').select('person_id').where('kind', '=', 'moet').where('code', '=', code).where('cancelled', '=', 0))?.person_id ?? null;
}

export function letGo(ctx: WriteContext, { movementId, on }: CheckedInputOf<Movements['letGo']>): null {
  const row = openCase(ctx, movementId, 'transferOut');
  if (row.happened_on !== null || row.enrolment_id === null) throw new AppError('movements.notOpen');
  inOrder(row.received_on, on);
  applyStatus(ctx, movementId, 'transferOut', row.enrolment_id, on, row);
  save(ctx, row, { happened_on: on });
  return null;
}

export function handOver(ctx: WriteContext, { movementId, on }: CheckedInputOf<Movements['handOver']>): null {
  const row = openCase(ctx, movementId);
  if (row.kind === 'transferIn' && row.decided_on === null) throw new AppError('movements.notAccepted');
  inOrder(row.decided_on ?? row.received_on, on);
  save(ctx, row, { handed_on: on });
  return null;
}


import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { movements } from '../../preload/contract/movements.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { cancelRecord, updateRecord } from '../../db/records.ts';
import type { MovementTable } from '../../db/schema/movements.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { schoolYear } from '../school/school-store.ts';
import { codesOf } from '../students/pupil-codes.ts';
import { isWorkedOn } from '../students/pupil-merge-store.ts';
import { statusesOf, withdrawStatus } from '../students/pupil-status.ts';
import { documentsOf } from './document-numbers.ts';
import { kindName } from './movement-words.ts';
import { laterMovements, theMovement, thePlace } from './movements-store.ts';

/** Why an act can no longer be taken back, in words; null when nothing rests on it. */
export function undoHeldBy(db: ReadHandle, row: MovementTable): string | null {
  if (schoolYear(db, row.year).state === 'closed') return text('movements.held.year', { year: row.year });
  const [later] = laterMovements(db, row);
  if (later) return text('movements.held.later', { act: kindName(later.kind) });
  const paper = documentsOf(db, { movementId: row.id }).find(one => one.state === 'issued');
  if (paper) return text('movements.held.paper', { number: paper.number });
  if (row.happened_on === null || row.enrolment_id === null) return null;
  const statuses = statusesOf(db, row.enrolment_id);
  if (statuses.some(one => one.movement_id === row.id) && statuses.at(-1)?.movement_id !== row.id) return text('movements.held.status');
  if (madePlace(db, row) && isWorkedOn(db, row.enrolment_id)) return text('movements.held.worked');
  return null;
}

/** Whether the act made the pupil's place in the class: then he had no status before it. */
function madePlace(db: ReadHandle, row: MovementTable): boolean {
  if (row.kind !== 'admission' && row.kind !== 'transferIn') return false;
  return row.enrolment_id !== null && statusesOf(db, row.enrolment_id).every(one => one.movement_id === row.id);
}

/**
 * Takes an act back. A transfer that has happened is open again first; taken back once more, it is withdrawn. A number of the register of
 * pupils stays given: its line says that it was taken back.
 * @throws AppError `movements.held`
 */
export function undo(ctx: WriteContext, { movementId }: CheckedInputOf<(typeof movements)['undo']>): null {
  const { db, stamp } = ctx;
  const row = theMovement(db, movementId);
  if (row.state === 'undone') throw new AppError('movements.unknown');
  const held = undoHeldBy(db, row);
  if (held !== null) throw new AppError('movements.held', { params: { why: held } });
  const isStepBack = row.happened_on !== null && (row.kind === 'transferIn' || row.kind === 'transferOut');
  const isPlaceMade = madePlace(db, row);
  withdrawStatus(ctx, movementId);
  if (row.kind === 'repeat' && row.enrolment_id !== null) updateRecord(db, stamp, 'enrolment', row.enrolment_id, thePlace(db, row.enrolment_id).version, { is_repeating: 0 });
  if (isPlaceMade) takePlaceBack(ctx, row);
  const emptied: Partial<MovementTable> = row.kind === 'transferIn' ? { person_id: null, enrolment_id: null, made_person: 0 } : {};
  const after: Partial<MovementTable> = isStepBack ? { state: 'open', happened_on: null, ...emptied } : { state: 'undone' };
  updateRecord(db, stamp, 'movement', movementId, row.version, after);
  ctx.changed('movements', movementId);
  ctx.changed('students', ...(row.person_id === null ? [] : [row.person_id]));
  ctx.changed('classes');
  return null;
}

function takePlaceBack({ db, stamp }: WriteContext, row: MovementTable): void {
  const place = db.get(sql.selectFrom('enrolment').select(['id', 'version']).where('id', '=', row.enrolment_id ?? '').where('cancelled', '=', 0));
  if (place) cancelRecord(db, stamp, 'enrolment', place.id, place.version);
  if (row.made_person === 0 || row.person_id === null) return;
  for (const code of codesOf(db, row.person_id)) if (code.kind !== 'register') cancelRecord(db, stamp, 'pupil_code', code.id, code.version);
  const person = db.get(sql.selectFrom('person').select(['id', 'version']).where('id', '=', row.person_id));
  if (person) cancelRecord(db, stamp, 'person', person.id, person.version);
}

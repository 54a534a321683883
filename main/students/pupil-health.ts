import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { students } from '../../preload/contract/students.ts';
import { sql } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { WriteContext } from '../call/context.ts';
import { vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { findPerson } from './students-store.ts';
import { logLook, requireSight } from './students-service.ts';

type Students = typeof students;

/**
 * Body mass index in tenths: kilograms by square metres, rounded half up. Height in tenths of a centimetre, weight in tenths of a kilogram:
 * 150,0 cm and 45,0 kg are 20,0.
 */
export function bmiTenths(height: number | null, weight: number | null): number | null {
  if (height === null || weight === null || height === 0) return null;
  // weight/10 kg over (height/1000 m)² is weight·100 000/height²; tenths of it ten times that.
  return Math.floor((weight * 2_000_000 + height * height) / (2 * height * height));
}

export function openHealth(ctx: WriteContext, { personId }: CheckedInputOf<Students['openHealth']>): OutputOf<Students['openHealth']> {
  requireSight(ctx, personId);
  const rows = ctx.db.all(sql.selectFrom('health_check').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0)
    .orderBy('measured_on', 'desc').orderBy('id', 'desc'));
  if (rows.length > 0) logLook(ctx, personId, 'health');
  return {
    checks: rows.map(row => ({
      checkId: row.id, measuredOn: row.measured_on, height: row.height, weight: row.weight, bmi: bmiTenths(row.height, row.weight),
      eyeLeft: row.eye_left, eyeRight: row.eye_right, note: row.note,
    })),
  };
}

/** @throws AppError `students.unknown`, `students.badValue` for a day to come */
export function addHealthCheck(ctx: WriteContext, input: CheckedInputOf<Students['addHealthCheck']>): { checkId: string } {
  const { db, stamp } = ctx;
  if (findPerson(db, input.personId)?.cancelled !== 0) throw new AppError('students.unknown');
  if (input.measuredOn === '' || input.measuredOn > vietnamDay(stamp.at)) throw new AppError('students.badValue', { field: 'measuredOn' });
  const checkId = insertRecord(db, stamp, 'health_check', {
    person_id: input.personId, measured_on: input.measuredOn, height: input.height, weight: input.weight,
    eye_left: input.eyeLeft.trim(), eye_right: input.eyeRight.trim(), note: input.note.normalize('NFC').trim(),
  });
  ctx.changed('students', input.personId);
  return { checkId };
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { ActPreview, movements } from '../../preload/contract/movements.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { PUPIL_STATUSES } from '../../resources/catalogues/code-catalogues.ts';
import { text } from '../../resources/language/language.ts';
import type { ReadContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { schoolYear } from '../school/school-store.ts';
import { codesOf } from '../students/pupil-codes.ts';
import { statusAfter, statusCode, yearPart } from './movement-rules.ts';
import { movementSettings } from './movements-settings.ts';
import { regimeView } from './movements-service.ts';
import { thePlace, type Place } from './movements-store.ts';
import { caseSteps, neededPapers, regimeOf } from './transfer-regimes.ts';

/** What an act would change, what should be looked at first, and for a transfer its regulation, days and papers. */
export function previewAct(ctx: ReadContext, { enrolmentId, kind, on, isSameProvince }: CheckedInputOf<(typeof movements)['previewAct']>): ActPreview {
  const { db, services } = ctx;
  const place = thePlace(db, enrolmentId);
  const year = schoolYear(db, place.year);
  const status = statusAfter(kind);
  const code = statusCode(kind, yearPart(on, year));
  const national = PUPIL_STATUSES.find(one => one.code === code)?.name ?? '';
  const changes = status === null
    ? [text('movements.change.repeat', { year: place.year })]
    : [
      text('movements.change.status', { before: text(`students.status.${place.status}`), after: text(`students.status.${status}`), on: dateText(on) }),
      text('movements.change.national', { status: national }),
      ...(status === 'studying' ? [text('movements.change.onRoll', { class: place.class_name })] : [text('movements.change.offRoll', { class: place.class_name, on: dateText(on) })]),
    ];
  if (kind === 'leave') changes.push(text('movements.change.leaveCode'));
  const missing = status === 'studying' ? [] : missingBefore(db, place);
  if (kind !== 'transferOut') return { changes, missing, regime: null, steps: [], needed: [] };
  const settings = movementSettings(db);
  const regime = regimeOf(levelOfGrade(place.grade), on);
  return {
    changes, missing, regime: regimeView(regime), needed: neededPapers(regime, { level: levelOfGrade(place.grade), isDisabled: place.disability !== '' }),
    steps: caseSteps({ direction: 'out', isSameProvince, receivedOn: on, decidedOn: null, handedOn: null, happenedOn: null },
      { today: vietnamDay(services.clock()), limits: settings.limits[regime], daysOff: new Set(settings.daysOff) }),
  };
}

/** What the next school, or the register, will ask for. */
function missingBefore(db: ReadHandle, place: Place): string[] {
  const codes = codesOf(db, place.person_id).filter(code => code.valid_to === null);
  const has = (kind: string) => codes.some(code => code.kind === kind);
  const open = db.get(sql.selectFrom('change_request_cell').innerJoin('change_request', 'change_request.id', 'change_request_cell.request_id')
    .where('change_request_cell.enrolment_id', '=', place.id).where('change_request.state', '=', 'waiting').select('change_request.id'));
  const unsealed = db.all(sql.selectFrom('enrolment').leftJoin('transcript', join => join.onRef('transcript.enrolment_id', '=', 'enrolment.id').on('transcript.cancelled', '=', 0)
    .on('transcript.state', 'in', ['sealed', 'sent'])).where('enrolment.person_id', '=', place.person_id).where('enrolment.cancelled', '=', 0).where('enrolment.year', '<', place.year)
    .where('transcript.id', 'is', null).select('enrolment.year'));
  return [
    ...(has('moet') ? [] : [text('movements.missing.code')]),
    ...(has('register') ? [] : [text('movements.missing.register')]),
    ...(place.personal_id === '' ? [text('movements.missing.personalId')] : []),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(place.birth) ? [] : [text('movements.missing.birth')]),
    ...(open ? [text('movements.missing.request')] : []),
    ...unsealed.map(({ year }) => text('movements.missing.transcript', { year })),
  ];
}

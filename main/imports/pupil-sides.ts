import { sql, type ReadHandle } from '../../db/handle.ts';
import { insertRecord } from '../../db/records.ts';
import type { GuardianTable } from '../../db/schema/people.ts';
import type { HealthCheckTable, IdentityPaperTable, PupilProfileTable, PupilYearTable } from '../../db/schema/pupils.ts';
import type { PupilField } from '../../preload/contract/pupil-fields.ts';
import { text } from '../../resources/language/language.ts';
import type { WriteContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { givePupilCode, registerBook } from '../students/pupil-codes.ts';
import { columnOf } from '../students/pupil-fields.ts';
import type { PupilRecord } from './import-records.ts';
import type { KnownPupil } from './people-index.ts';

/** Everything that is stored of the pupils beside who they are and where they sit, read at once for a whole list. */
export interface PupilSides {
  valuesOf(known: KnownPupil): (field: PupilField) => string;
  register: ReadonlyMap<string, string>;
  vemis: ReadonlyMap<string, string>;
  /** The latest measurement. */
  health: ReadonlyMap<string, HealthCheckTable>;
  /** The identity card in force. */
  cards: ReadonlyMap<string, IdentityPaperTable>;
}

/** The national database's number of an identity card (căn cước công dân). */
export const IDENTITY_CARD = '5';

export function readSides(db: ReadHandle, year: string): PupilSides {
  const profiles = new Map<string, PupilProfileTable>(db.all(sql.selectFrom('pupil_profile').selectAll()).map(row => [row.person_id, row]));
  const years = new Map<string, PupilYearTable>(db.all(sql.selectFrom('pupil_year').innerJoin('enrolment', 'enrolment.id', 'pupil_year.enrolment_id')
    .selectAll('pupil_year').where('enrolment.year', '=', year)).map(row => [row.enrolment_id, row]));
  const guardians = new Map<string, GuardianTable>(db.all(sql.selectFrom('guardian').selectAll().where('cancelled', '=', 0)).map(row => [`${row.person_id}/${row.relation}`, row]));
  const codes = db.all(sql.selectFrom('pupil_code').select(['person_id', 'kind', 'code']).where('kind', 'in', ['register', 'vemis'])
    .where('valid_to', 'is', null).where('cancelled', '=', 0));
  const ofKind = (kind: string) => new Map(codes.filter(row => row.kind === kind).map(row => [row.person_id, row.code]));
  const checks = db.all(sql.selectFrom('health_check').selectAll().where('cancelled', '=', 0).orderBy('measured_on').orderBy('id'));
  const cards = db.all(sql.selectFrom('identity_paper').selectAll().where('kind', '=', IDENTITY_CARD).where('cancelled', '=', 0).orderBy('id'));
  return {
    register: ofKind('register'), vemis: ofKind('vemis'), health: new Map(checks.map(row => [row.person_id, row])), cards: new Map(cards.map(row => [row.person_id, row])),
    valuesOf: ({ person, enrolment }) => field => {
      const row = field.of === 'person' ? person : field.of === 'profile' ? profiles.get(person.id)
        : field.of === 'year' ? years.get(enrolment?.id ?? '') : guardians.get(`${person.id}/${field.of}`);
      return (row as Record<string, string> | undefined)?.[columnOf(field)] ?? '';
    },
  };
}

/** One change beside the fields of the record. */
export interface SideChange {
  key: string;
  field: string;
  before: string | null;
  after: string;
  write(ctx: WriteContext, personId: string): void;
}

/** Codes, measurements and the identity card that a row brings. A code a pupil has already is never replaced by a list. */
export function planSides(record: PupilRecord, known: KnownPupil | undefined, sides: PupilSides): SideChange[] {
  const personId = known?.person.id ?? '';
  const changes: SideChange[] = [];
  for (const [kind, code] of [['register', record.registerNumber], ['vemis', record.vemisCode]] as const) {
    if (!code || sides[kind].has(personId)) continue;
    changes.push({
      key: kind, field: text(`students.codeKind.${kind}`), before: null, after: code,
      write: (ctx, id) => { givePupilCode(ctx, id, kind, code, kind === 'register' ? registerBook(ctx.db, record.grade) : ''); },
    });
  }
  const measured = sides.health.get(personId);
  const height = record.height ?? measured?.height ?? null;
  const weight = record.weight ?? measured?.weight ?? null;
  if (height !== (measured?.height ?? null) || weight !== (measured?.weight ?? null)) {
    changes.push({
      key: 'health', field: text('imports.pupil.health'), before: measured ? healthWords(measured.height, measured.weight) : null, after: healthWords(height, weight),
      write: ({ db, stamp }, id) => {
        insertRecord(db, stamp, 'health_check', {
          person_id: id, measured_on: vietnamDay(stamp.at), height, weight, eye_left: measured?.eye_left ?? '', eye_right: measured?.eye_right ?? '', note: text('imports.pupil.measuredByList'),
        });
      },
    });
  }
  const card = sides.cards.get(personId);
  const issuedOn = record.idIssuedOn ?? card?.issued_on ?? '';
  const issuedAt = record.idIssuedAt ?? card?.issued_at ?? '';
  const number = record.personalId ?? known?.person.personal_id ?? '';
  if (number !== '' && (issuedOn !== (card?.issued_on ?? '') || issuedAt !== (card?.issued_at ?? ''))) {
    changes.push({
      key: 'card', field: text('imports.pupil.card'), before: card ? cardWords(card.issued_on, card.issued_at) : null, after: cardWords(issuedOn, issuedAt),
      write: ({ db, stamp }, id) => {
        insertRecord(db, stamp, 'identity_paper', { person_id: id, kind: IDENTITY_CARD, number, issued_on: issuedOn, issued_at: issuedAt });
      },
    });
  }
  return changes;
}

const tenths = (value: number | null): string => (value === null ? '–' : (value / 10).toLocaleString('vi-VN'));
const healthWords = (height: number | null, weight: number | null): string => text('imports.pupil.healthValue', { height: tenths(height), weight: tenths(weight) });
const cardWords = (on: string, at: string): string => [on === '' ? '' : dateText(on), at].filter(Boolean).join(', ');

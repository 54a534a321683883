import { endsLevel } from '../year-end/roll-over-plan.ts';
import { numberedPapers, type OfficePaper } from '../../preload/contract/movements.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { PersonTable } from '../../db/schema/people.ts';
import { text } from '../../resources/language/language.ts';
import { dateText } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import type { LetterDocument, LetterPart } from '../kit/print/letter-document.ts';
import { theSchool } from '../school/school-store.ts';
import { codesOf } from '../students/pupil-codes.ts';
import { fullAddress } from '../transcripts/full-address.ts';
import { draftOf } from './movements-service.ts';
import { thePlace, type MovementWithNames, type Place } from './movements-store.ts';
import { resultSummary } from './result-summary.ts';

export interface LetterOrder {
  paper: OfficePaper;
  movement: MovementWithNames | null;
  place: Place | null;
  on: string;
  purpose: string;
  signer: { name: string; isDeputy: boolean };
  /** "Số: 07/GXN-THCSHB", or with dots before it has a number. */
  number: string;
}

export function isNumbered(paper: OfficePaper): boolean {
  return (numberedPapers as readonly string[]).includes(paper);
}

const p = (key: string, params: Record<string, string | number> = {}) => text(`movements.print.${key}`, params);
const said = (words: string): LetterPart => ({ kind: 'text', indent: true, text: words });
const plain = (words: string): LetterPart => ({ kind: 'text', indent: false, text: words });

interface Pupil {
  name: string;
  birth: string;
  sex: string;
  ethnicGroup: string;
  birthPlace: string;
  address: string;
  personalId: string;
  code: string;
  register: string;
  parents: { father: string; mother: string; guardian: string };
  phone: string;
}

function storedPupil(db: ReadHandle, personId: string): Pupil {
  const person = db.get(sql.selectFrom('person').selectAll().where('id', '=', personId)) as PersonTable;
  const family = new Map(db.all(sql.selectFrom('guardian').selectAll().where('person_id', '=', personId).where('cancelled', '=', 0)).map(row => [row.relation, row]));
  const codes = codesOf(db, personId);
  const code = (kind: string) => codes.find(row => row.kind === kind && row.valid_to === null)?.code ?? '';
  return {
    name: person.name, birth: person.birth, sex: person.sex, ethnicGroup: person.ethnic_group, birthPlace: person.birth_place, address: fullAddress(person), personalId: person.personal_id,
    code: code('moet') || code('temporary'), register: code('register'),
    parents: { father: family.get('father')?.name ?? '', mother: family.get('mother')?.name ?? '', guardian: family.get('guardian')?.name ?? '' },
    phone: family.get('father')?.phone || family.get('mother')?.phone || person.phone,
  };
}

function draftPupil(movement: MovementWithNames): Pupil {
  const draft = draftOf(movement);
  const value = (key: string) => draft?.values[key] ?? '';
  return {
    name: value('name'), birth: value('birth'), sex: value('sex') || 'unknown', ethnicGroup: value('ethnicGroup'), birthPlace: value('birthPlace'),
    address: fullAddress({ address: value('address'), commune: value('commune'), province: value('province') }), personalId: value('personalId'), code: draft?.code ?? '', register: '',
    parents: { father: value('father.name'), mother: value('mother.name'), guardian: value('guardian.name') }, phone: value('phone'),
  };
}

function pupilFields(pupil: Pupil, className: string): LetterPart {
  return {
    kind: 'fields',
    rows: [
      [[p('name'), pupil.name], [p('sex'), pupil.sex === 'unknown' ? '' : text(`students.sex.${pupil.sex}`)]],
      [[p('birth'), dateText(pupil.birth)], [p('birthPlace'), pupil.birthPlace]],
      [[p('ethnic'), pupil.ethnicGroup], [p('code'), pupil.code]],
      ...(className === '' ? [] : [[[p('class'), className], [p('register'), pupil.register]] as [string, string][]]),
      [[p('address'), pupil.address]],
    ],
  };
}

/** "KT. HIỆU TRƯỞNG / PHÓ HIỆU TRƯỞNG" for a deputy (NĐ 30/2020 Đ13 k1). */
function principal(signer: LetterOrder['signer'], how = p('signSeal')): LetterDocument['signatures'][number] {
  return { titles: signer.isDeputy ? [p('forPrincipal'), p('deputy')] : [p('principal')], how, name: signer.name };
}

/** What a paper says. @throws AppError `movements.paperNeedsCase` for a paper of a transfer without its case */
export function letterOf(db: ReadHandle, order: LetterOrder): LetterDocument {
  const { paper, movement, place, on, signer } = order;
  const school = theSchool(db);
  const personId = place?.person_id ?? movement?.person_id ?? null;
  if (personId === null && movement === null) throw new AppError('movements.paperNeedsCase');
  const pupil = personId === null ? draftPupil(movement as MovementWithNames) : storedPupil(db, personId);
  const className = place?.class_name ?? movement?.class_name ?? '';
  const year = place?.year ?? movement?.year ?? '';
  const grade = place?.grade ?? movement?.grade ?? draftOf(movement ?? { draft: '' })?.grade ?? 0;
  const level = p(`levelName.${levelOfGrade(grade)}`);
  const other = [movement?.other_school, movement?.other_province].filter(words => words !== undefined && words !== '').join(', ');
  const base: LetterDocument = {
    school: { authority: school.superior, name: school.name }, number: isNumbered(paper) ? order.number : '', place: school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, ''), date: on,
    dated: 'heading', title: p(`${paper}.title`), subtitle: [], to: [], size: 13, body: [], receivers: [p('receiverAbove'), p('receiverFile')], signatures: [principal(signer)],
  };
  const facts = pupilFields(pupil, className);
  const params = { school: school.name, other, name: pupil.name, class: className, year: year.replace('-', ' – '), grade, level, on: dateText(movement?.happened_on ?? movement?.received_on ?? on) };
  const isOut = movement?.kind === 'transferOut';

  switch (paper) {
    case 'application': {
      if (!movement) throw new AppError('movements.paperNeedsCase');
      const [from, to] = isOut ? [school.name, other] : [other, school.name];
      const parent = pupil.parents.father || pupil.parents.mother || pupil.parents.guardian;
      return {
        ...base, school: null, dated: 'end', date: null, to: [p('application.to', { school: to }), p('application.to', { school: from })], receivers: [],
        body: [
          { kind: 'fields', rows: [[[p('application.parent'), parent], [p('phone'), pupil.phone]]] }, plain(p('application.of')), facts,
          { kind: 'fields', rows: [[[p('application.from'), from]], [[p('application.wish'), to]], [[p('application.grade'), String(grade)], [p('application.year'), year.replace('-', ' – ')]], [[p('application.why'), movement.note]]] },
          said(p('application.promise')),
          { kind: 'heading', text: p('application.opinion', { school: to }) }, { kind: 'dots', lines: 2 },
        ],
        signatures: [principal({ name: '', isDeputy: false }, p('signSeal')), { titles: [p('application.signer')], how: p('signName'), name: '' }],
      };
    }
    case 'introduction':
      if (!movement) throw new AppError('movements.paperNeedsCase');
      return { ...base, to: [p('introduction.to', { school: movement.other_school })], body: [said(p('introduction.says', params)), facts, said(p('introduction.wish', params)), said(p('introduction.ask'))] };
    case 'acceptance':
      if (!movement) throw new AppError('movements.paperNeedsCase');
      return { ...base, to: [p('introduction.to', { school: movement.other_school }), p('acceptance.toParent', { name: pupil.name })], body: [said(p('acceptance.says', params)), facts, said(p('acceptance.ask', params))] };
    case 'summary':
      if (!place) throw new AppError('movements.paperNeedsCase');
      return {
        ...base, subtitle: [p('summary.subtitle', { on: dateText(on), year: params.year })], dated: 'end', size: 12, receivers: [],
        body: [facts, ...resultSummary(db, place)], signatures: [{ titles: [p('homeroom')], how: p('signName'), name: homeroomOf(db, place.class_id) }, principal(signer)],
      };
    case 'handover': {
      if (!movement) throw new AppError('movements.paperNeedsCase');
      const [giver, taker] = isOut ? [school.name, movement.other_school] : [movement.other_school, school.name];
      const held = movement.held_papers.split(',').filter(key => key !== '').map(key => text(`movements.transferPaper.${key}`));
      const rows = (held.length > 0 ? held : ['', '', '']).map((title, index) => [String(index + 1), title, '', '']);
      const widths = [0.6, 4, 1.2, 2];
      return {
        ...base, receivers: [],
        body: [
          said(p('handover.says', { ...params, day: dateText(on) })), 
          { kind: 'fields', rows: [[[p('handover.giver'), giver]], [[p('handover.giverName'), '']], [[p('handover.taker'), taker]], [[p('handover.takerName'), '']]] }, plain(p('handover.of')), facts,
          { kind: 'table', rows, columns: ['number', 'document', 'copies', 'note'].map((key, index) => ({ title: p(`handover.${key}`), align: index === 1 || index === 3 ? 'left' : 'center', width: widths[index] ?? 1 })) },
          said(p('handover.end')),
        ],
        signatures: [{ titles: [p('handover.giverSigns')], how: p('signName'), name: '' }, { titles: [p('handover.takerSigns')], how: p('signName'), name: '' }],
      };
    }
    case 'studying':
      if (!place || (place.status !== 'studying' && place.status !== 'transferredIn')) throw new AppError('movements.notStudying', { params: { name: pupil.name } });
      return { ...base, body: [said(p('studying.says', params)), facts, said(p('studying.is', params)), ...(order.purpose === '' ? [] : [said(p('studying.purpose', { purpose: order.purpose }))])] };
    case 'completed':
      if (!place || !endsLevel(place.grade)) throw new AppError('movements.notCompleted');
      return { ...base, subtitle: [p('completed.subtitle', { level })], body: [said(p('studying.says', params)), facts, said(p('completed.is', params)), said(p('completed.book'))] };
    default:
      throw new AppError('movements.unknown');
  }
}

function homeroomOf(db: ReadHandle, classId: string): string {
  return db.get(sql.selectFrom('school_class').innerJoin('staff', 'staff.id', 'school_class.homeroom_staff_id').innerJoin('person', 'person.id', 'staff.person_id')
    .select('person.name').where('school_class.id', '=', classId))?.name ?? '';
}

/** The pupil's place that a case is about, or the one asked for. */
export function placeOf(db: ReadHandle, movement: MovementWithNames | null, enrolmentId: string | undefined): Place | null {
  const id = enrolmentId ?? movement?.enrolment_id ?? null;
  return id === null ? null : thePlace(db, id);
}

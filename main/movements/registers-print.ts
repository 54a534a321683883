import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { movements } from '../../preload/contract/movements.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { printList, type ListDocument } from '../kit/print/list-document.ts';
import { theSchool } from '../school/school-store.ts';
import { fullAddress } from '../transcripts/full-address.ts';
import { documentsOf } from './document-numbers.ts';
import { detailWords, kindName } from './movement-words.ts';
import { movementRows } from './movements-store.ts';

type Movements = typeof movements;
type Align = 'left' | 'center';

const p = (key: string, params: Record<string, string | number> = {}) => text(`movements.print.${key}`, params);

async function printed(ctx: JobContext, list: Pick<ListDocument, 'title' | 'subtitle' | 'columns' | 'rows' | 'notes'> & { signers: string[] }): Promise<PdfFile> {
  const school = theSchool(ctx.db);
  const now = ctx.services.clock();
  const { signers, ...rest } = list;
  ctx.progress(0, 1, list.title);
  const paper = await printList(await ctx.services.printer(), {
    ...rest, school: { authority: school.superior, name: school.name }, motto: true, landscape: true, place: school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, ''), date: vietnamDay(now),
    signatures: signers.map(title => ({ title, how: title === p('principal') ? p('signSeal') : p('signName'), name: '' })),
  }, now);
  ctx.progress(1, 1, list.title);
  return { fileName: `${list.title}.pdf`, bytes: paper.pdf, pages: paper.pages };
}

const columns = (group: string, ids: readonly [id: string, align: Align][]) => ids.map(([id, align]) => ({ title: p(`${group}.${id}`), align }));

export function registerBooks({ db }: ReadContext): OutputOf<Movements['registerBooks']> {
  const rows = db.all(sql.selectFrom('pupil_code').select(({ fn }) => ['book', fn.countAll<number>().as('entries')]).where('kind', '=', 'register').where('cancelled', '=', 0).groupBy('book').orderBy('book'));
  return { books: rows.map(({ book, entries }) => ({ book, entries, title: book === '' ? p('registerBook.title') : p('registerBook.ofLevel', { level: p(`levelName.${book}`) }) })) };
}

/** The register of pupils (sổ đăng bộ), or the lines of one pupil in it. Every number of the book has its line, also one that was taken back. */
export async function printRegister(ctx: JobContext, { book, personId }: CheckedInputOf<Movements['printRegister']>): Promise<PdfFile> {
  const { db } = ctx;
  let query = sql.selectFrom('pupil_code').innerJoin('person', 'person.id', 'pupil_code.person_id').selectAll('person').select('pupil_code.code')
    .where('pupil_code.kind', '=', 'register').where('pupil_code.cancelled', '=', 0);
  query = personId === undefined ? query.where('pupil_code.book', '=', book) : query.where('person.id', '=', personId);
  // Numbers are text with zeros in front; some came from lists as they were written there.
  const rows = db.all(query).toSorted((left, right) => left.code.localeCompare(right.code, 'vi', { numeric: true }));
  const of = lifeOf(db, personId);
  const title = personId === undefined ? p('registerBook.title') : p('registerBook.extract');
  const level = book === '' || personId !== undefined ? [] : [p(`levelName.${book}`)];
  return printed(ctx, {
    title, subtitle: level,
    columns: columns('registerBook', [['number', 'center'], ['name', 'left'], ['birth', 'center'], ['origin', 'left'], ['parents', 'left'], ['address', 'left'],
      ['entry', 'left'], ['years', 'left'], ['leaving', 'left'], ['received', 'left']]),
    rows: rows.map(person => {
      const life = of(person.id);
      return [
        person.code, `${person.name} (${text(`students.sex.${person.sex}`)})`, dateText(person.birth), [person.birth_place, person.ethnic_group].filter(words => words !== '').join('; '), life.parents,
        fullAddress(person), life.entry, life.years, person.cancelled === 1 ? p('registerBook.takenBack') : life.leaving, '',
      ];
    }),
    notes: [p('registerBook.total', { count: rows.length })], signers: [p('clerk'), p('principal')],
  });
}

/** Entry, years and leaving of everybody (or one person), each read once for all. */
function lifeOf(db: ReadHandle, personId: string | undefined): (id: string) => { parents: string; entry: string; years: string; leaving: string } {
  const family = Map.groupBy(db.all(sql.selectFrom('guardian').select(['person_id', 'relation', 'name', 'occupation']).where('cancelled', '=', 0)
    .$if(personId !== undefined, query => query.where('person_id', '=', personId ?? ''))), row => row.person_id);
  const years = Map.groupBy(db.all(sql.selectFrom('enrolment').innerJoin('school_class', 'school_class.id', 'enrolment.class_id')
    .leftJoin('year_result', join => join.onRef('year_result.enrolment_id', '=', 'enrolment.id').on('year_result.cancelled', '=', 0))
    .select(['enrolment.person_id', 'enrolment.year', 'enrolment.status', 'enrolment.status_on', 'school_class.name', 'year_result.promotion'])
    .where('enrolment.cancelled', '=', 0).$if(personId !== undefined, query => query.where('enrolment.person_id', '=', personId ?? '')).orderBy('enrolment.year')), row => row.person_id);
  const moves = Map.groupBy(db.all(sql.selectFrom('movement').selectAll().where('state', '=', 'done').where('cancelled', '=', 0)
    .$if(personId !== undefined, query => query.where('person_id', '=', personId ?? '')).orderBy('happened_on')), row => row.person_id ?? '');
  return id => {
    const own = moves.get(id) ?? [];
    const came = own.find(row => row.kind === 'admission' || row.kind === 'transferIn');
    const first = years.get(id)?.[0];
    const gone = own.findLast(row => row.kind === 'transferOut' || row.kind === 'dropOut' || row.kind === 'completion' || row.kind === 'leave');
    const last = years.get(id)?.at(-1);
    const isGone = last?.status === 'transferredOut' || last?.status === 'left' || gone?.kind === 'completion';
    return {
      parents: (family.get(id) ?? []).map(row => [text(`students.relation.${row.relation}`), [row.name, row.occupation].filter(words => words !== '').join(', ')].join(': ')).join('; '),
      entry: [came?.happened_on ? dateText(came.happened_on) : '', first?.name ?? '', came ? detailWords({ ...came, note: '', paper: '', reason_code: '' }) : ''].filter(words => words !== '').join('; '),
      years: (years.get(id) ?? []).map(row => `${row.year}: ${row.name}${row.promotion === null ? '' : ` (${text(`yearEnd.promotion.${row.promotion}`)})`}`).join('; '),
      leaving: !isGone ? '' : gone ? [dateText(gone.happened_on ?? ''), kindName(gone.kind), detailWords(gone)].filter(words => words !== '').join('; ')
        : `${dateText(last?.status_on ?? '')}; ${text(`students.status.${last?.status ?? 'left'}`)}`,
    };
  };
}

/** What happened in a month, by kind and day; open transfers by the day of their application. */
export async function printMonth(ctx: JobContext, { month }: CheckedInputOf<Movements['printMonth']>): Promise<PdfFile> {
  const rows = movementRows(ctx.db, { month }).filter(row => row.state === 'done' || row.state === 'open').toReversed();
  const counts = [...Map.groupBy(rows.filter(row => row.state === 'done'), row => row.kind)].map(([kind, found]) => `${kindName(kind)}: ${found.length}`);
  return printed(ctx, {
    title: p('month.title', { month: dateText(month) }), subtitle: [],
    columns: columns('month', [['number', 'center'], ['on', 'center'], ['name', 'left'], ['class', 'center'], ['kind', 'left'], ['detail', 'left'], ['state', 'left']]),
    rows: rows.map((row, index) => [
      String(index + 1), dateText(row.happened_on ?? row.received_on), row.person_name ?? (JSON.parse(row.draft || '{}') as { values?: { name?: string } }).values?.name ?? '', row.class_name ?? '', kindName(row.kind),
      detailWords(row), row.state === 'open' ? text('movements.state.open') : '',
    ]),
    notes: counts.length === 0 ? [] : [`${p('month.total')} ${counts.join('; ')}.`], signers: [p('clerk'), p('principal')],
  });
}

/** The register of outgoing documents in its ten columns (NĐ 30/2020, Phụ lục IV). */
export async function printDocuments(ctx: JobContext, { year }: CheckedInputOf<Movements['printDocuments']>): Promise<PdfFile> {
  const rows = documentsOf(ctx.db, { year });
  return printed(ctx, {
    title: p('documents.title'), subtitle: [p('documents.year', { year })],
    columns: columns('documents', [['number', 'center'], ['on', 'center'], ['subject', 'left'], ['signer', 'left'], ['receiver', 'left'], ['unit', 'left'],
      ['copies', 'center'], ['sentOn', 'center'], ['signed', 'center'], ['note', 'left']]),
    rows: rows.map(row => [row.number, dateText(row.issuedOn), row.title, row.signer, row.receiver, '', '', '', '', row.state === 'void' ? p('documents.void', { reason: row.voidReason }) : '']),
    notes: [], signers: [p('clerk')],
  });
}


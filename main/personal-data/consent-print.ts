import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { personalData } from '../../preload/contract/personal-data.ts';
import { text } from '../../resources/language/language.ts';
import { logExport, traceLine } from '../accounts/export-trace.ts';
import type { JobContext } from '../call/context.ts';
import { dateText, vietnamDay } from '../kit/display.ts';
import { AppError } from '../kit/errors.ts';
import { printList } from '../kit/print/list-document.ts';
import { requireClass } from '../school/school-class-store.ts';
import { letterhead } from '../school/letterhead.ts';
import { hasReachedAge } from './consent-rules.ts';
import { consentPurpose, consentRows, pupilsOfClass } from './consents-service.ts';
import { rulesOf } from './personal-data-settings.ts';
import { consentPurposes } from './purposes-service.ts';

type PersonalData = typeof personalData;

/** @throws AppError `classes.unknown` */
function classNamed(ctx: JobContext, classId: string) {
  const found = requireClass(ctx.db, classId);
  ctx.progress(0, 1, found.name);
  return found;
}

/**
 * A form per pupil on which the family ticks what it agrees to; the pupil signs too where he is asked.
 * @throws AppError `personalData.askedUnconfirmed`: a proposal that nobody at the school looked at is not put to families
 */
export async function printConsentForms(ctx: JobContext, { classId, purposeIds }: CheckedInputOf<PersonalData['printConsentForms']>): Promise<PdfFile> {
  const found = classNamed(ctx, classId);
  const asked = [...new Set(purposeIds)].map(id => consentPurpose(ctx.db, id));
  const open = asked.find(purpose => purpose.confirmed_by === '');
  if (open) throw new AppError('personalData.askedUnconfirmed', { params: { name: open.name } });
  const pupils = pupilsOfClass(ctx.db, classId);
  if (pupils.length === 0) throw new AppError('personalData.emptyClass', { params: { name: found.name } });
  const head = letterhead(ctx.db);
  const now = ctx.services.clock();
  const { childAge } = rulesOf(ctx.db);
  const isAskedAt = (birth: string) => asked.some(purpose => purpose.asks_child === 1) && hasReachedAge(birth, childAge, vietnamDay(now));
  const printer = await ctx.services.printer();
  const paper = await printer.print({
    template: 'consent-form', timestamp: now, data: {
      school: { authority: head.authority, name: head.name }, place: head.place, childAge, className: found.name, year: found.year,
      foot: traceLine(ctx, text('personalData.paper.forms')),
      purposes: asked.map(({ name, categories, receivers, retention, basis_note }) => ({ name, categories, receivers, retention, basis: basis_note })),
      pupils: pupils.map(pupil => ({ name: pupil.name, birth: pupil.birth, isChildAsked: isAskedAt(pupil.birth) })),
    },
  });
  const fileName = `${text('personalData.paper.forms')} ${found.name}.pdf`;
  ctx.write({ path: 'other', reason: null }, tx => { logExport(tx, { what: 'consentForms', fileName, count: pupils.length, purpose: text('personalData.paper.forms') }); });
  ctx.progress(1, 1, found.name);
  return { fileName, bytes: paper.pdf, pages: paper.pages };
}

/** Pupil × purpose: what each family agreed to. Nothing else about the pupils is on it. */
export async function printConsentList(ctx: JobContext, { classId, purpose }: CheckedInputOf<PersonalData['printConsentList']>): Promise<PdfFile> {
  const found = classNamed(ctx, classId);
  const asked = consentPurposes(ctx.db);
  if (asked.length === 0) throw new AppError('personalData.noConsentPurpose');
  const states = asked.map(one => new Map(consentRows(ctx, one, classId).map(row => [row.personId, row.state])));
  const pupils = pupilsOfClass(ctx.db, classId);
  const head = letterhead(ctx.db);
  const now = ctx.services.clock();
  const title = text('personalData.paper.consents', { name: found.name });
  const paper = await printList(await ctx.services.printer(), {
    school: { authority: head.authority, name: head.name }, motto: false, title, subtitle: [text('personalData.paper.purpose', { purpose })], landscape: asked.length > 3,
    columns: [
      { title: text('classes.column.number'), align: 'center' }, { title: text('classes.column.name'), align: 'left' }, { title: text('classes.column.birth'), align: 'center' },
      ...asked.map(one => ({ title: one.name, align: 'center' as const })),
    ],
    rows: pupils.map((pupil, index) => [
      String(index + 1), pupil.name, dateText(pupil.birth), ...states.map(byPerson => text(`personalData.paper.state.${byPerson.get(pupil.personId) ?? 'missing'}`)),
    ]),
    notes: [text('personalData.paper.consentNote')], place: head.place, date: vietnamDay(now),
    signatures: [{ title: head.signTitle, how: text('classes.signHow'), name: head.signer }], foot: traceLine(ctx, purpose),
  }, now);
  const fileName = `${title}.pdf`;
  ctx.write({ path: 'other', reason: purpose }, tx => { logExport(tx, { what: 'consentList', fileName, count: pupils.length, purpose }); });
  ctx.progress(1, 1, found.name);
  return { fileName, bytes: paper.pdf, pages: paper.pages };
}

import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { movements } from '../../preload/contract/movements.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { AppError } from '../kit/errors.ts';
import { printLetter, type LetterDocument } from '../kit/print/letter-document.ts';
import { letterhead } from '../school/letterhead.ts';
import { profileRow } from '../school/school-profile.ts';
import { principalName } from '../transcripts/transcripts-store.ts';
import { giveNumber, nextNumber, numberWords } from './document-numbers.ts';
import { isNumbered, letterOf, placeOf, type LetterOrder } from './letters.ts';
import { movementSettings } from './movements-settings.ts';
import { theMovement } from './movements-store.ts';

type Movements = typeof movements;

/** Somebody else may take the number while the paper is being made; then it is made again with the next one. */
const TRIES = 5;

/**
 * Makes a paper. One that goes out takes its number only once it is printed, in the same transaction as its place in the register, so that
 * no number is without its paper.
 * @throws AppError `movements.notNumbered` for issuing a paper that has no number; `movements.notCompleted` without a recorded completion
 */
export async function makePaper(ctx: JobContext, input: CheckedInputOf<Movements['makePaper']>): Promise<OutputOf<Movements['makePaper']>> {
  const { db, services } = ctx;
  const { paper, on, purpose, isIssued } = input;
  if (isIssued && !isNumbered(paper)) throw new AppError('movements.notNumbered');
  const movement = input.movementId === undefined ? null : theMovement(db, input.movementId);
  const place = placeOf(db, movement, input.enrolmentId);
  if (paper === 'completed' && !isCompleted(ctx, place?.id ?? '')) throw new AppError('movements.notCompleted');
  const signer = input.signer ?? usualSigner(db);
  const symbol = `${text(`movements.print.${paper}.symbol`)}-${movementSettings(db).symbol}`;
  const title = text(`movements.print.${paper}.title`);
  const order: Omit<LetterOrder, 'number'> = { paper, movement, place, on, purpose, signer };
  ctx.progress(0, 1, title);
  if (!isIssued) {
    const made = await printed(ctx, letterOf(db, { ...order, number: text('movements.print.number', { number: `……/${symbol}` }) }));
    return { fileName: fileName(title, made.name), bytes: made.pdf, pages: made.pages, number: '' };
  }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const year = Number(on.slice(0, 4));
    const number = nextNumber(db, year).next;
    const words = numberWords({ number, symbol });
    const letter = letterOf(db, { ...order, number: text('movements.print.number', { number: words }) });
    const made = await printed(ctx, letter);
    const given = ctx.write({ path: 'typed', reason: null }, tx => {
      if (nextNumber(tx.db, year).next !== number) return null;
      return giveNumber(tx, {
        kind: paper, symbol, title: `${title} – ${made.name}`, receiver: movement?.other_school || made.name, signer: signer.name, issued_on: on, person_id: place?.person_id ?? movement?.person_id ?? null,
        movement_id: movement?.id ?? null, file_sha256: services.files.put(made.pdf), pages: made.pages,
      });
    });
    if (given !== null) return { fileName: fileName(title, made.name), bytes: made.pdf, pages: made.pages, number: given.number };
  }
  throw new AppError('movements.numberBusy');
}

/** Who signs the school's papers: as its profile says, else the principal of the staff list. */
function usualSigner(db: ReadHandle): LetterOrder['signer'] {
  const isDeputy = profileRow(db)?.signer === 'deputy';
  return { name: letterhead(db).signer || (isDeputy ? '' : principalName(db)), isDeputy };
}

function isCompleted({ db }: JobContext, enrolmentId: string): boolean {
  return db.get(sql.selectFrom('movement').select('id').where('enrolment_id', '=', enrolmentId).where('kind', '=', 'completion').where('state', '=', 'done').where('cancelled', '=', 0)) !== undefined;
}

async function printed(ctx: JobContext, letter: LetterDocument): Promise<{ pdf: Uint8Array; pages: number; name: string }> {
  const paper = await printLetter(await ctx.services.printer(), letter, ctx.services.clock());
  ctx.progress(1, 1, letter.title);
  return { pdf: paper.pdf, pages: paper.pages, name: nameIn(letter) };
}

/** The pupil's name, the first value of the paper's first lines about him. */
function nameIn(letter: LetterDocument): string {
  const label = text('movements.print.name');
  for (const part of letter.body) {
    if (part.kind !== 'fields') continue;
    const found = part.rows.flat().find(([name]) => name === label);
    if (found) return found[1];
  }
  return '';
}

function fileName(title: string, name: string): string {
  return `${title} ${name}.pdf`.replaceAll(/[\\/:*?"<>|]/g, '-');
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SignRole } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import { vietnamTime } from '../kit/display.ts';
import { signatureFields } from '../kit/pdf/acro-form-fields.ts';
import { PdfSyntaxError } from '../kit/pdf/pdf-objects.ts';
import { PdfSnapshot } from '../kit/pdf/pdf-snapshot.ts';
import { buildStamp, type Stamp } from '../kit/pdf/signature-stamp.ts';

export interface StampFacts {
  role: SignRole;
  signer: string;
  school: string;
  className: string;
  at: Date;
}

/**
 * Images a school keeps in `images/` of its data folder: `seal.png`, `principal.png`, `homeroom-9A.png`
 * (Nghị định 30/2020, annex I: handwriting in blue, seal in red, transparent PNG).
 */
export function stampImage(dataFolder: string, role: SignRole, className: string): Uint8Array | undefined {
  const file = stampImageFile(dataFolder, role, className);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined;
}

export function stampImageFile(dataFolder: string, role: SignRole, className: string): string {
  return path.join(dataFolder, 'images', `${role === 'homeroom' ? `homeroom-${className}` : role}.png`);
}

/** The appearance of one batch, of the size of the papers' own field. The time on it is when the batch began; each signature carries its own. */
export async function batchStamp(paper: Uint8Array, facts: StampFacts, image: Uint8Array | undefined): Promise<Stamp> {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = fieldRect(paper, facts.role) ?? [0, 0, 150, 60];
  const lines = [
    text('signing.stamp.by', { signer: facts.signer }),
    text('signing.stamp.position', { position: text(`signing.role.${facts.role}`) }),
    text('signing.stamp.school', { school: facts.school }),
    text('signing.stamp.at', { at: localTime(facts.at) }),
  ];
  return buildStamp({
    kind: facts.role === 'seal' ? 'seal' : 'signature', width: Math.abs(x2 - x1), height: Math.abs(y2 - y1), lines,
    underSeal: facts.role === 'principal', ...(image === undefined ? {} : { image }),
  });
}

/** A PDF of another program that this reader does not follow gets its field, and so its size, from the signer. */
function fieldRect(paper: Uint8Array, role: SignRole): readonly number[] | undefined {
  try {
    return signatureFields(new PdfSnapshot(paper)).find(({ name }) => name === role)?.rect;
  } catch (fault) {
    if (fault instanceof PdfSyntaxError) return undefined;
    throw fault;
  }
}

/** ISO 8601 in Vietnam's zone, as Nghị định 30/2020 writes it: 2026-11-22T08:15:30+07:00. */
export function localTime(at: Date): string {
  return `${vietnamTime(at)}+07:00`;
}

import { SignPdf } from '@signpdf/signpdf';
import { Signer as EmbeddingSigner } from '@signpdf/utils';
import { createHash } from 'node:crypto';
import { signatureFields } from '../kit/pdf/acro-form-fields.ts';
import type { SignaturePlace } from '../kit/pdf/foreign-placeholder.ts';
import { prepareForeign } from '../kit/pdf/foreign-placeholder.ts';
import { PdfSyntaxError } from '../kit/pdf/pdf-objects.ts';
import { PdfSnapshot } from '../kit/pdf/pdf-snapshot.ts';
import { buildCms, estimateCmsBytes } from './cms-build.ts';
import type { SignedPdf, SignRequest } from './sign-pdf.ts';
import { checkWritten, newOutcome, roomFor, signPdf, tryTimestamp } from './sign-pdf.ts';

export interface ForeignSignRequest extends SignRequest {
  /** Where to add a field when the file has none of this name. */
  place?: SignaturePlace;
}

/** Hands the byte range to our own CMS builder. */
class CmsSigner extends EmbeddingSigner {
  private readonly build: (digest: Buffer) => Promise<Buffer>;

  constructor(build: (digest: Buffer) => Promise<Buffer>) {
    super();
    this.build = build;
  }

  override sign(covered: Buffer): Promise<Buffer> {
    return this.build(createHash('sha256').update(covered).digest());
  }
}

/**
 * Signs any PDF: our own through {@link signPdf}, those of other programs through an incremental save that keeps their form of
 * cross-reference; about fifty times slower. The result starts with the bytes of `pdf` and has been read back. Same errors as signPdf.
 */
export async function signAnyPdf(request: ForeignSignRequest): Promise<SignedPdf> {
  const { pdf, field, signer, stamp, place, tsa } = request;
  if (isOurs(pdf, field)) return signPdf(request);
  const room = roomFor(signer, tsa !== undefined);
  const prepared = await prepareForeign(pdf, field, request, room, place, stamp);
  const outcome = newOutcome(tsa);
  const timestamp = tsa && ((signature: Uint8Array) => tryTimestamp(tsa, signature, room - estimateCmsBytes(signer), outcome));
  const signed = await new SignPdf().sign(prepared, new CmsSigner((digest) => buildCms(signer, digest, timestamp)));
  checkWritten(pdf, signed, field, signer.certificate);
  return { pdf: signed, ...outcome };
}

/** A classic cross-reference and the field already there: then nothing of the file has to be rewritten. */
function isOurs(pdf: Uint8Array, fieldName: string): boolean {
  try {
    const snapshot = new PdfSnapshot(pdf);
    return snapshot.sections[0]?.form === 'table' && signatureFields(snapshot).some(({ name }) => name === fieldName);
  } catch (thrown) {
    if (thrown instanceof PdfSyntaxError) return false;
    throw thrown;
  }
}

import type { CheckedInputOf } from '../../preload/contract/base.ts';
import type { transcripts, VerifyReason, VerifyReport } from '../../preload/contract/transcripts.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext } from '../call/context.ts';
import { trustAnchors } from '../signing/trust-anchors.ts';
import { verifyPdf } from '../signing/verify-pdf.ts';
import type { Reason } from '../signing/verify-reasons.ts';

/** Checks a PDF somebody hands over. Revocation is asked over the network; without it the verdict says so. */
export async function verify(ctx: JobContext, { fileName, bytes }: CheckedInputOf<(typeof transcripts)['verify']>): Promise<VerifyReport> {
  ctx.progress(0, 1, fileName);
  const report = await verifyPdf(bytes, { trust: trustAnchors(ctx.services.dataFolder), now: ctx.services.clock(), checkRevocation: true });
  ctx.progress(1, 1, fileName);
  return {
    fileName, status: report.status, verdict: text(`verify.verdict.${report.status}`, { count: report.signatures.length }),
    reasons: report.reasons.map(reasonView),
    signatures: report.signatures.map(found => ({
      signer: found.signer, role: found.role === '' ? '' : text(`verify.role.${found.role}`), field: found.field, serial: found.serial, time: found.time,
      timeTrusted: found.timeTrusted, status: found.status, reasons: found.reasons.map(reasonView), chain: found.chain,
    })),
  };
}

function reasonView(found: Reason): VerifyReason {
  const severity = found.severity === 'info' || found.severity === 'warning' ? found.severity : 'error';
  return { code: found.code, text: found.text, severity };
}

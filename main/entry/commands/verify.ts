import { readFileSync } from 'node:fs';
import { text } from '../../../resources/language/language.ts';
import { fileFault } from '../../kit/atomic-file.ts';
import { dataFolder, defaultDataFolder } from '../data-folder.ts';
import { RevocationChecker } from '../../signing/revocation.ts';
import { readTrustFile, trustAnchors } from '../../signing/trust-anchors.ts';
import { verifyPdf } from '../../signing/verify-pdf.ts';
import { readOptions } from '../cli-arguments.ts';
import type { CommandIo, CommandResult } from '../cli-session.ts';

const signs = { valid: '✓', warning: '!', invalid: '✕', unknown: '?', unsigned: '–' } as const;

/** `verify FILE… [--trust PEM]`; exit 1 unless every file is valid or valid with a warning. Needs no school. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { trust: { type: 'string', multiple: true } }, { min: 1, max: 100_000 });
  const folder = dataFolder(values.data ?? defaultDataFolder()).root;
  const trust = [...(values.trust ?? []).map(readTrustFile), trustAnchors(folder)].join('\n');
  const revocation = new RevocationChecker();
  const files = [];
  for (const [index, file] of positionals.entries()) {
    if (io.signal.aborted) break;
    io.progress(index, positionals.length, file);
    const report = await verifyPdf(readInput(file), { trust, now: new Date(), checkRevocation: true, revocation });
    files.push({ file, status: report.status, reasons: report.reasons, signatures: report.signatures });
    io.line(`${signs[report.status]} ${file}: ${text(`verify.verdict.${report.status}`, { count: report.signatures.length })}`);
    for (const found of report.reasons) io.line(`    ${found.text}`);
    for (const signature of report.signatures) {
      io.line(`  ${signs[signature.status]} ${signature.signer} (${signature.role === '' ? signature.field : text(`verify.role.${signature.role}`)}), ${signature.time ?? '–'}${signature.timeTrusted ? '' : ` ${text('verify.timeClaimed')}`}`);
      for (const found of signature.reasons) io.line(`      ${found.text}`);
    }
  }
  io.progress(positionals.length, positionals.length, '');
  const good = files.length === positionals.length && files.every(found => found.status === 'valid' || found.status === 'warning');
  return { exit: good ? 0 : 1, json: { files } };
}

function readInput(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}

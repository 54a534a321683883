import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from '../../../resources/language/language.ts';
import { findClassByName } from '../../school/school-class-store.ts';
import { fileFault, sha256Hex, writeFileAtomic } from '../../kit/atomic-file.ts';
import { AppError, toFailure } from '../../kit/errors.ts';
import { currentYear } from '../../school/school-store.ts';
import { readCertificate } from '../../signing/certificate-facts.ts';
import { preflightCertificate } from '../../signing/preflight.ts';
import { signAnyPdf } from '../../signing/sign-foreign-pdf.ts';
import { sessionSigner, signPapers } from '../../signing/signing-service.ts';
import { batchStamp } from '../../signing/signing-stamps.ts';
import { forkTokenProcess } from '../../signing/token-channel.ts';
import { TokenDesk } from '../../signing/token-desk.ts';
import { trustAnchors } from '../../signing/trust-anchors.ts';
import { oneOf, readOptions, required, UsageError } from '../cli-arguments.ts';
import { jobContext, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';
import { dataFolder, defaultDataFolder } from '../data-folder.ts';

interface FailedPaper {
  file: string;
  code: string;
  message: string;
  batchCanContinue: boolean;
}

/** `sign --class 9A --role homeroom|principal|seal --module FILE --cert SHA256 [--tsa URL] [--out DIR]` · `sign FILE… --out DIR …` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, {
    class: { type: 'string' }, year: { type: 'string' }, role: { type: 'string' }, module: { type: 'string' }, cert: { type: 'string' },
    tsa: { type: 'string' }, out: { type: 'string' },
  }, { min: 0, max: 100_000 });
  const role = oneOf(values.role, '--role', ['homeroom', 'principal', 'seal']);
  const module = required(values.module, '--module');
  const cert = required(values.cert, '--cert').toLowerCase().replaceAll(':', '');
  if (!/^[0-9a-f]{64}$/.test(cert)) throw new UsageError(text('cli.badChoice', { name: '--cert', value: cert, choices: 'SHA-256' }));
  if ((values.class === undefined) === (positionals.length === 0)) throw new UsageError(text('cli.sign.classOrFiles'));
  const pin = process.env['SO_TRUONG_PIN'];
  if (pin === undefined || pin === '') throw new AppError('signing.pinNotGiven');
  delete process.env['SO_TRUONG_PIN'];
  const desk = new TokenDesk(() => forkTokenProcess());
  try {
    const order = { desk, module, cert, pin, role, tsaUrl: values.tsa ?? null, out: values.out };
    return values.class === undefined
      ? await signFiles(order, positionals, required(values.out, '--out'), values.data, io)
      : await signClass(order, values.class, values, io);
  } finally {
    await desk.close();
  }
}

interface Order {
  desk: TokenDesk;
  module: string;
  cert: string;
  pin: string;
  role: 'homeroom' | 'principal' | 'seal';
  tsaUrl: string | null;
  out: string | undefined;
}

async function signClass(order: Order, className: string, values: { data?: string; as?: string; year?: string }, io: CommandIo): Promise<CommandResult> {
  return withCore({ data: values.data, as: values.as, token: order.desk }, async (core, session) => {
    const found = findClassByName(core.database.read, values.year ?? currentYear(core.database.read).year, className);
    if (!found) throw new AppError('classes.unknown');
    const { session: tokenSession } = await order.desk.open(order.module, order.cert, order.pin);
    const files: { file: string; pupil: string; sha256: string }[] = [];
    const batch = await signPapers(jobContext(core, session, io, 'signing.signClass'), {
      classId: found.id, role: order.role, signer: await sessionSigner(order.desk, tokenSession), tsaUrl: order.tsaUrl,
      onSigned: (paper, pdf, sha256) => {
        const file = order.out === undefined ? core.services.files.pathOf(sha256) : path.join(order.out, `${className} ${paper.name} ${paper.id.slice(-6)}.pdf`);
        if (order.out !== undefined) writeFileAtomic(file, pdf);
        files.push({ file, pupil: paper.name, sha256 });
      },
    });
    const failed = batch.failed.map((paper): FailedPaper => ({ file: paper.name, code: paper.code, message: `${paper.why} ${paper.remedy}`, batchCanContinue: paper.batchCanContinue }));
    return report(io, { signed: batch.signed, failed, timestampWaiting: batch.timestampWaiting, files, stopped: batch.stopped });
  });
}

async function signFiles(order: Order, names: string[], out: string, data: string | undefined, io: CommandIo): Promise<CommandResult> {
  const root = dataFolder(data ?? defaultDataFolder()).root;
  const { session } = await order.desk.open(order.module, order.cert, order.pin);
  const signer = await sessionSigner(order.desk, session);
  await preflightCertificate(signer.certificate, signer.chain, { now: new Date(), trust: trustAnchors(root) });
  const { subject } = readCertificate(signer.certificate);
  const done = { signed: 0, failed: [] as FailedPaper[], timestampWaiting: 0, files: [] as { file: string; sha256: string }[], stopped: false };
  for (const [index, name] of names.entries()) {
    if (io.signal.aborted) break;
    io.progress(index, names.length, name);
    try {
      const pdf = readInput(name);
      const stamp = await batchStamp(pdf, { role: order.role, signer: subject.commonName, school: subject.organization, className: '', at: new Date() }, undefined);
      const signed = await signAnyPdf({
        pdf, field: order.role, stamp, signer, role: order.role, name: subject.commonName, reason: text(`signing.reason.${order.role}`), location: '', time: new Date(),
        ...(order.tsaUrl === null ? {} : { tsa: { url: order.tsaUrl } }), place: { page: 1, rect: [60, 60, 60 + stamp.width, 60 + stamp.height] },
      });
      const file = path.join(out, path.basename(name));
      if (path.resolve(file) === path.resolve(name)) throw new AppError('signing.sameFile', { params: { file } });
      writeFileAtomic(file, signed.pdf);
      done.signed += 1;
      if (signed.timestamp !== 'granted') done.timestampWaiting += 1;
      done.files.push({ file, sha256: sha256Hex(signed.pdf) });
    } catch (fault) {
      const failure = toFailure(fault);
      done.failed.push({ file: name, code: failure.code, message: `${failure.what} ${failure.remedy}`, batchCanContinue: failure.batchCanContinue });
      if (!failure.batchCanContinue) break;
    }
  }
  return report(io, done);
}

function report(io: CommandIo, done: { signed: number; failed: FailedPaper[]; timestampWaiting: number; files: object[]; stopped: boolean }): CommandResult {
  io.line(text('cli.sign.done', { signed: done.signed, failed: done.failed.length, waiting: done.timestampWaiting }));
  for (const paper of done.failed) io.line(`  ✕ ${paper.file}: ${paper.message}`);
  return { exit: done.failed.length > 0 || done.stopped ? 1 : 0, json: done };
}

function readInput(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}

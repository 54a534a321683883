import path from 'node:path';
import type { PdfFile } from '../../../preload/contract/common.ts';
import type { MarkProof } from '../../../preload/contract/gradebook-proof.ts';
import { text } from '../../../resources/language/language.ts';
import { printProofs, walkWholeChain } from '../../gradebook/proof-print.ts';
import { subjectProofs } from '../../gradebook/proof-service.ts';
import { enrolmentByCode } from '../../gradebook/proof-store.ts';
import { fileFault, writeFileAtomic } from '../../kit/atomic-file.ts';
import { AppError } from '../../kit/errors.ts';
import { currentYear } from '../../school/school-store.ts';
import { oneOf, readOptions, required } from '../cli-arguments.ts';
import { jobContext, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `audit verify` · `audit history --pupil CODE --subject TOAN [--year 2025-2026] [--out DIR]`; exit 1 when something was tampered with. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, {
    pupil: { type: 'string' }, subject: { type: 'string' }, year: { type: 'string' }, out: { type: 'string' },
  }, { min: 1, max: 1 });
  const what = oneOf(positionals[0], 'audit', ['verify', 'history']);
  if (what === 'verify') return withCore({ data: values.data, as: values.as }, async (core, session) => verify(jobContext(core, session, io, 'system.check'), io));
  const code = required(values.pupil, '--pupil');
  const subject = required(values.subject, '--subject');
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    const ctx = jobContext(core, session, io, 'gradebook.printSubjectProof');
    const pupil = enrolmentByCode(ctx.db, code, values.year ?? currentYear(ctx.db).year);
    if (!pupil) throw new AppError('students.unknown');
    const journal = await walkWholeChain(ctx);
    const proofs = subjectProofs(ctx.db, pupil.id, subject, journal);
    for (const proof of proofs) tell(proof, io);
    const files = values.out === undefined ? [] : [save(await printProofs(ctx, proofs), values.out)];
    for (const { file } of files) io.line(text('cli.audit.saved', { file }));
    const { rows, firstBroken } = journal;
    const ok = firstBroken === null && proofs.every(proof => proof.verdict.isIntact);
    io.line(text(ok ? 'cli.audit.ok' : 'cli.audit.broken', { rows, seq: firstBroken ?? brokenStep(proofs) }));
    return { exit: ok ? 0 : 1, json: { rows, ok, firstBroken, pupil: { code, name: pupil.name }, subject, marks: proofs, files } };
  });
}

async function verify(ctx: Parameters<typeof walkWholeChain>[0], io: CommandIo): Promise<CommandResult> {
  const { rows, firstBroken, hash } = await walkWholeChain(ctx);
  const ok = firstBroken === null;
  io.line(text(ok ? 'cli.audit.ok' : 'cli.audit.broken', { rows, seq: firstBroken ?? 0 }));
  io.line(text('cli.audit.head', { hash }));
  return { exit: ok ? 0 : 1, json: { rows, ok, firstBroken, hash } };
}

function brokenStep(proofs: readonly MarkProof[]): number {
  return proofs.find(proof => !proof.verdict.isIntact)?.verdict.last?.seq ?? 0;
}

function tell(proof: MarkProof, io: CommandIo): void {
  io.line(text('cli.audit.mark', { pupil: proof.pupil.name, subject: proof.subjectName, column: proof.columnTitle, term: proof.term, value: proof.current ?? '–' }));
  for (const step of proof.steps) io.line(`  ${step.number}. ${step.sentence}`);
  io.line(`  ${proof.verdict.isIntact ? '✓' : '✕'} ${proof.verdict.words}`);
}

function save(paper: PdfFile, folder: string): { file: string; pages: number } {
  const file = path.join(folder, paper.fileName);
  try {
    writeFileAtomic(file, paper.bytes);
  } catch (fault) {
    throw fileFault(fault, file);
  }
  return { file, pages: paper.pages };
}

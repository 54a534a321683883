import path from 'node:path';
import { text } from '../../../resources/language/language.ts';
import { findClassByName } from '../../school/school-class-store.ts';
import { writeFileAtomic } from '../../kit/atomic-file.ts';
import { AppError } from '../../kit/errors.ts';
import { currentYear } from '../../school/school-store.ts';
import { paperFileName, prepareClass } from '../../transcripts/transcripts-service.ts';
import { oneOf, readOptions, required } from '../cli-arguments.ts';
import { jobContext, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `transcripts prepare --class 9A --out DIR [--reason …]` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { class: { type: 'string' }, out: { type: 'string' }, year: { type: 'string' }, reason: { type: 'string' } }, { min: 1, max: 1 });
  oneOf(positionals[0], 'transcripts', ['prepare']);
  const className = required(values.class, '--class');
  const out = required(values.out, '--out');
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    const found = findClassByName(core.database.read, values.year ?? currentYear(core.database.read).year, className);
    if (!found) throw new AppError('classes.unknown');
    const prepared = await prepareClass(jobContext(core, session, io, 'transcripts.prepare'), found.id, values.reason ?? null);
    const files = prepared.papers.map(paper => {
      const file = path.join(out, paperFileName(className, paper.pupilName, paper.pupilCode));
      writeFileAtomic(file, core.services.files.get(paper.sha256));
      return { file, pupil: paper.pupilCode, name: paper.pupilName, sha256: paper.sha256, pages: paper.pages, outcome: paper.outcome };
    });
    io.line(text('cli.transcripts.done', { count: files.length, folder: out }));
    for (const { name, why } of prepared.blocked) io.line(`  ✕ ${name}: ${why}`);
    for (const name of prepared.pending) io.line(`  ! ${text('cli.transcripts.pending', { name })}`);
    return { exit: prepared.blocked.length > 0 ? 1 : 0, json: { files, blocked: prepared.blocked, pending: prepared.pending } };
  });
}

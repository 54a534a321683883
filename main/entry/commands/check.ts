import type { CheckReport } from '../../../preload/contract/system.ts';
import { text } from '../../../resources/language/language.ts';
import { readOptions } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `check`: database, journal chain, filed papers, packages; then what records lack and which duties about personal data wait. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values } = readOptions(argv, {}, { min: 0, max: 0 });
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    const report = valueOf<CheckReport>(await core.door.runJob('system.check', {}, session, io));
    for (const problem of report.problems) io.line(`✕ ${problem.what}\n  ${problem.remedy}`);
    for (const notice of report.notices) io.line(`● ${notice.what}\n  ${notice.remedy}`);
    io.line(text(report.ok ? 'cli.check.ok' : 'cli.check.problems', { ...report.figures, count: report.problems.length }));
    return { exit: report.ok ? 0 : 1, json: report };
  });
}

import { text } from '../../../resources/language/language.ts';
import { AppError } from '../../kit/errors.ts';
import { forkTokenProcess } from '../../signing/token-channel.ts';
import { TokenDesk } from '../../signing/token-desk.ts';
import { findTokenModules } from '../../signing/token-modules.ts';
import { oneOf, readOptions } from '../cli-arguments.ts';
import type { CommandIo, CommandResult } from '../cli-session.ts';

/** `token list [--module FILE]`: without a module, every driver found on this machine that loads. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { module: { type: 'string' } }, { min: 1, max: 1 });
  oneOf(positionals[0], 'token', ['list']);
  const modules = values.module === undefined ? findTokenModules().filter(found => found.loadable).map(found => found.file) : [values.module];
  if (modules.length === 0) throw new AppError('token.noModuleFound');
  const desk = new TokenDesk(() => forkTokenProcess());
  try {
    const tokens = [];
    for (const module of modules) tokens.push(...await desk.tokens(module));
    if (tokens.length === 0) io.line(text('cli.token.none'));
    for (const token of tokens) {
      io.line(`${token.label} · ${token.model} · ${token.serial} · ${text(`signing.pin.${token.pin}`)}`);
      for (const found of token.certificates) {
        io.line(`  ${found.problems.length === 0 ? '✓' : '✕'} ${found.subject} · ${found.organisation} · ${text('cli.token.days', { days: found.daysLeft })}`);
        io.line(`    ${found.sha256}`);
        for (const problem of found.problems) io.line(`    ${problem}`);
      }
    }
    return { exit: 0, json: { tokens } };
  } finally {
    await desk.close();
  }
}

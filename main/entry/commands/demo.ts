import { text } from '../../../resources/language/language.ts';
import { buildDemoSchool } from '../../demo/build-demo-school.ts';
import { oneOf, readOptions, required, wholeNumber } from '../cli-arguments.ts';
import { withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `demo --data DIR [--pupils N] [--level thcs|thpt|tieu-hoc] [--seed S] [--years Y] [--locked] [--leave CLASS…]`: a class left keeps its marks in its workbook, and the year stays open. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values } = readOptions(argv, {
    pupils: { type: 'string' }, level: { type: 'string' }, seed: { type: 'string' }, years: { type: 'string' }, locked: { type: 'boolean' },
    leave: { type: 'string', multiple: true },
  }, { min: 0, max: 0 });
  const data = required(values.data, '--data');
  const level = oneOf(values.level, '--level', ['thcs', 'thpt', 'tieu-hoc'], 'thcs');
  const years = wholeNumber(values.years, '--years', 1, 1, 20);
  const pupils = wholeNumber(values.pupils, '--pupils', 600, 20, 6000);
  const seed = wholeNumber(values.seed, '--seed', 1, 0, 2_147_483_647);
  const summary = await withCore({ data, as: undefined, create: true, demoKey: true }, async (core, session, folder) => buildDemoSchool(core.door, session, {
    pupils, level, seed, years, year: '2025-2026', locked: values.locked === true, yearEnd: values.leave === undefined,
    ...(values.leave === undefined ? {} : { leaveMarksOf: values.leave }), importFolder: folder.imports, signal: io.signal, progress: io.progress,
  }));
  io.line(text('cli.demo.done', { year: summary.year, pupils: summary.pupils, staff: summary.staff, marks: summary.marks, classes: summary.classes.length }));
  io.line(text('cli.demo.files', { folder: summary.importFolder }));
  io.line(text('cli.demo.accounts'));
  for (const account of summary.accounts) io.line(`  ${account.user.padEnd(18)} ${account.password.padEnd(34)} ${text(`accounts.role.${account.role}`)}${account.classes.length > 0 ? ` · ${account.classes.join(', ')}` : ''}`);
  return { exit: 0, json: summary };
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Benches from '../../../tests/bench/run-benches.ts';
import { text } from '../../../resources/language/language.ts';
import { NotYet, readOptions } from '../cli-arguments.ts';
import type { CommandIo, CommandResult } from '../cli-session.ts';

/** `bench [NAME…]`: figures beside their limit, measured in the same run. The measures live with the tests, so only a checkout has them. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { positionals } = readOptions(argv, {}, { min: 0, max: 50 });
  const file = path.resolve(import.meta.dirname, '..', '..', '..', 'tests', 'bench', 'run-benches.ts');
  if (!existsSync(file)) throw new NotYet(text('cli.bench.checkoutOnly'));
  const { runBenches } = (await import(pathToFileURL(file).href)) as typeof Benches;
  const benches = await runBenches(positionals, line => {
    io.line(`${line.ok ? '✓' : '✕'} ${line.name.padEnd(22)} ${String(line.ours).padStart(9)} ${line.unit} ≤ ${String(line.limit).padStart(9)} ${line.unit}   ${line.ratio} × ≤ ${line.ratioLimit} ×   ${line.note}`);
  });
  return { exit: benches.every(line => line.ok) ? 0 : 1, json: { benches } };
}

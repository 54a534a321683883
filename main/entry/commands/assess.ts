import { runAssess } from '../../grades/assess.ts';
import { readOptions } from '../cli-arguments.ts';

/** `assess [--explain]`: one JSON object a line in, one out. */
export async function run(argv: string[]): Promise<number> {
  const { values } = readOptions(argv, { explain: { type: 'boolean' } }, { min: 0, max: 0 });
  return runAssess(process.stdin, process.stdout, { explain: values.explain === true });
}

import { readFileSync } from 'node:fs';
import type { OutputOf } from '../../../preload/contract/base.ts';
import type { sync } from '../../../preload/contract/sync.ts';
import { text } from '../../../resources/language/language.ts';
import { fileFault, writeFileAtomic } from '../../kit/atomic-file.ts';
import { oneOf, readOptions, required, UsageError } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `enrol request --out FILE` · `enrol accept FILE [--server URL] [--yes]` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { out: { type: 'string' }, server: { type: 'string' }, yes: { type: 'boolean' } }, { min: 1, max: 2 });
  const act = oneOf(positionals[0], 'enrol', ['request', 'accept']);
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    if (act === 'request') {
      const out = required(values.out, '--out');
      const made = valueOf<OutputOf<(typeof sync)['enrolmentRequest']>>(core.door.call('sync.enrolmentRequest', {}, session));
      writeFileAtomic(out, made.bytes);
      io.line(text('cli.enrol.request', { file: out, fingerprint: made.fingerprint }));
      return { exit: 0, json: { fingerprint: made.fingerprint, file: out } };
    }
    const file = positionals[1];
    if (file === undefined) throw new UsageError(text('cli.missingArgument'));
    const confirm = values.yes === true;
    const accepted = valueOf<OutputOf<(typeof sync)['enrolmentAccept']>>(core.door.call('sync.enrolmentAccept', {
      fileName: file, bytes: readInput(file), confirm, ...(values.server === undefined ? {} : { server: values.server }),
    }, session));
    io.line(text(confirm ? 'cli.enrol.accepted' : 'cli.enrol.shown', { authority: accepted.authority, fingerprint: accepted.fingerprint }));
    return { exit: confirm ? 0 : 1, json: { fingerprint: accepted.fingerprint, authority: accepted.authority, accepted: accepted.accepted } };
  });
}

function readInput(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}

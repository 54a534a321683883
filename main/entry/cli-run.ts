import { text } from '../../resources/language/language.ts';
import { toFailure } from '../kit/errors.ts';
import { NotYet, UsageError } from './cli-arguments.ts';
import { CallFailed, type CommandIo, type CommandResult } from './cli-session.ts';

/** A command gets its arguments and answers what `--json` prints. `raw` commands own their standard output and exit status. */
type Command =
  | { kind: 'report'; load: () => Promise<{ run: (argv: string[], io: CommandIo) => Promise<CommandResult> }> }
  | { kind: 'raw'; load: () => Promise<{ run: (argv: string[], io: CommandIo) => Promise<number> }> };

const commands: Record<string, Command> = {
  demo: { kind: 'report', load: () => import('./commands/demo.ts') },
  assess: { kind: 'raw', load: () => import('./commands/assess.ts') },
  export: { kind: 'report', load: () => import('./commands/export.ts') },
  import: { kind: 'report', load: () => import('./commands/import.ts') },
  grades: { kind: 'report', load: () => import('./commands/grades.ts') },
  'year-end': { kind: 'report', load: () => import('./commands/year-end.ts') },
  transcripts: { kind: 'report', load: () => import('./commands/transcripts.ts') },
  token: { kind: 'report', load: () => import('./commands/token.ts') },
  sign: { kind: 'report', load: () => import('./commands/sign.ts') },
  verify: { kind: 'report', load: () => import('./commands/verify.ts') },
  audit: { kind: 'report', load: () => import('./commands/audit.ts') },
  enrol: { kind: 'report', load: () => import('./commands/enrol.ts') },
  package: { kind: 'report', load: () => import('./commands/package.ts') },
  district: { kind: 'report', load: () => import('./commands/district.ts') },
  serve: { kind: 'report', load: () => import('./commands/serve.ts') },
  check: { kind: 'report', load: () => import('./commands/check.ts') },
  bench: { kind: 'report', load: () => import('./commands/bench.ts') },
};
const later = new Set(['print', 'backup', 'restore']);

/** Faults of the machine rather than of what was asked. */
const machineFaults = /^(unexpected|core\.|database\.(damaged|diskFull|newer|notEncrypted)|file\.(diskFull|readBack))/;

/** Runs one command and answers its exit status: 0 done, 1 in part or refused, 2 wrong usage, 3 fault. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  const json = rest.includes('--json');
  const stop = new AbortController();
  const onSignal = () => { stop.abort(); };
  process.once('SIGINT', onSignal);
  try {
    if (name === undefined || name === '--help' || name === 'help') {
      process.stdout.write(`${text('cli.usage')}\n`);
      return name === undefined ? 2 : 0;
    }
    if (later.has(name)) throw new NotYet(text('cli.notYet', { name }));
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(text('cli.unknownCommand', { name }));
    const io: CommandIo = { json, signal: stop.signal, line: line => { if (!json) process.stdout.write(`${line}\n`); }, progress: progressLine() };
    if (command.kind === 'raw') return await (await command.load()).run(rest, io);
    const result = await (await command.load()).run(rest, io);
    if (json) process.stdout.write(`${JSON.stringify(result.json)}\n`);
    return result.exit;
  } catch (fault) {
    return report(fault, json);
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
}

function report(fault: unknown, json: boolean): number {
  if (fault instanceof UsageError) {
    process.stderr.write(`${fault.message}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ error: { code: fault instanceof NotYet ? 'cli.notYet' : 'cli.usage', message: fault.message } })}\n`);
    return 2;
  }
  const failure = fault instanceof CallFailed ? fault.failure : toFailure(fault);
  process.stderr.write(`✕ ${failure.heading}\n  ${failure.what}\n  ${failure.remedy}\n`);
  if (process.env['SO_TRUONG_DEBUG'] === '1' && fault instanceof Error) process.stderr.write(`${fault.stack ?? ''}\n`);
  if (json) {
    const { code, heading, what, remedy } = failure;
    process.stdout.write(`${JSON.stringify({ error: { code, message: what, heading, remedy } })}\n`);
  }
  if (failure.code.startsWith('key.')) return 2;
  return machineFaults.test(failure.code) || !/\./.test(failure.code) ? 3 : 1;
}

const EVERY_MS = 500;

/** Progress on standard error: one line that rewrites itself on a terminal, a line now and then elsewhere. */
function progressLine(): CommandIo['progress'] {
  let shownAt = 0;
  return (done, total, item) => {
    const now = performance.now();
    const ended = total > 0 && done >= total;
    if (now - shownAt < EVERY_MS && !ended) return;
    shownAt = now;
    const counted = total > 0 ? `${done}/${total} ` : '';
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${counted}${item}${ended ? '\r\u001b[K' : ''}`);
    else if (!ended) process.stderr.write(`${counted}${item}\n`);
  };
}

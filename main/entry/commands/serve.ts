import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from '../../../resources/language/language.ts';
import { fileFault } from '../../kit/atomic-file.ts';
import { forkTokenProcess } from '../../signing/token-channel.ts';
import { readOptions, UsageError, wholeNumber } from '../cli-arguments.ts';
import type { CommandIo, CommandResult } from '../cli-session.ts';
import { dataFolder, defaultDataFolder, keyFromEnvironment } from '../data-folder.ts';
import { startHost } from '../host-server.ts';
import { rendererFolder } from '../renderer-folder.ts';
import { startProgram } from '../start-program.ts';

/** `serve [--new] [--port N] [--host ADDR --cert PEM --key PEM]`: the host for browsers; prints its URL and runs until it is stopped. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values } = readOptions(argv, { port: { type: 'string' }, host: { type: 'string' }, cert: { type: 'string' }, key: { type: 'string' }, new: { type: 'boolean' } }, { min: 0, max: 0 });
  if ((values.cert === undefined) !== (values.key === undefined)) throw new UsageError(text('cli.missingOption', { name: values.cert === undefined ? '--cert' : '--key' }));
  const tls = values.cert !== undefined && values.key !== undefined ? { cert: readPem(values.cert), key: readPem(values.key) } : undefined;
  const folder = dataFolder(values.data ?? defaultDataFolder());
  const program = await startProgram({ dataFolder: folder.root, key: keyFromEnvironment(folder), shell: 'host', create: values.new === true, openTokenChannel: () => forkTokenProcess() });
  try {
    const host = await startHost({
      program, rendererFolder: rendererFolder(), port: wholeNumber(values.port, '--port', 0, 0, 65_535),
      ...(values.host === undefined ? {} : { address: values.host }), ...(tls ? { tls } : {}),
    });
    // Printed at once, not at the end: whoever started the host waits for the address.
    process.stdout.write(io.json ? `${JSON.stringify({ url: host.url })}\n` : `${text('cli.serve.url', { url: host.url })}\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await host.close();
    return { exit: 0, json: { url: host.url, stopped: true } };
  } finally {
    await program.close();
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    throw fileFault(fault, file);
  }
}
